/** What two documents of a rule set say differently, rule by rule and in words. Pure. */

import type { RuleDocument, RuleSentence } from "../api/rules";
import { isPart, listOf, textOf, type Part } from "./parts/shape";

export interface Side {
  readonly document: RuleDocument;
  readonly sentences: readonly RuleSentence[];
}

export interface Change {
  readonly ruleId: string;
  readonly title: string;
  readonly kind: "added" | "removed" | "changed";
  /** As sentences; empty where the rule cannot be read. */
  readonly before: string;
  readonly after: string;
  /** What the sentences do not show: fields by their places, with both values. */
  readonly fields: readonly FieldChange[];
}

export interface FieldChange {
  readonly place: string;
  readonly before: string;
  readonly after: string;
}

export interface Difference {
  readonly changes: readonly Change[];
  /** Rules stand in another order. */
  readonly moved: boolean;
  /** Of the set's other parts: how many entries came, went and changed. */
  readonly others: readonly string[];
  readonly none: boolean;
}

const FIELDS_MAX = 12;

export function difference(before: Side, after: Side): Difference {
  const [old, now] = [byId(before.document.rules, "ruleId"), byId(after.document.rules, "ruleId")];
  const said = (side: Side, id: string): string => side.sentences.find(({ ruleId }) => ruleId === id)?.sentence ?? "";
  const changes: Change[] = [];
  for (const [ruleId, rule] of now) {
    const was = old.get(ruleId);
    if (was !== undefined && same(was, rule)) continue;
    changes.push({
      ruleId,
      title: textOf(rule.title) || ruleId,
      kind: was === undefined ? "added" : "changed",
      before: was === undefined ? "" : said(before, ruleId),
      after: said(after, ruleId),
      fields: was === undefined ? [] : fieldsOf(was, rule).slice(0, FIELDS_MAX),
    });
  }
  for (const [ruleId, rule] of old) {
    if (now.has(ruleId)) continue;
    const title = textOf(rule.title) || ruleId;
    changes.push({ ruleId, title, kind: "removed", before: said(before, ruleId), after: "", fields: [] });
  }
  const kept = [...old.keys()].filter((id) => now.has(id));
  const moved = !same(
    kept,
    [...now.keys()].filter((id) => old.has(id)),
  );
  const others = othersOf(before.document, after.document);
  return { changes, moved, others, none: changes.length === 0 && !moved && others.length === 0 };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** Fields in one order: in which they are written says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isPart(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}

function byId(list: unknown, name: string): Map<string, Part> {
  return new Map(
    listOf(list)
      .filter(isPart)
      .map((each) => [textOf(each[name]), each]),
  );
}

/** Fields that differ; lists of texts by what came and what went. */
function fieldsOf(before: unknown, after: unknown, place = ""): FieldChange[] {
  if (same(before, after)) return [];
  if (isPart(before) && isPart(after) && before.kind === after.kind) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => fieldsOf(before[name], after[name], place ? `${place}.${name}` : name));
  }
  if (texts(before) && texts(after)) {
    const gone = before.filter((each) => !after.includes(each));
    const come = after.filter((each) => !before.includes(each));
    if (gone.length + come.length > 0) return [{ place, before: gone.join(" · "), after: come.join(" · ") }];
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((each: unknown, at) => fieldsOf(each, after[at], `${place}[${at}]`));
  }
  return [{ place, before: brief(before), after: brief(after) }];
}

const texts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

const brief = (value: unknown): string => {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
};

const LISTS = [
  { name: "checklists", id: "checklistId", one: "checklist", many: "checklists" },
  { name: "dispositions", id: "disposition", one: "outcome", many: "outcomes" },
] as const;

function othersOf(before: RuleDocument, after: RuleDocument): string[] {
  const found = ["title", "language"]
    .filter((name) => !same(before[name], after[name]))
    .map((name) => `The ${name} is "${textOf(after[name])}", it was "${textOf(before[name])}".`);
  for (const { name, id, one, many } of LISTS) {
    const [old, now] = [byId(before[name], id), byId(after[name], id)];
    const counts: readonly (readonly [string, number])[] = [
      ["added", [...now.keys()].filter((each) => !old.has(each)).length],
      ["removed", [...old.keys()].filter((each) => !now.has(each)).length],
      ["changed", [...now].filter(([each, value]) => old.has(each) && !same(old.get(each), value)).length],
    ];
    const told = counts
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} ${count === 1 ? one : many} ${what}`);
    if (told.length > 0) found.push(`${told.join(", ")}.`);
  }
  return found;
}
