import type { FloorRow } from "../generated/rest";

/** A short way to write rows in tests. */
export function row(callId: string, more: Partial<FloorRow> = {}): FloorRow {
  return {
    callId,
    contactId: `contact-of-${callId}`,
    title: null,
    profile: "default",
    phase: "connected",
    agentId: "maria",
    agentName: "Maria Lopez",
    team: "Cards",
    reason: "lost_card",
    startedAtMs: 0,
    heardMs: 0,
    sentiment: null,
    sentimentPoints: [],
    alertsOpen: 0,
    alerts: [],
    handRaisedMs: null,
    deadAirSinceMs: null,
    need: 0,
    why: "",
    ...more,
  };
}
