/** What the checks after a call came to, and what people do about masks, over REST. */

import type { CallVerification, RangeRedacted, RedactRange, ReportedMask, ReportMask } from "../generated/rest";
import type { Ask } from "./client";

export interface VerificationApi {
  readonly verification: (callId: string) => Promise<CallVerification>;
  readonly release: (callId: string, by: string) => Promise<CallVerification>;
  readonly verifyAgain: (callId: string, by: string) => Promise<CallVerification>;
  readonly redact: (callId: string, body: RedactRange) => Promise<RangeRedacted>;
  readonly reportMask: (callId: string, body: ReportMask) => Promise<ReportedMask>;
}

export function verificationApi(ask: Ask): VerificationApi {
  const call = (callId: string, rest: string): string => `/v1/calls/${encodeURIComponent(callId)}/${rest}`;
  const sent = (body: object): RequestInit => ({ method: "POST", body: JSON.stringify(body) });
  return {
    verification: (callId) => ask(call(callId, "verification")),
    release: (callId, by) => ask(call(callId, "verification/release"), sent({ by })),
    verifyAgain: (callId, by) => ask(call(callId, "verification/again"), sent({ by })),
    redact: (callId, body) => ask(call(callId, "redactions"), sent(body)),
    reportMask: (callId, body) => ask(call(callId, "mask-reports"), sent(body)),
  };
}
