import Button from "@cloudscape-design/components/button";
import { useEffect, useState, type ReactNode } from "react";
import { callName } from "../calls/words";
import { useWide } from "../shell/useWide";
import { CallHeader } from "./CallHeader";
import { NoCall } from "./NoCall";
import { SidePanel } from "./SidePanel";
import { StatusLine } from "./StatusLine";
import { Transcript } from "./Transcript";
import { useSession } from "./useSession";

export function CallPage({ callId }: { callId: string }): ReactNode {
  const { state, retryNow } = useSession(callId);
  const { summary, view, connection, problem, loaded } = state;
  const wide = useWide(1000);
  const [panelOpen, setPanelOpen] = useState(false);
  const name = summary ? callName(summary) : "Call";
  const phase = view.phase ?? summary?.phase ?? null;
  useEffect(() => {
    document.title = `${name} · Cueline`;
  }, [name]);

  if (problem && !summary && problem.status !== 0) return <NoCall problem={problem} />;
  const panel = summary && <SidePanel summary={summary} view={view} />;
  return (
    <main className="call">
      <CallHeader
        summary={summary}
        view={view}
        phase={phase}
        actions={
          !wide && (
            <Button
              iconName="status-info"
              variant="normal"
              ariaExpanded={panelOpen}
              onClick={() => setPanelOpen((open) => !open)}
            >
              {panelOpen ? "Transcript" : "Details"}
            </Button>
          )
        }
      />
      <div className="call-body">
        {(wide || !panelOpen) && (
          <Transcript view={view} originMs={summary?.startedAtMs ?? null} loaded={loaded} problem={problem} />
        )}
        {(wide || panelOpen) && panel}
      </div>
      <StatusLine view={view} connection={connection} onRetry={retryNow} />
    </main>
  );
}
