import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import type { ApiError } from "../api/client";
import type { CallView } from "./view";

interface Props {
  readonly phase: CallView["phase"];
  readonly loaded: boolean;
  readonly problem: ApiError | null;
}

/** What a transcript without words says instead. */
export function Quiet({ phase, loaded, problem }: Props): ReactNode {
  const words = (): ReactNode => {
    if (problem)
      return <StatusIndicator type="warning">{problem.detail || problem.title} Trying again.</StatusIndicator>;
    if (!loaded) return <StatusIndicator type="loading">Loading the transcript</StatusIndicator>;
    if (phase === "ended") return <span>Nothing was said in this call.</span>;
    return <StatusIndicator type="pending">Nobody has spoken yet</StatusIndicator>;
  };
  return <div className="quiet">{words()}</div>;
}
