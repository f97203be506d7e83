/** Redacted text cut into what is drawn: words, masks, holds. Pure. */

import type { Mask } from "../generated/events";

export type Segment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "mask"; readonly words: string; readonly type: string }
  | { readonly kind: "hold" };

const MASK_WORDS: Readonly<Record<Exclude<Mask["type"], "HELD">, string>> = {
  CREDIT_CARD: "card number hidden",
  CVV: "security code hidden",
  CARD_EXPIRY: "card expiry hidden",
  PIN: "PIN hidden",
  OTP: "one-time code hidden",
  BANK_ACCOUNT: "bank account hidden",
  ABA_ROUTING: "routing number hidden",
  IBAN: "IBAN hidden",
  SORT_CODE: "sort code hidden",
  US_SSN: "social security number hidden",
  SSN_LAST4: "social security digits hidden",
  TAX_ID: "tax number hidden",
  PASSPORT: "passport number hidden",
  DRIVER_LICENSE: "driving licence hidden",
  MEDICAL_RECORD: "medical record number hidden",
  MEMBER_ID: "member number hidden",
  ACCOUNT_NUMBER: "account number hidden",
  DOB: "date of birth hidden",
  PHONE: "phone number hidden",
  EMAIL: "email address hidden",
  ADDRESS: "address hidden",
  PERSON: "name hidden",
  PASSWORD: "password hidden",
  IP_ADDRESS: "IP address hidden",
  NUMBER: "number hidden",
};

/** What a mask hides, in words; a kind of a newer version is "something hidden". */
export function maskWords(type: string): string {
  return (MASK_WORDS as Readonly<Record<string, string>>)[type] ?? "something hidden";
}

const LAST_FOUR = /^\[CREDIT_CARD:(\d{4})\]$/;

/** What a mask hides, with the last four digits of a card where the policy leaves them in its text. */
function words(type: string, written: string): string {
  const digits = type === "CREDIT_CARD" ? LAST_FOUR.exec(written)?.[1] : undefined;
  return digits === undefined ? maskWords(type) : `card number ending ${digits}`;
}

/** Masks are half-open offsets in code points of `text`; a mask that reaches outside the text is cut to it. */
export function segments(text: string, masks: readonly Mask[]): Segment[] {
  if (masks.length === 0) return text === "" ? [] : [{ kind: "text", text }];
  const points = Array.from(text);
  const parts: Segment[] = [];
  let at = 0;
  for (const mask of [...masks].sort((a, b) => a.start - b.start)) {
    const start = Math.max(at, Math.min(mask.start, points.length));
    if (start > at) parts.push({ kind: "text", text: points.slice(at, start).join("") });
    at = Math.max(start, Math.min(mask.end, points.length));
    const written = points.slice(start, at).join("");
    parts.push(
      mask.type === "HELD" ? { kind: "hold" } : { kind: "mask", words: words(mask.type, written), type: mask.type },
    );
  }
  if (at < points.length) parts.push({ kind: "text", text: points.slice(at).join("") });
  return parts;
}
