import type { Action } from "./keys";
import type { Copy } from "./useCopies";
import type { Cues } from "./useCues";
import { useKeys, type Keys } from "./useKeys";
import type { Editing } from "./useNotes";

interface Reached {
  readonly cues: Cues;
  readonly notes: Editing;
  readonly copies: { readonly passage: Copy; readonly notes: Copy };
  /** Opens the search of the knowledge. */
  readonly search: () => void;
}

/** What the keys of the agent's screen do; a key that has nothing to do is left to the browser. */
export function useAgentKeys({ cues, notes, copies, search }: Reached): Keys {
  return useKeys((action: Exclude<Action, "help">): boolean => {
    switch (action) {
      case "used":
      case "dismissed":
        return cues.answer(cues.current(), action);
      case "mute":
        return cues.mute(cues.current());
      case "helpful":
      case "unhelpful":
        return cues.rate(action);
      case "copyPassage":
        return copies.passage.copy();
      case "copyNotes":
        return copies.notes.copy();
      case "search":
        search();
        return true;
      case "saveNotes":
        if (notes.ready) notes.save();
        return notes.ready !== null;
    }
  });
}
