import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Flashbar from "@cloudscape-design/components/flashbar";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { mood, MOOD_WORDS } from "../floor/spark";
import { labelWords } from "../format/label";
import { clock } from "../format/time";
import type { CallSummary, SystemFacts, UtteranceMatch } from "../generated/rest";
import { Moment } from "../shell/Moment";
import { callPath, follow, navigate, replaceQuery, useQuery, utterancePath } from "../shell/router";
import { useNow } from "../shell/useNow";
import { useWide } from "../shell/useWide";
import { CallFilters } from "./CallFilters";
import "./calls.css";
import { EmptyCalls } from "./EmptyCalls";
import { filterOf, isFiltered, NO_FILTER, queryOf } from "./filters";
import { snippet } from "./snippet";
import { useCalls } from "./useCalls";
import { useSearch } from "./useSearch";
import { callName, SCRIPT_WORDS, stateWords } from "./words";

/** All calls, live and past; with a filter, those that it finds, with the words in their utterances. */
export function CallsPage({ system }: { system: SystemFacts | null }): ReactNode {
  const query = useQuery();
  const filter = useMemo(() => filterOf(query), [query]);
  const filtered = isFiltered(filter);
  const all = useCalls();
  const found = useSearch(filtered ? queryOf(filter) : null);
  const { calls, problem, mayHaveOlder, readingOlder, readOlder } = filtered ? found : all;
  const live = calls?.filter((call) => call.phase !== "ended") ?? [];
  const allLive = all.calls?.filter((call) => call.phase !== "ended") ?? [];
  const wide = useWide(1180);
  const columns = useMemo(() => columnsOf(wide, found.matches), [wide, found.matches]);
  useEffect(() => {
    document.title = allLive.length > 0 ? `${allLive.length} live · Cueline` : "Calls · Cueline";
  }, [allLive.length]);
  useFirstDemo(system, all.calls);

  return (
    <main className="page">
      <SpaceBetween size="m">
        <DemoHint system={system} live={allLive} />
        <div onKeyDown={openByEnter} className="calls-table">
          <Table
            variant="container"
            trackBy="callId"
            enableKeyboardNavigation
            items={calls ?? []}
            columnDefinitions={columns}
            onRowClick={({ detail }) => navigate(callPath(detail.item.callId))}
            loading={calls === null}
            loadingText={problem ?? (filtered ? "Searching" : "Loading calls")}
            wrapLines
            cellVerticalAlign={filter.q === "" ? "middle" : "top"}
            filter={
              <CallFilters
                filter={filter}
                calls={calls ?? all.calls ?? []}
                count={filtered && calls && !mayHaveOlder ? calls.length : null}
                onChange={(next) => replaceQuery(queryOf(next))}
              />
            }
            header={
              <Header
                variant="h1"
                counter={calls?.length ? `(${live.length} live, ${calls.length - live.length} past)` : ""}
                description={problem && calls ? `Not up to date: ${problem} Trying again.` : undefined}
              >
                Calls
              </Header>
            }
            empty={
              filtered ? (
                <NothingFound words={filter.q} onClear={() => replaceQuery(queryOf(NO_FILTER))} />
              ) : (
                <EmptyCalls demo={system?.demo ?? false} />
              )
            }
            ariaLabels={{ tableLabel: "Calls", itemSelectionLabel: () => "", selectionGroupLabel: "" }}
            footer={
              mayHaveOlder ? (
                <Box textAlign="center">
                  <Button variant="link" onClick={readOlder} loading={readingOlder} loadingText="Loading older calls">
                    Show older calls
                  </Button>
                </Box>
              ) : undefined
            }
          />
        </div>
      </SpaceBetween>
    </main>
  );
}

function NothingFound({ words, onClear }: { words: string; onClear: () => void }): ReactNode {
  return (
    <div className="empty" data-testid="nothing-found">
      <Box variant="h2" padding={{ bottom: "xxs" }}>
        {words === "" ? "No call is like this" : `“${words}” was said in no such call`}
      </Box>
      <Box color="text-body-secondary" padding={{ bottom: "s" }}>
        Take a filter away, or search for fewer words. What is hidden in transcripts cannot be searched.
      </Box>
      <Button onClick={onClear}>Show all calls</Button>
    </div>
  );
}

/** Enter anywhere in a row opens its call; on the row's own link the link does it. */
function openByEnter(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Enter" || !(event.target instanceof HTMLElement) || event.target.closest("a, button")) return;
  const row = event.target.closest("tr")?.querySelector<HTMLElement>("[data-call-id]");
  if (row?.dataset.callId) navigate(callPath(row.dataset.callId));
}

/** On a first run the demo call opens by itself, once. */
function useFirstDemo(system: SystemFacts | null, calls: readonly CallSummary[] | null): void {
  const emptyAtLoad = useRef<boolean | null>(null);
  useEffect(() => {
    if (!system || !calls) return;
    emptyAtLoad.current ??= calls.length === 0;
    const first = calls[0];
    if (system.demo && emptyAtLoad.current && first) {
      emptyAtLoad.current = false;
      navigate(callPath(first.callId));
    }
  }, [system, calls]);
}

