import { expect, it } from "vitest";
import type { CallSummary } from "../generated/rest";
import { merge } from "./feed";
import { callName, stateWords } from "./words";

const call = (callId: string, startedAtMs: number, more: Partial<CallSummary> = {}): CallSummary => ({
  callId,
  contactId: `contact-of-${callId}`,
  phase: "ended",
  sequence: 1,
  startedAtMs,
  createdAtMs: startedAtMs,
  endedAtMs: null,
  durationMs: null,
  agentId: null,
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
const ids = (calls: readonly CallSummary[]): string[] => calls.map((one) => one.callId);

it("live calls come first, each group newest first", () => {
  const live = [call("a", 1, { phase: "held" }), call("b", 5, { phase: "connected" })];
  expect(ids(merge([], live, [call("c", 9), call("d", 10)], [call("e", 2)]))).toEqual(["b", "a", "d", "c", "e"]);
});

it("a call that ended between two answers stands once", () => {
  expect(ids(merge([], [call("a", 1, { phase: "connected" })], [call("a", 1)]))).toEqual(["a"]);
});

it("what did not change keeps its identity, the list included", () => {
  const before = merge([], [call("a", 2, { phase: "held" })], [call("b", 1)]);
  expect(merge(before, [call("a", 2, { phase: "held" })], [call("b", 1)])).toBe(before);
  const next = merge(before, [call("a", 2, { phase: "connected" })], [call("b", 1)]);
  expect(next).not.toBe(before);
  expect(next[1]).toBe(before[1]);
});

it("every state has its words, and a bad end says so", () => {
  const phases = ["offered", "system", "queued", "connected", "held", "ended"] as const;
  expect(new Set(phases.map((phase) => stateWords(phase, null).text)).size).toBe(phases.length);
  expect(stateWords("ended", "failed")).toEqual({ type: "error", text: "Failed" });
});

it("a call is named by title, number, contact, in this order", () => {
  expect(callName(call("a", 1, { title: "Lost card", customerEndpoint: "+1 42" }))).toBe("Lost card");
  expect(callName(call("a", 1, { customerEndpoint: "+1 42" }))).toBe("+1 42");
  expect(callName(call("a", 1))).toBe("Contact contact-of-a");
});
