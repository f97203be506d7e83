import Badge from "@cloudscape-design/components/badge";
import Link from "@cloudscape-design/components/link";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { mood, MOOD_WORDS } from "../floor/spark";
import { labelWords } from "../format/label";
import { clock } from "../format/time";
import type { CallSummary, UtteranceMatch } from "../generated/rest";
import { Moment } from "../shell/Moment";
import { callPath, follow, navigate, utterancePath } from "../shell/router";
import { useNow } from "../shell/useNow";
import { snippet } from "./snippet";
import { callName, SCRIPT_WORDS, stateWords } from "./words";

function Elapsed({ call }: { call: CallSummary }): ReactNode {
  const live = call.phase !== "ended";
  const now = useNow(1000, live);
  const ms = call.durationMs ?? (live ? now - call.startedAtMs : null);
  return <span className="num">{ms === null ? "" : clock(ms)}</span>;
}

function State({ call }: { call: CallSummary }): ReactNode {
  const { type, text } = stateWords(call.phase, call.endReason);
  return (
    <span className="one-line">
      <StatusIndicator type={type} wrapText={false}>
        {text}
      </StatusIndicator>
    </span>
  );
}

function Name({ call }: { call: CallSummary }): ReactNode {
  return (
    <span className="call-name" data-testid="call-row" data-call-id={call.callId} data-phase={call.phase}>
      <Link href={callPath(call.callId)} onFollow={follow}>
        {callName(call)}
      </Link>
      {call.recogniserSource === "script" && (
        <span className="one-line" title={`This call shows ${SCRIPT_WORDS}`}>
          <Badge color="grey">recorded words</Badge>
        </span>
      )}
    </span>
  );
}

/** Where a search found its words: each leads to its utterance. */
function Matches({ matches }: { matches: readonly UtteranceMatch[] }): ReactNode {
  return (
    <ul className="matches small" aria-label="Found in">
      {matches.map((match) => (
        <li key={match.utteranceId}>
          <a
            href={utterancePath(match.callId, match.utteranceId)}
            data-testid="match"
            onClick={(event) => {
              event.stopPropagation();
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              navigate(utterancePath(match.callId, match.utteranceId));
            }}
          >
            <span className="soft num">
              {match.speaker === "agent" ? "Agent" : match.speaker === "customer" ? "Customer" : "System"}{" "}
              {clock(match.startedMs)}
            </span>{" "}
            {snippet(match.text, match.found).map((part, index) =>
              part.found ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}

const count = (value: number): ReactNode => <span className="num">{value}</span>;
const label = (value: string | null): string => (value === null ? "–" : labelWords(value));

function Warnings({ call }: { call: CallSummary }): ReactNode {
  if (call.warnings === 0) return <span className="num">0</span>;
  return <StatusIndicator type="warning">{call.warnings}</StatusIndicator>;
}

function Mood({ call }: { call: CallSummary }): ReactNode {
  if (call.sentiment === null) return "–";
  const now = mood(call.sentiment);
  return <span className={`mood-word ${now}`}>{MOOD_WORDS[now]}</span>;
}

function Labels({ call }: { call: CallSummary }): ReactNode {
  return call.labels.map((one) => (
    <span className="one-line" key={one}>
      <Badge>{labelWords(one)}</Badge>
    </span>
  ));
}

type Column = TableProps.ColumnDefinition<CallSummary>;
export type Matched = ReadonlyMap<string, readonly UtteranceMatch[]>;

/** The table of calls; on a narrow page several facts stand in one column. */
export function columnsOf(width: "wide" | "middle" | "narrow", matches: Matched): Column[] {
  const found = (call: CallSummary): ReactNode => {
    const own = matches.get(call.callId);
    return own && <Matches matches={own} />;
  };
  if (width === "wide") return wideColumns(found);
  return width === "middle" ? middleColumns(found) : [card((call) => <Card call={call} found={found} whole />)];
}

const card = (cell: (call: CallSummary) => ReactNode): Column => ({
  id: "name",
  header: "Call",
  isRowHeader: true,
  cell,
});

interface CardProps {
  readonly call: CallSummary;
  readonly found: (call: CallSummary) => ReactNode;
  /** There is no other column: what they would say stands here. */
  readonly whole?: boolean;
}

/** Several facts of a call below each other, for where there is no room for a column each. */
function Card({ call, found, whole = false }: CardProps): ReactNode {
  return (
    <div className="stack">
      <span className="call-name">
        <Name call={call} />
        <Labels call={call} />
      </span>
      <span className="call-line">
        <State call={call} />
        {call.agentId !== null && <span>{call.agentId}</span>}
        {whole && <Elapsed call={call} />}
        {whole && <Moment epochMs={call.startedAtMs} />}
        {call.warnings > 0 && (
          <StatusIndicator type="warning">
            {call.warnings === 1 ? "1 warning" : `${call.warnings} warnings`}
          </StatusIndicator>
        )}
      </span>
      {whole && (call.reason !== null || call.sentiment !== null) && (
        <span className="call-line">
          {call.reason !== null && <span>{labelWords(call.reason)}</span>}
          {call.disposition !== null && <span>{labelWords(call.disposition)}</span>}
          {call.sentiment !== null && (
            <span>
              Customer <Mood call={call} />
            </span>
          )}
        </span>
      )}
      {found(call)}
    </div>
  );
}

const about: Column = {
  id: "reason",
  header: "Call reason",
  width: 190,
  cell: (call) => (
    <div className="stack">
      <span>{label(call.reason)}</span>
      {call.disposition !== null && <span className="soft">{label(call.disposition)}</span>}
    </div>
  ),
};

const time: Column = {
  id: "time",
  header: "Time",
  width: 110,
  cell: (call) => (
    <div className="stack">
      <Elapsed call={call} />
      <Moment epochMs={call.startedAtMs} />
    </div>
  ),
};

function wideColumns(found: (call: CallSummary) => ReactNode): Column[] {
  return [
    { id: "state", header: "State", width: 120, cell: (call) => <State call={call} /> },
    {
      id: "name",
      header: "Call",
      isRowHeader: true,
      minWidth: 260,
      cell: (call) => (
        <div className="stack">
          <Name call={call} />
          {call.labels.length > 0 && (
            <span className="call-labels">
              <Labels call={call} />
            </span>
          )}
          {found(call)}
        </div>
      ),
    },
    { id: "agent", header: "Agent", width: 140, cell: (call) => call.agentId ?? "–" },
    about,
    { id: "sentiment", header: "Customer", width: 105, cell: (call) => <Mood call={call} /> },
    { id: "cues", header: "Cues", width: 75, cell: (call) => count(call.cues) },
    { id: "masks", header: "Hidden", width: 90, cell: (call) => count(call.masks) },
    { id: "warnings", header: "Warnings", width: 105, cell: (call) => <Warnings call={call} /> },
    time,
  ];
}

function middleColumns(found: (call: CallSummary) => ReactNode): Column[] {
  return [
    card((call) => <Card call={call} found={found} />),
    about,
    { id: "sentiment", header: "Customer", width: 96, cell: (call) => <Mood call={call} /> },
    { id: "cues", header: "Cues", width: 64, cell: (call) => count(call.cues) },
    time,
  ];
}
