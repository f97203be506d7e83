/** The list of calls, kept fresh by asking again; rows keep their identity so that nothing flickers. */

import type { Api } from "../api/client";
import type { CallSummary } from "../generated/rest";

export const POLL_MS = 2000;
export const PAGE = 50;

/**
 * The next list from freshly read ones: live first, then past, each newest first. A call that did not change keeps
 * its object; a list that did not change is returned as it was. `older` are past calls read on demand.
 */
export function merge(
  before: readonly CallSummary[],
  live: readonly CallSummary[],
  past: readonly CallSummary[],
  older: readonly CallSummary[] = [],
): readonly CallSummary[] {
  const known = new Map(before.map((call) => [call.callId, call]));
  const seen = new Set<string>();
  const next: CallSummary[] = [];
  const newestFirst = (a: CallSummary, b: CallSummary): number =>
    b.startedAtMs - a.startedAtMs || a.callId.localeCompare(b.callId);
  for (const group of [live, [...past, ...older]]) {
    for (const call of [...group].sort(newestFirst)) {
      if (seen.has(call.callId)) continue;
      seen.add(call.callId);
      const old = known.get(call.callId);
      next.push(old && same(old, call) ? old : call);
    }
  }
  const unchanged = next.length === before.length && next.every((call, index) => call === before[index]);
  return unchanged ? before : next;
}

function same(a: CallSummary, b: CallSummary): boolean {
  const equal = (one: unknown, other: unknown): boolean =>
    one === other || (Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other));
  return (Object.keys(b) as (keyof CallSummary)[]).every((key) => equal(a[key], b[key]));
}

/** Both halves of the list, as the server has them now. A call that ends between the two answers stands in one. */
export async function readCalls(api: Api): Promise<{ live: readonly CallSummary[]; past: readonly CallSummary[] }> {
  const [live, past] = await Promise.all([
    api.calls({ live: true, limit: PAGE }),
    api.calls({ live: false, limit: PAGE }),
  ]);
  return { live, past };
}
