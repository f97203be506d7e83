/** How long data are kept, what goes tonight, what went, and legal holds, over REST. */

import type {
  AskDue,
  DeletionList,
  DeletionShown,
  DueTonight,
  LegalHoldShown,
  PublishRetention,
  PutLegalHold,
  RecordingDeletedNow,
  RetentionInForce,
  RetentionList,
  RetentionVersion,
  RetentionVersions,
} from "../generated/rest";
import type { Ask } from "./client";

export interface KeepingApi {
  readonly retentionPolicies: () => Promise<readonly RetentionVersion[]>;
  readonly retention: (profile: string) => Promise<RetentionInForce>;
  /** Newest first; none where the profile follows `default`. */
  readonly retentionVersions: (profile: string) => Promise<readonly RetentionVersion[]>;
  readonly publishRetention: (profile: string, body: PublishRetention) => Promise<RetentionInForce>;
  /** What goes in the coming night if this policy were in force for its profile. */
  readonly dueTonight: (body: AskDue) => Promise<DueTonight>;
  readonly deletions: (limit: number) => Promise<readonly DeletionShown[]>;
  readonly legalHold: (callId: string) => Promise<LegalHoldShown>;
  readonly putLegalHold: (callId: string, body: PutLegalHold) => Promise<LegalHoldShown>;
  readonly deleteRecording: (callId: string, by: string) => Promise<RecordingDeletedNow>;
}

export function keepingApi(ask: Ask): KeepingApi {
  const root = "/v1/retention";
  const policy = (profile: string, rest = ""): string => `${root}/policies/${encodeURIComponent(profile)}${rest}`;
  const call = (callId: string, rest: string): string => `/v1/calls/${encodeURIComponent(callId)}/${rest}`;
  const sent = (method: string, body: object): RequestInit => ({ method, body: JSON.stringify(body) });
  return {
    retentionPolicies: async () => (await ask<RetentionList>(`${root}/policies`)).policies,
    retention: (profile) => ask(policy(profile)),
    retentionVersions: async (profile) => (await ask<RetentionVersions>(policy(profile, "/versions"))).versions,
    publishRetention: (profile, body) => ask(policy(profile), sent("PUT", body)),
    dueTonight: (body) => ask(`${root}/due`, sent("POST", body)),
    deletions: async (limit) => (await ask<DeletionList>(`${root}/deletions?limit=${limit}`)).deletions,
    legalHold: (callId) => ask(call(callId, "legal-hold")),
    putLegalHold: (callId, body) => ask(call(callId, "legal-hold"), sent("PUT", body)),
    deleteRecording: (callId, by) => ask(call(callId, `recording?by=${encodeURIComponent(by)}`), { method: "DELETE" }),
  };
}
