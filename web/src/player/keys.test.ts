import { expect, it } from "vitest";
import { FAR_MS, playerAction, SKIP_MS, type Pressed } from "./keys";

const press = (key: string, more: Partial<Pressed> = {}): ReturnType<typeof playerAction> =>
  playerAction({ key, modified: false, shift: false, on: "page", ...more });

it("plays and pauses with the space bar, and skips with the arrows", () => {
  expect(press(" ")).toEqual({ kind: "toggle" });
  expect(press("ArrowLeft")).toEqual({ kind: "skip", byMs: -SKIP_MS });
  expect(press("ArrowRight", { shift: true })).toEqual({ kind: "skip", byMs: FAR_MS });
});

it("leaves keys alone that write, choose or press something, and those of the browser", () => {
  for (const key of [" ", "ArrowLeft", "ArrowRight", "Home"]) {
    expect(press(key, { on: "control" })).toBeNull();
    expect(press(key, { modified: true })).toBeNull();
  }
  expect(press("a")).toBeNull();
});

it("takes the keys that scroll on the slider alone", () => {
  for (const key of ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"]) {
    expect(press(key)).toBeNull();
    expect(press(key, { on: "slider" })).not.toBeNull();
  }
  expect(press("End", { on: "slider" })).toEqual({ kind: "to", share: 1 });
  expect(press("PageDown", { on: "slider" })).toEqual({ kind: "skip", byMs: -FAR_MS });
  expect(press("Tab", { on: "slider" })).toBeNull();
});
