/** The words that a search found, in their utterance. Pure. */

import type { MatchedSpan } from "../generated/rest";

export interface Part {
  readonly text: string;
  readonly found: boolean;
}

/** So many code points are shown before the first word that was found, and so many in all. */
const BEFORE = 40;
export const SNIPPET_CHARS = 160;

/** `found` are half-open offsets in code points of `text`; what lies far from the first is cut away. */
export function snippet(text: string, found: readonly MatchedSpan[]): Part[] {
  const points = Array.from(text);
  const spans = [...found].sort((a, b) => a.start - b.start);
  const from = wordStart(points, Math.max(0, (spans[0]?.start ?? 0) - BEFORE));
  const to = Math.min(points.length, from + SNIPPET_CHARS);
  const parts: Part[] = [];
  const take = (start: number, end: number, isFound: boolean): void => {
    if (end > start) parts.push({ text: points.slice(start, end).join(""), found: isFound });
  };
  if (from > 0) parts.push({ text: "... ", found: false });
  let at = from;
  for (const span of spans) {
    const start = Math.min(Math.max(at, span.start), to);
    const end = Math.min(Math.max(start, span.end), to);
    take(at, start, false);
    take(start, end, true);
    at = end;
  }
  take(at, to, false);
  if (to < points.length) parts.push({ text: " ...", found: false });
  return parts;
}

/** The beginning of the next word, unless this is one. */
function wordStart(points: readonly string[], at: number): number {
  if (at === 0) return 0;
  const space = points.indexOf(" ", at);
  return space === -1 || space - at > BEFORE ? at : space + 1;
}
