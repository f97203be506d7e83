import Icon from "@cloudscape-design/components/icon";
import type { ReactNode } from "react";
import type { FloorRow } from "../generated/rest";
import { useNow } from "../shell/useNow";
import { sinceWords } from "./words";

/** A raised hand, drawn as Cloudscape draws its icons. */
export function HandIcon(): ReactNode {
  return (
    <svg className="hand-icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M4.5 9V3.8a1 1 0 0 1 2 0V7m0-.5V2.5a1 1 0 0 1 2 0V7m0-3.7a1 1 0 0 1 2 0V8m0-2.7a1 1 0 0 1 2 0V10a5 5 0 0 1-5 5c-2 0-3-1-3.9-2.5L2 9.7a1 1 0 0 1 1.7-1L4.5 10" />
    </svg>
  );
}

/** What asks for somebody: a raised hand, and alerts that nobody has acknowledged. */
export function Signs({ row }: { row: FloorRow }): ReactNode {
  return (
    <span className="signs">
      {row.handRaisedMs !== null && <Hand row={row} raisedMs={row.handRaisedMs} />}
      {row.alertsOpen > 0 && (
        <span className="sign alert num" title={row.alerts.map((alert) => alert.text).join("\n")}>
          <Icon name="status-negative" size="small" />
          {row.alertsOpen === 1 ? "1 alert" : `${row.alertsOpen} alerts`}
        </span>
      )}
    </span>
  );
}

function Hand({ row, raisedMs }: { row: FloorRow; raisedMs: number }): ReactNode {
  const now = useNow(1000);
  return (
    <span className="sign hand num" title="The agent asks for help">
      <HandIcon />
      Hand {sinceWords(raisedMs, now, row)}
    </span>
  );
}
