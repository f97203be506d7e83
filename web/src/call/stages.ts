/** The latency waterfall and what is summed up from it. Pure; all figures in milliseconds. */

import type { Stages } from "./view";

/** Every stage in the order of a word's way, from the arrival of the fragment that holds it. */
export const STAGES = [
  { name: "recogniserPartial", label: "First words" },
  { name: "recogniserFinal", label: "Recognised" },
  { name: "redacted", label: "Redacted" },
  { name: "committed", label: "Stored" },
  { name: "published", label: "Published" },
  { name: "cueReady", label: "Cue ready" },
  { name: "delivered", label: "Delivered" },
] as const;

export type StageName = (typeof STAGES)[number]["name"];

/** One bar: from the last stage that was measured to this one. Null figures: this stage was not measured. */
export interface Bar {
  readonly name: StageName;
  readonly label: string;
  readonly fromMs: number | null;
  readonly atMs: number | null;
  readonly tookMs: number | null;
}

export function bars(stages: Stages): Bar[] {
  let reached = 0;
  return STAGES.map(({ name, label }) => {
    const atMs = measured(stages, name);
    if (atMs === null) return { name, label, fromMs: null, atMs: null, tookMs: null };
    const fromMs = Math.min(reached, atMs);
    reached = Math.max(reached, atMs);
    return { name, label, fromMs, atMs, tookMs: atMs - fromMs };
  });
}

/** The figure of a stage, or null where it was not measured. */
export function measured(stages: Stages | undefined, name: StageName): number | null {
  const value = stages?.[name];
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Nearest-rank percentile of sorted values (0 < share <= 1). */
export function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export interface StageSummary {
  readonly name: StageName;
  readonly label: string;
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** Per stage, over a call's utterances. A stage that nobody measured has nulls. */
export function summarise(timings: ReadonlyMap<string, Stages>): StageSummary[] {
  return STAGES.map(({ name, label }) => {
    const values = valuesOf(timings, name);
    return { name, label, count: values.length, p50Ms: percentile(values, 0.5), p95Ms: percentile(values, 0.95) };
  });
}

/** A stage's figures over a call, sorted. */
export function valuesOf(timings: ReadonlyMap<string, Stages>, name: StageName): number[] {
  return [...timings.values()]
    .map((stages) => measured(stages, name))
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
}

export interface Bin {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

const NICE_STEPS = [5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 30_000, 60_000];

/** At most `maxBins` bins of a round width that begin at 0 and cover every value; none without values. */
export function histogram(values: readonly number[], maxBins = 16): Bin[] {
  if (values.length === 0) return [];
  const top = Math.max(...values, 1);
  const step = NICE_STEPS.find((width) => top / width < maxBins) ?? Math.ceil(top / maxBins);
  const bins = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => ({
    fromMs: index * step,
    toMs: (index + 1) * step,
    count: 0,
  }));
  for (const value of values) {
    const bin = bins[Math.max(0, Math.floor(value / step))];
    if (bin) bin.count += 1;
  }
  return bins;
}
