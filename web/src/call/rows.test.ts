import { expect, it } from "vitest";
import { event, partial, said, started } from "./events.fixture";
import { rowsOf, type Row } from "./rows";
import { EMPTY_VIEW, reduce } from "./view";
import type { CallEvent } from "../generated/events";

function rows(...events: CallEvent[]): Row[] {
  const view = reduce(EMPTY_VIEW, [started(), ...events]);
  return rowsOf(view.utterances, view.notes);
}

const sketch = (list: Row[]): string[] =>
  list.map((row) =>
    row.kind === "note"
      ? `note ${row.note.kind}`
      : row.kind === "system"
        ? `system ${row.utterances.length}`
        : row.utterance.text,
  );

it("rows are in the order in which people began to speak, not in that of the commits", () => {
  expect(
    sketch(rows(said(2, "u2", "second", { startedMs: 4000 }), said(3, "u1", "first", { startedMs: 3000 }))),
  ).toEqual(["first", "second"]);
});

it("neighbouring system audio makes one row that keeps its key as it grows", () => {
  const one = rows(said(2, "s1", "prompt", { speaker: "system" }));
  const two = rows(
    said(2, "s1", "prompt", { speaker: "system" }),
    said(3, "s2", "music", { speaker: "system" }),
    said(4, "u1", "Hello"),
  );
  expect(sketch(two)).toEqual(["system 2", "Hello"]);
  expect(two[0]?.key).toBe(one[0]?.key);
});

it("a partial without words has no row", () => {
  expect(sketch(rows(partial("u1", [1, 1], "")))).toEqual([]);
});

it("notes stand at their time, the end stands last", () => {
  const list = rows(
    event(2, { kind: "AgentConnected", agentId: "maria" }, 500),
    event(3, { kind: "CallEnded", reason: "disconnected" }, 600),
    said(4, "u1", "spoken before the end, written after it", { startedMs: 590 }),
    said(5, "u2", "and this began later still", { startedMs: 700 }),
  );
  expect(sketch(list)).toEqual([
    "note agent",
    "spoken before the end, written after it",
    "and this began later still",
    "note end",
  ]);
});
