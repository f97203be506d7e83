import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiError, problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { CallSummary, UtteranceMatch } from "../generated/rest";
import { PAGE } from "./feed";
import { filterOf, searchOf } from "./filters";

export interface Found {
  /** Null until the first answer to this question. */
  readonly calls: readonly CallSummary[] | null;
  readonly matches: ReadonlyMap<string, readonly UtteranceMatch[]>;
  readonly problem: string | null;
  readonly mayHaveOlder: boolean;
  readonly readingOlder: boolean;
  readonly readOlder: () => void;
}

interface Answer {
  readonly query: string;
  readonly calls: readonly CallSummary[];
  readonly matches: readonly UtteranceMatch[];
  readonly mayHaveOlder: boolean;
}

/** A search of words is asked once, other filters again and again: calls come and go. */
const AGAIN_MS = 5000;

/** Calls that a filter finds, newest first; `query` is the filter as the address has it, or null for none. */
export function useSearch(query: string | null): Found {
  const api = useApi();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [refusal, setRefusal] = useState<{ query: string; problem: string } | null>(null);
  const [readingOlder, setReadingOlder] = useState(false);
  const wanted = useRef(query);

  useEffect(() => {
    wanted.current = query;
    if (query === null) return undefined;
    let gone = false;
    let timer = 0;
    const filter = filterOf(query);
    const ask = (): void => {
      api.search(searchOf(filter), PAGE).then(
        ({ calls, matches }) => {
          if (gone) return;
          setRefusal(null);
          setAnswer((before) => withNewest(before, { query, calls, matches, mayHaveOlder: calls.length >= PAGE }));
          if (filter.q === "") again();
        },
        (error: unknown) => {
          if (gone) return;
          setRefusal({ query, problem: problemWords(error) });
          if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) again();
        },
      );
    };
    const again = (): void => {
      timer = window.setTimeout(() => (document.hidden ? again() : ask()), AGAIN_MS);
    };
    ask();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [api, query]);

  const current = answer?.query === query ? answer : null;
  const readOlder = useCallback(() => {
    const last = current?.calls.at(-1);
    if (!current || !last || query === null) return;
    setReadingOlder(true);
    api.search(searchOf(filterOf(query)), PAGE, last.createdAtMs).then(
      (page) => {
        setReadingOlder(false);
        if (wanted.current === query) setAnswer((before) => before && withOlder(before, page.calls, page.matches));
      },
      () => setReadingOlder(false),
    );
  }, [api, current, query]);
  const matches = useMemo(() => byCall(current?.matches ?? []), [current]);

  return {
    calls: current?.calls ?? null,
    matches,
    problem: refusal?.query === query ? refusal.problem : null,
    mayHaveOlder: current?.mayHaveOlder ?? false,
    readingOlder,
    readOlder,
  };
}

/** Older calls that were read on demand stay below the newest ones, which are read anew. */
function withNewest(before: Answer | null, next: Answer): Answer {
  if (before?.query !== next.query) return next;
  const fresh = new Set(next.calls.map((call) => call.callId));
  const oldest = next.calls.at(-1)?.createdAtMs ?? Infinity;
  const older = before.calls.filter((call) => call.createdAtMs < oldest && !fresh.has(call.callId));
  if (next.calls.length < PAGE || older.length === 0) return next;
  return { ...next, calls: [...next.calls, ...older], mayHaveOlder: before.mayHaveOlder };
}

function withOlder(before: Answer, calls: readonly CallSummary[], matches: readonly UtteranceMatch[]): Answer {
  const known = new Set(before.calls.map((call) => call.callId));
  const more = calls.filter((call) => !known.has(call.callId));
  return {
    ...before,
    calls: [...before.calls, ...more],
    matches: [...before.matches, ...matches],
    mayHaveOlder: calls.length >= PAGE,
  };
}

function byCall(matches: readonly UtteranceMatch[]): ReadonlyMap<string, readonly UtteranceMatch[]> {
  const found = new Map<string, UtteranceMatch[]>();
  for (const match of matches) found.set(match.callId, [...(found.get(match.callId) ?? []), match]);
  return found;
}
