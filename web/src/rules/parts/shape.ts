/** Rules as the form edits them. A rule may hold what the form does not know: it is carried along untouched. Pure. */

import type { RuleDocument } from "../../api/rules";

/** An object of the document, whatever is in it. */
export type Part = Readonly<Record<string, unknown>>;

export const isPart = (value: unknown): value is Part =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const kindOf = (value: unknown): string => (isPart(value) ? textOf(value.kind) : "");

/** Sets a field; undefined takes it out, so that defaults are not written down. */
export function withField(part: Part, name: string, value: unknown): Part {
  const rest: Record<string, unknown> = { ...part };
  if (value === undefined) Reflect.deleteProperty(rest, name);
  else rest[name] = value;
  return rest;
}

export const replaced = (list: readonly unknown[], at: number, value: unknown): readonly unknown[] =>
  list.map((each, index) => (index === at ? value : each));
export const without = (list: readonly unknown[], at: number): readonly unknown[] =>
  list.filter((_, index) => index !== at);

export type ConditionKind =
  | "said" | "moment" | "reason" | "sentiment" | "voice" | "masked" | "ticked"
  | "missing" | "time" | "attribute" | "who" | "all" | "any" | "not" | "then"; // prettier-ignore
export type ActionKind = "hint" | "warning" | "praise" | "tick" | "lookup" | "alert" | "tag" | "disposition";

interface KindWords<K> {
  readonly kind: K;
  readonly label: string;
  readonly about: string;
}

export const CONDITION_GROUPS: readonly {
  readonly title: string;
  readonly kinds: readonly KindWords<ConditionKind>[];
}[] = [
  {
    title: "What happens",
    kinds: [
      { kind: "said", label: "Words are said", about: "one of several phrases, by either side" },
      { kind: "moment", label: "A moment is found", about: "an intent, an act, a mood, a voice fact" },
      { kind: "reason", label: "The call is about", about: "the reason of the call" },
      { kind: "sentiment", label: "A mood turns", about: "of the customer or the agent" },
      { kind: "voice", label: "A voice fact is measured", about: "dead air, overtalk, fast speech" },
      { kind: "masked", label: "Something masked is given", about: "a card number, a date of birth" },
      { kind: "ticked", label: "A checklist item is done", about: "by itself or by hand" },
      { kind: "missing", label: "Something has not happened in time", about: "nobody said it, nothing ticked it" },
      { kind: "time", label: "The call is so old", about: "from a time on, or until it" },
    ],
  },
  {
    title: "What is so",
    kinds: [
      { kind: "attribute", label: "A contact attribute is", about: "as the contact flow set it" },
      { kind: "who", label: "The agent, team or profile is", about: "for some calls only" },
    ],
  },
  {
    title: "Several conditions",
    kinds: [
      { kind: "all", label: "All of these", about: "and" },
      { kind: "any", label: "Any of these", about: "or" },
      { kind: "not", label: "Not this", about: "not, or not yet" },
      { kind: "then", label: "One after the other", about: "then, within a time" },
    ],
  },
];

export const ACTIONS: readonly (KindWords<ActionKind> & { readonly field: string; readonly fieldLabel: string })[] = [
  { kind: "hint", label: "Hint to the agent", about: "helps now", field: "text", fieldLabel: "What it says" },
  {
    kind: "warning",
    label: "Warn the agent",
    about: "to be done or stopped",
    field: "text",
    fieldLabel: "What it says",
  },
  { kind: "praise", label: "Praise the agent", about: "what was done well", field: "text", fieldLabel: "What it says" },
  { kind: "alert", label: "Alert the supervisors", about: "on the floor", field: "text", fieldLabel: "What it says" },
  {
    kind: "lookup",
    label: "Look up knowledge",
    about: "shows a passage",
    field: "query",
    fieldLabel: "What to look for",
  },
  { kind: "tick", label: "Tick a checklist item", about: "it is done", field: "item", fieldLabel: "Item" },
  { kind: "tag", label: "Tag the call", about: "found again in the history", field: "label", fieldLabel: "Tag" },
  {
    kind: "disposition",
    label: "Suggest an outcome",
    about: "of the call",
    field: "disposition",
    fieldLabel: "Outcome",
  },
];

const KNOWN: ReadonlySet<string> = new Set(CONDITION_GROUPS.flatMap(({ kinds }) => kinds.map(({ kind }) => kind)));
export const isConditionKind = (kind: string): kind is ConditionKind => KNOWN.has(kind);

