import { expect, it } from "vitest";
import type { Utterance } from "../call/view";
import { MAX_QUOTE, quoteOf } from "./quote";

const utterance = (text: string, masks: Utterance["masks"] = []): ReadonlyMap<string, Utterance> =>
  new Map([
    [
      "u1",
      {
        id: "u1",
        state: "final",
        speaker: "customer",
        startedMs: 4000,
        endedMs: 5000,
        text,
        masks,
        words: [],
        sequence: 1,
        epoch: 0,
        revision: 0,
      },
    ],
  ]);

it("quotes the words of the first evidence that is known", () => {
  const evidence = [
    { utteranceId: "gone", start: 0, end: 0 },
    { utteranceId: "u1", start: 2, end: 12 },
  ];
  expect(quoteOf(evidence, utterance("I lost my card today"))).toEqual({
    words: "lost my ca",
    atMs: 4000,
    spot: { utteranceId: "u1", span: { start: 2, end: 12 } },
  });
  expect(quoteOf([], utterance("x"))).toBeNull();
});

it("tells a mask in words and quotes all of it where no place is named", () => {
  const found = quoteOf(
    [{ utteranceId: "u1", start: 0, end: 0 }],
    utterance("It is [PIN] ok", [{ start: 6, end: 11, type: "PIN" }]),
  );
  expect(found?.words).toBe("It is [PIN hidden] ok");
  expect(found?.spot.span).toBeNull();
});

it("cuts a long quote between words", () => {
  const words = quoteOf([{ utteranceId: "u1", start: 0, end: 0 }], utterance("word ".repeat(60)))?.words ?? "";
  expect(words.endsWith("word …")).toBe(true);
  expect(words.length).toBeLessThanOrEqual(MAX_QUOTE + 2);
});
