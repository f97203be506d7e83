import { expect, it } from "vitest";
import { actionOf, type Press } from "./keys";

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrl: false,
  shift: false,
  alt: false,
  repeat: false,
  typing: false,
  ...more,
});

it("single keys answer the cue, whatever their case, unless somebody types", () => {
  expect(["u", "D", "m", "c", "/"].map((key) => actionOf(press(key), true))).toEqual([
    "used",
    "dismissed",
    "mute",
    "copyPassage",
    "search",
  ]);
  expect(actionOf(press("u", { typing: true }), true)).toBeNull();
  expect(actionOf(press("x"), true)).toBeNull();
});

it("a key that is held down, or belongs to the browser, does nothing", () => {
  expect(actionOf(press("u", { repeat: true }), true)).toBeNull();
  expect(actionOf(press("d", { ctrl: true }), true)).toBeNull();
  expect(actionOf(press("d", { alt: true }), true)).toBeNull();
  expect(actionOf(press("U", { shift: true }), true)).toBeNull();
});

it("the slash is typed with shift on many keyboards", () => {
  expect(actionOf(press("/", { shift: true }), true)).toBe("search");
});

it("the question mark shows the keys, with shift or without", () => {
  expect(actionOf(press("?", { shift: true }), true)).toBe("help");
  expect(actionOf(press("?"), true)).toBe("help");
  expect(actionOf(press("?", { shift: true, typing: true }), true)).toBeNull();
});

it("single keys can be switched off; those with Ctrl stay, in fields too", () => {
  expect(actionOf(press("u"), false)).toBeNull();
  expect(actionOf(press("C", { ctrl: true, shift: true, typing: true }), false)).toBe("copyNotes");
  expect(actionOf(press("s", { ctrl: true, typing: true }), false)).toBe("saveNotes");
  expect(actionOf(press("c", { ctrl: true }), true)).toBeNull();
  expect(actionOf(press("s", { ctrl: true, shift: true }), true)).toBeNull();
});

it("whether a cue helped is said with a key", () => {
  expect(actionOf(press("y"), true)).toBe("helpful");
  expect(actionOf(press("N"), true)).toBe("unhelpful");
  expect(actionOf(press("n", { typing: true }), true)).toBeNull();
});
