import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState, type ReactNode } from "react";
import { useApi } from "../api/context";
import type { DeletionShown } from "../generated/rest";
import { Moment } from "../shell/Moment";
import { problemWords } from "./problems";
import { kindLabel } from "./retention";

const SHOWN = 20;

const SIGNATURES = {
  valid: { type: "success", text: "Proof valid" },
  changed: { type: "error", text: "Proof changed since" },
  key_gone: { type: "warning", text: "The proof's key is gone" },
} as const;

/** What was deleted, each with what its proof says of itself now. */
export function Deletions(): ReactNode {
  const api = useApi();
  const [found, setFound] = useState<readonly DeletionShown[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    let gone = false;
    api.deletions(SHOWN).then(
      (deletions) => {
        if (!gone) setFound(deletions);
      },
      (error: unknown) => {
        if (!gone) setProblem(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [api]);
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2" description="The newest, with their proofs.">
          What went
        </Header>
      }
    >
      {problem !== null ? (
        <StatusIndicator type="warning">It cannot be told now. {problemWords(problem)}</StatusIndicator>
      ) : found === null ? (
        <StatusIndicator type="loading">Reading the proofs</StatusIndicator>
      ) : found.length === 0 ? (
        <span className="soft">Nothing was deleted yet.</span>
      ) : (
        <ul className="plain" data-testid="deletions">
          {found.map((each) => (
            <li key={`${each.callId} ${each.kind} ${each.atMs}`} className="deletion">
              <StatusIndicator type={SIGNATURES[each.signature].type}>
                {SIGNATURES[each.signature].text}
              </StatusIndicator>
              <span>
                {kindLabel(each.kind)} of <code className="break">{each.callId}</code>
              </span>
              <span className="soft small">
                <Moment epochMs={each.atMs} />, by {each.by}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Container>
  );
}
