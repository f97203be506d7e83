/** What was made of a cue, in words. Pure. */

import type { CueState } from "../generated/rest";

export interface Fate {
  readonly tone: "success" | "pending" | "stopped" | "info";
  readonly text: string;
}

const WITHDRAWN: Readonly<Record<NonNullable<CueState["withdrawn"]>, string>> = {
  contradicted: "Taken back: it was heard otherwise",
  settled: "Taken back: it was done",
  replaced: "A newer one took its place",
};

/** `heardMs`: how far the call has been heard; an ended call has no open cues. */
export function fateOf(cue: CueState, heardMs: number, ended: boolean): Fate {
  if (cue.acknowledgedBy !== null) return { tone: "success", text: `Acknowledged by ${cue.acknowledgedBy}` };
  const by = cue.answeredBy === null ? "" : ` by ${cue.answeredBy}`;
  if (cue.answer === "used") return { tone: "success", text: `Used${by}` };
  if (cue.answer === "dismissed") return { tone: "stopped", text: `Dismissed${by}` };
  if (cue.withdrawn !== null) return { tone: "info", text: WITHDRAWN[cue.withdrawn] };
  if (cue.cueKind === "alert") return { tone: "pending", text: "Not acknowledged" };
  if (ended || heardMs >= cue.expiresMs) return { tone: "stopped", text: "Nobody answered it" };
  return { tone: "pending", text: "On the screen" };
}
