/** The floor, people, and what supervisors do, over REST. */

import type { CallList, FloorSnapshot, LiveToken, Person, PersonList, PutPerson, Recorded } from "../generated/rest";
import type { Ask } from "./client";

/** What a search of the calls asks for; what is null or "" does not narrow it. Times are epoch milliseconds. */
export interface CallSearch {
  readonly q: string;
  readonly reason: string | null;
  readonly agent: string | null;
  readonly team: string | null;
  readonly label: string | null;
  readonly verification: "pending" | "verified" | "widened" | "quarantined" | null;
  readonly live: boolean | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export interface FloorApi {
  readonly floor: () => Promise<FloorSnapshot>;
  readonly floorToken: () => Promise<string>;
  /** `key` names the message: sent again under it, it arrives once. */
  readonly whisper: (callId: string, text: string, key: string) => Promise<Recorded>;
  readonly acknowledge: (callId: string, cueId: string) => Promise<Recorded>;
  readonly lowerHand: (callId: string) => Promise<Recorded>;
  readonly search: (search: CallSearch, limit: number, beforeMs?: number) => Promise<CallList>;
}

export interface PeopleApi {
  readonly people: () => Promise<PersonList>;
  readonly putPerson: (username: string, body: PutPerson) => Promise<Person>;
  readonly removePerson: (username: string) => Promise<void>;
}

/** A search as the server's addresses take it. */
export function searchFields(search: CallSearch, before: Readonly<Record<string, string>> = {}): URLSearchParams {
  const fields = new URLSearchParams(before);
  for (const [name, value] of Object.entries(search) as [string, string | number | boolean | null][]) {
    if (value !== null && value !== "") fields.set(name, String(value));
  }
  return fields;
}

/** Who acts, until there are accounts. */
const BY = "supervisor";

const post = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });

export function floorApi(ask: Ask): FloorApi {
  const path = (callId: string, rest: string): string => `/v1/calls/${encodeURIComponent(callId)}/${rest}`;
  return {
    floor: () => ask("/v1/floor"),
    floorToken: async () => (await ask<LiveToken>("/v1/live-token", post({ floor: true }))).token,
    whisper: (callId, text, key) => ask(path(callId, "whispers"), post({ text, key, by: BY })),
    acknowledge: (callId, cueId) =>
      ask(path(callId, `alerts/${encodeURIComponent(cueId)}/acknowledge`), post({ by: BY })),
    lowerHand: (callId) => ask(path(callId, `hand?by=${BY}`), { method: "DELETE" }),
    search: (search, limit, beforeMs) => {
      const query = searchFields(search, { limit: String(limit) });
      if (beforeMs !== undefined) query.set("beforeMs", String(beforeMs));
      return ask(`/v1/calls?${query.toString()}`);
    },
  };
}

export function peopleApi(ask: Ask): PeopleApi {
  const path = (username: string): string => `/v1/people/${encodeURIComponent(username)}`;
  return {
    people: () => ask("/v1/people"),
    putPerson: (username, body) => ask(path(username), { method: "PUT", body: JSON.stringify(body) }),
    removePerson: (username) => ask(path(username), { method: "DELETE" }),
  };
}
