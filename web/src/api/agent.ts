/** What the agent's screen asks and tells, under `/v1`. */

import type { AnswerCue, CallSummary, KnowledgePassages, Masked, MaskText, Passage, Recorded } from "../generated/rest";
import type { Ask } from "./client";

export interface AgentApi {
  /** Live calls, newest first; of one agent where one is named. */
  readonly liveCalls: (agent: string | null) => Promise<readonly CallSummary[]>;
  readonly answerCue: (callId: string, cueId: string, answer: AnswerCue["answer"], by: string) => Promise<Recorded>;
  readonly tick: (callId: string, itemId: string, by: string) => Promise<Recorded>;
  readonly raiseHand: (callId: string, up: boolean, by: string) => Promise<Recorded>;
  /** Pauses the call's recording, or has it go on. */
  readonly pauseRecording: (callId: string, paused: boolean, by: string) => Promise<Recorded>;
  readonly mask: (
    callId: string,
    utteranceId: string,
    span: Pick<MaskText, "start" | "end">,
    by: string,
  ) => Promise<Masked>;
  readonly searchKnowledge: (query: string, limit: number) => Promise<KnowledgePassages["passages"]>;
  readonly passage: (passageId: string) => Promise<Passage>;
}

export function agentApi(ask: Ask): AgentApi {
  const path = (callId: string, ...rest: readonly string[]): string =>
    ["/v1/calls", callId, ...rest].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join("/");
  const post = <T>(to: string, body: object): Promise<T> => ask(to, { method: "POST", body: JSON.stringify(body) });
  return {
    liveCalls: async (agent) => {
      const of = agent === null ? "" : `&agent=${encodeURIComponent(agent)}`;
      return (await ask<{ calls: CallSummary[] }>(`/v1/calls?live=true&limit=50${of}`)).calls;
    },
    answerCue: (callId, cueId, answer, by) => post(path(callId, "cues", cueId, "answer"), { answer, by }),
    tick: (callId, itemId, by) => post(path(callId, "checklist", itemId, "tick"), { by }),
    raiseHand: (callId, up, by) =>
      up
        ? post(path(callId, "hand"), { by })
        : ask(`${path(callId, "hand")}?by=${encodeURIComponent(by)}`, { method: "DELETE" }),
    pauseRecording: (callId, paused, by) => post(path(callId, "recording", paused ? "pause" : "resume"), { by }),
    mask: (callId, utteranceId, { start, end }, by) =>
      post(path(callId, "utterances", utteranceId, "mask"), { start, end, by }),
    searchKnowledge: async (query, limit) => {
      const to = `/v1/knowledge/search?q=${encodeURIComponent(query)}&limit=${limit}`;
      return (await ask<KnowledgePassages>(to)).passages;
    },
    passage: (passageId) => ask(`/v1/knowledge/passages/${encodeURIComponent(passageId)}`),
  };
}
