import type { ReactNode } from "react";
import { absolute, moment } from "../format/time";
import { useNow } from "./useNow";

/** When something was: the time of day, with the day where it was not today; in full on hover. */
export function Moment({ epochMs }: { epochMs: number }): ReactNode {
  const now = useNow(60_000);
  return (
    <time className="num" dateTime={new Date(epochMs).toISOString()} title={absolute(epochMs)}>
      {moment(epochMs, now)}
    </time>
  );
}
