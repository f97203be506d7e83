import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Flashbar from "@cloudscape-design/components/flashbar";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { clock } from "../format/time";
import type { CallSummary, SystemFacts } from "../generated/rest";
import { Moment } from "../shell/Moment";
import { callPath, follow, navigate } from "../shell/router";
import { useNow } from "../shell/useNow";
import { useWide } from "../shell/useWide";
import { EmptyCalls } from "./EmptyCalls";
import { useCalls } from "./useCalls";
import { callName, SCRIPT_WORDS, stateWords } from "./words";

export function CallsPage({ system }: { system: SystemFacts | null }): ReactNode {
  const { calls, problem, mayHaveOlder, readingOlder, readOlder } = useCalls();
  const live = calls?.filter((call) => call.phase !== "ended") ?? [];
  const wide = useWide(760);
  useEffect(() => {
    document.title = live.length > 0 ? `${live.length} live · Cueline` : "Calls · Cueline";
  }, [live.length]);
  useFirstDemo(system, calls);

  return (
    <main className="page">
      <SpaceBetween size="m">
        <DemoHint system={system} live={live} />
        <div onKeyDown={openByEnter}>
          <Table
            variant="container"
            trackBy="callId"
            enableKeyboardNavigation
            items={calls ?? []}
            columnDefinitions={wide ? COLUMNS : NARROW_COLUMNS}
            onRowClick={({ detail }) => navigate(callPath(detail.item.callId))}
            loading={calls === null}
            loadingText={problem ?? "Loading calls"}
            wrapLines={!wide}
            header={
              <Header
                variant="h1"
                counter={calls?.length ? `(${live.length} live, ${calls.length - live.length} past)` : ""}
                description={problem && calls ? `Not up to date: ${problem} Trying again.` : undefined}
              >
                Calls
              </Header>
            }
            empty={<EmptyCalls demo={system?.demo ?? false} />}
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

const count = (value: number): ReactNode => <span className="num">{value}</span>;

function Warnings({ call }: { call: CallSummary }): ReactNode {
  if (call.warnings === 0) return <span className="num">0</span>;
  return <StatusIndicator type="warning">{call.warnings}</StatusIndicator>;
}

type Column = TableProps.ColumnDefinition<CallSummary>;

const COLUMNS: Column[] = [
  { id: "state", header: "State", width: 170, cell: (call) => <State call={call} /> },
  { id: "name", header: "Call", isRowHeader: true, minWidth: 300, cell: (call) => <Name call={call} /> },
  { id: "customer", header: "Customer", cell: (call) => <span className="num">{call.customerEndpoint ?? "–"}</span> },
  { id: "agent", header: "Agent", cell: (call) => call.agentId ?? "–" },
  { id: "started", header: "Started", cell: (call) => <Moment epochMs={call.startedAtMs} /> },
  { id: "duration", header: "Duration", cell: (call) => <Elapsed call={call} /> },
  { id: "turns", header: "Turns", cell: (call) => count(call.utterances) },
  { id: "masks", header: "Hidden", cell: (call) => count(call.masks) },
  { id: "warnings", header: "Warnings", cell: (call) => <Warnings call={call} /> },
];

const NARROW_COLUMNS: Column[] = [
  {
    id: "name",
    header: "Call",
    isRowHeader: true,
    cell: (call) => (
      <div className="stack">
        <Name call={call} />
        <State call={call} />
        {call.warnings > 0 && (
          <StatusIndicator type="warning">
            {call.warnings === 1 ? "1 warning" : `${call.warnings} warnings`}
          </StatusIndicator>
        )}
      </div>
    ),
  },
  {
    id: "time",
    header: "Time",
    width: 110,
    cell: (call) => (
      <div className="stack">
        <Elapsed call={call} />
        <Moment epochMs={call.startedAtMs} />
      </div>
    ),
  },
];
