import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { callName, SCRIPT_WORDS, stateWords } from "../calls/words";
import { clock, spoken } from "../format/time";
import type { CallSummary } from "../generated/rest";
import { VERIFICATION_WORDS } from "../player/state";
import { Moment } from "../shell/Moment";
import { follow } from "../shell/router";
import { useNow } from "../shell/useNow";
import { outcomeWords } from "./outcome";
import type { CallView, Phase } from "./view";

interface Props {
  readonly summary: CallSummary | null;
  readonly view: CallView;
  readonly phase: Phase | null;
  /** Under legal hold. */
  readonly held: boolean;
  readonly verification: CallSummary["verification"];
  readonly actions: ReactNode;
}

/** Who, when, how long, how it stands. */
export function CallHeader({ summary, view, phase, held, verification, actions }: Props): ReactNode {
  const name = summary ? callName(summary) : "Call";
  const source = view.recogniser?.source ?? summary?.recogniserSource ?? null;
  const state = phase && stateWords(phase, view.endReason ?? summary?.endReason ?? null);
  const agent = view.agentId ?? summary?.agentId;
  return (
    <div className="call-header">
      <div className="call-title">
        <Button variant="icon" iconName="arrow-left" ariaLabel="All calls" href="/" onFollow={follow} />
        <h1>{name}</h1>
        <div className="call-actions">{actions}</div>
      </div>
      <div className="call-facts">
        {state && <StatusIndicator type={state.type}>{state.text}</StatusIndicator>}
        {summary && <Duration summary={summary} view={view} />}
        {verification && (
          <StatusIndicator type={VERIFICATION_WORDS[verification].type}>
            <span data-testid="verification">{VERIFICATION_WORDS[verification].text}</span>
          </StatusIndicator>
        )}
        {held && (
          <span data-testid="legal-hold">
            <Badge color="blue">Legal hold</Badge>
          </span>
        )}
        {summary && <Moment epochMs={summary.startedAtMs} />}
        {summary?.customerEndpoint && summary.customerEndpoint !== name && (
          <span className="num">Customer {summary.customerEndpoint}</span>
        )}
        {agent && <span>Agent {agent}</span>}
        {outcomeWords(view.guidance, summary).map((words) => (
          <span key={words}>{words}</span>
        ))}
        {source === "script" && (
          <span className="script-label" data-testid="script-label">
            <Icon name="status-info" size="small" /> {SCRIPT_WORDS}
          </span>
        )}
      </div>
    </div>
  );
}

function Duration({ summary, view }: { summary: CallSummary; view: CallView }): ReactNode {
  const ended = view.endedMs ?? summary.durationMs;
  const now = useNow(1000, ended === null);
  const ms = ended ?? now - summary.startedAtMs;
  return (
    <span className="num" role="timer" aria-live="off" aria-label={`Duration ${spoken(ms)}`}>
      {clock(ms)}
    </span>
  );
}
