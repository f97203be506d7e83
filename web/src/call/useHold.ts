import { useCallback, useEffect, useState } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { LegalHoldShown } from "../generated/rest";

export interface Hold {
  /** Null until it was read. */
  readonly standing: LegalHoldShown | null;
  readonly problem: string | null;
  readonly put: (held: boolean, reason: string, by: string) => Promise<void>;
}

/** Whether the call is under legal hold; `known`: the call itself was found. */
export function useHold(callId: string, known: boolean): Hold {
  const api = useApi();
  const [standing, setStanding] = useState<LegalHoldShown | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!known) return undefined;
    let gone = false;
    api.legalHold(callId).then(
      (found) => {
        if (gone) return;
        setStanding(found);
        setProblem(null);
      },
      (error: unknown) => {
        if (!gone) setProblem(`Whether it is under legal hold is not known: ${problemWords(error)}`);
      },
    );
    return () => {
      gone = true;
    };
  }, [api, callId, known]);
  const put = useCallback(
    async (held: boolean, reason: string, by: string) => {
      setStanding(await api.putLegalHold(callId, { held, reason, by }));
    },
    [api, callId],
  );
  return { standing, problem, put };
}
