import { expect, it } from "vitest";
import type { RuleDocument, RuleSentence } from "../api/rules";
import { difference, type Side } from "./difference";

const said = (phrases: readonly string[]): object => ({ kind: "said", phrases });
const rule = (ruleId: string, more: object = {}): object => ({
  ruleId,
  title: ruleId.toUpperCase(),
  when: said(["a", "b"]),
  then: [{ kind: "hint", text: "t" }],
  ...more,
});
const side = (rules: readonly object[], more: RuleDocument = {}): Side => ({
  document: { name: "x", title: "X", rules, ...more },
  sentences: (rules as { ruleId: string }[]).map(({ ruleId }, number): RuleSentence => ({
    number,
    ruleId,
    title: "",
    sentence: `When ${ruleId}.`,
    enabled: true,
  })),
});

it("finds nothing where nothing differs, in whatever order fields stand", () => {
  const turned = { title: "A", then: [{ text: "t", kind: "hint" }], when: said(["a", "b"]), ruleId: "a" };
  expect(difference(side([rule("a")]), side([turned])).none).toBe(true);
});

it("tells rules that came, went and changed, with what differs in them", () => {
  const after = side([rule("b", { when: said(["b", "c"]), priority: 80 }), rule("c")]);
  const { changes, moved } = difference(side([rule("a"), rule("b")]), after);
  expect(changes.map(({ ruleId, kind, before, after: now }) => [ruleId, kind, before, now])).toEqual([
    ["b", "changed", "When b.", "When b."],
    ["c", "added", "", "When c."],
    ["a", "removed", "When a.", ""],
  ]);
  expect(changes[0]?.fields).toEqual([
    { place: "when.phrases", before: "a", after: "c" },
    { place: "priority", before: "", after: "80" },
  ]);
  expect(moved).toBe(false);
});

it("tells a change of kind as one, and of an item in a list by its place", () => {
  const [kind] = difference(side([rule("a")]), side([rule("a", { when: { kind: "reason", reasons: ["r"] } })])).changes;
  expect(kind?.fields).toEqual([
    { place: "when", before: '{"kind":"said","phrases":["a","b"]}', after: '{"kind":"reason","reasons":["r"]}' },
  ]);
  const [text] = difference(side([rule("a")]), side([rule("a", { then: [{ kind: "hint", text: "u" }] })])).changes;
  expect(text?.fields).toEqual([{ place: "then[0].text", before: "t", after: "u" }]);
});

it("tells another order, and what else of the set changed", () => {
  expect(difference(side([rule("a"), rule("b")]), side([rule("b"), rule("a")])).moved).toBe(true);
  const lists = { checklists: [{ checklistId: "k" }], dispositions: [{ disposition: "d", title: "D" }] };
  const found = difference(
    side([], lists),
    side([], { title: "Y", checklists: [], dispositions: [{ disposition: "d" }] }),
  );
  expect(found.others).toEqual(['The title is "Y", it was "X".', "1 checklist removed.", "1 outcome changed."]);
  expect(found.none).toBe(false);
});
