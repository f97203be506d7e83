/** In which order rows stand: by need, and calmly. Pure. */

import type { FloorRow } from "../generated/rest";

/** Call ids by need, the neediest first; the longer call first where both need the same. */
export function ranked(rows: Iterable<FloorRow>): string[] {
  return [...rows]
    .sort((a, b) => b.need - a.need || a.startedAtMs - b.startedAtMs || (a.callId < b.callId ? -1 : 1))
    .map((row) => row.callId);
}

/** What holds rows in their places. */
export interface Hold {
  /** The pointer is on its way over the rows: none moves, new ones wait below the others. */
  readonly still: boolean;
  /** The row under the resting pointer, or with the keyboard's focus: the others move around it. */
  readonly pinned: string | null;
}

export const FREE: Hold = { still: false, pinned: null };

/**
 * The order to show next. `shown` is the present one, `wanted` that of the ranks. A call that is gone keeps its row
 * for as long as it is held, so that nothing slides up under the pointer. The same list where nothing moves.
 */
export function settled(shown: readonly string[], wanted: readonly string[], hold: Hold): readonly string[] {
  const next = hold.still ? standing(shown, wanted) : around(shown, wanted, hold.pinned);
  return next.length === shown.length && next.every((id, index) => id === shown[index]) ? shown : next;
}

function standing(shown: readonly string[], wanted: readonly string[]): string[] {
  const known = new Set(shown);
  return [...shown, ...wanted.filter((id) => !known.has(id))];
}

function around(shown: readonly string[], wanted: readonly string[], pinned: string | null): string[] {
  const place = pinned === null ? -1 : shown.indexOf(pinned);
  if (pinned === null || place === -1) return [...wanted];
  const others = wanted.filter((id) => id !== pinned);
  others.splice(Math.min(place, others.length), 0, pinned);
  return others;
}

/** How many rows stand elsewhere than their rank says. */
export function waiting(shown: readonly string[], wanted: readonly string[]): number {
  return shown.reduce((sum, id, index) => sum + (wanted[index] === id ? 0 : 1), 0);
}
