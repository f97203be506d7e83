import { describe, expect, it } from "vitest";
import { choices, isFiltered, queryOf, shows, viewOf } from "./filters";
import { row } from "./floor.fixture";
import { mood, spark, SPARK_HEIGHT, SPARK_WIDTH } from "./spark";
import { OVERSCAN, revealing, visible } from "./window";

describe("filters", () => {
  const NONE = { team: null, reason: null, sign: null, call: null };

  it("go into the address and come back", () => {
    const view = { team: "Cards & loans", reason: "lost_card", sign: "hand", call: "call/1" } as const;
    expect(viewOf(queryOf(view))).toEqual(view);
    expect(queryOf(NONE)).toBe("");
    expect(viewOf("")).toEqual(NONE);
  });

  it("of an address that makes no sense are none", () => {
    expect(viewOf("sign=everything&team=%20&x=1")).toEqual(NONE);
    expect(isFiltered({ ...NONE, call: "c" })).toBe(false);
    expect(isFiltered({ ...NONE, sign: "alert" })).toBe(true);
  });

  it("show what they ask for", () => {
    const angry = row("a", { alertsOpen: 1 });
    const asking = row("b", { handRaisedMs: 0, team: "Loans", reason: null });
    const shown = (query: string): readonly string[] =>
      [angry, asking].filter((one) => shows(viewOf(query), one)).map((one) => one.callId);
    expect(shown("")).toEqual(["a", "b"]);
    expect(shown("team=Loans")).toEqual(["b"]);
    expect(shown("reason=none")).toEqual(["b"]);
    expect(shown("sign=alert")).toEqual(["a"]);
    expect(shown("sign=hand&team=Cards")).toEqual([]);
  });

  it("offer what there is, and keep what is chosen", () => {
    const rows = [row("a", { team: "Loans", reason: "roaming" }), row("b", { team: null, reason: null })];
    expect(choices(rows, { ...NONE, team: "Night" })).toEqual({
      teams: ["Loans", "Night"],
      reasons: ["none", "roaming"],
    });
  });
});

describe("virtual rows", () => {
  it("are those in view and a few more", () => {
    expect(visible(0, 600, 60, 500)).toEqual({ from: 0, to: 11 + OVERSCAN });
    expect(visible(6000, 600, 60, 500)).toEqual({ from: 100 - OVERSCAN, to: 111 + OVERSCAN });
    expect(visible(29_400, 600, 60, 500)).toEqual({ from: 490 - OVERSCAN, to: 500 });
  });

  it("are none of a list that shrank to nothing", () => {
    expect(visible(9000, 600, 60, 0)).toEqual({ from: 0, to: 0 });
    expect(visible(9000, 600, 60, 3)).toEqual({ from: 3, to: 3 });
  });

  it("come into view with the least scrolling", () => {
    expect(revealing(0, 120, 600, 60)).toBe(0);
    expect(revealing(5, 120, 600, 60)).toBe(120);
    expect(revealing(20, 120, 600, 60)).toBe(660);
  });
});

describe("the spark line", () => {
  it("is empty, flat or from edge to edge", () => {
    expect(spark([])).toEqual({ path: "", end: null });
    const flat = spark([{ atMs: 5, value: 0 }]);
    expect(flat.path).toBe(`M3 ${SPARK_HEIGHT / 2}L${SPARK_WIDTH - 3} ${SPARK_HEIGHT / 2}`);
    const falling = spark([
      { atMs: 1000, value: 1 },
      { atMs: 3000, value: -4 },
    ]);
    expect(falling.path).toBe(`M3 3L${SPARK_WIDTH - 3} ${SPARK_HEIGHT - 3}`);
  });

  it("has a word", () => {
    expect([null, -0.9, -0.4, 0, 0.6].map(mood)).toEqual(["unknown", "bad", "low", "even", "good"]);
  });
});
