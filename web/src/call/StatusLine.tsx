import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import type { ConnectionStatus } from "../live/connection";
import { useNow } from "../shell/useNow";
import { truthOf } from "./truth";
import type { CallView } from "./view";

interface Props {
  readonly view: CallView;
  readonly connection: ConnectionStatus;
  readonly onRetry: () => void;
}

/** The line of truth: how the connection and the call stand, and what is wrong. */
export function StatusLine({ view, connection, onRetry }: Props): ReactNode {
  const waiting = connection.state === "waiting";
  const now = useNow(500, waiting);
  const { tone, text, countdown, wrong } = truthOf(view, connection, now);
  return (
    <footer className="status-line" data-testid="status-line" data-state={connection.state}>
      <span role="status" className="num">
        <StatusIndicator type={tone}>{text}</StatusIndicator>
      </span>
      {countdown && (
        <span className="num soft" aria-hidden="true">
          {countdown}
        </span>
      )}
      {waiting && (
        <Button variant="inline-link" onClick={onRetry}>
          Try now
        </Button>
      )}
      {wrong && (
        <span className="wrong" data-testid="status-warning">
          <StatusIndicator type="warning">{wrong}</StatusIndicator>
        </span>
      )}
    </footer>
  );
}
