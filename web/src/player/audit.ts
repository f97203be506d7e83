/** Lines of a call's log in words. Pure. */

import { labelWords } from "../format/label";
import { clock } from "../format/time";
import type { AuditLine } from "../generated/rest";

const STRETCHES = 3;

/** What somebody did, to be read after their name. */
export function auditWords({ action, details, sent, played }: AuditLine): string {
  if (action !== "recording.listened") return labelWords(action.replace(/\./g, "_")).toLowerCase();
  const as = details.review === true ? " as a reviewer" : "";
  const form = details.format === "wav" ? "" : `, as ${String(details.format)}`;
  if (played.length > 0) return `listened to ${stretches(played)}${as}`;
  return `was sent ${stretches(sent)}${form}${as}`;
}

function stretches(spans: AuditLine["sent"]): string {
  const shown = spans.slice(0, STRETCHES).map(({ startedMs, endedMs }) => `${clock(startedMs)}–${clock(endedMs)}`);
  return shown.join(", ") + (spans.length > STRETCHES ? ` and ${spans.length - STRETCHES} more` : "");
}
