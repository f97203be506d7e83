/** Rule sets, over REST. */

import type {
  RuleCheck,
  RuleProblem,
  RuleSentence,
  RuleSetDraft,
  RuleSetHead,
  RuleSetVersion,
  RuleVocabulary,
  ShadowProgress,
  ShadowReport,
  TriedRules,
  TryRules,
} from "../generated/rest";
import type { Ask } from "./client";

export type { RuleCheck, RuleProblem, RuleSentence, RuleSetDraft, RuleSetHead, RuleSetVersion };
export type { RuleFiring, RuleVocabulary, ShadowProgress, TriedRules, TryRules } from "../generated/rest";
export type { ShadowExample, ShadowReport, ShadowRule, ShadowSet } from "../generated/rest";

export type RuleDocument = Readonly<Record<string, unknown>>;

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
  readonly shadowProgress: (name: string) => Promise<ShadowProgress>;
  readonly ruleVocabulary: () => Promise<RuleVocabulary>;
  readonly tryRules: (body: TryRules) => Promise<TriedRules>;
}

/** A shadow run reads many calls. */
const SHADOW_TIMEOUT_MS = 120_000;
/** A trial reads one whole call at most. */
const TRY_TIMEOUT_MS = 30_000;

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
    shadowProgress: (name) => ask(path(name, "/shadow")),
    ruleVocabulary: () => ask("/v1/rules/vocabulary"),
    tryRules: (body) => ask("/v1/rules/try", { ...send("POST", body), signal: AbortSignal.timeout(TRY_TIMEOUT_MS) }),
    shadowRules: async (name, calls) => {
      const init = { ...send("POST", { calls }), signal: AbortSignal.timeout(SHADOW_TIMEOUT_MS) };
      return (await ask<{ report: ShadowReport }>(path(name, "/shadow"), init)).report;
    },
  };
}
