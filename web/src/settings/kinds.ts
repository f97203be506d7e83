/** What can be hidden, grouped and in words. Pure. */

import type { PolicyFields } from "../generated/rest";

export type Kind = PolicyFields["off"][number];

export interface KindWords {
  readonly kind: Kind;
  readonly label: string;
  /** What it looks like, where the label leaves that open. */
  readonly hint?: string;
}

export interface KindGroup {
  readonly id: "identity" | "contact" | "bank" | "health" | "other";
  readonly title: string;
  readonly kinds: readonly KindWords[];
}

type Place = KindGroup["id"] | "always";

/** Every kind has its place here: one that is new in the server's types does not compile until it has. */
const PLACES: Readonly<Record<Kind, { readonly place: Place; readonly label: string; readonly hint?: string }>> = {
  CREDIT_CARD: { place: "always", label: "card number" },
  CVV: { place: "always", label: "security code" },
  CARD_EXPIRY: { place: "always", label: "card expiry" },
  PIN: { place: "always", label: "PIN" },
  OTP: { place: "always", label: "one-time code" },
  PASSWORD: { place: "always", label: "password" },
  NUMBER: { place: "always", label: "unexplained number" },
  PERSON: { place: "identity", label: "Names of people" },
  DOB: { place: "identity", label: "Dates of birth" },
  PASSPORT: { place: "identity", label: "Passport numbers" },
  DRIVER_LICENSE: { place: "identity", label: "Driving licences" },
  TAX_ID: { place: "identity", label: "Tax numbers" },
  US_SSN: { place: "identity", label: "Social security numbers" },
  SSN_LAST4: { place: "identity", label: "Social security, last four", hint: "where only these are asked for" },
  PHONE: { place: "contact", label: "Phone numbers" },
  EMAIL: { place: "contact", label: "Email addresses" },
  ADDRESS: { place: "contact", label: "Postal addresses" },
  BANK_ACCOUNT: { place: "bank", label: "Bank accounts" },
  IBAN: { place: "bank", label: "IBANs" },
  SORT_CODE: { place: "bank", label: "Sort codes" },
  ABA_ROUTING: { place: "bank", label: "Routing numbers" },
  MEDICAL_RECORD: { place: "health", label: "Medical records", hint: "their numbers" },
  MEMBER_ID: { place: "health", label: "Member numbers", hint: "of a health plan" },
  ACCOUNT_NUMBER: { place: "other", label: "Account numbers", hint: "a customer's with you" },
  IP_ADDRESS: { place: "other", label: "IP addresses" },
};

const TITLES: readonly (readonly [KindGroup["id"], string])[] = [
  ["identity", "Identity"],
  ["contact", "Contact"],
  ["bank", "Bank"],
  ["health", "Health"],
  ["other", "Other"],
];

function placed(place: Place): KindWords[] {
  return (Object.keys(PLACES) as Kind[])
    .filter((kind) => PLACES[kind].place === place)
    .map((kind) => {
      const { label, hint } = PLACES[kind];
      return hint === undefined ? { kind, label } : { kind, label, hint };
    });
}

/** What has a switch. */
export const GROUPS: readonly KindGroup[] = TITLES.map(([id, title]) => ({ id, title, kinds: placed(id) }));

/** What is hidden whatever the policy says. */
export const ALWAYS: readonly KindWords[] = placed("always");

const IDS = new Set(Object.keys(PLACES));

export const isKind = (value: unknown): value is Kind => typeof value === "string" && IDS.has(value);

export const kindLabel = (kind: Kind): string => PLACES[kind].label;

export type Language = PolicyFields["languages"][number];

export const LANGUAGES: Readonly<Record<Language, string>> = { en: "English", es: "Spanish", de: "German" };

export const isLanguage = (value: unknown): value is Language => typeof value === "string" && value in LANGUAGES;

export const DIGITS_MIN = 2;
export const DIGITS_MAX = 8;

const SPOKEN = ["four", "one", "seven", "two", "nine", "eight", "three", "five"] as const;

/** What a minimum means, by the example of a spoken number: the longest that stays readable, the first that does not. */
export function digitsExample(minimum: number): { readonly readable: string; readonly hidden: string } {
  return { readable: SPOKEN.slice(0, minimum - 1).join(" "), hidden: SPOKEN.slice(0, minimum).join(" ") };
}
