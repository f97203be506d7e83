// Written by scripts/generate_web_types.py from src/cueline/delivery/rest.py. Do not edit: run that script again.

/**
 * A call as the contact flow's Lambda reports it; times are epoch milliseconds.
 *
 * ``startFragmentNumber`` and ``startTimestampMs`` are those of ``MediaStreams.Customer.Audio`` in the flow's event.
 */
export interface StartCall {
  readonly contactId: string;
  readonly streamArn: string;
  readonly startTimestampMs: number;
  readonly startFragmentNumber: string | null;
  readonly customerEndpoint: string | null;
  readonly systemEndpoint: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly profile: string;
}

/** The agent of a CONNECTED_TO_AGENT event. */
export interface AgentRef {
  readonly arn: string | null;
  readonly username: string | null;
}

/** A contact event. ``atMs`` is epoch milliseconds, or media time of the call when it is below 10^11. */
export interface ContactEvent {
  readonly type: "CONNECTED_TO_AGENT" | "DISCONNECTED" | "HOLD" | "QUEUED" | "RESUME" | "TRANSFERRED";
  readonly atMs: number;
  readonly agent: AgentRef | null;
  readonly nextContactId: string | null;
}

/** A call for lists and headers; the customer's number is shown by its last two digits only. */
export interface CallSummary {
  readonly callId: string;
  readonly contactId: string;
  readonly phase: "connected" | "ended" | "held" | "offered" | "queued" | "system";
  readonly sequence: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly durationMs: number | null;
  readonly agentId: string | null;
  readonly customerEndpoint: string | null;
  readonly profile: string;
  readonly title: string | null;
  readonly recogniser: string | null;
  readonly recogniserSource: "recognised" | "script" | null;
  readonly endReason:
    "disconnected" | "failed" | "next_contact" | "no_audio" | "stream_missing" | "transferred" | null;
  readonly utterances: number;
  readonly warnings: number;
  readonly masks: number;
}

/** Calls, newest first. */
export interface CallList {
  readonly calls: ReadonlyArray<CallSummary>;
}

/** Measured stages of one utterance: milliseconds since its last fragment arrived. Not measured: not there. */
export interface UtteranceTimings {
  readonly utteranceId: string;
  readonly stages: Readonly<Record<string, number>>;
}

/** Measured stages of a call's utterances. */
export interface TimingList {
  readonly timings: ReadonlyArray<UtteranceTimings>;
}

/** Which call a WebSocket is wanted for: its call id or contact id. */
export interface LiveTokenRequest {
  readonly callId: string;
}

/** A token for ``/v1/live?token=``, good for one call and for opening a socket within ``expiresInS``. */
export interface LiveToken {
  readonly token: string;
  readonly expiresInS: number;
}

/** What listens to the calls. */
export interface RecogniserFacts {
  readonly name: string;
  readonly label: string;
  readonly source: "recognised" | "script";
}

/** What the page needs to know of the installation. */
export interface SystemFacts {
  readonly version: string;
  readonly demo: boolean;
  readonly recogniser: RecogniserFacts | null;
}

/** RFC 9457 problem document. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}
