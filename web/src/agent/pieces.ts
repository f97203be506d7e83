/**
 * An utterance's text in pieces whose places are known, for choosing words to mask. Pure. Places are half-open offsets
 * in code points of the text as the server has it; browsers count UTF-16 units, and a mask is drawn in other words.
 */

import type { Mask } from "../generated/events";

export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly mask: Mask | null;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Text and masks by turns, without gaps. A mask that reaches outside the text is cut to it. */
export function piecesOf(text: string, masks: readonly Mask[]): Piece[] {
  const points = Array.from(text);
  const pieces: Piece[] = [];
  let at = 0;
  const take = (end: number, mask: Mask | null): void => {
    if (end > at) pieces.push({ start: at, end, text: points.slice(at, end).join(""), mask });
    at = Math.max(at, end);
  };
  for (const mask of [...masks].sort((a, b) => a.start - b.start)) {
    take(Math.min(mask.start, points.length), null);
    take(Math.min(mask.end, points.length), mask);
  }
  take(points.length, null);
  return pieces;
}

/** Words outside of masks: what can be chosen. */
export function wordsOf(text: string, masks: readonly Mask[]): Span[] {
  return piecesOf(text, masks)
    .filter((piece) => piece.mask === null)
    .flatMap((piece) =>
      [...piece.text.matchAll(/\S+/gu)].map((match) => {
        const start = piece.start + pointsBefore(piece.text, match.index);
        return { start, end: start + Array.from(match[0]).length };
      }),
    );
}

/** The words that a stretch touches, as one stretch from the first to the last; null where it touches none. */
export function widened(text: string, masks: readonly Mask[], chosen: Span): Span | null {
  const touched = wordsOf(text, masks).filter((word) => word.start < chosen.end && chosen.start < word.end);
  const first = touched[0];
  const last = touched.at(-1);
  return first && last ? { start: first.start, end: last.end } : null;
}

/** How many code points stand before an offset that counts UTF-16 units. */
export function pointsBefore(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}

export function cutOut(text: string, { start, end }: Span): string {
  return Array.from(text).slice(start, end).join("");
}

/** A choice by keyboard: which words, by number. `anchor` stays, `head` goes. */
export interface Choice {
  readonly anchor: number;
  readonly head: number;
}

/** The choice after an arrow key; with shift it grows from where it began. `count`: how many words there are. */
export function moved(choice: Choice, key: string, shift: boolean, count: number): Choice | null {
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: choice.head - 1,
    ArrowRight: choice.head + 1,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  if (target === undefined || count === 0) return null;
  const head = Math.max(0, Math.min(target, count - 1));
  return { anchor: shift ? choice.anchor : head, head };
}

/** The stretch that a choice means. */
export function spanOf(words: readonly Span[], choice: Choice): Span | null {
  const first = words[Math.min(choice.anchor, choice.head)];
  const last = words[Math.max(choice.anchor, choice.head)];
  return first && last ? { start: first.start, end: last.end } : null;
}
