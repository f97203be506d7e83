import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useState, type ReactNode } from "react";
import { clock, latency, spoken } from "../format/time";
import type { ChecklistItemState, ChecklistState, CueState, VoiceMeasured } from "../generated/rest";
import { fateOf } from "./fate";
import "./guidance.css";
import { CUE_WORDS, momentWords } from "./lanes";
import { Quote } from "./Quote";
import { Rating, type Rate } from "./Rating";
import { measured } from "./stages";
import { TimeMark } from "./TimeMark";
import type { CallView } from "./view";
import { Waterfall } from "./Waterfall";

interface Props {
  readonly view: CallView;
  readonly originMs: number | null;
  readonly onGo: (utteranceId: string) => void;
  readonly onRate: Rate;
}

/** What guidance found and did in the call, as far as there is any. */
export function GuidancePanels(props: Props): ReactNode {
  const { guidance } = props.view;
  return (
    <>
      {guidance.checklist && <Checklist {...props} checklist={guidance.checklist} />}
      {guidance.cues.length > 0 && <Cues {...props} />}
      {guidance.moments.length > 0 && <Moments {...props} />}
      {guidance.voice && <Voice voice={guidance.voice} />}
    </>
  );
}

function Panel({ title, counter, children }: { title: string; counter?: string; children: ReactNode }): ReactNode {
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2" {...(counter === undefined ? {} : { counter })}>
          {title}
        </Header>
      }
    >
      {children}
    </Container>
  );
}

const ITEM_STATES: Readonly<Record<ChecklistItemState["state"], { type: StatusIndicatorProps.Type; text: string }>> = {
  done: { type: "success", text: "Done" },
  missed: { type: "error", text: "Missed" },
  open: { type: "pending", text: "Open" },
};

function Checklist({ view, originMs, onGo, checklist }: Props & { checklist: ChecklistState }): ReactNode {
  const done = checklist.items.filter((item) => item.state === "done").length;
  return (
    <Panel title={checklist.title} counter={`(${done} of ${checklist.items.length})`}>
      <ul className="facts-list" data-testid="checklist">
        {checklist.items.map((item) => (
          <li key={item.itemId} data-state={item.state}>
            <div className="fact-line">
              <StatusIndicator type={ITEM_STATES[item.state].type} iconAriaLabel={ITEM_STATES[item.state].text}>
                {item.label}
              </StatusIndicator>
              {item.doneMs !== null && <TimeMark atMs={item.doneMs} originMs={originMs} />}
              {item.doneMs === null && item.dueMs !== null && (
                <span className="soft small num">due {clock(item.dueMs)}</span>
              )}
            </div>
            {item.by !== null && <div className="soft small">Ticked by {item.by}</div>}
            <Quote utterances={view.utterances} evidence={item.evidence} onGo={onGo} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Cues({ view, originMs, onGo, onRate }: Props): ReactNode {
  const { cues } = view.guidance;
  return (
    <Panel title="Cues and alerts" counter={`(${cues.length})`}>
      <ul className="facts-list" data-testid="cues">
        {cues.map((cue) => (
          <li key={cue.cueId} data-cue={cue.cueKind}>
            <div className="fact-line">
              <span className={`cue-kind small ${cue.cueKind}`}>{CUE_WORDS[cue.cueKind]}</span>
              <TimeMark atMs={cue.raisedMs} originMs={originMs} />
            </div>
            <div>{cue.text}</div>
            {cue.why !== "" && <div className="soft small">Because {cue.why}</div>}
            {cue.evidence.slice(0, 2).map((evidence) => (
              <Quote
                key={`${evidence.utteranceId}.${evidence.start}`}
                utterances={view.utterances}
                evidence={evidence}
                onGo={onGo}
              />
            ))}
            <CueDelay cue={cue} timings={view.timings} />
            <div className="fate">
              <Fate cue={cue} view={view} />
              <Rating cue={cue} onRate={onRate} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** How long after its words the cue was there, and where the time went; nothing where that was not measured. */
function CueDelay({ cue, timings }: { cue: CueState; timings: CallView["timings"] }): ReactNode {
  const [open, setOpen] = useState(false);
  const stages = timings.get(cue.evidence.at(-1)?.utteranceId ?? "");
  const readyMs = measured(stages, "cueReady");
  if (readyMs === null) return null;
  return (
    <>
      <button type="button" className="delay small" aria-expanded={open} onClick={() => setOpen(!open)}>
        Ready {latency(readyMs)} after the audio
        <span className="caret" aria-hidden="true" />
      </button>
      {open && <Waterfall stages={stages} />}
    </>
  );
}

function Fate({ cue, view }: { cue: CueState; view: CallView }): ReactNode {
  const { tone, text } = fateOf(cue, view.heardMs, view.phase === "ended");
  return (
    <div className="small">
      <StatusIndicator type={tone}>{text}</StatusIndicator>
    </div>
  );
}

function Moments({ view, originMs, onGo }: Props): ReactNode {
  const { moments } = view.guidance;
  return (
    <ExpandableSection
      variant="container"
      headingTagOverride="h2"
      headerText="Moments"
      headerCounter={`(${moments.length})`}
    >
      <ul className="facts-list" data-testid="moments">
        {moments.map((moment) => (
          <li key={moment.momentId}>
            <div className="fact-line">
              <span>{momentWords(moment)}</span>
              <TimeMark atMs={moment.startedMs} originMs={originMs} />
            </div>
            {moment.confidence < 1 && (
              <div className="soft small num">{Math.round(moment.confidence * 100)} of 100 sure</div>
            )}
            <Quote utterances={view.utterances} evidence={moment.evidence} onGo={onGo} />
          </li>
        ))}
      </ul>
    </ExpandableSection>
  );
}

function Voice({ voice }: { voice: VoiceMeasured }): ReactNode {
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  const num = (text: string): ReactNode => <span className="num">{text}</span>;
  const pace = (words: number): string => `${Math.round(words)} words/min`;
  return (
    <Panel title="Voices">
      <KeyValuePairs
        columns={2}
        minColumnWidth={120}
        items={[
          { label: "Agent spoke", value: num(percent(voice.agentTalkShare)) },
          { label: "Customer spoke", value: num(percent(voice.customerTalkShare)) },
          { label: "Agent's pace", value: num(pace(voice.agentWordsPerMinute)) },
          { label: "Customer's pace", value: num(pace(voice.customerWordsPerMinute)) },
          { label: "Silence", value: num(spoken(voice.deadAirMs)) },
          { label: "On hold", value: num(spoken(voice.holdMs)) },
          { label: "Agent interrupted", value: num(times(voice.agentInterruptions)) },
          { label: "Customer interrupted", value: num(times(voice.customerInterruptions)) },
        ]}
      />
    </Panel>
  );
}

const times = (count: number): string => (count === 1 ? "once" : count === 0 ? "never" : `${count} times`);
