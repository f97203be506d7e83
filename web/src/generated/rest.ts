// Written by scripts/generate_web_types.py from src/cueline/delivery/rest*.py. Do not edit: run that script again.

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

/**
 * What a tenant may choose about redaction, for calls of one profile. A field that is left out has its default.
 *
 * ``off``: types that stay readable; card data, codes, passwords and unexplained numbers cannot be among them.
 * ``minimumDigits``: spoken digits from which an unexplained number is masked. ``names``: whether names are masked.
 * ``benignWords``: words of one's own that announce a number anybody may read ("basket", "voucher").
 * ``languages``: spoken in the calls, the usual one first. ``maskStyle``: ``last_four`` keeps the last four digits of
 * a whole card number.
 */
export interface PolicyFields {
  readonly off: ReadonlyArray<"ABA_ROUTING" | "ACCOUNT_NUMBER" | "ADDRESS" | "BANK_ACCOUNT" | "CARD_EXPIRY" | "CREDIT_CARD" | "CVV" | "DOB" | "DRIVER_LICENSE" | "EMAIL" | "IBAN" | "IP_ADDRESS" | "MEDICAL_RECORD" | "MEMBER_ID" | "NUMBER" | "OTP" | "PASSPORT" | "PASSWORD" | "PERSON" | "PHONE" | "PIN" | "SORT_CODE" | "SSN_LAST4" | "TAX_ID" | "US_SSN">;
  readonly minimumDigits: number;
  readonly names: boolean;
  readonly benignWords: ReadonlyArray<string>;
  readonly languages: ReadonlyArray<"de" | "en" | "es">;
  readonly maskStyle: "last_four" | "type";
}

/** One version of a profile's policy. Version 0 is the built-in one, which nobody changed: both null. */
export interface PolicyVersion {
  readonly profile: string;
  readonly version: number;
  readonly policy: PolicyFields;
  readonly note: string;
  readonly changedBy: string | null;
  readonly changedAtMs: number | null;
}

/** The policy in force of each profile that has one of its own, and of ``default``, which comes first. */
export interface PolicyList {
  readonly policies: ReadonlyArray<PolicyVersion>;
}

/** A profile's own versions, newest first. */
export interface PolicyVersions {
  readonly versions: ReadonlyArray<PolicyVersion>;
}

/** The policy for calls of this profile that begin now. ``inherited``: it is that of ``default``. */
export interface PolicyInForce {
  readonly profile: string;
  readonly version: number;
  readonly inherited: boolean;
  readonly policy: PolicyFields;
  readonly note: string;
  readonly changedBy: string | null;
  readonly changedAtMs: number | null;
}

/** A new version. ``basedOn``: the version in force that was changed; another one by now is a conflict. */
export interface PublishPolicy {
  readonly policy: PolicyFields;
  readonly basedOn: number;
  readonly note: string;
}

/** One typed turn of a trial. */
export interface TrialTurn {
  readonly role: "agent" | "customer";
  readonly text: string;
}

/** Typed turns and the policy to mask them by; nothing of it is kept. At most 2,000 characters in all turns. */
export interface PolicyTrial {
  readonly policy: PolicyFields;
  readonly turns: ReadonlyArray<TrialTurn>;
}

/** A turn as a call would have committed it; ``masks`` are offsets in ``text`` as it stands here. */
export interface TriedTurn {
  readonly role: "agent" | "customer";
  readonly text: string;
  readonly masks: ReadonlyArray<Mask>;
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

/** The turns of a trial, in order. */
export interface TrialResult {
  readonly turns: ReadonlyArray<TriedTurn>;
}

/** RFC 9457 problem document. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}
