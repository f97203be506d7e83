import type { ReactNode } from "react";
import type { Evidence } from "../generated/events";
import { quoted } from "./evidence";
import { reveal } from "./reveal";
import type { Utterance } from "./view";

interface Props {
  readonly utterances: ReadonlyMap<string, Utterance>;
  readonly evidence: Evidence | null | undefined;
  /** Called before the utterance is shown, where it may not be in view. */
  readonly onGo?: (utteranceId: string) => void;
}

/** The words that something stands on; a press leads to them. */
export function Quote({ utterances, evidence, onGo }: Props): ReactNode {
  const words = evidence ? quoted(utterances, evidence) : null;
  if (!evidence || words === null || words === "") return null;
  return (
    <button
      type="button"
      className="quote small"
      title="Show where it was said"
      onClick={() => {
        if (!reveal(evidence.utteranceId)) onGo?.(evidence.utteranceId);
      }}
    >
      “{words}”
    </button>
  );
}
