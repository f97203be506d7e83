import { useCallback, useEffect, useState } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { Listener } from "../api/recording";
import type { RecordingFacts } from "../generated/rest";
import { looksAgainMs, toldOf, type Told } from "./state";

/** Who listens on this page, as far as it knows: there are no accounts yet. */
const LISTENER = "supervisor";
const RETRY_MS = 5_000;

export interface Recorded {
  readonly facts: RecordingFacts | null;
  readonly told: Told;
  readonly listener: Listener;
  readonly problem: string | null;
  /** Asks for a quarantined recording as a reviewer. */
  readonly review: () => void;
  readonly readAgain: () => void;
}

/** What is known of the call's recording, looked at again for as long as it may change by itself. */
export function useRecording(callId: string, ended: boolean, endedAtMs: number | null): Recorded {
  const api = useApi();
  const [review, setReview] = useState(false);
  const [asked, setAsked] = useState(0);
  const [read, setRead] = useState<{ facts: RecordingFacts | null; sinceEndMs: number; problem: string | null }>({
    facts: null,
    sinceEndMs: 0,
    problem: null,
  });
  useEffect(() => {
    if (!ended) return undefined;
    const seenMs = Date.now();
    let timer: number | undefined;
    let gone = false;
    const look = async (): Promise<void> => {
      // The server's clock may be another: what this page has seen pass has passed.
      const sinceEndMs = Math.max(Date.now() - seenMs, endedAtMs === null ? 0 : Date.now() - endedAtMs);
      let again: number | null = RETRY_MS;
      try {
        const facts = await api.recordingFacts(callId, { by: LISTENER, review });
        if (gone) return;
        setRead({ facts, sinceEndMs, problem: null });
        again = looksAgainMs(facts, ended, sinceEndMs);
      } catch (error) {
        if (gone) return;
        setRead((before) => ({ ...before, problem: problemWords(error) }));
      }
      if (again !== null) timer = window.setTimeout(() => void look(), again);
    };
    void look();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [api, callId, ended, endedAtMs, review, asked]);
  return {
    facts: read.facts,
    told: toldOf(read.facts, ended, read.sinceEndMs),
    listener: { by: LISTENER, review },
    problem: read.problem,
    review: useCallback(() => setReview(true), []),
    readAgain: useCallback(() => setAsked((count) => count + 1), []),
  };
}
