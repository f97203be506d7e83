/** Knowledge beside the call: which passage is shown, how old it is, what is copied. Pure. */

import type { CueState, Passage } from "../generated/rest";

const DAY_MS = 86_400_000;
/** A document that nobody has touched for so long may no longer be true. */
export const OLD_AFTER_DAYS = 365;

export interface Freshness {
  readonly words: string;
  readonly old: boolean;
}

export function freshness(modifiedAtMs: number, nowMs: number): Freshness {
  const days = Math.max(0, Math.floor((nowMs - modifiedAtMs) / DAY_MS));
  return { words: `Updated ${ago(days)}`, old: days >= OLD_AFTER_DAYS };
}

function ago(days: number): string {
  const plural = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? "" : "s"} ago`;
  if (days === 0) return "today";
  if (days === 1) return "yesterday";
  if (days < 60) return plural(days, "day");
  if (days < 2 * OLD_AFTER_DAYS) return plural(Math.floor(days / 30.4), "month");
  return plural(Math.floor(days / 365.25), "year");
}

/** Passages that the call asked for, the newest first, each once; none whose cue was taken back. */
export function askedFor(cues: readonly CueState[]): string[] {
  const ids = cues
    .filter((cue) => cue.audience === "agent" && cue.passageId !== null && cue.withdrawn !== "contradicted")
    .sort((a, b) => b.raisedMs - a.raisedMs)
    .map((cue) => cue.passageId ?? "");
  return [...new Set(ids)];
}

/** A source's name as people know it: the file's, without folders; an address stays whole. */
export function sourceName(source: string): string {
  return /^[a-z]+:\/\//i.test(source) ? source : (source.split(/[\\/]/).findLast((part) => part !== "") ?? source);
}

export function copyText(passage: Passage): string {
  return `${passage.text.trim()}\n\n${passage.title}, ${sourceName(passage.source)}`;
}
