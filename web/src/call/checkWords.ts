/** What the checks after a call found, in words. Pure. */

import type { CallVerification, FoundPlace } from "../generated/rest";
import { maskWords } from "./segments";

const REASONS: Readonly<Record<string, string>> = {
  text: "Something that may be secret stands where it cannot be masked by itself",
  audio: "The recording is not what was stored",
  beeps: "A mask could not be beeped",
  reheard: "Something that may be secret can be heard",
};

/** Why a person must look. */
export function reasonWords(reason: string): string {
  return REASONS[reason] ?? "The checks could not be finished";
}

const kind = (type: string): string => maskWords(type).replace(/ hidden$/, "");

export function findingsWords({ state, findings, releasedBy }: CallVerification): string {
  const found = Object.entries(findings).map(([type, count]) => `${count} × ${kind(type)}`);
  if (state === "quarantined") return "A person must look at this call.";
  if (releasedBy !== null) return `Released by ${releasedBy}.`;
  if (state === "widened") return `Found and masked since: ${found.join(", ") || "what was masked before"}.`;
  return "Nothing secret was found in what is stored.";
}

const PLACES: Readonly<Record<FoundPlace["place"], string>> = {
  utterance: "in what was said",
  note: "in the notes",
  cue: "in a cue or whisper",
  log: "in a log line",
  audio: "in the recording",
};

export function placeWords({ place, type }: Pick<FoundPlace, "place" | "type">): string {
  const what = kind(type);
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${PLACES[place]}`;
}

export function comparedWords({ compared, comparedTurns, turns }: CallVerification): string {
  if (compared === "clean") return `What was masked was looked for in all ${turns} utterances, and is in none.`;
  if (compared === "found") return "Something that was masked stood elsewhere in the call; it is masked there too.";
  if (compared === "pending") return "What was masked is being looked for.";
  return `What was masked could be looked for in part only: ${comparedTurns} of ${turns} utterances.`;
}
