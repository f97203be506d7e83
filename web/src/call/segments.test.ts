import { expect, it } from "vitest";
import { maskWords, segments } from "./segments";

it("text without masks is one piece", () => {
  expect(segments("Good morning.", [])).toEqual([{ kind: "text", text: "Good morning." }]);
  expect(segments("", [])).toEqual([]);
});

it("masks and holds are cut out and named", () => {
  const text = "It is [CREDIT_CARD] and ... now";
  expect(
    segments(text, [
      { start: 24, end: 27, type: "HELD" },
      { start: 6, end: 19, type: "CREDIT_CARD" },
    ]),
  ).toEqual([
    { kind: "text", text: "It is " },
    { kind: "mask", words: "card number hidden", type: "CREDIT_CARD" },
    { kind: "text", text: " and " },
    { kind: "hold" },
    { kind: "text", text: " now" },
  ]);
});

it("offsets count code points, not UTF-16 units", () => {
  expect(segments("👍🏽 ok [NUMBER]!", [{ start: 6, end: 14, type: "NUMBER" }])).toEqual([
    { kind: "text", text: "👍🏽 ok " },
    { kind: "mask", words: "number hidden", type: "NUMBER" },
    { kind: "text", text: "!" },
  ]);
});

it("a mask beyond the text or over another one shows no text twice", () => {
  const parts = segments("ab [PIN]", [
    { start: 3, end: 8, type: "PIN" },
    { start: 5, end: 99, type: "NUMBER" },
  ]);
  expect(parts.map((part) => part.kind)).toEqual(["text", "mask", "mask"]);
});

it("a kind of a newer version still reads as hidden", () => {
  expect(maskWords("BLOOD_TYPE")).toBe("something hidden");
});

it("shows the last four digits of a card where the policy leaves them", () => {
  const masks = [{ start: 3, end: 21, type: "CREDIT_CARD" as const }];
  expect(segments("is [CREDIT_CARD:1111]", masks).at(-1)).toMatchObject({ words: "card number ending 1111" });
  expect(segments("is [CREDIT_CARD]", [{ start: 3, end: 16, type: "CREDIT_CARD" }]).at(-1)).toMatchObject({
    words: "card number hidden",
  });
});
