import { expect, it } from "vitest";
import { EMPTY_FLOOR, reconnecting, take, type Floor, type FloorMessage } from "./feed";
import { row } from "./floor.fixture";

const all = (revision: number, ...ids: readonly string[]): FloorMessage => ({
  kind: "FloorSnapshot",
  atMs: 0,
  revision,
  rows: ids.map((id) => row(id)),
});
const changed = (
  revision: number,
  rows: readonly ReturnType<typeof row>[],
  gone: readonly string[] = [],
): FloorMessage => ({
  kind: "FloorChanged",
  atMs: 0,
  revision,
  rows,
  gone,
});
const ids = (floor: Floor): readonly string[] => [...floor.rows.keys()];

it("is what the snapshot says, and then what changes say", () => {
  const floor = take(EMPTY_FLOOR, [all(1, "a", "b"), changed(2, [row("b", { need: 40 }), row("c")], ["a"])]);
  expect(ids(floor)).toEqual(["b", "c"]);
  expect(floor.rows.get("b")?.need).toBe(40);
  expect(floor.revision).toBe(2);
});

it("a new connection's snapshot replaces what stood there, and changes before it are not taken", () => {
  const before = take(EMPTY_FLOOR, [all(1, "a", "b"), changed(9, [row("c")])]);
  const waiting = reconnecting(before);
  expect(ids(waiting)).toEqual(["a", "b", "c"]);
  expect(take(waiting, [changed(1, [row("z")])]).rows.has("z")).toBe(false);
  const after = take(waiting, [all(1, "b")]);
  expect(ids(after)).toEqual(["b"]);
  expect(after.revision).toBe(1);
});

it("a row that did not change keeps its object; what was handed out does not change", () => {
  const before = take(EMPTY_FLOOR, [all(1, "a", "b")]);
  const after = take(before, [changed(2, [row("b", { need: 1 })])]);
  expect(after.rows.get("a")).toBe(before.rows.get("a"));
  expect(before.rows.get("b")?.need).toBe(0);
});

it("a kind of a newer version changes nothing", () => {
  const before = take(EMPTY_FLOOR, [all(1, "a")]);
  const after = take(before, [{ kind: "FloorPainted", revision: 5 } as unknown as FloorMessage]);
  expect(after).toEqual(before);
});
