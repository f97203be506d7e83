/** Saved views of the history, and its export, under `/v1`. */

import type { SavedView, SavedViews, ViewFilters } from "../generated/rest";
import type { Ask, Send } from "./client";
import { searchFields, type CallSearch } from "./guidance";

export type ExportFormat = "csv" | "jsonl";

export interface HistoryApi {
  /** By name. */
  readonly views: () => Promise<readonly SavedView[]>;
  /** Saves a view, over the one of that name. */
  readonly putView: (name: string, filters: ViewFilters) => Promise<SavedView>;
  readonly removeView: (name: string) => Promise<void>;
  /** The calls that a search finds, as a file; the newest 10,000 at most. */
  readonly exportCalls: (search: CallSearch, format: ExportFormat) => Promise<Blob>;
}

/** Who looks, until there are accounts. */
const BY = "by=supervisor";

/** Ten thousand calls are read and sent in well under this time. */
const EXPORT_TIMEOUT_MS = 120_000;

export function historyApi(ask: Ask, send: Send): HistoryApi {
  const path = (name: string): string => `/v1/views/${encodeURIComponent(name)}?${BY}`;
  return {
    views: async () => (await ask<SavedViews>(`/v1/views?${BY}`)).views,
    putView: (name, filters) => ask(path(name), { method: "PUT", body: JSON.stringify(filters) }),
    removeView: (name) => ask(path(name), { method: "DELETE" }),
    exportCalls: async (search, format) => {
      const to = `/v1/exports/calls.${format}?${BY}&${searchFields(search).toString()}`;
      return (await send(to, { signal: AbortSignal.timeout(EXPORT_TIMEOUT_MS) })).blob();
    },
  };
}
