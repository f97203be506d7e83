import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, type ReactNode } from "react";
import { SCRIPT_WORDS } from "../calls/words";
import { absolute, latency, seconds } from "../format/time";
import type { CallSummary } from "../generated/rest";
import { Listeners } from "../player/Listeners";
import { GuidancePanels } from "./GuidancePanels";
import { Histogram } from "./Histogram";
import { NotesPanel } from "./NotesPanel";
import type { Rate } from "./Rating";
import { histogram, summarise, valuesOf, type StageSummary } from "./stages";
import { endWords, type CallView } from "./view";

interface Props {
  readonly summary: CallSummary;
  readonly view: CallView;
  /** Shows an utterance that is not in view. */
  readonly onGo: (utteranceId: string) => void;
  readonly onRate: Rate;
  /** What can be done about the call as a whole. */
  readonly children: ReactNode;
}

/** What was found in the call, its notes, how long its words took, and what is known of it. */
export function SidePanel({ summary, view, onGo, onRate, children }: Props): ReactNode {
  return (
    <aside className="side" aria-label="Call details" tabIndex={0}>
      <SpaceBetween size="s">
        <NotesPanel
          callId={summary.callId}
          profile={summary.profile}
          version={view.guidance.notesVersion}
          ended={view.phase === "ended"}
        />
        <GuidancePanels view={view} originMs={summary.startedAtMs} onGo={onGo} onRate={onRate} />
        {view.phase === "ended" && <Listeners callId={summary.callId} />}
        {children}
        <Delay timings={view.timings} />
        <Details summary={summary} view={view} />
      </SpaceBetween>
    </aside>
  );
}

function Delay({ timings }: { timings: CallView["timings"] }): ReactNode {
  const stages = useMemo(() => summarise(timings), [timings]);
  const bins = useMemo(() => histogram(valuesOf(timings, "delivered")), [timings]);
  const delivered = stages.find((stage) => stage.name === "delivered");
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2">
          Delay
        </Header>
      }
    >
      <div data-testid="delay-panel">
        {delivered?.p50Ms == null ? (
          <p className="soft tight">No delivery measured yet.</p>
        ) : (
          <>
            <p className="headline num">
              <strong>{seconds(delivered.p50Ms)}</strong> <span className="soft">half are faster</span>
            </p>
            <p className="headline num">
              <strong>{delivered.p95Ms === null ? "" : seconds(delivered.p95Ms)}</strong>{" "}
              <span className="soft">95 of 100 are faster</span>
            </p>
            <Histogram bins={bins} p50Ms={delivered.p50Ms} p95Ms={delivered.p95Ms} />
          </>
        )}
        {stages.some((stage) => stage.count > 0) && <StageTable stages={stages} />}
        <p className="soft small tight">From the arrival of the audio that holds an utterance's last word.</p>
      </div>
    </Container>
  );
}

function StageTable({ stages }: { stages: readonly StageSummary[] }): ReactNode {
  return (
    <table className="stages num" data-testid="stage-table">
      <thead>
        <tr>
          <th scope="col">Stage reached</th>
          <th scope="col">p50</th>
          <th scope="col">p95</th>
        </tr>
      </thead>
      <tbody>
        {stages.map((stage) => (
          <tr key={stage.name} title={stage.count === 0 ? "Not measured" : `${stage.count} utterances`}>
            <th scope="row">{stage.label}</th>
            <td>{stage.p50Ms === null ? "" : latency(stage.p50Ms)}</td>
            <td>{stage.p95Ms === null ? "" : latency(stage.p95Ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Details({ summary, view }: { summary: CallSummary; view: CallView }): ReactNode {
  const finals = [...view.utterances.values()].filter((utterance) => utterance.state === "final");
  const masks = finals.reduce((sum, utterance) => sum + utterance.masks.length, 0);
  const source = view.recogniser?.source ?? summary.recogniserSource;
  const label = view.recogniser?.label ?? summary.recogniser;
  const end = view.endReason ?? summary.endReason;
  const num = (value: ReactNode): ReactNode => <span className="num">{value}</span>;
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2">
          This call
        </Header>
      }
    >
      <KeyValuePairs
        columns={2}
        minColumnWidth={120}
        items={[
          { label: "Customer", value: num(summary.customerEndpoint ?? "–") },
          { label: "Agent", value: view.agentId ?? summary.agentId ?? "–" },
          { label: "Started", value: num(absolute(summary.startedAtMs)) },
          { label: "Ended", value: end ? endWords(end) : "Not yet" },
          { label: "Turns", value: num(finals.filter((utterance) => utterance.speaker !== "system").length) },
          { label: "Hidden", value: num(masks) },
          { label: "Recogniser", value: label ? `${label}${source === "script" ? ` (${SCRIPT_WORDS})` : ""}` : "–" },
          { label: "Profile", value: summary.profile },
          { label: "Contact", value: <span className="id">{summary.contactId}</span> },
        ]}
      />
    </Container>
  );
}
