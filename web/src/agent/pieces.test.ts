import { expect, it } from "vitest";
import { cutOut, moved, piecesOf, pointsBefore, spanOf, widened, wordsOf } from "./pieces";

const TEXT = "Grüße 👋 it is [PIN] or 4 2";
const MASKS = [{ start: 14, end: 19, type: "PIN" as const }];

it("pieces stand without gaps and count code points", () => {
  const pieces = piecesOf(TEXT, MASKS);
  expect(pieces.map((piece) => piece.text)).toEqual(["Grüße 👋 it is ", "[PIN]", " or 4 2"]);
  expect(pieces.map(({ start, end }) => [start, end])).toEqual([
    [0, 14],
    [14, 19],
    [19, 26],
  ]);
  expect(piecesOf("ab", [{ start: 1, end: 9, type: "PIN" }]).map((piece) => piece.end)).toEqual([1, 2]);
  expect(piecesOf("", [])).toEqual([]);
});

it("words are what can be chosen: none of a mask", () => {
  expect(wordsOf(TEXT, MASKS).map((word) => cutOut(TEXT, word))).toEqual(["Grüße", "👋", "it", "is", "or", "4", "2"]);
});

it("a stretch is widened to the words that it touches, from the first to the last", () => {
  const over = widened(TEXT, MASKS, { start: 9, end: 21 });
  expect(over && cutOut(TEXT, over)).toBe("it is [PIN] or");
  expect(widened(TEXT, MASKS, { start: 5, end: 6 })).toBeNull();
  expect(widened(TEXT, MASKS, { start: 14, end: 19 })).toBeNull();
});

it("a browser's offset is told in code points", () => {
  expect(pointsBefore("👋 it", 3)).toBe(2);
});

it("words are chosen by arrow keys, more of them with shift, never beyond the ends", () => {
  const words = wordsOf("one two three", []);
  const at = { anchor: 1, head: 1 };
  expect(moved(at, "ArrowRight", false, 3)).toEqual({ anchor: 2, head: 2 });
  expect(moved(at, "ArrowLeft", true, 3)).toEqual({ anchor: 1, head: 0 });
  expect(moved({ anchor: 2, head: 2 }, "ArrowRight", true, 3)).toEqual({ anchor: 2, head: 2 });
  expect(moved(at, "Home", false, 3)).toEqual({ anchor: 0, head: 0 });
  expect(moved(at, "End", true, 3)).toEqual({ anchor: 1, head: 2 });
  expect(moved(at, "x", false, 3)).toBeNull();
  expect(moved(at, "End", true, 0)).toBeNull();
  const span = spanOf(words, { anchor: 2, head: 1 });
  expect(span && cutOut("one two three", span)).toBe("two three");
  expect(spanOf(words, { anchor: 9, head: 9 })).toBeNull();
});
