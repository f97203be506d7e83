import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Flashbar from "@cloudscape-design/components/flashbar";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { CallSummary, SystemFacts } from "../generated/rest";
import { callPath, navigate, replaceQuery, useQuery } from "../shell/router";
import { useWide } from "../shell/useWide";
import { CallFilters } from "./CallFilters";
import "./calls.css";
import { EmptyCalls } from "./EmptyCalls";
import { columnsOf, type Matched } from "./columns";
import { filterOf, isFiltered, NO_FILTER, queryOf, type CallFilter } from "./filters";
import { ShareCalls } from "./ShareCalls";
import { useCalls } from "./useCalls";
import { useSearch } from "./useSearch";
import { ViewsMenu } from "./ViewsMenu";

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
  const columns = useColumns(found.matches);
  useEffect(() => {
    document.title = allLive.length > 0 ? `${allLive.length} live · Cueline` : "Calls · Cueline";
  }, [allLive.length]);
  useFirstDemo(system, all.calls);
  const [exportProblem, setExportProblem] = useState<string | null>(null);
  const show = (next: CallFilter): void => replaceQuery(queryOf(next));

  return (
    <main className="page">
      <SpaceBetween size="m">
        <DemoHint system={system} live={allLive} />
        {exportProblem !== null && <NoFile problem={exportProblem} onClose={() => setExportProblem(null)} />}
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
                onChange={show}
              />
            }
            header={
              <Header
                variant="h1"
                counter={calls?.length ? `(${live.length} live, ${calls.length - live.length} past)` : ""}
                actions={
                  <div className="calls-actions">
                    <ViewsMenu filter={filter} onChoose={show} />
                    <ShareCalls filter={filter} onProblem={setExportProblem} />
                  </div>
                }
                description={problem && calls ? `Not up to date: ${problem} Trying again.` : undefined}
              >
                Calls
              </Header>
            }
            empty={
              filtered ? (
                <NothingFound words={filter.q} onClear={() => show(NO_FILTER)} />
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

function useColumns(matches: Matched): ReturnType<typeof columnsOf> {
  const wide = useWide(1180);
  const narrow = !useWide(640);
  return useMemo(() => columnsOf(wide ? "wide" : narrow ? "narrow" : "middle", matches), [wide, narrow, matches]);
}

function NoFile({ problem, onClose }: { problem: string; onClose: () => void }): ReactNode {
  return (
    <Flashbar
      items={[
        {
          id: "export",
          type: "error",
          header: "No file was written",
          content: problem,
          dismissible: true,
          dismissLabel: "Close",
          onDismiss: onClose,
        },
      ]}
    />
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
