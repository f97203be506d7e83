import { describe, expect, it } from "vitest";
import { parsed, written } from "../text";
import { withMovedRule, withNewRule, withoutRule, withRule } from "./edit";

const TEXT = `# Our rules, reviewed in spring.
name: shop
title: Our shop   # spaces kept
rules:
  # The first.
  - ruleId: hello
    title: Hello
    when: {kind: said, phrases: ["hello there"]}  # said
    then: [{kind: hint, text: Say hello}]

  # The second.
  - ruleId: fee
    title: Fee
    when:
      kind: any
      of:
        - {kind: reason, reasons: [refund]}
    then:
      - {kind: tag, label: fees}
      - kind: hint
        text: A long hint that goes on one line for itself, since it would not fit with others on one
# After.
dispositions: []
`;

const rulesOf = (text: string | null): unknown => parsed(text ?? "").document?.rules;
const rule = {
  ruleId: "hello",
  title: "Hi",
  when: { kind: "reason", reasons: ["refund"] },
  then: [{ kind: "lookup" }],
};

describe("one rule is written anew", () => {
  it("and everything else stays as it was, comments too", () => {
    const text = withRule(TEXT, 0, rule);
    expect(text).not.toBeNull();
    expect((rulesOf(text) as unknown[])[0]).toEqual(rule);
    const [before, after] = [TEXT.split("  # The second.")[1], text?.split("  # The second.")[1]];
    expect(after).toBe(before);
    expect(text).toContain("# Our rules, reviewed in spring.\nname: shop\ntitle: Our shop   # spaces kept\n");
    expect(text).toContain(
      "  # The first.\n  - ruleId: hello\n    title: Hi\n    when: {kind: reason, reasons: [refund]}\n",
    );
  });

  it("at the end as well", () => {
    const text = withRule(TEXT, 1, { ...rule, ruleId: "fee" });
    expect((rulesOf(text) as unknown[])[1]).toEqual({ ...rule, ruleId: "fee" });
    expect(text?.endsWith("then: [{kind: lookup}]\n# After.\ndispositions: []\n")).toBe(true);
    expect(text).toContain('phrases: ["hello there"]}  # said\n');
  });

  it("in JSON, which stays JSON", () => {
    const json = JSON.stringify({ name: "a", title: "A", rules: [{ ruleId: "x" }, { ruleId: "hello" }] });
    const text = withRule(json, 1, rule);
    expect(JSON.parse(text ?? "")).toEqual({ name: "a", title: "A", rules: [{ ruleId: "x" }, rule] });
    const open = JSON.stringify({ name: "a", rules: [{ ruleId: "hello" }] }, null, 2);
    expect(JSON.parse(withRule(open, 0, rule) ?? "")).toEqual({ name: "a", rules: [rule] });
  });

  it("whatever is in its texts", () => {
    for (const words of [
      "a: b",
      "# no",
      "it's",
      '"q"',
      "yes",
      "12",
      "- x",
      "{a|b} c",
      "line\nbreak",
      "ü 漢字",
      " lead",
      "trail ",
      "",
    ]) {
      const wanted = { ...rule, title: words, when: { kind: "said", phrases: [words, "long ".repeat(40).trim()] } };
      expect((rulesOf(withRule(TEXT, 0, wanted)) as unknown[])[0]).toEqual(wanted);
    }
  });

  it("unless there is none of that number", () => {
    expect(withRule(TEXT, 2, rule)).toBeNull();
    expect(withRule("rules: [", 0, rule)).toBeNull();
    expect(withRule("rules:\n  - just words\n", 0, rule)).toBeNull();
  });
});

describe("rules come, go and move, and comments stay with them", () => {
  it("at the end, in the middle, and into a set without any", () => {
    expect(rulesOf(withNewRule(TEXT, rule))).toHaveLength(3);
    const text = withNewRule(TEXT, { ...rule, ruleId: "between" }, 0);
    expect((rulesOf(text) as { ruleId: string }[]).map(({ ruleId }) => ruleId)).toEqual(["hello", "between", "fee"]);
    expect(text).toContain("# The second.");
    expect(text).toContain("  - ruleId: between\n    title: Hi\n    when: {kind: reason, reasons: [refund]}\n");
    expect(rulesOf(withNewRule("name: a\n", rule))).toEqual([rule]);
    expect(rulesOf(withNewRule(written({ name: "a", rules: [] }), rule))).toEqual([rule]);
  });

  it("out", () => {
    const text = withoutRule(TEXT, 0);
    expect((rulesOf(text) as { ruleId: string }[]).map(({ ruleId }) => ruleId)).toEqual(["fee"]);
    expect(text).toContain("# The second.");
  });

  it("up and down, but not out of the list", () => {
    const text = withMovedRule(TEXT, 1, -1);
    expect((rulesOf(text) as { ruleId: string }[]).map(({ ruleId }) => ruleId)).toEqual(["fee", "hello"]);
    expect(withMovedRule(TEXT, 0, -1)).toBeNull();
    expect(withMovedRule(TEXT, 1, 1)).toBeNull();
  });
});
