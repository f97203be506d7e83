/** What the player shows when there is nothing to play, and when to look again. Pure. */

import { absolute } from "../format/time";
import type { RecordingFacts } from "../generated/rest";

export interface Told {
  /** `ready`: it can be played. */
  readonly kind: "ready" | "waiting" | "none" | "closed";
  readonly words: string;
}

/** `ended`: the call is over. `facts` null: nothing was read yet. */
export function toldOf(facts: RecordingFacts | null, ended: boolean, sinceEndMs: number): Told {
  if (!ended) return { kind: "waiting", words: "The recording can be heard when the call is over." };
  if (!facts) return { kind: "waiting", words: "Looking for the recording" };
  switch (facts.state) {
    case "none":
      return sinceEndMs < SETTLES_MS
        ? { kind: "waiting", words: "The recording is being stored." }
        : {
            kind: "none",
            words: "This call has no recording: recording was off, or was not allowed for it.",
          };
    case "recording":
      return sinceEndMs < GIVES_UP_MS
        ? { kind: "waiting", words: "The recording's last part is being stored." }
        : {
            kind: "none",
            words: "This recording was not finished, so it cannot be played. Ask whoever runs Cueline to look at it.",
          };
    case "deleted":
      return {
        kind: "closed",
        words: `The recording of this call was deleted${facts.deletedAtMs === null ? "" : ` on ${absolute(facts.deletedAtMs)}`}.`,
      };
    case "sealed":
      if (facts.durationMs === 0) return { kind: "none", words: "There was no audio in this call to record." };
      if (facts.mayListen) return { kind: "ready", words: "" };
      return {
        kind: "closed",
        words: facts.mayReview
          ? "Quarantined: the checks after the call found something in it that may be secret. You may listen in order to decide about it."
          : "Quarantined: the checks after the call found something in it that may be secret. A supervisor has to look at it first.",
      };
  }
}

/** A recording begins to be stored, and is sealed, within this time after the call. */
export const SETTLES_MS = 20_000;
export const GIVES_UP_MS = 10 * 60_000;
/** The checks after a call are over by then, or wait for a person. */
const CHECKED_MS = 5 * 60_000;

/** When to read the facts again; null where they are not going to change by themselves. */
export function looksAgainMs(facts: RecordingFacts | null, ended: boolean, sinceEndMs: number): number | null {
  if (!ended || !facts || facts.state === "deleted") return null;
  if (facts.state === "none") return sinceEndMs < SETTLES_MS ? 1_500 : null;
  if (facts.state === "recording") return sinceEndMs < GIVES_UP_MS ? (sinceEndMs < SETTLES_MS ? 1_500 : 10_000) : null;
  const unchecked = facts.verification === null || facts.verification === "pending";
  return unchecked && sinceEndMs < CHECKED_MS ? 5_000 : null;
}

export const VERIFICATION_WORDS = {
  pending: { type: "pending", text: "Being checked" },
  verified: { type: "success", text: "Verified" },
  widened: { type: "success", text: "Verified after more was hidden" },
  quarantined: { type: "error", text: "Quarantined" },
} as const;
