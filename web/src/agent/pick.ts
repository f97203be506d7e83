/** Which call the agent's screen shows. Pure. */

import type { CallSummary } from "../generated/rest";

export interface Current {
  readonly callId: string;
  readonly ended: boolean;
  /** Its notes have been edited and not saved. */
  readonly unsaved: boolean;
  /** Calls that went on beside it when it ended: none of them is the one that comes next. */
  readonly beside: ReadonlySet<string>;
}

export interface Picked {
  readonly callId: string | null;
  /** Another call, which is only offered. */
  readonly next: string | null;
}

/** Live calls that an agent has taken, newest first; only those of `agent` where one is named. */
export function callsOf(calls: readonly CallSummary[], agent: string | null): CallSummary[] {
  return calls
    .filter((call) => call.phase !== "ended" && (agent === null ? call.agentId !== null : call.agentId === agent))
    .sort((a, b) => b.startedAtMs - a.startedAtMs || a.callId.localeCompare(b.callId));
}

/**
 * A call stays while it goes on, and after its end until the next one begins; where its notes are not saved the next
 * one is only offered, so that nothing is taken from under the hands, and so is one that has been going on beside it.
 */
export function pick(current: Current | null, calls: readonly CallSummary[], agent: string | null): Picked {
  const others = callsOf(calls, agent)
    .map((call) => call.callId)
    .filter((callId) => callId !== current?.callId);
  const newest = others[0] ?? null;
  if (!current) return { callId: newest, next: null };
  if (!current.ended || newest === null) return { callId: current.callId, next: null };
  const begun = others.find((callId) => !current.beside.has(callId));
  if (current.unsaved || begun === undefined) return { callId: current.callId, next: begun ?? newest };
  return { callId: begun, next: null };
}

/** Of an agent with a name every call is their own, and one comes after the other: none is beside another. */
export function besideOf(calls: readonly CallSummary[], agent: string | null): ReadonlySet<string> {
  return new Set(agent === null ? callsOf(calls, null).map((call) => call.callId) : []);
}
