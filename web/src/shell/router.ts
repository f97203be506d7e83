/** Paths of this app. The server answers any of them with the same page. */

import { useSyncExternalStore } from "react";

export type Route =
  | { readonly page: "calls" }
  | { readonly page: "call"; readonly callId: string }
  | { readonly page: "agent"; readonly callId: string | null }
  | { readonly page: "redaction"; readonly profile: string }
  | { readonly page: "unknown" };

export const callPath = (callId: string): string => `/calls/${encodeURIComponent(callId)}`;

/** The agent's screen: of one call, or of whichever comes next. */
export const agentPath = (callId?: string): string =>
  callId === undefined ? "/agent" : `/agent/${encodeURIComponent(callId)}`;

export const DEFAULT_PROFILE = "default";

export const redactionPath = (profile = DEFAULT_PROFILE): string =>
  profile === DEFAULT_PROFILE ? "/settings/redaction" : `/settings/redaction/${encodeURIComponent(profile)}`;

export function routeOf(path: string): Route {
  if (path === "/" || path === "/calls" || path === "/calls/") return { page: "calls" };
  if (/^\/agent\/?$/.test(path)) return { page: "agent", callId: null };
  if (/^\/settings\/redaction\/?$/.test(path)) return { page: "redaction", profile: DEFAULT_PROFILE };
  const match = /^\/(calls|agent|settings\/redaction)\/([^/]+)\/?$/.exec(path);
  if (!match?.[2]) return { page: "unknown" };
  try {
    const name = decodeURIComponent(match[2]);
    if (match[1] === "agent") return { page: "agent", callId: name };
    return match[1] === "calls" ? { page: "call", callId: name } : { page: "redaction", profile: name };
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

/** For a link's onFollow: stays in the page unless a new tab is asked for. */
export function follow(event: {
  preventDefault: () => void;
  detail: { href?: string | undefined; external?: boolean | undefined };
}): void {
  if (!event.detail.href || event.detail.external) return;
  event.preventDefault();
  navigate(event.detail.href);
}
