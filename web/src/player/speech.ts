/** Spoken words and when they were said: which one is being heard, and where each stands in its text. Pure. */

import type { Mask, UtteranceCommitted } from "../generated/events";
import { segments, type Segment } from "../call/segments";

export type Word = UtteranceCommitted["words"][number];

/** A piece of an utterance's text; of words, which one of the utterance's it is and when it began. */
export type TimedSegment = Segment & { readonly word?: number; readonly atMs?: number };

/**
 * Redacted text cut so that every word is a piece of its own. A text is its words joined by single spaces; where it is
 * not (another version of either was read), its pieces have no times.
 */
export function timedSegments(text: string, masks: readonly Mask[], words: readonly Word[]): TimedSegment[] {
  const plain = segments(text, masks);
  if (words.length === 0 || words.map((word) => word.text).join(" ") !== text) return plain;
  const parts: TimedSegment[] = [];
  let next = 0;
  for (const segment of plain) {
    const word = words[next];
    if (segment.kind !== "text") {
      // A mask is one word of the utterance.
      parts.push(word ? { ...segment, word: next, atMs: word.startMs } : segment);
      next += 1;
      continue;
    }
    for (const piece of segment.text.split(/( )/)) {
      const at = words[next];
      if (piece === " " || piece === "" || !at) {
        if (piece !== "") parts.push({ kind: "text", text: piece });
        continue;
      }
      parts.push({ kind: "text", text: piece, word: next, atMs: at.startMs });
      next += 1;
    }
  }
  return parts;
}

export interface Spoken {
  readonly utteranceId: string;
  readonly word: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** As much of an utterance as is needed to follow it. */
export interface Heard {
  readonly id: string;
  readonly speaker: string;
  readonly words: readonly Word[];
}

/** Words of each side in the order in which they were said. */
export type SpeechIndex = readonly (readonly Spoken[])[];

export function speechIndex(utterances: Iterable<Heard>): SpeechIndex {
  const sides = new Map<string, Spoken[]>();
  for (const { id, speaker, words } of utterances) {
    const side = speaker === "customer" ? "customer" : "agent";
    const spoken = sides.get(side) ?? [];
    words.forEach((word, index) =>
      spoken.push({ utteranceId: id, word: index, startMs: word.startMs, endMs: word.endMs }),
    );
    sides.set(side, spoken);
  }
  return [...sides.values()].map((side) => side.sort((a, b) => a.startMs - b.startMs));
}

/** A word is still shown as being said for so long after its end, so that nothing flickers between words. */
export const LINGER_MS = 400;

/** The words that are being said then, the one that began last at the end; at most one of each side. */
export function spokenAt(index: SpeechIndex, atMs: number): Spoken[] {
  const found: Spoken[] = [];
  for (const side of index) {
    const word = side[lastAtOrBefore(side, atMs)];
    if (word && atMs < Math.max(word.endMs, word.startMs) + LINGER_MS) found.push(word);
  }
  return found.sort((a, b) => a.startMs - b.startMs);
}

function lastAtOrBefore(side: readonly Spoken[], atMs: number): number {
  let low = 0;
  let high = side.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((side[middle]?.startMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
