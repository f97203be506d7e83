/** What the server says is wrong, at the field that it is about. Pure. */

import { ApiError } from "../api/client";
import type { Field } from "./policy";

export type Place = Field | "note" | "turns";

export type FieldErrors = Readonly<Partial<Record<Place, string>>>;

const PLACES: readonly Place[] = [
  "off",
  "minimumDigits",
  "names",
  "benignWords",
  "languages",
  "maskStyle",
  "note",
  "turns",
];

const isPlace = (name: string | undefined): name is Place => (PLACES as readonly (string | undefined)[]).includes(name);

/** What the server calls "not as described". */
const DESCRIBED: Readonly<Record<Place, string>> = {
  off: "This choice of kinds is not allowed.",
  minimumDigits: "From 2 to 8.",
  names: "On or off.",
  benignWords: "At most 50 words, each of 2 to 40 letters.",
  languages: "At least one of English, Spanish, German.",
  maskStyle: "One of the two.",
  note: "At most 500 characters.",
  turns: "From 1 to 20 turns, with 2,000 characters in all.",
};

/** The field's own fault in an answer of 400; null where it names none that the page has. */
export function fieldErrors(error: unknown): FieldErrors | null {
  if (!(error instanceof ApiError) || error.status !== 400) return null;
  const rule = /(?:^|is not valid: )([A-Za-z]+): (.+)$/.exec(error.detail);
  if (isPlace(rule?.[1]) && rule[2]) return { [rule[1]]: sentence(rule[2]) };
  const described = /not as described: (?:policy\.)?([A-Za-z]+)/.exec(error.detail);
  if (isPlace(described?.[1])) return { [described[1]]: DESCRIBED[described[1]] };
  return null;
}

/** Any other fault, in words. */
export function problemWords(error: unknown): string {
  if (!(error instanceof ApiError)) return "The answer made no sense.";
  return sentence(error.detail || error.title);
}

export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
