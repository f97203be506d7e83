import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import { useEffect, useState, type ReactNode } from "react";
import { ApiError } from "../api/client";
import { callName } from "../calls/words";
import { follow } from "../shell/router";
import { useWide } from "../shell/useWide";
import { CallHeader } from "./CallHeader";
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

function NoCall({ problem }: { problem: ApiError }): ReactNode {
  const unknown = problem.status === 404;
  return (
    <main className="full-page">
      <Box variant="h1">{unknown ? "This call is not known here" : "This call cannot be shown"}</Box>
      <Box variant="p" color="text-body-secondary">
        {unknown
          ? "It may have been deleted, or the address may be incomplete."
          : `${problem.title}. ${problem.detail}`}
      </Box>
      <Link href="/" onFollow={follow}>
        See all calls
      </Link>
    </main>
  );
}
