/** Times as people read them. Everything here is pure; milliseconds in, words out. */

/** `m:ss`, or `h:mm:ss` from an hour on. Negative times count as zero. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const seconds = String(total % 60).padStart(2, "0");
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return `${minutes}:${seconds}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${seconds}`;
}

/** A clock reading that a screen reader can say: "2 minutes 5 seconds". */
export function spoken(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(total / 60);
  const seconds = total % 60;
  const plural = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? "" : "s"}`;
  if (minutes === 0) return plural(seconds, "second");
  return seconds === 0 ? plural(minutes, "minute") : `${plural(minutes, "minute")} ${plural(seconds, "second")}`;
}

/** A latency: `<1 ms`, `8 ms`, `310 ms`, from a second on `1.24 s`. */
export function latency(ms: number): string {
  if (ms > 0 && ms < 0.5) return "<1 ms";
  return Math.abs(ms) < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** A latency always in seconds: `0.31 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** When a call began, for a list: the time today, else day and time. `nowMs` and `epochMs` are epoch milliseconds. */
export function moment(epochMs: number, nowMs: number, locale?: string): string {
  const date = new Date(epochMs);
  const time = date.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  const now = new Date(nowMs);
  if (date.toDateString() === now.toDateString()) return time;
  const sameYear = date.getFullYear() === now.getFullYear();
  const day = date.toLocaleDateString(locale, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  });
  return `${day}, ${time}`;
}

/** Date and time in full, to the second, for hovering over. */
export function absolute(epochMs: number, locale?: string): string {
  return new Date(epochMs).toLocaleString(locale, { dateStyle: "medium", timeStyle: "medium" });
}
