import type { Hearing } from "./hearing";
import type { PlayerAction } from "./keys";

/** Does what a key asks for. */
export function act(hearing: Hearing, action: PlayerAction, durationMs: number): void {
  switch (action.kind) {
    case "toggle":
      hearing.toggle();
      break;
    case "skip":
      hearing.skip(action.byMs);
      break;
    case "to":
      hearing.seek(action.share * durationMs);
      break;
  }
}
