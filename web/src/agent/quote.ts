/** The words that caused something, to show beside it. Pure. */

import { maskWords } from "../call/segments";
import type { Utterance } from "../call/view";
import type { Evidence } from "../generated/events";
import { piecesOf, type Span } from "./pieces";

/** A place in the transcript to go to. `span` null: the whole utterance. */
export interface Spot {
  readonly utteranceId: string;
  readonly span: Span | null;
}

export interface Quote {
  readonly words: string;
  readonly atMs: number;
  readonly spot: Spot;
}

/** Longer quotes are cut: what caused a cue is glanced at. */
export const MAX_QUOTE = 80;

/** The first evidence whose utterance is known, with its masks in words; null where there is none. */
export function quoteOf(evidence: readonly Evidence[], utterances: ReadonlyMap<string, Utterance>): Quote | null {
  for (const { utteranceId, start, end } of evidence) {
    const utterance = utterances.get(utteranceId);
    if (!utterance) continue;
    const span = end > start ? { start, end } : null;
    const words = shortened(spoken(utterance, span));
    if (words !== "") return { words, atMs: utterance.startedMs, spot: { utteranceId, span } };
  }
  return null;
}

function spoken({ text, masks }: Utterance, span: Span | null): string {
  return piecesOf(text, masks)
    .map((piece) => {
      const from = Math.max(piece.start, span?.start ?? 0);
      const to = Math.min(piece.end, span?.end ?? Infinity);
      if (to <= from) return "";
      if (piece.mask) return piece.mask.type === "HELD" ? "..." : `[${maskWords(piece.mask.type)}]`;
      return Array.from(piece.text)
        .slice(from - piece.start, to - piece.start)
        .join("");
    })
    .join("")
    .trim();
}

function shortened(words: string): string {
  const points = Array.from(words);
  if (points.length <= MAX_QUOTE) return words;
  const cut = points.slice(0, MAX_QUOTE).join("");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), MAX_QUOTE / 2)).trimEnd()} …`;
}
