/** A moment of a call in its page's address: `?t=83.4`, in seconds. Pure. */

import { callPath } from "../shell/router";

/** The call's page, to be opened at a moment. */
export const momentPath = (callId: string, atMs: number): string =>
  atMs <= 0 ? callPath(callId) : `${callPath(callId)}?t=${(atMs / 1000).toFixed(1).replace(/\.0$/, "")}`;

const LATEST_S = 7 * 24 * 3600;

/** The moment that an address's query names, in milliseconds; null where it names none. */
export function momentOf(query: string): number | null {
  const text = new URLSearchParams(query).get("t");
  const seconds = text === null || !/^\d{1,7}(\.\d{1,3})?$/.test(text) ? NaN : Number(text);
  return seconds <= LATEST_S ? Math.round(seconds * 1000) : null;
}
