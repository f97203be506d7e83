/** What the agent's screen asks and tells, under `/v1`. */

import type { AnswerCue, CallSummary, MaskText } from "../generated/rest";
import type { Ask } from "./client";

/** A passage of the knowledge base, as the server finds it. */
export interface Passage {
  readonly passageId: string;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  readonly source: string;
  readonly modifiedAtMs: number;
  readonly score: number;
}

export interface AgentApi {
  /** Live calls, newest first; of one agent where one is named. */
  readonly liveCalls: (agent: string | null) => Promise<readonly CallSummary[]>;
  readonly answerCue: (callId: string, cueId: string, answer: AnswerCue["answer"], by: string) => Promise<unknown>;
  readonly tick: (callId: string, itemId: string, by: string) => Promise<unknown>;
  readonly raiseHand: (callId: string, up: boolean, by: string) => Promise<unknown>;
  readonly mask: (
    callId: string,
    utteranceId: string,
    span: Pick<MaskText, "start" | "end">,
    by: string,
  ) => Promise<unknown>;
  readonly searchKnowledge: (query: string, limit: number) => Promise<readonly Passage[]>;
  readonly passage: (passageId: string) => Promise<Passage>;
}

export function agentApi(ask: Ask): AgentApi {
  const path = (callId: string, ...rest: readonly string[]): string =>
    ["/v1/calls", callId, ...rest].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join("/");
  const send = (method: string, to: string, body: object): Promise<unknown> =>
    ask(to, { method, body: JSON.stringify(body) });
  return {
    liveCalls: async (agent) => {
      const of = agent === null ? "" : `&agent=${encodeURIComponent(agent)}`;
      return (await ask<{ calls: CallSummary[] }>(`/v1/calls?live=true&limit=50${of}`)).calls;
    },
    answerCue: (callId, cueId, answer, by) => send("POST", path(callId, "cues", cueId, "answer"), { answer, by }),
    tick: (callId, itemId, by) => send("POST", path(callId, "checklist", itemId, "tick"), { by }),
    raiseHand: (callId, up, by) =>
      up
        ? send("POST", path(callId, "hand"), { by })
        : ask(`${path(callId, "hand")}?by=${encodeURIComponent(by)}`, { method: "DELETE" }),
    mask: (callId, utteranceId, { start, end }, by) =>
      send("POST", path(callId, "utterances", utteranceId, "mask"), { start, end, by }),
    searchKnowledge: async (query, limit) => {
      const to = `/v1/knowledge/search?q=${encodeURIComponent(query)}&limit=${limit}`;
      return (await ask<{ passages: Passage[] }>(to)).passages;
    },
    passage: (passageId) => ask(`/v1/knowledge/passages/${encodeURIComponent(passageId)}`),
  };
}
