/** What a key does to the player. Pure. */

export type PlayerAction =
  | { readonly kind: "toggle" }
  | { readonly kind: "skip"; readonly byMs: number }
  | { readonly kind: "to"; readonly share: 0 | 1 };

export interface Pressed {
  readonly key: string;
  /** Ctrl, Alt or the command key is held: such keys are the browser's. */
  readonly modified: boolean;
  readonly shift: boolean;
  /** What has the focus: `slider` is the player's own; `control` writes, chooses or presses with these keys itself. */
  readonly on: "page" | "slider" | "control";
}

export const SKIP_MS = 5_000;
export const FAR_MS = 30_000;

export function playerAction({ key, modified, shift, on }: Pressed): PlayerAction | null {
  if (modified || on === "control") return null;
  const skip = (byMs: number): PlayerAction => ({ kind: "skip", byMs });
  switch (key) {
    case " ":
      return { kind: "toggle" };
    case "ArrowLeft":
      return skip(shift ? -FAR_MS : -SKIP_MS);
    case "ArrowRight":
      return skip(shift ? FAR_MS : SKIP_MS);
  }
  // These scroll the page and move between its parts; on the slider alone they are the slider's.
  if (on !== "slider") return null;
  switch (key) {
    case "ArrowUp":
      return skip(SKIP_MS);
    case "ArrowDown":
      return skip(-SKIP_MS);
    case "PageUp":
      return skip(FAR_MS);
    case "PageDown":
      return skip(-FAR_MS);
    case "Home":
      return { kind: "to", share: 0 };
    case "End":
      return { kind: "to", share: 1 };
    default:
      return null;
  }
}
