/** What the floor says of a call, in words. Pure. */

import { clock } from "../format/time";
import { labelWords } from "../format/label";
import type { FloorRow } from "../generated/rest";
import type { ConnectionStatus } from "../live/connection";
import { NO_REASON } from "./filters";

/** From here on a row is marked as urgent (a raised hand alone is), or as worth a look. */
export const URGENT_NEED = 45;
export const LOOK_NEED = 20;

export type Level = "urgent" | "look" | "calm";

export function level(need: number): Level {
  if (need >= URGENT_NEED) return "urgent";
  return need >= LOOK_NEED ? "look" : "calm";
}

/** Why the row stands where it does. The first letter is a sentence's. */
export function whyWords(row: Pick<FloorRow, "why">): string {
  const why = row.why.trim();
  return why === "" ? "Nothing unusual" : why.charAt(0).toUpperCase() + why.slice(1);
}

export function reasonWords(reason: string | null): string {
  return reason === null || reason === NO_REASON ? "No reason yet" : labelWords(reason);
}

export function agentWords(row: Pick<FloorRow, "agentName" | "agentId" | "phase">): string {
  return row.agentName ?? row.agentId ?? (row.phase === "queued" ? "In the queue" : "No agent yet");
}

/** A state that is worth a word; most calls are simply being talked on. */
export function phaseWords(phase: FloorRow["phase"]): string | null {
  switch (phase) {
    case "held":
      return "On hold";
    case "queued":
      return "In the queue";
    case "system":
      return "Prompts";
    case "offered":
      return "Waiting for audio";
    case "ended":
      return "Ended";
    case "connected":
      return null;
  }
}

/** Media times are told from the row's start, which is where its clock begins. */
export function sinceWords(sinceMs: number, nowMs: number, row: Pick<FloorRow, "startedAtMs">): string {
  return clock(nowMs - row.startedAtMs - sinceMs);
}

/** All of the row for a screen reader, in one breath. */
export function spokenRow(row: FloorRow, moodWords: string): string {
  const signs = [
    row.handRaisedMs === null ? "" : "hand raised",
    row.alertsOpen === 0 ? "" : row.alertsOpen === 1 ? "1 alert" : `${row.alertsOpen} alerts`,
  ];
  return [agentWords(row), reasonWords(row.reason), whyWords(row), `customer ${moodWords}`, ...signs]
    .filter((part) => part !== "")
    .join(", ");
}

export interface FloorTruth {
  readonly tone: "success" | "in-progress" | "warning" | "error";
  readonly text: string;
}

/** How the rows stand to what goes on. */
export function floorTruth(connection: ConnectionStatus, loaded: boolean, fresh: boolean): FloorTruth {
  const old = loaded ? "; the rows are as they last came" : "";
  switch (connection.state) {
    case "idle":
    case "connecting":
      return { tone: "in-progress", text: loaded ? `Reconnecting${old}` : "Connecting" };
    case "waiting":
      return { tone: "warning", text: `Not connected: ${connection.why}${old}` };
    case "stopped":
      return { tone: "error", text: `${connection.why}${old}` };
    case "live":
      return fresh
        ? { tone: "success", text: "Connected: rows change as the calls do" }
        : { tone: "in-progress", text: "Reading the floor" };
  }
}
