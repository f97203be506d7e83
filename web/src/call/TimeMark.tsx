import type { ReactNode } from "react";
import { absolute, clock } from "../format/time";

/** m:ss from the call's start; the time of day on hover. */
export function TimeMark({ atMs, originMs }: { atMs: number; originMs: number | null }): ReactNode {
  if (originMs === null) return <span className="time num">{clock(atMs)}</span>;
  return (
    <time className="time num" dateTime={new Date(originMs + atMs).toISOString()} title={absolute(originMs + atMs)}>
      {clock(atMs)}
    </time>
  );
}
