/** The REST side of `/v1`, same origin, signed in by the cookie that the server set. */

import type { CallEvent } from "../generated/events";
import type {
  CallGuidance,
  CallSummary,
  PolicyInForce,
  PolicyTrial,
  PolicyVersion,
  PublishPolicy,
  SystemCheck,
  SystemFacts,
  TriedTurn,
  UtteranceTimings,
} from "../generated/rest";
import { agentApi, type AgentApi } from "./agent";
import { floorApi, peopleApi, type FloorApi, type PeopleApi } from "./guidance";
import { historyApi, type HistoryApi } from "./history";
import { keepingApi, type KeepingApi } from "./keeping";
import { knowledgeApi, type KnowledgeApi } from "./knowledge";
import { notesApi, type NotesApi } from "./notes";
import { recordingApi, type RecordingApi } from "./recording";
import { rulesApi, type RulesApi } from "./rules";
import { verificationApi, type VerificationApi } from "./verification";

const TIMEOUT_MS = 10_000;

/** An answer that is no success, as its problem document tells it; status 0 when no answer came at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
  ) {
    super(`${title} (${status})`);
  }
}

export interface CallFilter {
  readonly live: boolean;
  readonly limit: number;
  readonly beforeMs?: number;
}

/** Redaction policies, by profile. */
export interface PolicyApi {
  readonly policies: () => Promise<readonly PolicyVersion[]>;
  readonly policy: (profile: string) => Promise<PolicyInForce>;
  /** Newest first; none where the profile follows `default`. */
  readonly policyVersions: (profile: string) => Promise<readonly PolicyVersion[]>;
  readonly publishPolicy: (profile: string, body: PublishPolicy) => Promise<PolicyInForce>;
  readonly tryPolicy: (body: PolicyTrial) => Promise<readonly TriedTurn[]>;
}

export interface Api
  extends
    PolicyApi,
    FloorApi,
    PeopleApi,
    AgentApi,
    NotesApi,
    RulesApi,
    KeepingApi,
    KnowledgeApi,
    HistoryApi,
    RecordingApi,
    VerificationApi {
  readonly system: () => Promise<SystemFacts>;
  /** Looks at what the installation can reach; takes a moment. */
  readonly check: () => Promise<SystemCheck>;
  readonly calls: (filter: CallFilter) => Promise<readonly CallSummary[]>;
  readonly call: (callId: string) => Promise<CallSummary>;
  readonly events: (
    callId: string,
    after: number,
    limit: number,
  ) => Promise<{ readonly events: readonly CallEvent[]; readonly more: boolean }>;
  readonly timings: (callId: string) => Promise<readonly UtteranceTimings[]>;
  /** All guidance so far. Pages gather it from the events; this one is for what changed of events of the past. */
  readonly guidance: (callId: string) => Promise<CallGuidance>;
  readonly liveToken: (callId: string) => Promise<string>;
}

/** Why something failed, in words for a person. */
export function problemWords(error: unknown): string {
  return error instanceof ApiError ? error.detail || error.title : "The answer made no sense.";
}

/** Asks the server; rejects with an `ApiError` unless it answers well. */
export type Send = (path: string, init?: RequestInit) => Promise<Response>;

/** Asks the server and reads the answer's JSON; rejects with an `ApiError`. */
export type Ask = <T>(path: string, init?: RequestInit) => Promise<T>;

/** `onUnauthorised` is told of every 401, whoever asked. */
export function restApi(onUnauthorised: () => void, request: typeof fetch = fetch): Api {
  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { Accept: "application/json", ...(init.body ? { "Content-Type": "application/json" } : {}) };
    let response: Response;
    try {
      response = await request(path, {
        ...init,
        headers,
        credentials: "same-origin",
        signal: init.signal ?? AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw new ApiError(0, "No answer", "The server does not answer.");
    }
    if (response.status === 401) onUnauthorised();
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  async function ask<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await send(path, init);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  const path = (callId: string, rest = ""): string => `/v1/calls/${encodeURIComponent(callId)}${rest}`;
  return {
    ...policyApi(ask),
    ...agentApi(ask),
    ...notesApi(ask),
    ...recordingApi(ask),
    ...floorApi(ask),
    ...peopleApi(ask),
    ...rulesApi(ask),
    ...keepingApi(ask),
    ...knowledgeApi(ask),
    ...historyApi(ask, send),
    ...verificationApi(ask),
    system: () => ask("/v1/system"),
    check: () => ask("/v1/system/check"),
    calls: async ({ live, limit, beforeMs }) => {
      const before = beforeMs === undefined ? "" : `&beforeMs=${beforeMs}`;
      return (await ask<{ calls: CallSummary[] }>(`/v1/calls?live=${String(live)}&limit=${limit}${before}`)).calls;
    },
    call: (callId) => ask(path(callId)),
    events: (callId, after, limit) => ask(path(callId, `/events?after=${after}&limit=${limit}`)),
    guidance: (callId) => ask(path(callId, "/guidance")),
    timings: async (callId) => (await ask<{ timings: UtteranceTimings[] }>(path(callId, "/timings"))).timings,
    liveToken: async (callId) => {
      const body = JSON.stringify({ callId });
      return (await ask<{ token: string }>("/v1/live-token", { method: "POST", body })).token;
    },
  };
}

function policyApi(ask: Ask): PolicyApi {
  const root = "/v1/redaction";
  const path = (profile: string, rest = ""): string => `${root}/policies/${encodeURIComponent(profile)}${rest}`;
  return {
    policies: async () => (await ask<{ policies: PolicyVersion[] }>(`${root}/policies`)).policies,
    policy: (profile) => ask(path(profile)),
    policyVersions: async (profile) => (await ask<{ versions: PolicyVersion[] }>(path(profile, "/versions"))).versions,
    publishPolicy: (profile, body) => ask(path(profile), { method: "PUT", body: JSON.stringify(body) }),
    tryPolicy: async (body) =>
      (await ask<{ turns: TriedTurn[] }>(`${root}/try`, { method: "POST", body: JSON.stringify(body) })).turns,
  };
}

async function problemOf(response: Response): Promise<ApiError> {
  const text = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);
  let problem: { title?: unknown; detail?: unknown } = {};
  try {
    problem = (await response.json()) as typeof problem;
  } catch {
    // Not a problem document (a proxy's page): the status says what can be said.
  }
  return new ApiError(response.status, text(problem.title, "Request failed"), text(problem.detail, ""));
}
