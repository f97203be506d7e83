import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState, type ReactNode } from "react";
import type { CallView, Phase } from "../call/view";
import { SCRIPT_WORDS, stateWords } from "../calls/words";
import { labelWords } from "../format/label";
import { clock, spoken } from "../format/time";
import type { CallSummary } from "../generated/rest";
import { useNow } from "../shell/useNow";
import { KeysHelp } from "./KeysHelp";
import "./header.css";
import type { Keys } from "./useKeys";

interface Props {
  readonly name: string;
  readonly summary: CallSummary | null;
  readonly view: CallView;
  readonly phase: Phase | null;
  readonly handUp: boolean;
  readonly keys: Keys;
  readonly onHand: (up: boolean) => Promise<unknown>;
  readonly onPause: (paused: boolean) => Promise<unknown>;
}

/** Which call, how long, and the hand: one thin line. */
export function AgentHeader({ name, summary, view, phase, handUp, keys, onHand, onPause }: Props): ReactNode {
  const [busy, setBusy] = useState(false);
  const state = phase && stateWords(phase, view.endReason ?? summary?.endReason ?? null);
  const reason = view.guidance.moments.findLast((moment) => moment.family === "reason")?.label ?? summary?.reason;
  const source = view.recogniser?.source ?? summary?.recogniserSource ?? null;
  const hand = (): void => {
    setBusy(true);
    void onHand(!handUp).finally(() => setBusy(false));
  };
  return (
    <header className="agent-header">
      <h1>{name}</h1>
      <div className="agent-facts">
        {state && <StatusIndicator type={state.type}>{state.text}</StatusIndicator>}
        {summary && <Duration summary={summary} view={view} />}
        {reason && reason !== "other" && <span data-testid="reason">{labelWords(reason)}</span>}
        {source === "script" && <span className="script-label">{SCRIPT_WORDS}</span>}
      </div>
      <div className="agent-actions">
        <KeysHelp keys={keys} />
        {phase !== "ended" && <PauseButton paused={view.unrecorded.includes("paused")} onPause={onPause} />}
        {phase !== "ended" && (
          <span className={handUp ? "hand up" : "hand"} data-testid="hand" data-up={handUp}>
            <Button iconName="support" loading={busy} loadingText="Telling the supervisor" onClick={hand}>
              {handUp ? "Hand is up: lower it" : "Raise hand"}
            </Button>
          </span>
        )}
      </div>
    </header>
  );
}

function PauseButton({ paused, onPause }: { paused: boolean; onPause: Props["onPause"] }): ReactNode {
  const [busy, setBusy] = useState(false);
  return (
    <span data-testid="recording-switch" data-paused={paused}>
      <Button
        iconName={paused ? "microphone" : "microphone-off"}
        loading={busy}
        loadingText={paused ? "Resuming the recording" : "Pausing the recording"}
        onClick={() => {
          setBusy(true);
          void onPause(!paused).finally(() => setBusy(false));
        }}
      >
        {paused ? "Resume recording" : "Pause recording"}
      </Button>
    </span>
  );
}

function Duration({ summary, view }: { readonly summary: CallSummary; readonly view: CallView }): ReactNode {
  const ended = view.endedMs ?? summary.durationMs;
  const now = useNow(1000, ended === null);
  const ms = ended ?? now - summary.startedAtMs;
  return (
    <span className="num" role="timer" aria-live="off" aria-label={`Duration ${spoken(ms)}`}>
      {clock(ms)}
    </span>
  );
}
