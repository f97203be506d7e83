import { copyText } from "./knowledge";
import { copyAll } from "./notes";
import type { Acts } from "./useActs";
import { useCopied } from "./useCopied";
import type { Knowledge } from "./useKnowledge";
import type { Editing } from "./useNotes";

export interface Copy {
  /** It was copied a moment ago. */
  readonly copied: boolean;
  /** False where there is nothing to copy. */
  readonly copy: () => boolean;
}

/** The passage and the notes, for another program. */
export function useCopies(
  knowledge: Knowledge,
  notes: Editing,
  act: Acts["act"],
): { readonly passage: Copy; readonly notes: Copy } {
  const passage = useCopied();
  const written = useCopied();
  return {
    passage: {
      copied: passage.copied,
      copy: () => {
        const shown = knowledge.passage;
        if (!shown) return false;
        void act("The passage was not copied", () => passage.copy(copyText(shown)));
        return true;
      },
    },
    notes: {
      copied: written.copied,
      copy: () => {
        const { ready } = notes;
        if (!ready) return false;
        void act("The notes were not copied", () => written.copy(copyAll(ready.shape, ready.draft.values)));
        return true;
      },
    },
  };
}
