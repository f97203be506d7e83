import StatusIndicator from "@cloudscape-design/components/status-indicator";
import ToggleButton from "@cloudscape-design/components/toggle-button";
import { useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import type { CueState } from "../generated/rest";

export type Rate = (cueId: string, rating: NonNullable<CueState["rating"]>) => Promise<void>;

/** Whether a cue was of help; rules are judged by it. The last word counts. */
export function Rating({ cue, onRate }: { readonly cue: CueState; readonly onRate: Rate }): ReactNode {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const rate = (rating: NonNullable<CueState["rating"]>): void => {
    setBusy(true);
    onRate(cue.cueId, rating)
      .then(
        () => setProblem(null),
        (error: unknown) => setProblem(problemWords(error)),
      )
      .finally(() => setBusy(false));
  };
  const button = (rating: NonNullable<CueState["rating"]>, words: string): ReactNode => (
    <ToggleButton
      variant="icon"
      iconName={rating === "helpful" ? "thumbs-up" : "thumbs-down"}
      pressedIconName={rating === "helpful" ? "thumbs-up-filled" : "thumbs-down-filled"}
      ariaLabel={`${words}: ${cue.text}`}
      pressed={cue.rating === rating}
      disabled={busy}
      onChange={() => rate(rating)}
    />
  );
  return (
    <span className="rating" role="group" aria-label="Was it of help?" data-testid="rating" data-rating={cue.rating}>
      {button("helpful", "It helped")}
      {button("unhelpful", "It did not help")}
      {problem !== null && <StatusIndicator type="warning">Not saved. {problem}</StatusIndicator>}
    </span>
  );
}
