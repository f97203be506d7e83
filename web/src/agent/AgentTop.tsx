import type { ReactNode } from "react";
import type { CallView } from "../call/view";
import { nowLine } from "./checklist";
import { CueCard } from "./CueCard";
import { TroubleLine } from "./TroubleLine";
import type { AgentDesk } from "./useAgentCall";
import { Whispers } from "./Whispers";

interface Props {
  readonly desk: AgentDesk;
  readonly wide: boolean;
  readonly offer: ReactNode;
}

/** Above the panes: what the supervisor writes, what went wrong, the cue, and the checklist's next line. */
export function AgentTop({ desk, wide, offer }: Props): ReactNode {
  const { callId, state, ended, acts, place, cues, lines, keys } = desk;
  const { view, loaded } = state;
  const now = nowLine(lines);
  return (
    <div className="agent-top">
      {offer}
      <Whispers callId={callId} whispers={view.guidance.whispers} />
      <TroubleLine acts={acts} />
      {!ended && (
        <CueCard
          cues={cues}
          idle={idleWords(view, loaded)}
          utterances={view.utterances}
          keys={keys.single}
          onSpot={place.goTo}
        />
      )}
      {!wide && now && place.pane !== "checklist" && (
        <p className="now-line" data-testid="now-line">
          <strong>Now:</strong> {now.item.label}
          <span className="soft num">
            {lines.done} of {lines.of}
          </span>
        </p>
      )}
    </div>
  );
}

function idleWords(view: CallView, loaded: boolean): string {
  if (!loaded) return "Loading the call";
  switch (view.phase) {
    case "connected":
      return "Nothing to do now. What helps comes here.";
    case "held":
      return "The customer is on hold.";
    default:
      return "The call has not reached an agent yet.";
  }
}
