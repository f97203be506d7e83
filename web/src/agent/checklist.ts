/** The checklist's lines as the agent sees them: done, now, later, missed; at most seven. Pure. */

import type { ChecklistItemState, ChecklistState } from "../generated/rest";

export type Standing = "done" | "now" | "later" | "missed";

export interface Line {
  readonly item: ChecklistItemState;
  readonly standing: Standing;
  /** Ticked here; the server has not said so yet. */
  readonly ticking: boolean;
}

export interface Lines {
  readonly lines: readonly Line[];
  /** Done lines above the first one shown. */
  readonly hiddenDone: number;
  /** Lines below the last one shown. */
  readonly hiddenLater: number;
  readonly done: number;
  readonly of: number;
}

export const MAX_LINES = 7;
/** An item whose time is this near is to be done now, though others come before it. */
export const SOON_MS = 20_000;

const NOTHING: Lines = { lines: [], hiddenDone: 0, hiddenLater: 0, done: 0, of: 0 };

/** `ticking`: ids of items that were ticked by hand and not confirmed yet. `live`: while it goes on something is now. */
export function linesOf(
  list: ChecklistState | null,
  mediaMs: number,
  live: boolean,
  ticking: ReadonlySet<string>,
): Lines {
  if (!list) return NOTHING;
  const firstOpen = list.items.find((item) => item.state === "open" && !ticking.has(item.itemId))?.itemId;
  const all = list.items.map((item): Line => {
    const pending = item.state !== "done" && ticking.has(item.itemId);
    if (item.state === "done" || pending) return { item, standing: "done", ticking: pending };
    if (item.state === "missed") return { item, standing: "missed", ticking: false };
    const soon = item.dueMs !== null && item.dueMs - mediaMs <= SOON_MS;
    return { item, standing: live && (item.itemId === firstOpen || soon) ? "now" : "later", ticking: false };
  });
  return { ...cut(all), done: all.filter((line) => line.standing === "done").length, of: all.length };
}

/** Seven lines: what is done gives way first, the oldest of it before the rest; then what comes last. */
function cut(all: readonly Line[]): Pick<Lines, "lines" | "hiddenDone" | "hiddenLater"> {
  const over = all.length - MAX_LINES;
  if (over <= 0) return { lines: all, hiddenDone: 0, hiddenLater: 0 };
  const dropped = new Set(
    all
      .filter((line) => line.standing === "done")
      .slice(0, over)
      .map((line) => line.item.itemId),
  );
  const kept = all.filter((line) => !dropped.has(line.item.itemId));
  return {
    lines: kept.slice(0, MAX_LINES),
    hiddenDone: dropped.size,
    hiddenLater: Math.max(0, kept.length - MAX_LINES),
  };
}

/** The line to do now, for where there is room for one only: the most urgent open one. */
export function nowLine({ lines }: Lines): Line | null {
  const due = (line: Line): number => line.item.dueMs ?? Infinity;
  const open = lines.filter((line) => line.standing === "now");
  return open.reduce<Line | null>((best, line) => (best && due(best) <= due(line) ? best : line), null);
}
