import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import "../call/guidance.css";
import { Quote } from "../call/Quote";
import { StatusLine } from "../call/StatusLine";
import { TimeMark } from "../call/TimeMark";
import { Transcript } from "../call/Transcript";
import { useSession } from "../call/useSession";
import type { CallView } from "../call/view";
import { callName } from "../calls/words";
import type { CueState, FloorRow } from "../generated/rest";
import { callPath, follow } from "../shell/router";
import { HandIcon } from "./Signs";
import { Whisper } from "./Whisper";
import { agentWords, reasonWords, whyWords } from "./words";

interface Props {
  readonly callId: string;
  readonly row: FloorRow | null;
  readonly onClose: () => void;
}

/** One call, followed live: the agent does not see who watches. */
export function FloorSide({ callId, row, onClose }: Props): ReactNode {
  const { state, retryNow } = useSession(callId);
  const { summary, view, connection, problem, loaded } = state;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus({ preventScroll: true }), []);
  const originMs = summary?.startedAtMs ?? row?.startedAtMs ?? null;
  const ended = (view.phase ?? summary?.phase) === "ended";
  const agent = row ? agentWords(row) : (view.agentId ?? summary?.agentId ?? "No agent yet");
  return (
    <aside
      className="floor-side"
      aria-label="Call that you watch"
      data-testid="floor-side"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !(event.target instanceof HTMLTextAreaElement)) onClose();
      }}
    >
      <header className="floor-side-head">
        <div className="call-title">
          <h2 ref={head} tabIndex={-1} className="one-line">
            {agent}
          </h2>
          <div className="call-actions">
            <Button variant="icon" iconName="close" ariaLabel="Close this call" onClick={onClose} />
          </div>
        </div>
        <div className="call-facts small">
          <span>{reasonWords(row?.reason ?? summary?.reason ?? null)}</span>
          {row?.team && <span>{row.team}</span>}
          {summary && <span>{callName(summary)}</span>}
          <Link href={callPath(callId)} onFollow={follow} fontSize="body-s">
            Open the call page
          </Link>
        </div>
        {row && row.need > 0 && !ended && <p className="floor-side-why">{whyWords(row)}</p>}
        <Hand callId={callId} view={view} originMs={originMs} ended={ended} />
        <Alerts callId={callId} view={view} originMs={originMs} />
      </header>
      <Transcript view={view} originMs={originMs} loaded={loaded} problem={problem} />
      <Whisper callId={callId} sent={view.guidance.whispers} originMs={originMs} ended={ended} />
      <StatusLine view={view} connection={connection} onRetry={retryNow} />
    </aside>
  );
}

interface PartProps {
  readonly callId: string;
  readonly view: CallView;
  readonly originMs: number | null;
}

function Hand({ callId, view, originMs, ended }: PartProps & { ended: boolean }): ReactNode {
  const api = useApi();
  const { run, running, problem } = useAction();
  const { handRaisedMs } = view.guidance;
  if (handRaisedMs === null || ended) return null;
  return (
    <div className="asks hand" data-testid="raised-hand">
      <HandIcon />
      <span className="grow">
        The agent asks for help <TimeMark atMs={handRaisedMs} originMs={originMs} />
        {problem && <StatusIndicator type="error">{problem}</StatusIndicator>}
      </span>
      <Button onClick={() => run(() => api.lowerHand(callId))} loading={running}>
        I have it
      </Button>
    </div>
  );
}

const openAlerts = (view: CallView): readonly CueState[] =>
  view.guidance.cues.filter((cue) => cue.cueKind === "alert" && cue.acknowledgedBy === null && cue.withdrawn === null);

function Alerts({ callId, view, originMs }: PartProps): ReactNode {
  const alerts = openAlerts(view);
  if (alerts.length === 0) return null;
  return (
    <ul className="alerts" aria-label="Alerts">
      {alerts.slice(-4).map((alert) => (
        <Alert key={alert.cueId} callId={callId} alert={alert} view={view} originMs={originMs} />
      ))}
    </ul>
  );
}

function Alert({ callId, alert, view, originMs }: PartProps & { alert: CueState }): ReactNode {
  const api = useApi();
  const { run, running, problem } = useAction();
  return (
    <li className="asks alert" data-testid="open-alert">
      <StatusIndicator type="error" iconAriaLabel="Alert" />
      <div className="grow">
        <div>
          <strong>{alert.text}</strong> <TimeMark atMs={alert.raisedMs} originMs={originMs} />
        </div>
        {alert.why !== "" && <div className="small soft">{alert.why}</div>}
        <Quote utterances={view.utterances} evidence={alert.evidence[0]} />
        {problem && <StatusIndicator type="error">{problem}</StatusIndicator>}
      </div>
      <Button onClick={() => run(() => api.acknowledge(callId, alert.cueId))} loading={running}>
        Acknowledge
      </Button>
    </li>
  );
}

/** Something that is asked of the server; what comes of it is told by the call's events. */
function useAction(): { run: (ask: () => Promise<unknown>) => void; running: boolean; problem: string | null } {
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = (ask: () => Promise<unknown>): void => {
    setRunning(true);
    setProblem(null);
    ask().then(
      () => setRunning(false),
      (error: unknown) => {
        setRunning(false);
        setProblem(problemWords(error));
      },
    );
  };
  return { run, running, problem };
}
