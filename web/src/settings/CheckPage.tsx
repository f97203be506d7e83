import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { CheckFinding, SystemCheck } from "../generated/rest";
import "./check.css";

/** What this installation can reach and what it lacks, with what mends it. */
export function CheckPage(): ReactNode {
  const { check, problem, looking, look } = useCheck();
  useEffect(() => {
    document.title = "Connection check · Cueline";
  }, []);
  return (
    <main className="page check-page">
      <Container
        header={
          <Header
            variant="h1"
            description="What this process can reach, and what it lacks. cueline doctor says the same in a terminal."
            actions={
              <Button iconName="refresh" onClick={look} loading={looking} loadingText="Looking">
                Check again
              </Button>
            }
          >
            Connection check
          </Header>
        }
      >
        <div aria-live="polite">
          {problem !== null && (
            <Alert type="error" header="The check could not be made">
              {problem} Calls that go on are not touched by this. Look whether Cueline still runs, and check again.
            </Alert>
          )}
          {check === null && problem === null && <StatusIndicator type="loading">Looking</StatusIndicator>}
          {check && <Found check={check} />}
        </div>
      </Container>
    </main>
  );
}

function useCheck(): { check: SystemCheck | null; problem: string | null; looking: boolean; look: () => void } {
  const api = useApi();
  const [check, setCheck] = useState<SystemCheck | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const [answered, setAnswered] = useState(-1);
  useEffect(() => {
    let gone = false;
    api.check().then(
      (found) => {
        if (gone) return;
        setCheck(found);
        setProblem(null);
        setAnswered(asked);
      },
      (error: unknown) => {
        if (gone) return;
        setProblem(problemWords(error));
        setAnswered(asked);
      },
    );
    return () => {
      gone = true;
    };
  }, [api, asked]);
  const look = useCallback(() => setAsked((before) => before + 1), []);
  return { check, problem, looking: answered !== asked, look };
}

function Found({ check: { ok, faults, findings } }: { check: SystemCheck }): ReactNode {
  const missing = findings.filter((finding) => finding.needed && !finding.ok).length;
  return (
    <>
      <p className="check-sum" data-testid="check-sum" data-ok={ok}>
        <StatusIndicator type={ok ? "success" : "error"}>{sumWords(ok, missing)}</StatusIndicator>
      </p>
      {faults.length > 0 && (
        <Alert type="warning" header="Not working at this moment">
          {faults.join(", ")}. New calls may have to wait; what is stored is safe.
        </Alert>
      )}
      <ul className="findings" data-testid="findings">
        {[...findings].sort(byNeed).map((finding) => (
          <Finding key={finding.name} finding={finding} />
        ))}
      </ul>
    </>
  );
}

function sumWords(ok: boolean, missing: number): string {
  if (ok) return "All that is needed is there and works.";
  if (missing === 0) return "All that is needed is there, but not all of it works now.";
  return missing === 1 ? "One thing that is needed is missing." : `${missing} things that are needed are missing.`;
}

/** What is needed and missing first, then what is there. */
function byNeed(a: CheckFinding, b: CheckFinding): number {
  const rank = ({ ok, needed }: CheckFinding): number => (ok ? 1 : needed ? 0 : 2);
  return rank(a) - rank(b);
}

function Finding({ finding: { name, ok, needed, detail, mend } }: { finding: CheckFinding }): ReactNode {
  const type: StatusIndicatorProps.Type = ok ? "success" : needed ? "error" : "info";
  return (
    <li data-ok={ok}>
      <StatusIndicator type={type} iconAriaLabel={ok ? "There" : needed ? "Missing" : "Not there, not needed"}>
        {name}
      </StatusIndicator>
      <span className="soft finding-detail">
        {detail}
        {!ok && !needed && " (not needed)"}
      </span>
      {mend !== null && (
        <span className="finding-mend">
          <CopyToClipboard
            variant="inline"
            textToCopy={mend}
            textToDisplay={mend}
            copyButtonAriaLabel={`Copy ${mend}`}
            copySuccessText="Copied"
            copyErrorText="Could not be copied"
          />
        </span>
      )}
    </li>
  );
}