const FRESH: Readonly<Record<ConditionKind, Part>> = {
  said: { kind: "said", phrases: [], speaker: "customer" },
  moment: { kind: "moment", moments: [] },
  reason: { kind: "reason", reasons: [] },
  sentiment: { kind: "sentiment", turns: "negative" },
  voice: { kind: "voice", facts: ["dead_air"] },
  masked: { kind: "masked", kinds: [] },
  ticked: { kind: "ticked", items: [] },
  missing: { kind: "missing", what: { kind: "said", phrases: [], speaker: "agent" }, withinS: 60 },
  time: { kind: "time", afterS: 60 },
  attribute: { kind: "attribute", name: "" },
  who: { kind: "who", teams: [] },
  all: { kind: "all", of: [] },
  any: { kind: "any", of: [] },
  not: { kind: "not", what: { kind: "said", phrases: [] } },
  then: { kind: "then", steps: [], withinS: 60 },
};

export const fresh = (kind: ConditionKind): Part => FRESH[kind];

/** The conditions that lie in one, with the ways to them. */
export function inner(part: Part): readonly unknown[] {
  switch (kindOf(part)) {
    case "all":
    case "any":
      return listOf(part.of);
    case "then":
      return listOf(part.steps);
    case "not":
      return part.what === undefined ? [] : [part.what];
    case "missing":
      return [part.what, ...(isPart(part.after) ? [part.after] : [])].filter((each) => each !== undefined);
    default:
      return [];
  }
}

/**
 * A condition made one of another kind. What can be kept is: a condition goes into a new combination, a combination
 * that becomes another takes its conditions along, and one that becomes a plain one takes the first of that kind.
 */
export function turnedInto(part: Part, kind: ConditionKind): Part {
  if (kindOf(part) === kind) return part;
  const combined = ["all", "any", "then", "not", "missing"];
  const conditions = combined.includes(kindOf(part)) ? inner(part) : [part];
  switch (kind) {
    case "all":
    case "any":
      return { kind, of: conditions };
    case "then":
      return {
        kind,
        steps: conditions.length > 1 ? conditions : [...conditions, fresh("said")],
        withinS: part.withinS ?? 60,
      };
    case "not":
      return { kind, what: conditions.length === 1 ? conditions[0] : { kind: "all", of: conditions } };
    case "missing":
      return { ...fresh("missing"), what: conditions.length === 1 ? conditions[0] : { kind: "all", of: conditions } };
    default: {
      const kept = conditions.find((each) => kindOf(each) === kind);
      if (isPart(kept)) return kept;
      const speaker = part.speaker === undefined || !("speaker" in fresh(kind)) ? {} : { speaker: part.speaker };
      return { ...fresh(kind), ...speaker };
    }
  }
}

/** How many conditions would be lost by turning one into another kind: whoever asks for it is told. */
export function lostBy(part: Part, kind: ConditionKind): number {
  return Math.max(0, leaves(part) - leaves(turnedInto(part, kind)));
}

function leaves(part: unknown): number {
  if (!isPart(part)) return 1;
  const conditions = inner(part);
  return conditions.length === 0 ? 1 : conditions.reduce<number>((sum, each) => sum + leaves(each), 0);
}

export function freshAction(kind: ActionKind): Part {
  const field = ACTIONS.find((each) => each.kind === kind)?.field ?? "text";
  return kind === "lookup" ? { kind } : { kind, [field]: "" };
}

/** An action made one of another kind; its words go along where both have some. */
export function actionTurnedInto(part: Part, kind: ActionKind): Part {
  const before = textOf(part.text ?? part.query);
  if (kind === "lookup") return before ? { kind, query: before } : { kind };
  return "text" in freshAction(kind) ? { kind, text: before } : freshAction(kind);
}

/** A new rule, with an id that the document does not have yet. */
export function newRule(document: RuleDocument): Part {
  return {
    ruleId: freeId(document, "new-rule"),
    title: "New rule",
    when: fresh("said"),
    then: [freshAction("hint")],
  };
}

export function copyOf(document: RuleDocument, rule: Part): Part {
  return {
    ...rule,
    ruleId: freeId(document, textOf(rule.ruleId) || "rule"),
    title: `${textOf(rule.title)} (copy)`.slice(0, 120),
  };
}

function freeId(document: RuleDocument, wanted: string): string {
  const taken = new Set(listOf(document.rules).map((each) => (isPart(each) ? textOf(each.ruleId) : "")));
  const stem = wanted.slice(0, 58);
  if (!taken.has(stem)) return stem;
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

/** Items of the document's checklists, which rules may wait for and tick. */
export function itemsOf(document: RuleDocument): readonly { readonly value: string; readonly label: string }[] {
  const found = new Map<string, string>();
  for (const checklist of listOf(document.checklists)) {
    for (const line of isPart(checklist) ? listOf(checklist.lines) : []) {
      if (isPart(line)) found.set(textOf(line.itemId), textOf(line.label));
    }
  }
  return [...found].filter(([value]) => value !== "").map(([value, label]) => ({ value, label: label || value }));
}

export function outcomesOf(document: RuleDocument): readonly { readonly value: string; readonly label: string }[] {
  return listOf(document.dispositions)
    .filter(isPart)
    .map((each) => ({ value: textOf(each.disposition), label: textOf(each.title) || textOf(each.disposition) }))
    .filter(({ value }) => value !== "");
}
