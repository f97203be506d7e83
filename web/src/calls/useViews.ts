import { useCallback, useEffect, useState } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { SavedView } from "../generated/rest";
import type { CallFilter } from "./filters";
import { filtersOf, withView } from "./views";

export interface Views {
  /** Null until they were read. */
  readonly views: readonly SavedView[] | null;
  /** Why they cannot be read, in words. */
  readonly problem: string | null;
  readonly readAgain: () => void;
  /** These reject where the server does not take it. */
  readonly save: (name: string, filter: CallFilter) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}

/** One's saved views; read once, and changed as one changes them. */
export function useViews(): Views {
  const api = useApi();
  const [views, setViews] = useState<readonly SavedView[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const readAgain = useCallback(() => {
    api.views().then(
      (read) => {
        setViews(read);
        setProblem(null);
      },
      (error: unknown) => setProblem(problemWords(error)),
    );
  }, [api]);
  useEffect(readAgain, [readAgain]);
  const save = useCallback(
    async (name: string, filter: CallFilter) => {
      const saved = await api.putView(name, filtersOf(filter));
      setViews((before) => withView(before ?? [], saved));
    },
    [api],
  );
  const remove = useCallback(
    async (name: string) => {
      await api.removeView(name);
      setViews((before) => before && before.filter((view) => view.name !== name));
    },
    [api],
  );
  return { views, problem, readAgain, save, remove };
}
