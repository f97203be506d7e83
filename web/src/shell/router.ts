/** Paths of this app. The server answers any of them with the same page. */

import { useSyncExternalStore } from "react";

export type Route =
  | { readonly page: "calls" }
  | { readonly page: "call"; readonly callId: string }
  | { readonly page: "agent"; readonly callId: string | null }
  | { readonly page: "floor" }
  | { readonly page: "people" }
  | { readonly page: "knowledge" }
  | { readonly page: "rules"; readonly name: string | null }
  | { readonly page: "redaction"; readonly profile: string }
  | { readonly page: "retention"; readonly profile: string }
  | { readonly page: "check" }
  | { readonly page: "unknown" };

export const callPath = (callId: string): string => `/calls/${encodeURIComponent(callId)}`;

/** A call's page, at one of its utterances. */
export const utterancePath = (callId: string, utteranceId: string): string =>
  `${callPath(callId)}?${new URLSearchParams({ at: utteranceId }).toString()}`;

/** The agent's screen: of one call, or of whichever comes next. */
export const agentPath = (callId?: string): string =>
  callId === undefined ? "/agent" : `/agent/${encodeURIComponent(callId)}`;

export const FLOOR_PATH = "/floor";
export const PEOPLE_PATH = "/people";
export const KNOWLEDGE_PATH = "/knowledge";
export const CHECK_PATH = "/settings/check";

/** All rule sets, or one of them. */
export const rulesPath = (name?: string): string =>
  name === undefined ? "/rules" : `/rules/${encodeURIComponent(name)}`;

export const DEFAULT_PROFILE = "default";

export const redactionPath = (profile = DEFAULT_PROFILE): string =>
  profile === DEFAULT_PROFILE ? "/settings/redaction" : `/settings/redaction/${encodeURIComponent(profile)}`;

export const retentionPath = (profile = DEFAULT_PROFILE): string =>
  profile === DEFAULT_PROFILE ? "/settings/retention" : `/settings/retention/${encodeURIComponent(profile)}`;

const PLACES: Readonly<Record<string, Route>> = {
  "": { page: "calls" },
  calls: { page: "calls" },
  agent: { page: "agent", callId: null },
  floor: { page: "floor" },
  people: { page: "people" },
  knowledge: { page: "knowledge" },
  rules: { page: "rules", name: null },
  "settings/redaction": { page: "redaction", profile: DEFAULT_PROFILE },
  "settings/retention": { page: "retention", profile: DEFAULT_PROFILE },
  "settings/check": { page: "check" },
};

const NAMED: Readonly<Record<string, (name: string) => Route>> = {
  calls: (callId) => ({ page: "call", callId }),
  agent: (callId) => ({ page: "agent", callId }),
  rules: (name) => ({ page: "rules", name }),
  "settings/redaction": (profile) => ({ page: "redaction", profile }),
  "settings/retention": (profile) => ({ page: "retention", profile }),
};

export function routeOf(path: string): Route {
  const trimmed = path.replace(/^\/|\/$/g, "");
  const place = Object.hasOwn(PLACES, trimmed) ? PLACES[trimmed] : undefined;
  if (place) return place;
  const cut = trimmed.lastIndexOf("/");
  const kind = trimmed.slice(0, cut);
  const named = cut > 0 && Object.hasOwn(NAMED, kind) ? NAMED[kind] : undefined;
  try {
    return named?.(decodeURIComponent(trimmed.slice(cut + 1))) ?? { page: "unknown" };
  } catch {
    return { page: "unknown" };
  }
}

/** The address without the token that `cueline up` printed, which must not stay in history or be shared. */
export function withoutToken(address: string): string {
  const url = new URL(address);
  url.searchParams.delete("token");
  return url.pathname + url.search + url.hash;
}

const watchers = new Set<() => void>();

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener("popstate", watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("popstate", watcher);
  };
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => window.location.pathname));
}

export function navigate(path: string): void {
  window.history.pushState(null, "", path);
  for (const watcher of watchers) watcher();
}

/** The address's query, without its question mark: what a page keeps there (filters, what is open) can be shared. */
export function useQuery(): string {
  return useSyncExternalStore(subscribe, () => window.location.search.slice(1));
}

/** Writes the query of the page that is open, in place: going back leads to the page before. */
export function replaceQuery(query: string): void {
  window.history.replaceState(null, "", window.location.pathname + (query ? `?${query}` : ""));
  for (const watcher of watchers) watcher();
}

/** For a link's onFollow: stays in the page unless a new tab is asked for. */
export function follow(event: {
  preventDefault: () => void;
  detail: { href?: string | undefined; external?: boolean | undefined };
}): void {
  if (!event.detail.href || event.detail.external) return;
  event.preventDefault();
  navigate(event.detail.href);
}
