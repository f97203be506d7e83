/** The customer's sentiment as a small line, and in a word. Pure. */

import type { SentimentPoint } from "../generated/rest";

export interface Spark {
  /** An SVG path; empty where there is nothing to draw. */
  readonly path: string;
  readonly end: { readonly x: number; readonly y: number } | null;
}

export const SPARK_WIDTH = 84;
export const SPARK_HEIGHT = 26;
const EDGE = 3;

/** Time runs to the right, good is up; 1 and -1 touch the edges. A single point is a flat line. */
export function spark(points: readonly SentimentPoint[]): Spark {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return { path: "", end: null };
  const span = last.atMs - first.atMs;
  const x = (atMs: number): number =>
    span <= 0 ? SPARK_WIDTH - EDGE : EDGE + ((atMs - first.atMs) / span) * (SPARK_WIDTH - 2 * EDGE);
  const y = (value: number): number => EDGE + ((1 - Math.max(-1, Math.min(1, value))) / 2) * (SPARK_HEIGHT - 2 * EDGE);
  const round = (n: number): number => Math.round(n * 10) / 10;
  const placed = points.map(({ atMs, value }) => ({ x: round(x(atMs)), y: round(y(value)) }));
  if (span <= 0) placed.unshift({ x: EDGE, y: round(y(first.value)) });
  const end = placed.at(-1) ?? null;
  return { path: placed.map((point, index) => `${index === 0 ? "M" : "L"}${point.x} ${point.y}`).join(""), end };
}

export type Mood = "bad" | "low" | "even" | "good" | "unknown";

/** The same words for the same figures as in the server's reason for a rank. */
export function mood(sentiment: number | null): Mood {
  if (sentiment === null) return "unknown";
  if (sentiment <= -0.6) return "bad";
  if (sentiment <= -0.3) return "low";
  return sentiment < 0.25 ? "even" : "good";
}

export const MOOD_WORDS: Readonly<Record<Mood, string>> = {
  bad: "angry",
  low: "unhappy",
  even: "calm",
  good: "pleased",
  unknown: "not known yet",
};
