import { expect, it } from "vitest";
import type { RuleFiring, TriedRules } from "../api/rules";
import { shownTrial } from "./trial";

const firing = (ruleId: string, ...words: RuleFiring["words"]): RuleFiring => ({
  ruleId,
  title: ruleId,
  kind: "hint",
  text: "t",
  atMs: 0,
  why: "",
  outranked: false,
  words,
});

const tried: TriedRules = {
  turns: [
    { utteranceId: "a", role: "customer", atMs: 0, text: "😀 my monthly fee", masks: [] },
    { utteranceId: "b", role: "agent", atMs: 900, text: "yes", masks: [] },
  ],
  firings: [
    firing("fee", { utteranceId: "a", start: 5, end: 16 }),
    firing("all", { utteranceId: "a", start: 0, end: 1 }, { utteranceId: "b", start: 0, end: 3 }),
    firing("silence"),
    firing("elsewhere", { utteranceId: "x", start: 0, end: 1 }),
  ],
  moments: [],
  ticked: [],
  alone: false,
  cut: false,
};

it("puts what fired beside the words that completed its cause", () => {
  const { rows, others } = shownTrial(tried, null);
  expect(rows.map((row) => row.firings.map(({ ruleId }) => ruleId))).toEqual([["fee"], ["all"]]);
  expect(others.map(({ ruleId }) => ruleId)).toEqual(["silence", "elsewhere"]);
});

it("marks the words by code points, of one rule alone where one is tried", () => {
  const marked = (ruleId: string | null): string[] =>
    shownTrial(tried, ruleId).rows.map(({ pieces }) =>
      pieces.map((each) => (each.caused ? `<${each.text}>` : each.text)).join(""),
    );
  expect(marked("fee")).toEqual(["😀 my <monthly fee>", "yes"]);
  expect(marked("all")).toEqual(["<😀> my monthly fee", "<yes>"]);
});
