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

/** Reasons that calls are known by. */
export const CALL_REASONS = (
  "replace_card lost_card schedule_appointment branch_hours reset_password transfer_money order_checks pay_bill " +
  "check_balance dispute_charge open_account close_account loan_enquiry billing_question technical_problem " +
  "change_plan roaming new_contract cancel_contract upgrade_device outage order_status return_item refund " +
  "product_question delivery_problem complaint other"
).split(" ");
