/** A retention policy as it is edited. Pure. */

import type { DeletionShown, DueTonight, RetentionFields } from "../generated/rest";
import { ApiError } from "../api/client";
import { editing, type Edit } from "./editor";
import { sentence } from "./problems";

export type DataKind = DeletionShown["kind"];
export type DaysField = keyof RetentionFields;

export const DAYS_MAX = 36_500;

/** What is in force where nothing was ever published. */
export const BUILT_IN: RetentionFields = { audioDays: 90, textDays: 365, metricsDays: 1095 };

export interface Kind {
  readonly kind: DataKind;
  readonly field: DaysField;
  readonly label: string;
  readonly hint: string;
}

export const KINDS: readonly Kind[] = [
  {
    kind: "audio",
    field: "audioDays",
    label: "Audio",
    hint: "The recording. A voice tells who somebody is, and it is by far the largest thing that is kept.",
  },
  {
    kind: "text",
    field: "textDays",
    label: "Text",
    hint: "What was said and written: transcript, notes, cues, and who called. Searches find nothing of it afterwards.",
  },
  {
    kind: "metrics",
    field: "metricsDays",
    label: "Metrics",
    hint: "Times, figures, reason and outcome: all that is left of the call. At least as long as the other two.",
  },
];

export const kindLabel = (kind: DataKind): string => KINDS.find((each) => each.kind === kind)?.label ?? kind;

export const daysWords = (days: number): string =>
  days === 0 ? "until the next night" : days === 1 ? "1 day" : `${days} days`;

/** What was typed, as days; null where it is no whole number of days that may be. */
export function parsedDays(typed: string): number | null {
  if (!/^\d{1,5}$/.test(typed.trim())) return null;
  const days = Number(typed.trim());
  return days <= DAYS_MAX ? days : null;
}

/** What is different in `after`, in words, in the order in which the page shows it. */
export function changes(before: RetentionFields, after: RetentionFields): Edit[] {
  return KINDS.filter(({ field }) => before[field] !== after[field]).map(({ field, label }) => ({
    id: field,
    words: `${label}: ${daysWords(after[field])}, was ${daysWords(before[field])}`,
  }));
}

/** The edits that lead from `base` to `mine`, made on `theirs`. */
export function merged(base: RetentionFields, mine: RetentionFields, theirs: RetentionFields): RetentionFields {
  const of = (field: DaysField): number => (mine[field] === base[field] ? theirs[field] : mine[field]);
  return { audioDays: of("audioDays"), textDays: of("textDays"), metricsDays: of("metricsDays") };
}

/** A policy out of what a browser kept; null where it is none. */
export function parsed(value: unknown): RetentionFields | null {
  if (typeof value !== "object" || value === null) return null;
  const { audioDays, textDays, metricsDays } = value as Record<string, unknown>;
  if (!isDays(audioDays) || !isDays(textDays) || !isDays(metricsDays)) return null;
  return { audioDays, textDays, metricsDays };
}

const isDays = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

export const retention = editing<RetentionFields>({ changes, merged, parsed });

/** What is wrong with the days as they stand; null where nothing is. */
export function fault({ audioDays, textDays, metricsDays }: RetentionFields): string | null {
  const longest = Math.max(audioDays, textDays);
  return metricsDays < longest ? `At least ${longest} days, as long as audio and text are kept.` : null;
}

/** What the server says is wrong, at the field that it is about; null where it names none. */
export function serverFault(error: unknown): { readonly field: DaysField | "note"; readonly words: string } | null {
  if (!(error instanceof ApiError) || error.status !== 400) return null;
  const found = /(?:policy\.)?(audioDays|textDays|metricsDays|note)(?:: (.+))?/.exec(error.detail);
  if (!found?.[1]) return null;
  return { field: found[1] as DaysField | "note", words: sentence(found[2] ?? "not as described") };
}

const WHAT: Readonly<Record<DataKind, readonly [string, string]>> = {
  audio: ["recording", "recordings"],
  text: ["call's text", "calls' texts"],
  metrics: ["call with its figures", "calls with their figures"],
};

/** What goes in the coming night, a line for each kind and profile; empty where nothing does. */
export function tonightWords({ due }: DueTonight): string[] {
  return due.map(({ kind, profile, calls, held }) => {
    const [one, many] = WHAT[kind];
    const kept = held > 0 ? ` (${held} more under legal hold)` : "";
    return `${calls} ${calls === 1 ? one : many} of ${profile}${kept}`;
  });
}
