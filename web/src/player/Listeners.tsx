import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useEffect, useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import { absolute } from "../format/time";
import type { AuditLine } from "../generated/rest";
import { auditWords } from "./audit";
import { useHearing } from "./context";

const SHOWN = 8;
/** What was played last is in the log a moment after. */
const AFTER_MS = 800;

/** Who listened to the call, and what else was done with it that others must be able to look up. */
export function Listeners({ callId }: { callId: string }): ReactNode {
  const [lines, problem] = useAudit(callId);
  const [all, setAll] = useState(false);
  if (lines?.length === 0) return null;
  const shown = all ? lines : lines?.slice(0, SHOWN);
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2">
          Who listened
        </Header>
      }
    >
      <div data-testid="audit">
        {!lines && <p className="soft tight">{problem ? `The log cannot be shown: ${problem}` : "Reading the log"}</p>}
        <ul className="facts-list">
          {shown?.map((line) => (
            <li key={`${line.atMs} ${line.actor} ${line.action}`}>
              <strong>{line.actor}</strong> {auditWords(line)}
              <div className="small soft num">{absolute(line.atMs)}</div>
            </li>
          ))}
        </ul>
        {lines && lines.length > SHOWN && !all && (
          <button type="button" className="quote" onClick={() => setAll(true)}>
            Show all {lines.length}
          </button>
        )}
      </div>
    </Container>
  );
}

function useAudit(callId: string): readonly [readonly AuditLine[] | null, string | null] {
  const api = useApi();
  const hearing = useHearing();
  const [lines, setLines] = useState<readonly AuditLine[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    let timer: number | undefined;
    const read = (): void => {
      api.audit(callId).then(
        (found) => !gone && setLines(found),
        (error: unknown) => !gone && setProblem(problemWords(error)),
      );
    };
    read();
    let last = hearing?.snapshot().state;
    const forget = hearing?.subscribe(() => {
      const { state } = hearing.snapshot();
      if (state === last) return;
      last = state;
      if (state !== "playing" && state !== "paused") return;
      window.clearTimeout(timer);
      timer = window.setTimeout(read, AFTER_MS);
    });
    return () => {
      gone = true;
      window.clearTimeout(timer);
      forget?.();
    };
  }, [api, callId, hearing]);
  return [lines, problem];
}
