import { expect, it } from "vitest";
import { arranged, EMPTY_BOARD } from "./board";
import type { Floor } from "./feed";
import { viewOf } from "./filters";
import { row } from "./floor.fixture";
import { FREE } from "./order";

const floor = (...rows: readonly ReturnType<typeof row>[]): Floor => ({
  rows: new Map(rows.map((one) => [one.callId, one])),
  revision: 1,
});
const ALL = viewOf("");
const angry = row("a", { need: 90 });
const calm = row("b", { need: 5 });

it("is the same while nothing changes", () => {
  const board = arranged(EMPTY_BOARD, floor(angry, calm), ALL, FREE);
  expect(board.order).toEqual(["a", "b"]);
  expect(arranged(board, floor(calm, angry), ALL, FREE)).toBe(board);
});

it("a row that changed is shown anew, in its place", () => {
  const board = arranged(EMPTY_BOARD, floor(angry, calm), ALL, FREE);
  const next = arranged(board, floor(angry, { ...calm, why: "long hold" }), ALL, FREE);
  expect(next.order).toBe(board.order);
  expect(next.rows.get("b")?.why).toBe("long hold");
});

it("keeps what is known of a call that is gone while it is held, and tells how many wait", () => {
  const board = arranged(EMPTY_BOARD, floor(angry, calm), ALL, FREE);
  const held = arranged(board, floor({ ...calm, need: 99 }), ALL, { still: true, pinned: "a" });
  expect(held.order).toEqual(["a", "b"]);
  expect(held.rows.get("a")).toBe(angry);
  expect(held.waiting).toBe(2);
  expect(arranged(held, floor(calm), ALL, FREE).order).toEqual(["b"]);
});

it("another filter shows at once, even under the pointer", () => {
  const board = arranged(EMPTY_BOARD, floor(angry, calm), ALL, FREE);
  const filtered = arranged(board, floor(angry, calm), viewOf("sign=hand"), { still: true, pinned: "a" });
  expect(filtered.order).toEqual([]);
});
