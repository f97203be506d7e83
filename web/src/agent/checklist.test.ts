import { expect, it } from "vitest";
import type { ChecklistItemState, ChecklistState } from "../generated/rest";
import { linesOf, MAX_LINES, nowLine, SOON_MS, type Lines } from "./checklist";

const item = (itemId: string, more: Partial<ChecklistItemState> = {}): ChecklistItemState => ({
  itemId,
  label: `Do ${itemId}`,
  dueMs: null,
  state: "open",
  doneMs: null,
  evidence: null,
  by: null,
  ...more,
});
const list = (...items: ChecklistItemState[]): ChecklistState => ({
  checklistId: "c",
  title: "C",
  items,
  adherence: 0,
});
const shown = ({ lines }: Lines): string[] => lines.map((line) => `${line.item.itemId} ${line.standing}`);
const NONE: ReadonlySet<string> = new Set();

it("the first open line is now, the others later", () => {
  const lines = linesOf(list(item("a", { state: "done" }), item("b"), item("c")), 0, true, NONE);
  expect(shown(lines)).toEqual(["a done", "b now", "c later"]);
  expect([lines.done, lines.of]).toEqual([1, 3]);
});

it("what is due soon is now too, and is the more urgent", () => {
  const lines = linesOf(list(item("a"), item("b", { dueMs: 60_000 })), 60_000 - SOON_MS, true, NONE);
  expect(shown(lines)).toEqual(["a now", "b now"]);
  expect(nowLine(lines)?.item.itemId).toBe("b");
  expect(shown(linesOf(list(item("a"), item("b", { dueMs: 60_000 })), 60_000 - SOON_MS - 1, true, NONE))).toEqual([
    "a now",
    "b later",
  ]);
});

it("a missed line says so until somebody does it", () => {
  const lines = linesOf(list(item("a", { state: "missed" }), item("b")), 0, true, NONE);
  expect(shown(lines)).toEqual(["a missed", "b now"]);
  expect(shown(linesOf(list(item("a", { state: "missed" })), 0, true, new Set(["a"])))).toEqual(["a done"]);
});

it("what was ticked by hand is done at once, and is marked until the server says so", () => {
  const lines = linesOf(list(item("a"), item("b")), 0, true, new Set(["a"]));
  expect(lines.lines.map((line) => [line.standing, line.ticking])).toEqual([
    ["done", true],
    ["now", false],
  ]);
  expect(linesOf(list(item("a", { state: "done" })), 0, true, new Set(["a"])).lines[0]?.ticking).toBe(false);
});

it("nothing is now when the call is over", () => {
  const lines = linesOf(list(item("a"), item("b", { dueMs: 1 })), 50_000, false, NONE);
  expect(shown(lines)).toEqual(["a later", "b later"]);
  expect(nowLine(lines)).toBeNull();
});

it("never more than seven: the oldest done ones give way, then the last", () => {
  const done = ["a", "b", "c"].map((id) => item(id, { state: "done" }));
  const open = ["d", "e", "f", "g", "h", "i", "j", "k"].map((id) => item(id));
  const lines = linesOf(list(...done, ...open), 0, true, NONE);
  expect(lines.lines).toHaveLength(MAX_LINES);
  expect([lines.hiddenDone, lines.hiddenLater, lines.of]).toEqual([3, 1, 11]);
  expect(shown(lines)[0]).toBe("d now");
  const few = linesOf(list(...done, ...open.slice(0, 5)), 0, true, NONE);
  expect([shown(few)[0], few.hiddenDone, few.hiddenLater]).toEqual(["b done", 1, 0]);
});

it("without a checklist there is none", () => {
  expect(linesOf(null, 0, true, NONE)).toMatchObject({ lines: [], of: 0 });
});
