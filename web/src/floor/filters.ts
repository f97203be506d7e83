/** What is shown of the floor, and which call is open: kept in the address, so that it can be shared. Pure. */

import type { FloorRow } from "../generated/rest";

export interface FloorView {
  readonly team: string | null;
  readonly reason: string | null;
  readonly sign: Sign | null;
  /** The call that is open at the side. */
  readonly call: string | null;
}

/** What a call may call for attention by. */
export type Sign = "alert" | "hand";

const SIGNS: ReadonlySet<string> = new Set<Sign>(["alert", "hand"]);

/** The reason of a call that has none yet. */
export const NO_REASON = "none";

export function viewOf(query: string): FloorView {
  const fields = new URLSearchParams(query);
  const text = (name: string): string | null => fields.get(name)?.trim() || null;
  const sign = text("sign");
  return {
    team: text("team"),
    reason: text("reason"),
    sign: sign !== null && SIGNS.has(sign) ? (sign as Sign) : null,
    call: text("call"),
  };
}

export function queryOf(view: FloorView): string {
  const fields = new URLSearchParams();
  for (const name of ["team", "reason", "sign", "call"] as const) {
    const value = view[name];
    if (value !== null) fields.set(name, value);
  }
  return fields.toString();
}

export function isFiltered(view: FloorView): boolean {
  return view.team !== null || view.reason !== null || view.sign !== null;
}

export function shows(view: FloorView, row: FloorRow): boolean {
  if (view.team !== null && row.team !== view.team) return false;
  if (view.reason !== null && (row.reason ?? NO_REASON) !== view.reason) return false;
  if (view.sign === "alert") return row.alertsOpen > 0;
  return view.sign !== "hand" || row.handRaisedMs !== null;
}

/** What there is to choose from, in order; what is chosen is among it even while no call has it. */
export function choices(
  rows: Iterable<FloorRow>,
  view: FloorView,
): { readonly teams: readonly string[]; readonly reasons: readonly string[] } {
  const teams = new Set<string>(view.team === null ? [] : [view.team]);
  const reasons = new Set<string>(view.reason === null ? [] : [view.reason]);
  for (const row of rows) {
    if (row.team !== null) teams.add(row.team);
    reasons.add(row.reason ?? NO_REASON);
  }
  return { teams: [...teams].sort(), reasons: [...reasons].sort() };
}
