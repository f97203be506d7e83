/** Paths of this app. The server answers any of them with the same page. */

import { useSyncExternalStore } from "react";

export type Route =
  { readonly page: "calls" } | { readonly page: "call"; readonly callId: string } | { readonly page: "unknown" };

export const callPath = (callId: string): string => `/calls/${encodeURIComponent(callId)}`;

export function routeOf(path: string): Route {
  if (path === "/" || path === "/calls" || path === "/calls/") return { page: "calls" };
  const match = /^\/calls\/([^/]+)\/?$/.exec(path);
  if (!match?.[1]) return { page: "unknown" };
  try {
    return { page: "call", callId: decodeURIComponent(match[1]) };
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
