/** Rule sets, over REST. */

import type {
  RuleCheck,
  RuleProblem,
  RuleSentence,
  RuleSetDraft,
  RuleSetHead,
  RuleSetVersion,
} from "../generated/rest";
import type { Ask } from "./client";

export type { RuleCheck, RuleProblem, RuleSentence, RuleSetDraft, RuleSetHead, RuleSetVersion };

export type RuleDocument = Readonly<Record<string, unknown>>;

export interface ShadowCount {
  readonly firings: number;
  readonly calls: number;
}

export interface ShadowFeedback {
  readonly useful: number;
  readonly notUseful: number;
  readonly precision: number | null;
}

export interface ShadowExample {
  readonly callId: string;
  readonly atMs: number;
  readonly side: "draft" | "published" | "both";
  readonly utteranceId: string | null;
}

export interface ShadowRule {
  readonly ruleId: string;
  readonly title: string;
  readonly draft: ShadowCount;
  readonly published: ShadowCount;
  readonly both: number;
  readonly onlyDraft: number;
  readonly onlyPublished: number;
  readonly fromEnd: { readonly p50Ms: number; readonly p95Ms: number } | null;
  readonly feedback: ShadowFeedback;
  readonly examples: readonly ShadowExample[];
}

export interface ShadowSet {
  readonly name: string;
  readonly version: number | null;
  readonly rules: number;
  readonly cues: number;
  readonly cuesPerMinute: number;
  readonly callsWithCues: number;
  readonly alerts: number;
  readonly lookUps: number;
  readonly ticked: number;
  readonly missed: number;
  readonly feedback: ShadowFeedback;
}

/** What a draft would have done in calls that are over, beside what is published. */
export interface ShadowReport {
  readonly calls: number;
  readonly minutes: number;
  readonly utterances: number;
  readonly cutCalls: number;
  readonly stoppedEarly: boolean;
  readonly draft: ShadowSet;
  readonly published: ShadowSet | null;
  readonly rules: readonly ShadowRule[];
  readonly rulesLeftOut: number;
}

export interface RulesApi {
  readonly ruleSets: () => Promise<readonly RuleSetHead[]>;
  readonly ruleVersions: (name: string) => Promise<readonly RuleSetHead[]>;
  readonly ruleVersion: (name: string, version: number) => Promise<RuleSetVersion>;
  readonly ruleDraft: (name: string) => Promise<RuleSetDraft>;
  readonly saveRuleDraft: (name: string, document: RuleDocument, basedOn: number) => Promise<RuleSetDraft>;
  readonly discardRuleDraft: (name: string) => Promise<void>;
  readonly checkRules: (document: RuleDocument) => Promise<RuleCheck>;
  readonly publishRules: (name: string, basedOn: number, note: string) => Promise<RuleSetVersion>;
  readonly rollBackRules: (name: string, version: number, note: string) => Promise<RuleSetVersion>;
  readonly shadowRules: (name: string, calls: number) => Promise<ShadowReport>;
}

/** A shadow run reads many calls. */
const SHADOW_TIMEOUT_MS = 120_000;

export function rulesApi(ask: Ask): RulesApi {
  const path = (name: string, rest = ""): string => `/v1/rules/${encodeURIComponent(name)}${rest}`;
  const send = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body) });
  return {
    ruleSets: async () => (await ask<{ sets: RuleSetHead[] }>("/v1/rules")).sets,
    ruleVersions: async (name) => (await ask<{ versions: RuleSetHead[] }>(path(name, "/versions"))).versions,
    ruleVersion: (name, version) => ask(path(name, `/versions/${version}`)),
    ruleDraft: (name) => ask(path(name, "/draft")),
    saveRuleDraft: (name, document, basedOn) => ask(path(name, "/draft"), send("PUT", { document, basedOn })),
    discardRuleDraft: (name) => ask(path(name, "/draft"), { method: "DELETE" }),
    checkRules: (document) => ask("/v1/rules/check", send("POST", { document })),
    publishRules: (name, basedOn, note) => ask(path(name, "/publish"), send("POST", { basedOn, note })),
    rollBackRules: (name, version, note) => ask(path(name, "/rollback"), send("POST", { version, note })),
    shadowRules: async (name, calls) => {
      const init = { ...send("POST", { calls }), signal: AbortSignal.timeout(SHADOW_TIMEOUT_MS) };
      return (await ask<{ report: ShadowReport }>(path(name, "/shadow"), init)).report;
    },
  };
}
