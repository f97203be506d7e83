import { expect, it } from "vitest";
import type { CueState } from "../generated/rest";
import { askedFor, copyText, freshness, sourceName } from "./knowledge";

const DAY = 86_400_000;
const NOW = 2_000_000_000_000;

it("tells how fresh a document is, and when it may be out of date", () => {
  const after = (days: number): string => freshness(NOW - days * DAY, NOW).words;
  expect([0, 1, 12, 90, 800].map(after)).toEqual([
    "Updated today",
    "Updated yesterday",
    "Updated 12 days ago",
    "Updated 2 months ago",
    "Updated 2 years ago",
  ]);
  expect([364, 365].map((days) => freshness(NOW - days * DAY, NOW).old)).toEqual([false, true]);
  expect(freshness(NOW + DAY, NOW)).toEqual({ words: "Updated today", old: false });
});

it("shows the passages that the call asked for, newest first, none that was taken back", () => {
  const cue = (raisedMs: number, passageId: string | null, more: Partial<CueState> = {}): CueState =>
    ({ raisedMs, passageId, audience: "agent", withdrawn: null, ...more }) as CueState;
  expect(
    askedFor([
      cue(1, "a"),
      cue(3, "b"),
      cue(2, "a"),
      cue(4, null),
      cue(5, "c", { withdrawn: "contradicted" }),
      cue(6, "d", { audience: "supervisor" }),
      cue(2, "e", { withdrawn: "settled" }),
    ]),
  ).toEqual(["b", "a", "e"]);
});

it("copies the passage with where it stands", () => {
  const passage = { passageId: "p", title: "Cards", heading: "", text: " Free. \n", source: "bank/cards.md" };
  expect(copyText({ ...passage, modifiedAtMs: 0, score: 1 })).toBe("Free.\n\nCards, cards.md");
  expect(sourceName("https://bank.example/cards/")).toBe("https://bank.example/cards/");
  expect(sourceName("cards.md")).toBe("cards.md");
});
