import { useEffect, useRef, useState, type RefObject } from "react";
import type { CallView } from "../call/view";
import type { Hearing } from "./hearing";
import { spokenAt, speechIndex, type Spoken } from "./speech";

export interface FollowingSpeech {
  /** A person scrolled away from what is being heard. */
  readonly away: boolean;
  readonly back: () => void;
}

/**
 * Marks the words that are being heard, and keeps them in view until a person scrolls. The marks are attributes of
 * elements that are there: many times a second nothing is drawn anew by React.
 */
export function useFollowSpeech(
  scroller: RefObject<HTMLDivElement | null>,
  hearing: Hearing | null,
  utterances: CallView["utterances"],
): FollowingSpeech {
  const [away, setAway] = useState(false);
  const following = useRef(true);
  const last = useRef<Spoken | null>(null);

  useEffect(() => {
    const box = scroller.current;
    if (!hearing || !box) return undefined;
    const index = speechIndex(utterances.values());
    let marked: HTMLElement[] = [];
    let shown = "";
    const unmark = (): void => {
      for (const element of marked) element.removeAttribute("data-saying");
      marked = [];
    };
    const forget = hearing.onTime((atMs) => {
      const words = spokenAt(index, atMs);
      const name = words.map(({ utteranceId, word }) => `${utteranceId} ${word}`).join();
      if (name === shown) return;
      shown = name;
      unmark();
      for (const spoken of words) {
        const block = blockOf(box, spoken);
        const word = block?.querySelector<HTMLElement>(`[data-word="${spoken.word}"]`);
        for (const element of [block, word]) {
          element?.setAttribute("data-saying", "");
          if (element) marked.push(element);
        }
      }
      const newest = words.at(-1) ?? null;
      if (newest) {
        const another = newest.utteranceId !== last.current?.utteranceId;
        last.current = newest;
        // The beginning of a call that nobody plays is where the page stands already.
        if (another && following.current && atMs > 0) {
          blockOf(box, newest)?.scrollIntoView({ block: "nearest" });
        }
      }
    });
    return () => {
      forget();
      unmark();
    };
  }, [hearing, utterances, scroller]);

  useEffect(() => {
    const box = scroller.current;
    if (!hearing || !box) return undefined;
    const scrolled = (): void => {
      if (hearing.snapshot().state !== "playing") return;
      following.current = false;
      setAway(true);
    };
    // A person's hand; what the page scrolls by itself makes none of these.
    box.addEventListener("wheel", scrolled, { passive: true });
    box.addEventListener("touchmove", scrolled, { passive: true });
    let place = hearing.snapshot().placeMs;
    const forget = hearing.subscribe(() => {
      const now = hearing.snapshot().placeMs;
      if (now === place) return;
      // Whoever goes somewhere wants to see it.
      place = now;
      following.current = true;
      setAway(false);
    });
    return () => {
      box.removeEventListener("wheel", scrolled);
      box.removeEventListener("touchmove", scrolled);
      forget();
    };
  }, [hearing, scroller]);

  const back = (): void => {
    following.current = true;
    setAway(false);
    const block = last.current && blockOf(scroller.current, last.current);
    block?.scrollIntoView({ block: "nearest" });
  };
  return { away: away && hearing !== null, back };
}

function blockOf(box: HTMLElement | null, { utteranceId }: Spoken): HTMLElement | null {
  return box?.querySelector<HTMLElement>(`[data-utterance-id="${CSS.escape(utteranceId)}"]`) ?? null;
}
