import { describe, expect, it } from "vitest";
import { bars, histogram, percentile, summarise, valuesOf } from "./stages";

describe("bars", () => {
  it("reach from the last measured stage to this one; what was not measured is blank", () => {
    const list = bars({ recogniserFinal: 120, committed: 150, delivered: 170 });
    expect(list.map(({ name, fromMs, tookMs }) => [name, fromMs, tookMs])).toEqual([
      ["recogniserPartial", null, null],
      ["recogniserFinal", 0, 120],
      ["redacted", null, null],
      ["committed", 120, 30],
      ["published", null, null],
      ["cueReady", null, null],
      ["delivered", 150, 20],
    ]);
  });

  it("of stages out of order take no negative time", () => {
    const list = bars({ recogniserPartial: 80, recogniserFinal: 60, redacted: 90 });
    expect(list.slice(0, 3).map((bar) => bar.tookMs)).toEqual([80, 0, 10]);
  });

  it("of nothing measured are all blank, and 0 ms is not blank", () => {
    expect(bars({}).every((bar) => bar.atMs === null)).toBe(true);
    expect(bars({ redacted: 0 })[2]).toMatchObject({ atMs: 0, tookMs: 0 });
  });
});

it("percentiles are by nearest rank", () => {
  const values = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(percentile(values, 0.5)).toBe(10);
  expect(percentile(values, 0.95)).toBe(19);
  expect(percentile([7], 0.95)).toBe(7);
  expect(percentile([], 0.5)).toBeNull();
});

it("a summary counts only what was measured", () => {
  const timings = new Map([
    ["a", { committed: 10, delivered: 30 }],
    ["b", { committed: 20 }],
  ]);
  const summary = new Map(summarise(timings).map((stage) => [stage.name, stage]));
  expect(summary.get("committed")).toMatchObject({ count: 2, p50Ms: 10, p95Ms: 20 });
  expect(summary.get("delivered")).toMatchObject({ count: 1, p50Ms: 30 });
  expect(summary.get("cueReady")).toMatchObject({ count: 0, p50Ms: null, p95Ms: null });
  expect(valuesOf(timings, "committed")).toEqual([10, 20]);
});

describe("the histogram", () => {
  it("has every value in one of a few round bins", () => {
    for (const values of [[1], [3, 310, 999], [12_000, 60], [4_000_000, 1]]) {
      const bins = histogram(values);
      expect(bins.length).toBeLessThanOrEqual(17);
      expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(values.length);
      expect(bins[0]?.fromMs).toBe(0);
    }
  });

  it("of nothing has no bins", () => {
    expect(histogram([])).toEqual([]);
  });
});
