/** Which call the agent's screen shows. Pure. */

import type { CallSummary } from "../generated/rest";

export interface Current {
  readonly callId: string;
  readonly ended: boolean;
  /** Its notes have been edited and not saved. */
  readonly unsaved: boolean;
}

export interface Picked {
  readonly callId: string | null;
  /** A newer call that waits until the notes of this one are saved. */
  readonly next: string | null;
}

/** Live calls that an agent has taken, newest first; only those of `agent` where one is named. */
export function callsOf(calls: readonly CallSummary[], agent: string | null): CallSummary[] {
  return calls
    .filter((call) => call.phase !== "ended" && (agent === null ? call.agentId !== null : call.agentId === agent))
    .sort((a, b) => b.startedAtMs - a.startedAtMs || a.callId.localeCompare(b.callId));
}

/**
 * A call stays while it goes on, and after its end until the next one is there; where its notes are not saved the next
 * one is only offered, so that nothing is taken from under the hands.
 */
export function pick(current: Current | null, calls: readonly CallSummary[], agent: string | null): Picked {
  const newest = callsOf(calls, agent).find((call) => call.callId !== current?.callId)?.callId ?? null;
  if (!current) return { callId: newest, next: null };
  if (!current.ended || newest === null) return { callId: current.callId, next: null };
  return current.unsaved ? { callId: current.callId, next: newest } : { callId: newest, next: null };
}
