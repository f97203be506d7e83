import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { Board } from "./board";
import { FloorRowLine } from "./FloorRowLine";
import type { Holding } from "./useHold";
import { revealing, visible } from "./window";

export const ROW_HEIGHT = 54;
/** Of the names above the columns, which stay in view. */
const HEAD_HEIGHT = 32;

interface Props {
  readonly board: Board;
  readonly isGone: (callId: string) => boolean;
  readonly openCall: string | null;
  readonly handlers: Holding["handlers"];
  readonly onOpen: (callId: string) => void;
  readonly empty: ReactNode;
}

const COLUMNS = [
  { name: "Why here", wide: false, className: "why" },
  { name: "Customer", wide: false, className: "mood" },
  { name: "Time", wide: false, className: "elapsed" },
  { name: "Agent", wide: true, className: "agent" },
  { name: "Call reason", wide: true, className: "reason" },
  { name: "Asks for you", wide: false, className: "" },
] as const;

/** All rows, of which only those in view are drawn. One Tab stop; arrow keys go from row to row, Enter opens. */
export function FloorGrid({ board, isGone, openCall, handlers, onOpen, empty }: Props): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [{ scrollTop, height }, setSeen] = useState({ scrollTop: 0, height: 800 });
  const [focus, setFocus] = useState<string | null>(null);
  const moveTo = useRef<string | null>(null);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const measure = (): void =>
      setSeen((before) =>
        before.scrollTop === box.scrollTop && before.height === box.clientHeight
          ? before
          : { scrollTop: box.scrollTop, height: box.clientHeight },
      );
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    box.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", measure);
    };
  }, []);

  useEffect(() => {
    const target = moveTo.current;
    if (target === null) return;
    moveTo.current = null;
    scroller.current
      ?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(target)}"]`)
      ?.focus({ preventScroll: true });
  });

  const keyed = useCallback(
    (event: KeyboardEvent<HTMLElement>): void => {
      const id = (event.target as Element).closest<HTMLElement>("[data-row-id]")?.dataset.rowId;
      if (id === undefined) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        onOpen(id);
        return;
      }
      const at = board.order.indexOf(id);
      const last = board.order.length - 1;
      const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
      const target = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: last }[
        event.key
      ];
      const box = scroller.current;
      if (target === undefined || !box) return;
      event.preventDefault();
      const index = Math.max(0, Math.min(last, target));
      const next = board.order[index];
      if (next === undefined) return;
      box.scrollTop = revealing(index, box.scrollTop, box.clientHeight - HEAD_HEIGHT, ROW_HEIGHT);
      setFocus(next);
      moveTo.current = next;
    },
    [board.order, height, onOpen],
  );

  const { from, to } = visible(scrollTop, height, ROW_HEIGHT, board.order.length);
  const tabStop = focus !== null && board.rows.has(focus) ? focus : (board.order[0] ?? null);
  const drawn = drawnRows(board.order, from, to, focus);
  return (
    <div
      role="grid"
      aria-label="Live calls, the neediest first"
      aria-rowcount={board.order.length + 1}
      className="floor-grid"
      onKeyDown={keyed}
    >
      <div role="rowgroup" className="floor-scroller" ref={scroller} data-testid="floor-scroller" {...handlers}>
        <div role="row" aria-rowindex={1} className="floor-head small soft">
          {COLUMNS.map((column) => (
            <div
              key={column.name}
              role="columnheader"
              className={`cell ${column.className}${column.wide ? " when-wide" : ""}`}
            >
              {column.name}
            </div>
          ))}
        </div>
        <div role="presentation" className="floor-rows" style={{ blockSize: board.order.length * ROW_HEIGHT }}>
          {drawn.map(({ id, index }) => {
            const row = board.rows.get(id);
            return (
              row && (
                <FloorRowLine
                  key={id}
                  row={row}
                  index={index}
                  top={index * ROW_HEIGHT}
                  open={id === openCall}
                  gone={isGone(id)}
                  tabbable={id === tabStop}
                  onOpen={onOpen}
                />
              )
            );
          })}
        </div>
      </div>
      {board.order.length === 0 && <div className="floor-empty">{empty}</div>}
    </div>
  );
}

/** The rows in view; the one with the focus too, or it would lose it. */
function drawnRows(
  order: readonly string[],
  from: number,
  to: number,
  focus: string | null,
): readonly { readonly id: string; readonly index: number }[] {
  const rows = order.slice(from, to).map((id, offset) => ({ id, index: from + offset }));
  const focused = focus === null ? -1 : order.indexOf(focus);
  if (focus !== null && focused !== -1 && focused < from) rows.unshift({ id: focus, index: focused });
  if (focus !== null && focused >= to) rows.push({ id: focus, index: focused });
  return rows;
}
