import { useCallback, useState } from "react";
import { problemWords } from "../api/client";

export interface Trouble {
  readonly what: string;
  readonly why: string;
  readonly again: () => void;
}

export interface Acts {
  /** The last thing that the server did not take; null when there is none. */
  readonly trouble: Trouble | null;
  readonly dismiss: () => void;
  /** Does it and says whether it was taken. `what`: what was not done, in words, should it fail. */
  readonly act: (what: string, run: () => Promise<unknown>) => Promise<boolean>;
}

/** What the agent does on the server, with a way to try again. */
export function useActs(): Acts {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const act = useCallback(async (what: string, run: () => Promise<unknown>): Promise<boolean> => {
    const attempt = async (): Promise<boolean> => {
      try {
        await run();
        setTrouble(null);
        return true;
      } catch (error) {
        setTrouble({ what, why: problemWords(error), again: () => void attempt() });
        return false;
      }
    };
    return attempt();
  }, []);
  return { trouble, dismiss: useCallback(() => setTrouble(null), []), act };
}
