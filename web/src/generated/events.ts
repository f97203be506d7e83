// Written by scripts/generate_web_types.py from src/cueline/events/catalogue.py. Do not edit: run that script again.

/** The call was offered and accepted; always sequence 1. */
export interface CallStarted extends EventHead {
  readonly kind: "CallStarted";
  readonly contactId: string;
  readonly profile: string;
}

/** The contact entered a queue. */
export interface CallQueued extends EventHead {
  readonly kind: "CallQueued";
}

/** A recogniser session began; ``source`` is ``script`` where recorded words stand in for recognition. */
export interface RecogniserStarted extends EventHead {
  readonly kind: "RecogniserStarted";
  readonly recogniser: string;
  readonly label: string;
  readonly source: "recognised" | "script";
  readonly epoch: number;
}

/** From ``atMs`` on, the agent's channel carries the agent. */
export interface AgentConnected extends EventHead {
  readonly kind: "AgentConnected";
  readonly agentId: string;
}

/** The customer was put on hold: the agent's channel carries music. */
export interface HoldStarted extends EventHead {
  readonly kind: "HoldStarted";
}

/** The customer was taken off hold. */
export interface HoldEnded extends EventHead {
  readonly kind: "HoldEnded";
}

/** The contact goes on under another contact id. */
export interface CallTransferred extends EventHead {
  readonly kind: "CallTransferred";
  readonly nextContactId: string | null;
}

/** A final stands in PostgreSQL; the text is rendered when the event is read, so it is the newest version. */
export interface UtteranceCommitted extends EventHead {
  readonly kind: "UtteranceCommitted";
  readonly utteranceId: string;
  readonly channel: "agent" | "customer";
  readonly speaker: "agent" | "customer" | "system";
  readonly startedMs: number;
  readonly endedMs: number;
  readonly text: string;
  readonly words: ReadonlyArray<RedactedWord>;
  readonly masks: ReadonlyArray<Mask>;
}

/** One word, or one whole mask or hold, as it may be shown; times in milliseconds since the call's origin. */
export interface RedactedWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A masked or held stretch: half-open offsets in code points of the redacted text. */
export interface Mask {
  readonly start: number;
  readonly end: number;
  readonly type:
    "ABA_ROUTING" | "ACCOUNT_NUMBER" | "ADDRESS" | "BANK_ACCOUNT" | "CARD_EXPIRY" | "CREDIT_CARD" | "CVV" | "DOB" |
    "DRIVER_LICENSE" | "EMAIL" | "IBAN" | "IP_ADDRESS" | "MEDICAL_RECORD" | "MEMBER_ID" | "NUMBER" | "OTP" |
    "PASSPORT" | "PASSWORD" | "PERSON" | "PHONE" | "PIN" | "SORT_CODE" | "SSN_LAST4" | "TAX_ID" | "US_SSN" | "HELD";
}

/** The stored text of an utterance was changed; read it anew. */
export interface UtteranceAmended extends EventHead {
  readonly kind: "UtteranceAmended";
  readonly utteranceId: string;
  readonly version: number;
}

/** Something is wrong with the call's audio or processing, said in words for a person. */
export interface CallWarned extends EventHead {
  readonly kind: "CallWarned";
  readonly code:
    "agent_audio_missing" | "audio_empty" | "audio_gap" | "customer_audio_missing" | "fragment_dropped" |
    "no_retention" | "recogniser_failed" | "recogniser_switched" | "redaction_failed" | "stream_error" |
    "unsupported_audio";
  readonly message: string;
}

/** The last event of the ``call`` role for this call. */
export interface CallEnded extends EventHead {
  readonly kind: "CallEnded";
  readonly reason: "disconnected" | "failed" | "next_contact" | "no_audio" | "stream_missing" | "transferred";
}

/** Transient. Replaces every earlier partial of the utterance with a lower (epoch, revision). */
export interface PartialRevised extends EventHead {
  readonly kind: "PartialRevised";
  readonly utteranceId: string;
  readonly epoch: number;
  readonly revision: number;
  readonly channel: "agent" | "customer";
  readonly speaker: "agent" | "customer" | "system";
  readonly startedMs: number;
  readonly text: string;
  readonly masks: ReadonlyArray<Mask>;
}

/** Transient. Measured milliseconds from the arrival of the utterance's last fragment to each stage. */
export interface UtteranceTimed extends EventHead {
  readonly kind: "UtteranceTimed";
  readonly utteranceId: string;
  readonly stages: Readonly<Record<string, number>>;
}

/** Transient. How far the call has been heard, and how far that is behind the newest audio at our socket. */
export interface LagMeasured extends EventHead {
  readonly kind: "LagMeasured";
  readonly heardMs: number;
  readonly behindMs: number;
}

/** What every event begins with; `atMs` is media time, `sequence` that of the last committed event. */
export interface EventHead {
  readonly tenant: string;
  readonly callId: string;
  readonly sequence: number;
  readonly atMs: number;
}

/** Every kind that this version knows. A newer server may send others. */
export type CallEvent =
  | CallStarted
  | CallQueued
  | RecogniserStarted
  | AgentConnected
  | HoldStarted
  | HoldEnded
  | CallTransferred
  | UtteranceCommitted
  | UtteranceAmended
  | CallWarned
  | CallEnded
  | PartialRevised
  | UtteranceTimed
  | LagMeasured;

/** Kinds that are never committed: they carry the last sequence and may be lost. */
export const TRANSIENT_KINDS: ReadonlySet<string> = new Set(["LagMeasured", "PartialRevised", "UtteranceTimed"]);
