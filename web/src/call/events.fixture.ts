/** Short ways to write events in tests. */

import type { CallEvent, Mask, PartialRevised, UtteranceCommitted } from "../generated/events";

const HEAD = { tenant: "default", callId: "call_1" } as const;

type Payload = CallEvent extends infer E
  ? E extends CallEvent
    ? Omit<E, "tenant" | "callId" | "sequence" | "atMs">
    : never
  : never;

export function event(sequence: number, payload: Payload, atMs = sequence * 1000): CallEvent {
  return { ...HEAD, sequence, atMs, ...payload };
}

export function started(sequence = 1): CallEvent {
  return event(sequence, { kind: "CallStarted", contactId: "contact", profile: "default" });
}

export function said(
  sequence: number,
  utteranceId: string,
  text: string,
  more: Partial<Pick<UtteranceCommitted, "startedMs" | "speaker" | "masks">> = {},
): UtteranceCommitted {
  const startedMs = more.startedMs ?? sequence * 1000;
  return {
    ...HEAD,
    sequence,
    atMs: startedMs,
    kind: "UtteranceCommitted",
    utteranceId,
    channel: "customer",
    speaker: "customer",
    startedMs,
    endedMs: startedMs + 900,
    text,
    words: [],
    masks: [],
    loudnessDb: null,
    ...more,
  };
}

export function partial(
  utteranceId: string,
  [epoch, revision]: readonly [number, number],
  text: string,
  masks: readonly Mask[] = [],
): PartialRevised {
  return {
    ...HEAD,
    sequence: 1,
    atMs: 5000,
    kind: "PartialRevised",
    utteranceId,
    epoch,
    revision,
    channel: "customer",
    speaker: "customer",
    startedMs: 5000,
    text,
    masks,
  };
}
