import { useEffect, useRef, useState } from "react";
import { useApi } from "../api/context";
import type { PolicyFields, TriedTurn } from "../generated/rest";
import { answersOf, LatestAnswer, question, type Answers, type Question, type Turn } from "./trial";

export interface Trial {
  readonly answers: Answers;
  /** Why the newest question has no answer. */
  readonly problem: unknown;
  /** What is shown belongs to something older. */
  readonly stale: boolean;
}

interface Heard {
  readonly answers: Answers;
  readonly asked: Question | null;
  readonly problem: unknown;
}

/** The turns masked by the policy, anew whenever either changes. */
export function useTrial(policy: PolicyFields | null, turns: readonly Turn[]): Trial {
  const api = useApi();
  const [heard, setHeard] = useState<Heard>({ answers: new Map(), asked: null, problem: null });
  const latest = useRef<LatestAnswer<Question, readonly TriedTurn[]> | null>(null);

  useEffect(() => {
    const asker = new LatestAnswer<Question, readonly TriedTurn[]>(
      ({ body }) => api.tryPolicy(body),
      (asked, tried) => setHeard({ answers: answersOf(asked, tried), asked, problem: null }),
      (problem) => setHeard(({ answers }) => ({ answers, asked: null, problem })),
      { set: (run, ms) => window.setTimeout(run, ms), clear: (timer) => window.clearTimeout(timer) },
    );
    latest.current = asker;
    return () => asker.put(null);
  }, [api]);

  useEffect(() => {
    if (policy) latest.current?.put(question(policy, turns));
  }, [policy, turns]);

  const stale = heard.asked === null || heard.asked.body.policy !== policy || heard.asked.turns !== turns;
  return { answers: heard.answers, problem: heard.problem, stale };
}
