/** What a call is about and came to. Pure. */

import { labelWords } from "../format/label";
import type { CallSummary } from "../generated/rest";
import type { Guidance } from "./guidance";

/** In words; what is not known yet is left out. The call's events know it before its summary does. */
export function outcomeWords(
  guidance: Guidance,
  summary: Pick<CallSummary, "reason" | "disposition"> | null,
): string[] {
  const reason = guidance.moments.findLast((moment) => moment.family === "reason")?.label ?? summary?.reason ?? null;
  const outcome = guidance.disposition?.disposition ?? summary?.disposition ?? null;
  const words = reason === null ? [] : [labelWords(reason)];
  if (outcome !== null) words.push(`Outcome: ${labelWords(outcome).toLowerCase()}`);
  return words;
}
