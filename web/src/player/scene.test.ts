import { expect, it } from "vitest";
import type { RecordingFacts } from "../generated/rest";
import { BAR_PX, bars, beepsOf, gapsOf, height, loudestOf, positionWords } from "./scene";

const FACTS: Pick<RecordingFacts, "durationMs" | "beeps" | "gaps"> = {
  durationMs: 100_000,
  beeps: [
    { channel: "customer", startedMs: 20_000, endedMs: 22_500 },
    { channel: "agent", startedMs: 21_000, endedMs: 22_000 },
  ],
  gaps: [{ startedMs: 50_000, endedMs: 60_000, cause: "paused" }],
};

it("draws the loudest peak of what a bar stands for", () => {
  const drawn = bars([0, 10, 20, 0, 0, 40, 0, 0], 100, 800, 4 * BAR_PX, 40);
  expect(drawn).toHaveLength(4);
  expect(drawn.map((each) => Math.round(40 * each ** (1 / 0.7)))).toEqual([10, 20, 40, 0]);
});

it("ends where the recording ends, on an axis that is longer", () => {
  expect(bars(new Array(10).fill(255), 100, 2000, 20 * BAR_PX, 255)).toEqual(new Array(10).fill(1));
});

it("repeats a peak over the bars that it is wider than", () => {
  expect(bars([255, 0], 100, 200, 8 * BAR_PX, 255)).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  expect(bars([], 100, 1000, 300, 255)).toEqual([]);
  expect(bars([255], 100, 1000, 0, 255)).toEqual([1]);
});

it("grows with loudness, from nothing to all of the height", () => {
  const heights = [0, 1, 20, 120, 200].map((peak) => height(peak, 200));
  expect(heights[0]).toBe(0);
  expect(heights.at(-1)).toBe(1);
  expect([...heights].sort((a, b) => a - b)).toEqual(heights);
  expect(height(255, 100)).toBe(1);
  expect(height(-1, 100)).toBe(0);
});

it("measures both sides by the loudest of either, and does not blow silence up", () => {
  expect(loudestOf({ stepMs: 100, customer: [3, 90], agent: [120] })).toBe(120);
  expect(loudestOf({ stepMs: 100, customer: [1], agent: [] })).toBe(24);
  expect(loudestOf(null)).toBe(24);
});

it("places beeps on their own side and gaps on both, in percent of the axis, with words", () => {
  expect(beepsOf(FACTS, "customer", 200_000)).toEqual([
    { key: "20000", start: 10, size: 1.25, words: "0:20  Beeped for 2.5 s: something was hidden here" },
  ]);
  expect(beepsOf(FACTS, "agent", 200_000)).toHaveLength(1);
  expect(gapsOf(FACTS, 100_000)).toMatchObject([
    { start: 50, size: 10, words: "0:50  Not recorded for 10.0 s: recording was paused" },
  ]);
});

it("says where it stands and what is there instead of a voice", () => {
  expect(positionWords(5_000, FACTS)).toBe("5 seconds of 1 minute 40 seconds");
  expect(positionWords(20_000, FACTS)).toContain(", customer beeped");
  expect(positionWords(21_500, FACTS)).toContain(", customer and agent beeped");
  expect(positionWords(22_500, FACTS)).not.toContain("beeped");
  expect(positionWords(55_000, FACTS)).toContain(", not recorded");
});
