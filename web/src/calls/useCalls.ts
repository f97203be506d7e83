import { useCallback, useEffect, useRef, useState } from "react";
import { useApi } from "../api/context";
import { problemWords } from "../api/client";
import type { CallSummary } from "../generated/rest";
import { merge, PAGE, POLL_MS, readCalls } from "./feed";

export interface Calls {
  /** Null until the first answer. */
  readonly calls: readonly CallSummary[] | null;
  /** Why the list is older than it looks; null while it is fresh. */
  readonly problem: string | null;
  readonly mayHaveOlder: boolean;
  readonly readingOlder: boolean;
  readonly readOlder: () => void;
}

/** Asks every two seconds while the page can be seen, and at once when it comes into view again. */
export function useCalls(): Calls {
  const api = useApi();
  const [calls, setCalls] = useState<readonly CallSummary[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [mayHaveOlder, setMayHaveOlder] = useState(false);
  const [readingOlder, setReadingOlder] = useState(false);
  const older = useRef<readonly CallSummary[]>([]);

  useEffect(() => {
    let gone = false;
    let timer = 0;
    const ask = async (): Promise<void> => {
      window.clearTimeout(timer);
      try {
        const { live, past } = await readCalls(api);
        if (gone) return;
        setCalls((before) => merge(before ?? [], live, past, older.current));
        if (older.current.length === 0) setMayHaveOlder(past.length >= PAGE);
        setProblem(null);
      } catch (error) {
        if (!gone) setProblem(problemWords(error));
      }
      if (!document.hidden) again();
    };
    const again = (): void => {
      window.clearTimeout(timer);
      if (!gone) timer = window.setTimeout(() => void ask(), POLL_MS);
    };
    const seen = (): void => {
      if (!document.hidden) void ask();
    };
    void ask();
    document.addEventListener("visibilitychange", seen);
    return () => {
      gone = true;
      window.clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [api]);

  const readOlder = useCallback(() => {
    const past = calls?.filter((call) => call.phase === "ended") ?? [];
    if (past.length === 0) return;
    const oldestMs = Math.min(...past.map((call) => call.createdAtMs));
    setReadingOlder(true);
    api.calls({ live: false, limit: PAGE, beforeMs: oldestMs }).then(
      (page) => {
        older.current = [...older.current, ...page];
        setMayHaveOlder(page.length >= PAGE);
        setCalls((before) =>
          before
            ? merge(
                before,
                before.filter((c) => c.phase !== "ended"),
                before.filter((c) => c.phase === "ended"),
                page,
              )
            : before,
        );
        setReadingOlder(false);
      },
      () => setReadingOlder(false),
    );
  }, [api, calls]);

  return { calls, problem, mayHaveOlder, readingOlder, readOlder };
}
