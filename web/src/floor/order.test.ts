import { describe, expect, it } from "vitest";
import { row } from "./floor.fixture";
import { FREE, ranked, settled, waiting } from "./order";

it("ranks by need, then the longer call, then by id so that ties never dance", () => {
  const rows = [
    row("d", { need: 10, startedAtMs: 5 }),
    row("c", { need: 10, startedAtMs: 5 }),
    row("b", { need: 10, startedAtMs: 1 }),
    row("a", { need: 80, startedAtMs: 9 }),
  ];
  expect(ranked(rows)).toEqual(["a", "b", "c", "d"]);
  expect(ranked(rows.reverse())).toEqual(["a", "b", "c", "d"]);
});

describe("the order that is shown", () => {
  const shown = ["a", "b", "c", "d"];

  it("is that of the ranks where nothing holds it, and the same list where nothing moves", () => {
    expect(settled(shown, ["c", "a", "b"], FREE)).toEqual(["c", "a", "b"]);
    expect(settled(shown, [...shown], FREE)).toBe(shown);
  });

  it("stands still under a moving pointer: gone calls keep their rows, new ones wait below", () => {
    expect(settled(shown, ["e", "d", "a", "c"], { still: true, pinned: "b" })).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("moves around the row under a resting pointer", () => {
    expect(settled(shown, ["d", "c", "a", "b"], { still: false, pinned: "b" })).toEqual(["d", "b", "c", "a"]);
    expect(settled(shown, ["b", "d", "c", "a"], { still: false, pinned: "b" })).toEqual(["d", "b", "c", "a"]);
  });

  it("keeps the row under the pointer though its call is gone, and lets it go with the pointer", () => {
    expect(settled(shown, ["c", "d"], { still: false, pinned: "b" })).toEqual(["c", "b", "d"]);
    expect(settled(["c", "b", "d"], ["c", "d"], FREE)).toEqual(["c", "d"]);
  });

  it("a pinned row stays on the list when all above it are gone", () => {
    expect(settled(shown, [], { still: false, pinned: "d" })).toEqual(["d"]);
    expect(settled(shown, ["a"], { still: false, pinned: "z" })).toEqual(["a"]);
  });
});

it("tells how many rows wait to move", () => {
  expect(waiting(["a", "b", "c"], ["a", "b", "c"])).toBe(0);
  expect(waiting(["a", "b", "c"], ["b", "a", "c"])).toBe(2);
  expect(waiting(["a", "gone"], ["a"])).toBe(1);
});
