/** A call's state in words with an icon. Pure. */

import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { CallSummary } from "../generated/rest";

export interface StateWords {
  readonly type: StatusIndicatorProps.Type;
  readonly text: string;
}

const BAD_ENDS: Readonly<Partial<Record<NonNullable<CallSummary["endReason"]>, string>>> = {
  no_audio: "Ended, audio stopped",
  stream_missing: "No audio stream",
  failed: "Failed",
};

export function stateWords(phase: CallSummary["phase"], endReason: CallSummary["endReason"]): StateWords {
  switch (phase) {
    case "offered":
      return { type: "pending", text: "Waiting for audio" };
    case "system":
      return { type: "in-progress", text: "Prompts" };
    case "queued":
      return { type: "in-progress", text: "In the queue" };
    case "connected":
      return { type: "success", text: "Talking" };
    case "held":
      return { type: "pending", text: "On hold" };
    case "ended": {
      const bad = endReason ? BAD_ENDS[endReason] : undefined;
      if (bad) return { type: endReason === "no_audio" ? "warning" : "error", text: bad };
      return { type: "stopped", text: endReason === "transferred" ? "Transferred" : "Ended" };
    }
  }
}

/** What a call is called: its title, else whose number it is, else its contact. */
export function callName(call: Pick<CallSummary, "title" | "customerEndpoint" | "contactId">): string {
  return call.title ?? call.customerEndpoint ?? `Contact ${call.contactId.slice(0, 13)}`;
}

export const SCRIPT_WORDS = "recorded words, not recognition";
