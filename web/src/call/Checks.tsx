import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { ApiError, problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { CallVerification } from "../generated/rest";
import { comparedWords, findingsWords, placeWords, reasonWords } from "./checkWords";

/** Whoever works on this page, as far as it knows: there are no accounts yet. */
const BY = "supervisor";
const LOOK_EVERY_MS = 4_000;

interface Props {
  readonly callId: string;
  readonly onGo: (utteranceId: string) => void;
  readonly onDecided: () => void;
}

/** What the checks after the call came to; what a person must look at, and may release. */
export function Checks({ callId, onGo, onDecided }: Props): ReactNode {
  const api = useApi();
  const [checks, setChecks] = useState<CallVerification | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const waiting = checks === null || checks.state === "pending";
  const read = useCallback((): void => {
    api.verification(callId).then(
      (now) => {
        setChecks(now);
        setProblem(null);
      },
      (error: unknown) => {
        // They have not begun.
        if (!(error instanceof ApiError && error.status === 404)) setProblem(problemWords(error));
      },
    );
  }, [api, callId]);
  useEffect(() => {
    read();
    if (!waiting) return undefined;
    const timer = setInterval(read, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [read, waiting]);
  const act = (what: (callId: string, by: string) => Promise<CallVerification>): void => {
    setBusy(true);
    what(callId, BY)
      .then(
        (now) => {
          setChecks(now);
          setProblem(null);
          onDecided();
        },
        (error: unknown) => setProblem(problemWords(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2">
          Checks
        </Header>
      }
    >
      <div data-testid="checks" data-state={checks?.state ?? "none"}>
        <SpaceBetween size="xs">
          {problem !== null && <StatusIndicator type="warning">{problem}</StatusIndicator>}
          {waiting ? (
            <StatusIndicator type="pending">The call is being read again</StatusIndicator>
          ) : (
            <Standing checks={checks} onGo={onGo} />
          )}
          <SpaceBetween direction="horizontal" size="xs">
            {checks?.state === "quarantined" && (
              <Button variant="primary" loading={busy} onClick={() => act(api.release)}>
                No harm in it: release
              </Button>
            )}
            {!waiting && (
              <Button disabled={busy} onClick={() => act(api.verifyAgain)}>
                Read it again
              </Button>
            )}
          </SpaceBetween>
        </SpaceBetween>
      </div>
    </Container>
  );
}

function Standing({ checks, onGo }: { checks: CallVerification; onGo: Props["onGo"] }): ReactNode {
  return (
    <>
      <div>{findingsWords(checks)}</div>
      {checks.reasons.map((reason) => (
        <StatusIndicator key={reason} type="error">
          {reasonWords(reason)}
        </StatusIndicator>
      ))}
      {checks.open.map((place, at) => (
        <div key={at}>
          {place.place === "utterance" ? (
            <Button variant="inline-link" onClick={() => onGo(place.ref)}>
              {placeWords(place)}
            </Button>
          ) : (
            placeWords(place)
          )}
        </div>
      ))}
      <p className="soft small tight">{comparedWords(checks)}</p>
    </>
  );
}
