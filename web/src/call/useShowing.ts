import { useCallback, useEffect, useRef, useState } from "react";
import type { Hearing } from "../player/hearing";
import { momentOf } from "../player/link";
import { useQuery } from "../shell/router";
import { utteranceAt } from "./lanes";
import { reveal } from "./reveal";
import type { CallView } from "./view";

interface Shown {
  readonly loaded: boolean;
  readonly showTranscript: () => void;
  readonly utterances: CallView["utterances"];
  readonly hearing: Hearing;
}

/**
 * Shows the utterance or the moment that the address names, once the transcript is there, and puts the recording there;
 * gives a way to show another utterance, which brings the transcript into view first.
 */
export function useShowing({ loaded, showTranscript, utterances, hearing }: Shown): (utteranceId: string) => void {
  const query = useQuery();
  const named = useRef<string | null>(null);
  const next = useRef<string | null>(null);
  const [asked, setAsked] = useState(0);
  const known = useRef(utterances);
  useEffect(() => {
    known.current = utterances;
  }, [utterances]);
  useEffect(() => {
    const moment = momentOf(query);
    const wanted = new URLSearchParams(query).get("at");
    const utteranceId = wanted ?? (moment === null ? null : utteranceAt(known.current, moment));
    const place = wanted ?? (moment === null ? null : `${moment}`);
    if (!loaded || utteranceId === null || place === named.current) return undefined;
    named.current = place;
    // After the transcript has gone to where it begins.
    const timer = window.setTimeout(() => {
      reveal(utteranceId);
      const startedMs = known.current.get(utteranceId)?.startedMs;
      const atMs = moment ?? startedMs;
      if (atMs !== undefined) hearing.seek(atMs);
    }, 50);
    return () => {
      window.clearTimeout(timer);
      named.current = null;
    };
  }, [loaded, query, hearing]);
  useEffect(() => {
    if (next.current !== null) reveal(next.current);
    next.current = null;
  }, [asked]);
  return useCallback(
    (utteranceId: string) => {
      next.current = utteranceId;
      showTranscript();
      setAsked((count) => count + 1);
    },
    [showTranscript],
  );
}
