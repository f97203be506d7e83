/** A call's recording and who listened to it, over REST. */

import type { AuditLine, AuditLines, PlayedNoted, RecordingFacts } from "../generated/rest";
import type { Ask } from "./client";

export interface Listener {
  readonly by: string;
  /** As a reviewer, who may hear what is quarantined. */
  readonly review: boolean;
}

export interface RecordingApi {
  readonly recordingFacts: (callId: string, listener: Listener) => Promise<RecordingFacts>;
  /** Tells what was heard of what was sent; also while the page goes. */
  readonly tellPlayed: (callId: string, by: string, startedMs: number, endedMs: number) => Promise<PlayedNoted>;
  /** What was done with the call that others must be able to look up, newest first. */
  readonly audit: (callId: string) => Promise<readonly AuditLine[]>;
}

const path = (callId: string, rest: string): string => `/v1/calls/${encodeURIComponent(callId)}${rest}`;

function query({ by, review }: Listener): string {
  return new URLSearchParams(review ? { by, review: "true" } : { by }).toString();
}

/** Where the audio is played from; the cookie opens it. */
export const recordingAddress = (callId: string, listener: Listener): string =>
  path(callId, `/recording?format=wav&${query(listener)}`);

export function recordingApi(ask: Ask): RecordingApi {
  return {
    recordingFacts: (callId, listener) => ask(path(callId, `/recording/facts?${query(listener)}`)),
    tellPlayed: (callId, by, startedMs, endedMs) =>
      ask(path(callId, "/recording/played"), {
        method: "POST",
        body: JSON.stringify({ by, startedMs, endedMs }),
        keepalive: true,
      }),
    audit: async (callId) => (await ask<AuditLines>(path(callId, "/audit"))).lines,
  };
}
