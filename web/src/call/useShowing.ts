import { useCallback, useEffect, useRef, useState } from "react";
import { useQuery } from "../shell/router";
import { reveal } from "./reveal";

/**
 * Shows the utterance that the address names, once the transcript is there; gives a way to show another, which brings
 * the transcript into view first.
 */
export function useShowing(loaded: boolean, showTranscript: () => void): (utteranceId: string) => void {
  const query = useQuery();
  const named = useRef<string | null>(null);
  const next = useRef<string | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const utteranceId = new URLSearchParams(query).get("at");
    if (!loaded || utteranceId === null || utteranceId === named.current) return undefined;
    named.current = utteranceId;
    // After the transcript has gone to where it begins.
    const timer = window.setTimeout(() => reveal(utteranceId), 50);
    return () => {
      window.clearTimeout(timer);
      named.current = null;
    };
  }, [loaded, query]);
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
