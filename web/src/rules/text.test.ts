import { expect, it } from "vitest";
import { hasComments, parsed, pathOf, placed, spanOfLine, written } from "./text";

const TEXT = `name: banking
rules:
  - ruleId: verify
    when: {kind: said, phrases: ["a", "b"]}
  - ruleId: block
    when:
      kind: all
      of:
        - {kind: reason}
`;

it("reads YAML and JSON, and writes what it reads again", () => {
  const { document } = parsed(TEXT);
  expect(document).toMatchObject({ name: "banking", rules: [{ ruleId: "verify" }, { ruleId: "block" }] });
  expect(parsed(JSON.stringify(document)).document).toEqual(document);
  expect(parsed(written(document ?? {})).document).toEqual(document);
});

it("tells on which line it cannot be read", () => {
  expect(parsed("name: x\nrules: [\n").fault?.line).toBeGreaterThanOrEqual(2);
  expect(parsed("name: a\nname: b\n").fault).toMatchObject({ line: 2 });
  expect(parsed("just words").fault?.message).toContain("name: banking");
  expect(parsed("[1, 2]").document).toBeNull();
  expect(parsed("").document).toBeNull();
});

it("finds the lines of places, and of what holds a place that is missing", () => {
  const problem = (place: string): { place: string; message: string } => ({ place, message: "m" });
  const found = placed(TEXT, [
    problem("rules[1].when.of[0].reasons"),
    problem("rules[0].when.phrases[1]"),
    problem(""),
    problem("rules[1]"),
  ]);
  expect(found.map(({ place, line }) => [place, line])).toEqual([
    ["", null],
    ["rules[0].when.phrases[1]", 4],
    ["rules[1]", 5],
    ["rules[1].when.of[0].reasons", 9],
  ]);
});

it("takes places apart", () => {
  expect(pathOf("rules[3].when.of[1].phrases[0]")).toEqual(["rules", 3, "when", "of", 1, "phrases", 0]);
  expect(pathOf("")).toEqual([]);
});

it("knows where a line begins and ends", () => {
  const { start, end } = spanOfLine(TEXT, 3);
  expect(TEXT.slice(start, end)).toBe("  - ruleId: verify");
  expect(spanOfLine("a", 9)).toEqual({ start: 2, end: 2 });
});

it("writes short lists and maps on one line, and the set's own lists below each other", () => {
  const text = written({
    name: "a",
    rules: [
      {
        ruleId: "x",
        title: "A title that makes the rule long enough to be open",
        when: { kind: "reason", reasons: ["refund", "roaming"] },
      },
    ],
  });
  expect(text).toContain("    when: {kind: reason, reasons: [refund, roaming]}\n");
  expect(text).toContain("rules:\n  - ruleId: x\n");
});

it("sees comments, and no comment in a phrase", () => {
  expect(hasComments("a: 1 # one")).toBe(true);
  expect(hasComments("# top\na: 1")).toBe(true);
  expect(hasComments("a: x#1\nb: {c: [d]}")).toBe(false);
});