function DemoHint({ system, live }: { system: SystemFacts | null; live: readonly CallSummary[] }): ReactNode {
  const [dismissed, setDismissed] = useState<string | null>(null);
  const first = live.at(-1);
  if (!system?.demo || !first || dismissed === first.callId) return null;
  return (
    <Flashbar
      items={[
        {
          id: first.callId,
          type: "info",
          content: live.length === 1 ? "A demo call is playing." : `${live.length} demo calls are playing.`,
          action: (
            <Button onClick={() => navigate(callPath(first.callId))}>
              {live.length === 1 ? "Open it" : "Open the first"}
            </Button>
          ),
          dismissible: true,
          dismissLabel: "Hide this message",
          onDismiss: () => setDismissed(first.callId),
        },
      ]}
    />
  );
}

function Elapsed({ call }: { call: CallSummary }): ReactNode {
  const live = call.phase !== "ended";
  const now = useNow(1000, live);
  const ms = call.durationMs ?? (live ? now - call.startedAtMs : null);
  return <span className="num">{ms === null ? "" : clock(ms)}</span>;
}

function State({ call }: { call: CallSummary }): ReactNode {
  const { type, text } = stateWords(call.phase, call.endReason);
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}

function Name({ call }: { call: CallSummary }): ReactNode {
  return (
    <span className="call-name" data-testid="call-row" data-call-id={call.callId} data-phase={call.phase}>
      <Link href={callPath(call.callId)} onFollow={follow}>
        {callName(call)}
      </Link>
      {call.recogniserSource === "script" && (
        <span title={`This call shows ${SCRIPT_WORDS}`}>
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
  return call.labels.map((one) => <Badge key={one}>{labelWords(one)}</Badge>);
}

type Column = TableProps.ColumnDefinition<CallSummary>;
type Matched = ReadonlyMap<string, readonly UtteranceMatch[]>;

function columnsOf(wide: boolean, matches: Matched): Column[] {
  const found = (call: CallSummary): ReactNode => {
    const own = matches.get(call.callId);
    return own && <Matches matches={own} />;
  };
  return wide ? wideColumns(found) : narrowColumns(found);
}

function wideColumns(found: (call: CallSummary) => ReactNode): Column[] {
  return [
    { id: "state", header: "State", width: 140, cell: (call) => <State call={call} /> },
    {
      id: "name",
      header: "Call",
      isRowHeader: true,
      minWidth: 260,
      cell: (call) => (
        <>
          <span className="call-name">
            <Name call={call} />
            <Labels call={call} />
          </span>
          {found(call)}
        </>
      ),
    },
    { id: "agent", header: "Agent", cell: (call) => call.agentId ?? "–" },
    { id: "reason", header: "Call reason", cell: (call) => label(call.reason) },
    { id: "disposition", header: "Outcome", cell: (call) => label(call.disposition) },
    { id: "sentiment", header: "Customer", width: 100, cell: (call) => <Mood call={call} /> },
    { id: "cues", header: "Cues", width: 70, cell: (call) => count(call.cues) },
    { id: "started", header: "Started", width: 110, cell: (call) => <Moment epochMs={call.startedAtMs} /> },
    { id: "duration", header: "Duration", width: 90, cell: (call) => <Elapsed call={call} /> },
    { id: "masks", header: "Hidden", width: 80, cell: (call) => count(call.masks) },
    { id: "warnings", header: "Warnings", width: 95, cell: (call) => <Warnings call={call} /> },
  ];
}

function narrowColumns(found: (call: CallSummary) => ReactNode): Column[] {
  return [
    {
      id: "name",
      header: "Call",
      isRowHeader: true,
      cell: (call) => (
        <div className="stack">
          <span className="call-name">
            <Name call={call} />
            <Labels call={call} />
          </span>
          <span className="call-line">
            <State call={call} />
            {call.agentId !== null && <span>{call.agentId}</span>}
            {call.warnings > 0 && (
              <StatusIndicator type="warning">
                {call.warnings === 1 ? "1 warning" : `${call.warnings} warnings`}
              </StatusIndicator>
            )}
          </span>
          {found(call)}
        </div>
      ),
    },
    {
      id: "reason",
      header: "Call reason",
      width: 190,
      cell: (call) => (
        <div className="stack">
          <span>{label(call.reason)}</span>
          {call.disposition !== null && <span className="soft">{label(call.disposition)}</span>}
        </div>
      ),
    },
    { id: "sentiment", header: "Customer", width: 96, cell: (call) => <Mood call={call} /> },
    { id: "cues", header: "Cues", width: 64, cell: (call) => count(call.cues) },
    {
      id: "time",
      header: "Time",
      width: 100,
      cell: (call) => (
        <div className="stack">
          <Elapsed call={call} />
          <Moment epochMs={call.startedAtMs} />
        </div>
      ),
    },
  ];
}
