import { expect, it } from "vitest";
import type { CallSummary } from "../generated/rest";
import { besideOf, callsOf, pick } from "./pick";

const call = (callId: string, startedAtMs: number, more: Partial<CallSummary> = {}): CallSummary => ({
  callId,
  contactId: callId,
  phase: "connected",
  sequence: 1,
  startedAtMs,
  createdAtMs: startedAtMs,
  endedAtMs: null,
  durationMs: null,
  agentId: "maria",
  customerEndpoint: null,
  profile: "default",
  title: null,
  recogniser: null,
  recogniserSource: null,
  endReason: null,
  utterances: 0,
  warnings: 0,
  masks: 0,
  reason: null,
  disposition: null,
  labels: [],
  sentiment: null,
  alerts: 0,
  cues: 0,
  handRaised: false,
  verification: null,
  legalHold: false,
  textDeletedAtMs: null,
  ...more,
});

it("takes the newest live call of the agent, none that nobody has taken yet", () => {
  const calls = [call("a", 1), call("b", 3, { agentId: "sam" }), call("c", 2), call("q", 9, { agentId: null })];
  expect(callsOf(calls, "maria").map((one) => one.callId)).toEqual(["c", "a"]);
  expect(pick(null, calls, "maria")).toEqual({ callId: "c", next: null });
  expect(pick(null, calls, null)).toEqual({ callId: "b", next: null });
  expect(pick(null, [call("e", 1, { phase: "ended" })], null)).toEqual({ callId: null, next: null });
});

it("stays with a call while it goes on", () => {
  const current = { callId: "a", ended: false, unsaved: false, beside: new Set<string>() };
  expect(pick(current, [call("a", 1), call("b", 2)], "maria")).toEqual({ callId: "a", next: null });
});

it("goes on to the next one after the end, unless notes are not saved", () => {
  const current = { callId: "a", ended: true, unsaved: false, beside: new Set<string>() };
  expect(pick(current, [], "maria")).toEqual({ callId: "a", next: null });
  expect(pick(current, [call("b", 2)], "maria")).toEqual({ callId: "b", next: null });
  expect(pick({ ...current, unsaved: true }, [call("b", 2)], "maria")).toEqual({ callId: "a", next: "b" });
});

it("only offers what went on beside the call, and opens what begins after it", () => {
  const beside = besideOf([call("b", 2)], null);
  const current = { callId: "a", ended: true, unsaved: false, beside };
  expect(pick(current, [call("b", 2)], null)).toEqual({ callId: "a", next: "b" });
  expect(pick(current, [call("b", 2), call("c", 3)], null)).toEqual({ callId: "c", next: null });
  expect(pick({ ...current, unsaved: true }, [call("b", 2), call("c", 3)], null)).toEqual({ callId: "a", next: "c" });
  expect(besideOf([call("b", 2)], "maria").size).toBe(0);
});
