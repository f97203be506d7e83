/** Lines of a call's log in words. Pure. */

import { labelWords } from "../format/label";
import { clock } from "../format/time";
import type { AuditLine } from "../generated/rest";

const STRETCHES = 3;

/** What somebody did, to be read after their name. */
export function auditWords({ action, details, heard }: AuditLine): string {
  if (action !== "recording.listened") return labelWords(action.replace(/\./g, "_")).toLowerCase();
  const stretches = heard.slice(0, STRETCHES).map(({ startedMs, endedMs }) => `${clock(startedMs)}–${clock(endedMs)}`);
  const more = heard.length > STRETCHES ? ` and ${heard.length - STRETCHES} more` : "";
  const as = details.review === true ? " as a reviewer" : "";
  const form = details.format === "wav" ? "" : `, as ${String(details.format)}`;
  return `was sent ${stretches.join(", ")}${more}${form}${as}`;
}
