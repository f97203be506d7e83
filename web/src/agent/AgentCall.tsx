import type { ReactNode } from "react";
import { NoCall } from "../call/NoCall";
import { StatusLine } from "../call/StatusLine";
import { useWide } from "../shell/useWide";
import "./agent.css";
import { AgentHeader } from "./AgentHeader";
import { AgentPanes } from "./AgentPanes";
import { AgentTop } from "./AgentTop";
import { useAgentCall, useTold } from "./useAgentCall";

/** Below this width one pane is shown at a time. */
const TABS_BELOW_PX = 760;

interface Props {
  readonly callId: string;
  /** Who works here; null: whoever took the call. */
  readonly agent: string | null;
  readonly onEnded?: () => void;
  /** Whether its notes have edits that are not saved. */
  readonly onUnsaved?: (unsaved: boolean) => void;
  /** Something above all else, such as the next call. */
  readonly offer?: ReactNode;
}

/** One call as its agent works with it. */
export function AgentCall({ callId, agent, onEnded, onUnsaved, offer }: Props): ReactNode {
  const desk = useAgentCall(callId, agent);
  const { summary, view, connection, problem } = desk.state;
  const wide = useWide(TABS_BELOW_PX);
  useTold(desk, { onEnded, onUnsaved });
  if (problem && !summary && problem.status !== 0) return <NoCall problem={problem} />;
  return (
    <main className={desk.ended ? "desk over" : "desk"} data-testid="agent-call" data-phase={desk.phase}>
      <AgentHeader
        name={desk.name}
        summary={summary}
        view={view}
        phase={desk.phase}
        handUp={view.guidance.handRaisedMs !== null}
        keys={desk.keys}
        onHand={desk.raiseHand}
        onPause={desk.pauseRecording}
      />
      <AgentTop desk={desk} wide={wide} offer={offer} />
      <AgentPanes desk={desk} wide={wide} />
      <StatusLine view={view} connection={connection} onRetry={desk.retryNow} />
    </main>
  );
}
