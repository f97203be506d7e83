/** The words that evidence names, as they may be shown. Pure. */

import type { Evidence, Mask } from "../generated/events";
import { segments } from "./segments";
import type { Utterance } from "./view";

export const QUOTE_CHARS = 120;

/**
 * What was said there, masks in words; null where the utterance is not here. A stretch that reaches outside the text
 * is cut to it, and a long one is cut short.
 */
export function quoted(utterances: ReadonlyMap<string, Utterance>, evidence: Evidence): string | null {
  const utterance = utterances.get(evidence.utteranceId);
  if (!utterance) return null;
  const points = Array.from(utterance.text);
  const whole = evidence.start === 0 && evidence.end === 0;
  const start = whole ? 0 : Math.min(evidence.start, points.length);
  const end = whole ? points.length : Math.min(evidence.end, points.length);
  const masks: Mask[] = utterance.masks
    .filter((mask) => mask.start < end && mask.end > start)
    .map((mask) => ({ ...mask, start: mask.start - start, end: mask.end - start }))
    .map((mask) => ({ ...mask, start: Math.max(0, mask.start) }));
  const words = segments(points.slice(start, end).join(""), masks)
    .map((part) => (part.kind === "text" ? part.text : part.kind === "mask" ? `[${part.words}]` : "..."))
    .join("")
    .trim();
  const letters = Array.from(words);
  return letters.length > QUOTE_CHARS ? `${letters.slice(0, QUOTE_CHARS).join("").trimEnd()}...` : words;
}
