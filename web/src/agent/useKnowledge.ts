import { useCallback, useEffect, useState } from "react";
import { ApiError, problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { CueState, Passage } from "../generated/rest";
import { askedFor } from "./knowledge";

export interface Knowledge {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  /** Null while they are not there. */
  readonly results: readonly Passage[] | null;
  readonly problem: string | null;
  /** What is open: chosen from a search, else what the call asked for last. */
  readonly passage: Passage | null;
  /** Null goes back to what the call asked for. */
  readonly choose: (passage: Passage | null) => void;
  /** The call asked for something since another passage was opened or a search begun. */
  readonly fresh: boolean;
}

const WAIT_MS = 250;
const LIMIT = 6;
const RETRY_MS = 3000;

interface Opened {
  readonly passage: Passage | null;
  /** What the call had asked for last by then. */
  readonly beside: string | null;
}

/** Knowledge beside one call: a search never takes away what the call found, nor the other way about. */
export function useKnowledge(cues: readonly CueState[]): Knowledge {
  const asked = askedFor(cues)[0] ?? null;
  const found = usePassage(asked);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [query, setQuery] = useState("");
  const { results, problem } = useSearch(query.trim());

  const search = useCallback(
    (next: string) => {
      setQuery(next);
      const idle = next.trim() === "";
      setOpened((before) => (idle && !before?.passage ? null : (before ?? { passage: null, beside: asked })));
    },
    [asked],
  );
  const choose = useCallback(
    (passage: Passage | null) => {
      setQuery("");
      setOpened(passage && { passage, beside: asked });
    },
    [asked],
  );
  const busy = opened?.passage != null || query.trim() !== "";
  return {
    query,
    setQuery: search,
    results,
    problem: query.trim() === "" ? found.problem : problem,
    passage: opened?.passage ?? found.passage,
    choose,
    fresh: busy && asked !== null && found.passage !== null && opened?.beside !== asked,
  };
}

/** A passage by its id; one that is gone from the knowledge base is said to be so. */
function usePassage(passageId: string | null): { passage: Passage | null; problem: string | null } {
  const api = useApi();
  const [read, setRead] = useState<{ id: string; passage: Passage | null; problem: string | null } | null>(null);
  useEffect(() => {
    if (passageId === null) return undefined;
    let gone = false;
    let timer = 0;
    const ask = (): void => {
      api.passage(passageId).then(
        (passage) => {
          if (!gone) setRead({ id: passageId, passage, problem: null });
        },
        (error: unknown) => {
          if (gone) return;
          const missing = error instanceof ApiError && error.status === 404;
          const problem = missing
            ? "The passage that was found is no longer in the knowledge base."
            : problemWords(error);
          setRead({ id: passageId, passage: null, problem });
          if (!missing) timer = window.setTimeout(ask, RETRY_MS);
        },
      );
    };
    ask();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [api, passageId]);
  return passageId === null || read === null ? { passage: null, problem: null } : read;
}

function useSearch(query: string): { results: readonly Passage[] | null; problem: string | null } {
  const api = useApi();
  const [read, setRead] = useState<{ query: string; results: readonly Passage[]; problem: string | null } | null>(null);
  useEffect(() => {
    if (query === "") return undefined;
    let gone = false;
    const timer = window.setTimeout(() => {
      api.searchKnowledge(query, LIMIT).then(
        (results) => {
          if (!gone) setRead({ query, results, problem: null });
        },
        (error: unknown) => {
          if (!gone) setRead({ query, results: [], problem: problemWords(error) });
        },
      );
    }, WAIT_MS);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [api, query]);
  if (query === "" || !read) return { results: null, problem: null };
  // While a longer word is being typed, what was found for its beginning stays.
  if (read.query !== query) return { results: read.results.length > 0 ? read.results : null, problem: null };
  return read.problem === null ? read : { results: null, problem: read.problem };
}
