import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { useNow } from "../shell/useNow";
import { replaceQuery, useQuery } from "../shell/router";
import { arranged, EMPTY_BOARD, type Board } from "./board";
import type { Floor } from "./feed";
import { choices, isFiltered, queryOf, viewOf, type FloorView } from "./filters";
import "./floor.css";
import { FloorFilters } from "./FloorFilters";
import { FloorGrid } from "./FloorGrid";
import { FloorSide } from "./FloorSide";
import { useFloor, type FloorState } from "./useFloor";
import { useHold } from "./useHold";
import { floorTruth } from "./words";

/** All live calls, the neediest first; one of them open at the side. */
export function FloorPage(): ReactNode {
  const state = useFloor();
  const { floor, loaded } = state;
  const query = useQuery();
  const view = useMemo(() => viewOf(query), [query]);
  const { hold, handlers } = useHold();
  const [held, setBoard] = useState<Board>(EMPTY_BOARD);
  const board = arranged(held, floor, view, hold);
  if (board !== held) setBoard(board);

  const change = useCallback((next: FloorView) => replaceQuery(queryOf(next)), []);
  const open = useCallback((call: string) => change({ ...view, call }), [change, view]);
  const close = useCallback(() => {
    change({ ...view, call: null });
    if (view.call !== null) focusRow(view.call);
  }, [change, view]);
  const isGone = useCallback((callId: string) => !floor.rows.has(callId), [floor.rows]);
  const { teams, reasons } = useMemo(() => choices(floor.rows.values(), view), [floor.rows, view]);
  const counts = useMemo(() => countsOf(floor), [floor]);
  useEffect(() => {
    document.title = counts.asking > 0 ? `${counts.asking} ask for you · Floor · Cueline` : "Floor · Cueline";
  }, [counts.asking]);

  return (
    <main className={view.call === null ? "floor" : "floor with-side"}>
      <section className="floor-main" aria-label="Floor">
        <header className="floor-header">
          <div className="floor-title">
            <h1>Floor</h1>
            {loaded && <Counts counts={counts} shown={isFiltered(view) ? board.order.length : null} />}
            <span className="floor-waiting small soft" aria-hidden={board.waiting === 0}>
              {board.waiting > 0 && "Order held while you point at a row"}
            </span>
          </div>
          <FloorFilters view={view} teams={teams} reasons={reasons} onChange={change} />
        </header>
        <FloorGrid
          board={board}
          isGone={isGone}
          openCall={view.call}
          handlers={handlers}
          onOpen={open}
          empty={<Empty state={state} view={view} onChange={change} />}
        />
        <FloorStatus state={state} onRetry={state.retryNow} />
      </section>
      {view.call !== null && (
        <FloorSide
          key={view.call}
          callId={view.call}
          row={floor.rows.get(view.call) ?? board.rows.get(view.call) ?? null}
          onClose={close}
        />
      )}
    </main>
  );
}

/** Back to where one came from, once the side is closed. */
function focusRow(callId: string): void {
  document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(callId)}"]`)?.focus({ preventScroll: true });
}

interface Numbers {
  readonly live: number;
  readonly alerts: number;
  readonly hands: number;
  readonly asking: number;
}

function countsOf(floor: Floor): Numbers {
  let alerts = 0;
  let hands = 0;
  let asking = 0;
  for (const row of floor.rows.values()) {
    alerts += row.alertsOpen;
    if (row.handRaisedMs !== null) hands += 1;
    if (row.handRaisedMs !== null || row.alertsOpen > 0) asking += 1;
  }
  return { live: floor.rows.size, alerts, hands, asking };
}

function Counts({ counts, shown }: { counts: Numbers; shown: number | null }): ReactNode {
  const { live, alerts, hands } = counts;
  const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
  return (
    <span className="soft num" data-testid="floor-counts">
      {shown === null
        ? plural(live, "live call", "live calls")
        : `${shown} of ${plural(live, "live call", "live calls")}`}
      {alerts > 0 && ` · ${plural(alerts, "alert", "alerts")}`}
      {hands > 0 && ` · ${plural(hands, "hand", "hands")} raised`}
    </span>
  );
}

function Empty({
  state,
  view,
  onChange,
}: {
  state: FloorState;
  view: FloorView;
  onChange: (view: FloorView) => void;
}): ReactNode {
  if (!state.loaded) {
    const waiting = state.connection.state === "waiting" || state.connection.state === "stopped";
    return waiting ? null : <StatusIndicator type="loading">Reading the floor</StatusIndicator>;
  }
  if (isFiltered(view)) {
    return (
      <>
        <Box variant="h2">No live call is like this</Box>
        <Box color="text-body-secondary" padding={{ bottom: "s" }}>
          It shows here as soon as one is.
        </Box>
        <Button onClick={() => onChange({ ...view, team: null, reason: null, sign: null })}>Show all live calls</Button>
      </>
    );
  }
  return (
    <>
      <Box variant="h2">Nobody is on a call</Box>
      <Box color="text-body-secondary">
        A call shows here as soon as it begins, the ones that need you first. Past calls are under Calls.
      </Box>
    </>
  );
}

function FloorStatus({ state, onRetry }: { state: FloorState; onRetry: () => void }): ReactNode {
  const { connection, floor, loaded } = state;
  const waiting = connection.state === "waiting";
  const now = useNow(500, waiting);
  const { tone, text } = floorTruth(connection, loaded, floor.revision !== null);
  return (
    <footer className="status-line" data-testid="floor-status" data-state={connection.state}>
      <span role="status">
        <StatusIndicator type={tone}>{text}</StatusIndicator>
      </span>
      {waiting && (
        <>
          <span className="num soft" aria-hidden="true">
            reconnecting in {Math.max(1, Math.ceil((connection.untilMs - now) / 1000))} s
          </span>
          <Button variant="inline-link" onClick={onRetry}>
            Try now
          </Button>
        </>
      )}
    </footer>
  );
}
