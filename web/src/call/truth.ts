/** The line at the bottom that says how things stand. Pure. */

import type { ConnectionStatus } from "../live/connection";
import { clock } from "../format/time";
import { endWords, type CallView } from "./view";

export interface Truth {
  readonly tone: "success" | "in-progress" | "pending" | "warning" | "error" | "stopped" | "info";
  readonly text: string;
  /** What changes every second, kept apart so that a screen reader is not told every second. */
  readonly countdown: string | null;
  /** The newest thing that is wrong with the call, if any. */
  readonly wrong: string | null;
}

/** A call this far behind its newest audio is catching up. Fragments hold about a second each, so less is normal. */
export const BEHIND_MS = 2500;

export function truthOf(view: CallView, connection: ConnectionStatus, nowMs: number): Truth {
  const countdown = countdownOf(view, connection, nowMs);
  const { tone, text } = standing(view, connection);
  return { tone, text: text + unrecordedWords(view), countdown, wrong: wrongOf(view) };
}

/** What people who talk must know: that nobody records them now. */
function unrecordedWords({ endReason, unrecorded }: CallView): string {
  if (endReason || unrecorded.length === 0) return "";
  return unrecorded.includes("paused") ? ", recording paused" : ", not recorded: no consent";
}

/** The newest warning, or that another recogniser had to go on. */
function wrongOf({ warnings, notes }: CallView): string | null {
  const warned = warnings.at(-1);
  const switched = notes.findLast((note) => note.kind === "recogniser");
  if (switched && (!warned || switched.atMs > warned.atMs)) return `${switched.text} (${clock(switched.atMs)})`;
  return warned ? `${warned.message} (${clock(warned.atMs)})` : null;
}

function countdownOf(view: CallView, connection: ConnectionStatus, nowMs: number): string | null {
  if (view.endReason || connection.state !== "waiting") return null;
  return `reconnecting in ${Math.max(1, Math.ceil((connection.untilMs - nowMs) / 1000))} s`;
}

function standing(view: CallView, connection: ConnectionStatus): Pick<Truth, "tone" | "text"> {
  if (view.endReason) {
    const bad = view.endReason === "failed" || view.endReason === "stream_missing";
    return { tone: bad ? "error" : "stopped", text: endWords(view.endReason) };
  }
  switch (connection.state) {
    case "idle":
      return { tone: "in-progress", text: "Loading the call" };
    case "connecting":
      return { tone: "in-progress", text: connection.attempt === 0 ? "Connecting" : "Reconnecting" };
    case "waiting":
      return { tone: "warning", text: `Not connected: ${connection.why}` };
    case "stopped":
      return { tone: "error", text: connection.why };
    case "live":
      break;
  }
  if (view.phase === "offered") return { tone: "pending", text: "Connected: waiting for the call's audio" };
  if (view.lag && view.lag.behindMs >= BEHIND_MS) {
    return { tone: "warning", text: `Catching up: ${Math.round(view.lag.behindMs / 1000)} s behind` };
  }
  return { tone: "success", text: "Connected" };
}
