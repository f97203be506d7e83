import { expect, it } from "vitest";
import { snippet, SNIPPET_CHARS } from "./snippet";

const marked = (text: string, ...found: readonly { start: number; end: number }[]): string =>
  snippet(text, found)
    .map((part) => (part.found ? `<${part.text}>` : part.text))
    .join("");

it("marks what was found, in code points", () => {
  expect(marked("the late fee", { start: 4, end: 8 }, { start: 9, end: 12 })).toBe("the <late> <fee>");
  expect(marked("🙂🙂 late", { start: 3, end: 7 })).toBe("🙂🙂 <late>");
});

it("shows the words around the first find of a long utterance", () => {
  const text = `${"so on ".repeat(40)}late fee ${"and more ".repeat(40)}`;
  const shown = marked(text, { start: 240, end: 244 });
  expect(shown).toMatch(/^\.\.\. (so|on) /);
  expect(shown).toContain("<late> fee");
  expect(shown.endsWith(" ...")).toBe(true);
  expect(Array.from(shown).length).toBeLessThanOrEqual(SNIPPET_CHARS + 12);
});

it("bears offsets that reach outside, and none at all", () => {
  expect(marked("late", { start: 2, end: 99 }, { start: 200, end: 300 })).toBe("la<te>");
  expect(marked("late")).toBe("late");
});
