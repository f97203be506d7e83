import { useEffect, useState } from "react";
import { useApi } from "../api/context";
import type { DueTonight, RetentionFields } from "../generated/rest";

const SETTLES_MS = 400;

export interface Tonight {
  /** Null until the first answer. */
  readonly due: DueTonight | null;
  /** It says what the form says now. */
  readonly fresh: boolean;
  readonly problem: unknown;
}

/** What would be deleted in the coming night under this policy, asked a moment after the last edit. */
export function useTonight(profile: string, policy: RetentionFields | null, version: number | null): Tonight {
  const api = useApi();
  const [asked, setAsked] = useState<{ key: string | null; due: DueTonight | null; problem: unknown }>({
    key: null,
    due: null,
    problem: null,
  });
  const key = policy && JSON.stringify([policy, version]);
  useEffect(() => {
    if (key === null) return undefined;
    const [wanted] = JSON.parse(key) as [RetentionFields];
    let gone = false;
    const timer = window.setTimeout(() => {
      api.dueTonight({ profile, policy: wanted }).then(
        (due) => {
          if (!gone) setAsked({ key, due, problem: null });
        },
        (problem: unknown) => {
          if (!gone) setAsked((before) => ({ ...before, key, problem }));
        },
      );
    }, SETTLES_MS);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [api, profile, key]);
  return { due: asked.due, fresh: asked.key === key && asked.problem === null, problem: asked.problem };
}
