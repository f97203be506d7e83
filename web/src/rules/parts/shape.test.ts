import { describe, expect, it } from "vitest";
import { actionTurnedInto, copyOf, itemsOf, lostBy, newRule, turnedInto, withField } from "./shape";

const said = { kind: "said", phrases: ["a"], speaker: "agent" };
const reason = { kind: "reason", reasons: ["refund"] };

describe("a condition of another kind", () => {
  it("goes into combinations, and combinations change into each other", () => {
    expect(turnedInto(said, "all")).toEqual({ kind: "all", of: [said] });
    expect(turnedInto({ kind: "all", of: [said, reason] }, "any")).toEqual({ kind: "any", of: [said, reason] });
    expect(turnedInto({ kind: "all", of: [said, reason] }, "not")).toEqual({
      kind: "not",
      what: { kind: "all", of: [said, reason] },
    });
    expect(turnedInto(said, "not")).toEqual({ kind: "not", what: said });
    expect(turnedInto(said, "then")).toMatchObject({ kind: "then", steps: [said, { kind: "said" }], withinS: 60 });
    expect(turnedInto(said, "missing")).toMatchObject({ kind: "missing", what: said, withinS: 60 });
  });

  it("comes out of them where there is one of the kind", () => {
    expect(turnedInto({ kind: "any", of: [reason, said] }, "said")).toBe(said);
    expect(turnedInto({ kind: "not", what: said }, "reason")).toEqual({ kind: "reason", reasons: [] });
  });

  it("tells what would be lost", () => {
    expect(lostBy({ kind: "any", of: [reason, said] }, "said")).toBe(1);
    expect(lostBy({ kind: "any", of: [reason, said] }, "all")).toBe(0);
    expect(lostBy(said, "reason")).toBe(0);
  });
});

it("keeps fields that it does not know, and writes no defaults", () => {
  expect(withField({ kind: "said", more: 1 }, "exact", true)).toEqual({ kind: "said", more: 1, exact: true });
  expect(withField({ kind: "said", exact: true }, "exact", undefined)).toEqual({ kind: "said" });
});

it("keeps an action's words where both have some", () => {
  expect(actionTurnedInto({ kind: "hint", text: "a" }, "warning")).toEqual({ kind: "warning", text: "a" });
  expect(actionTurnedInto({ kind: "hint", text: "a" }, "lookup")).toEqual({ kind: "lookup", query: "a" });
  expect(actionTurnedInto({ kind: "tick", item: "a" }, "hint")).toEqual({ kind: "hint", text: "" });
});

it("gives new rules ids of their own", () => {
  const document = { rules: [{ ruleId: "new-rule" }, { ruleId: "a" }, { ruleId: "a-2" }, "odd"] };
  expect(newRule(document).ruleId).toBe("new-rule-2");
  expect(copyOf(document, { ruleId: "a", title: "A", note: 1 })).toEqual({ ruleId: "a-3", title: "A (copy)", note: 1 });
});

it("finds the items of all checklists", () => {
  const lines = [{ itemId: "greeting", label: "Greet" }, { itemId: "x" }, 7];
  expect(itemsOf({ checklists: [{ lines }, { lines: [{ itemId: "greeting", label: "Greet" }] }, 3] })).toEqual([
    { value: "greeting", label: "Greet" },
    { value: "x", label: "x" },
  ]);
});
