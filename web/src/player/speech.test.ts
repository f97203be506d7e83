import { expect, it } from "vitest";
import { LINGER_MS, spokenAt, speechIndex, timedSegments, type Heard } from "./speech";

const words = (startMs: number, ...texts: string[]): Heard["words"] =>
  texts.map((text, index) => ({ text, startMs: startMs + 300 * index, endMs: startMs + 300 * index + 200 }));

it("cuts a text into its words, each with the time at which it was said", () => {
  const parts = timedSegments("so it is", [], words(1000, "so", "it", "is"));
  expect(parts.map((part) => ("text" in part ? part.text : ""))).toEqual(["so", " ", "it", " ", "is"]);
  expect(parts.map((part) => part.atMs)).toEqual([1000, undefined, 1300, undefined, 1600]);
  expect(parts.map((part) => part.word)).toEqual([0, undefined, 1, undefined, 2]);
});

it("counts a mask as one word, with the time at which its beep begins", () => {
  const text = "it is [PIN] ok";
  const parts = timedSegments(text, [{ start: 6, end: 11, type: "PIN" }], words(0, "it", "is", "[PIN]", "ok"));
  expect(parts.find((part) => part.kind === "mask")).toMatchObject({ type: "PIN", word: 2, atMs: 600 });
  expect(parts.at(-1)).toEqual({ kind: "text", text: "ok", word: 3, atMs: 900 });
  expect(parts.map((part) => (part.kind === "text" ? part.text : "*")).join("")).toBe("it is * ok");
});

it("gives no times where words and text are of different versions", () => {
  expect(timedSegments("it is", [], words(0, "it", "was"))).toEqual([{ kind: "text", text: "it is" }]);
  expect(timedSegments("it is", [], [])).toEqual([{ kind: "text", text: "it is" }]);
  expect(timedSegments("", [], words(0, "x"))).toEqual([]);
});

it("keeps words beside emoji and umlauts in their places", () => {
  const text = "grün 😀 [OTP]";
  const parts = timedSegments(text, [{ start: 7, end: 12, type: "OTP" }], words(0, "grün", "😀", "[OTP]"));
  expect(parts.map((part) => part.word)).toEqual([0, undefined, 1, undefined, 2]);
});

const said = (id: string, speaker: string, startMs: number, count: number): Heard => ({
  id,
  speaker,
  words: words(startMs, ...Array.from({ length: count }, (_, index) => `w${index}`)),
});

it("finds the word that is being said on each side, the later one last", () => {
  const index = speechIndex([said("b", "agent", 5000, 3), said("a", "customer", 4900, 3), said("c", "agent", 0, 1)]);
  expect(spokenAt(index, 5250)).toEqual([
    { utteranceId: "b", word: 0, startMs: 5000, endMs: 5200 },
    { utteranceId: "a", word: 1, startMs: 5200, endMs: 5400 },
  ]);
  expect(spokenAt(index, 0)).toMatchObject([{ utteranceId: "c", word: 0 }]);
  expect(spokenAt(index, 4899)).toEqual([]);
});

it("holds a word for a moment after its end, and no longer", () => {
  const index = speechIndex([said("a", "customer", 1000, 1)]);
  expect(spokenAt(index, 1200 + LINGER_MS - 1)).toHaveLength(1);
  expect(spokenAt(index, 1200 + LINGER_MS)).toEqual([]);
  expect(spokenAt([], 5)).toEqual([]);
});

it("finds the same word as looking at all of them would", () => {
  const heard = Array.from({ length: 40 }, (_, number) => said(`u${number}`, "agent", number * 1700, 4));
  const index = speechIndex(heard);
  const all = index.flat();
  for (let at = 0; at < 40 * 1700; at += 97) {
    const last = all.filter((word) => word.startMs <= at).at(-1);
    const expected = last && at < last.endMs + LINGER_MS ? [last] : [];
    expect(spokenAt(index, at)).toEqual(expected);
  }
});
