/** What was written before, to go back to. Bounded; typing without a pause is one step. Pure. */

export interface History {
  readonly past: readonly string[];
  readonly now: string;
  readonly future: readonly string[];
  /** What the last change belongs to, and when it was made. */
  readonly group: string | null;
  readonly atMs: number;
}

const STEPS_MAX = 200;
/** Of all that is kept. */
const CHARACTERS_MAX = 8_000_000;
const PAUSE_MS = 1_200;

export const begun = (text: string): History => ({ past: [], now: text, future: [], group: null, atMs: 0 });

/** A change; one of the same group soon after the last one goes into the same step. */
export function wrote(history: History, text: string, group: string | null, atMs: number): History {
  if (text === history.now) return history;
  const same = group !== null && group === history.group && atMs - history.atMs < PAUSE_MS;
  const past = same ? history.past : bounded([...history.past, history.now]);
  return { past, now: text, future: [], group, atMs };
}

export function undone(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  const future = [history.now, ...history.future];
  return { past: history.past.slice(0, -1), now: before, future, group: null, atMs: 0 };
}

export function redone(history: History): History {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.now], now: after, future, group: null, atMs: 0 };
}

function bounded(past: readonly string[]): readonly string[] {
  let kept = 0;
  let first = past.length;
  while (first > 0 && past.length - first < STEPS_MAX && kept + (past[first - 1]?.length ?? 0) <= CHARACTERS_MAX) {
    first -= 1;
    kept += past[first]?.length ?? 0;
  }
  return past.slice(first);
}
