/** Saved views: a set of filters under a name. Pure. */

import type { SavedView, ViewFilters } from "../generated/rest";
import { NO_FILTER, queryOf, type CallFilter } from "./filters";

export const NAME_MAX = 60;

export function filtersOf({ q, reason, agent, team, label, verification, state, from, to }: CallFilter): ViewFilters {
  return { q: q === "" ? null : q, reason, agent, team, label, verification, state, fromDay: from, toDay: to };
}

export function filterOfView({
  q,
  reason,
  agent,
  team,
  label,
  verification,
  state,
  fromDay,
  toDay,
}: ViewFilters): CallFilter {
  return { ...NO_FILTER, q: q ?? "", reason, agent, team, label, verification, state, from: fromDay, to: toDay };
}

/** The view that is shown: the one whose filters are these. */
export function shownView(views: readonly SavedView[], filter: CallFilter): SavedView | null {
  const query = queryOf(filter);
  return query === "" ? null : (views.find((view) => queryOf(filterOfView(view.filters)) === query) ?? null);
}

/** The list after a view was saved, by name. */
export function withView(views: readonly SavedView[], saved: SavedView): readonly SavedView[] {
  return [...views.filter((view) => view.name !== saved.name), saved].sort((a, b) => a.name.localeCompare(b.name));
}

/** What is wrong with a name, in words; null where nothing is. */
export function nameFault(name: string): string | null {
  const trimmed = name.trim();
  if (trimmed === "") return "Give the view a name.";
  if (Array.from(trimmed).length > NAME_MAX) return `At most ${NAME_MAX} characters.`;
  // eslint-disable-next-line no-control-regex -- the server refuses them
  return /[/?#\u0000-\u001f\u007f]/.test(trimmed) ? "No “/”, “?” or “#” in a name." : null;
}
