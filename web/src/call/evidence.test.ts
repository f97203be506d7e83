import { expect, it } from "vitest";
import { said, started } from "./events.fixture";
import { QUOTE_CHARS, quoted } from "./evidence";
import { EMPTY_VIEW, reduce } from "./view";

const { utterances } = reduce(EMPTY_VIEW, [
  started(),
  said(2, "u1", "my card is [CREDIT_CARD] thanks", { masks: [{ start: 11, end: 24, type: "CREDIT_CARD" }] }),
  said(3, "u2", "x".repeat(400)),
]);

it("quotes the stretch, the whole, and what is hidden in words", () => {
  expect(quoted(utterances, { utteranceId: "u1", start: 3, end: 7 })).toBe("card");
  expect(quoted(utterances, { utteranceId: "u1", start: 0, end: 0 })).toBe("my card is [card number hidden] thanks");
  expect(quoted(utterances, { utteranceId: "u1", start: 15, end: 999 })).toBe("[card number hidden] thanks");
});

it("cuts what is long, and has no words for what is not here", () => {
  expect(quoted(utterances, { utteranceId: "u2", start: 0, end: 0 })).toBe(`${"x".repeat(QUOTE_CHARS)}...`);
  expect(quoted(utterances, { utteranceId: "u9", start: 0, end: 0 })).toBeNull();
});
