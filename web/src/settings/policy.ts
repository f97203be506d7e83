/** A redaction policy as it is edited: reading, changing, comparing and merging its fields. Pure. */

import type { PolicyFields } from "../generated/rest";
import { GROUPS, isKind, isLanguage, kindLabel, LANGUAGES, type Kind, type Language } from "./kinds";

export type Field = keyof PolicyFields;

/** What is in force where nothing was ever published. */
export const BUILT_IN: PolicyFields = {
  off: [],
  minimumDigits: 3,
  names: true,
  benignWords: [],
  languages: ["en"],
  maskStyle: "type",
};

export const WORDS_MAX = 50;
const WORD_LENGTH_MAX = 40;
const ONE_WORD = /^\p{L}+(?:['\u2019-]\p{L}+)*$/u;

/** Names have a field of their own beside the list; whoever reads the page has one switch for both. */
export function hides(policy: PolicyFields, kind: Kind): boolean {
  return !policy.off.includes(kind) && (policy.names || kind !== "PERSON");
}

export function withHidden(policy: PolicyFields, kind: Kind, hidden: boolean): PolicyFields {
  const others = policy.off.filter((each) => each !== kind);
  if (kind === "PERSON") return { ...policy, off: others, names: hidden };
  return { ...policy, off: hidden ? others : [...others, kind] };
}

/** The usual language first, then those that are spoken as well, in a fixed order. */
export function withLanguages(policy: PolicyFields, usual: Language, also: readonly Language[]): PolicyFields {
  const rest = (Object.keys(LANGUAGES) as Language[]).filter((each) => each !== usual && also.includes(each));
  return { ...policy, languages: [usual, ...rest] };
}

/** Words out of what was typed or pasted, and what is wrong with the first that cannot be one; then none is added. */
export function withWords(
  policy: PolicyFields,
  typed: string,
): { readonly policy: PolicyFields; readonly problem: string | null } {
  const next = [...policy.benignWords];
  for (const word of typed.split(/[\s,;]+/).filter((each) => each !== "")) {
    const length = Array.from(word).length;
    if (!ONE_WORD.test(word)) return { policy, problem: "Single words, of letters only." };
    if (length < 2 || length > WORD_LENGTH_MAX)
      return { policy, problem: `Words have 2 to ${WORD_LENGTH_MAX} letters.` };
    if (!next.some((each) => each.toLowerCase() === word.toLowerCase())) next.push(word);
  }
  if (next.length > WORDS_MAX) return { policy, problem: `At most ${WORDS_MAX} words.` };
  return { policy: { ...policy, benignWords: next }, problem: null };
}

export function withoutWord(policy: PolicyFields, word: string): PolicyFields {
  return { ...policy, benignWords: policy.benignWords.filter((each) => each !== word) };
}

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));

/** Whether both say the same; the order counts for languages only. */
export function samePolicy(one: PolicyFields, other: PolicyFields): boolean {
  return changes(one, other).length === 0;
}

export interface Change {
  /** The field, or the kind whose switch it is. */
  readonly id: Field | Kind;
  readonly words: string;
}

/** What is different in `after`, in words, in the order in which the page shows it. */
export function changes(before: PolicyFields, after: PolicyFields): Change[] {
  const found: Change[] = [];
  for (const { kind } of GROUPS.flatMap((group) => group.kinds)) {
    const hidden = hides(after, kind);
    if (hidden !== hides(before, kind))
      found.push({ id: kind, words: `${kindLabel(kind)}: ${hidden ? "hidden" : "readable"}` });
  }
  if (after.minimumDigits !== before.minimumDigits)
    found.push({
      id: "minimumDigits",
      words: `Unexplained numbers: hidden from ${after.minimumDigits} digits, was ${before.minimumDigits}`,
    });
  if (!sameSet(before.benignWords, after.benignWords))
    found.push({ id: "benignWords", words: wordsChange(before, after) });
  if (after.languages.join() !== before.languages.join())
    found.push({ id: "languages", words: `Languages: ${languageWords(after)}` });
  if (after.maskStyle !== before.maskStyle)
    found.push({
      id: "maskStyle",
      words: `Card numbers: ${after.maskStyle === "type" ? "no digit shown" : "last four digits shown"}`,
    });
  return found;
}

function wordsChange(before: PolicyFields, after: PolicyFields): string {
  const added = after.benignWords.filter((word) => !before.benignWords.includes(word));
  const removed = before.benignWords.filter((word) => !after.benignWords.includes(word));
  const parts = [
    added.length > 0 ? `added ${added.join(", ")}` : "",
    removed.length > 0 ? `removed ${removed.join(", ")}` : "",
  ];
  return `Harmless words: ${parts.filter((part) => part !== "").join("; ")}`;
}

export const languageWords = (policy: PolicyFields): string =>
  policy.languages.map((language) => LANGUAGES[language]).join(", ");

/** The edits that lead from `base` to `mine`, made on `theirs`: switch by switch, word by word, field by field. */
export function merged(base: PolicyFields, mine: PolicyFields, theirs: PolicyFields): PolicyFields {
  let next = theirs;
  for (const { kind } of GROUPS.flatMap((group) => group.kinds)) {
    const hidden = hides(mine, kind);
    if (hidden !== hides(base, kind)) next = withHidden(next, kind, hidden);
  }
  const removed = base.benignWords.filter((word) => !mine.benignWords.includes(word));
  const added = mine.benignWords.filter((word) => !base.benignWords.includes(word));
  const kept = theirs.benignWords.filter((word) => !removed.includes(word));
  return {
    ...next,
    minimumDigits: mine.minimumDigits === base.minimumDigits ? theirs.minimumDigits : mine.minimumDigits,
    benignWords: [...kept, ...added.filter((word) => !kept.includes(word))],
    languages: mine.languages.join() === base.languages.join() ? theirs.languages : mine.languages,
    maskStyle: mine.maskStyle === base.maskStyle ? theirs.maskStyle : mine.maskStyle,
  };
}

/** A policy out of what a browser kept; null where it is none. */
export function parsedPolicy(value: unknown): PolicyFields | null {
  if (typeof value !== "object" || value === null) return null;
  const { off, minimumDigits, names, benignWords, languages, maskStyle } = value as Record<string, unknown>;
  if (!Array.isArray(off) || !off.every(isKind)) return null;
  if (!Array.isArray(languages) || languages.length === 0 || !languages.every(isLanguage)) return null;
  if (!Array.isArray(benignWords) || !benignWords.every((word) => typeof word === "string")) return null;
  if (typeof minimumDigits !== "number" || typeof names !== "boolean") return null;
  if (maskStyle !== "type" && maskStyle !== "last_four") return null;
  return { off, minimumDigits, names, benignWords, languages, maskStyle };
}
