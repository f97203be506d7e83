// Written by scripts/generate_web_types.py from src/cueline/events/catalogue.py. Do not edit: run that script again.

/** The guide took the call up under this published version of the rules, which stays with it to its end. */
export interface GuidanceStarted extends EventHead {
  readonly kind: "GuidanceStarted";
  readonly rules: string;
  readonly version: number;
}

/** Something happened in the call. confidence: calibrated, 0 to 1; measured moments have 1. */
export interface MomentFound extends EventHead {
  readonly kind: "MomentFound";
  readonly momentId: string;
  readonly family: "act" | "intent" | "reason" | "sentiment" | "voice";
  readonly label: string;
  readonly confidence: number;
  readonly speaker: "agent" | "customer" | "system" | null;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly evidence: Evidence | null;
}

/** Where it was said: half-open offsets in code points of the utterance's text; both 0 is all of it. */
export interface Evidence {
  readonly utteranceId: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A cue for the agent, or an alert for the supervisor.
 *
 * why: in words, what caused it. priority: 0 to 100, the highest is shown first. expires_ms: media time from which
 * it is of no use. passage_id: the passage of the knowledge base that it shows. provisional: a hypothesis caused it.
 */
export interface CueRaised extends EventHead {
  readonly kind: "CueRaised";
  readonly cueId: string;
  readonly cueKind: "alert" | "hint" | "knowledge" | "praise" | "warning";
  readonly audience: "agent" | "supervisor";
  readonly text: string;
  readonly why: string;
  readonly ruleId: string;
  readonly priority: number;
  readonly expiresMs: number;
  readonly evidence: ReadonlyArray<Evidence>;
  readonly passageId: string | null;
  readonly provisional: boolean;
}

/** A cue is of no use any more. */
export interface CueWithdrawn extends EventHead {
  readonly kind: "CueWithdrawn";
  readonly cueId: string;
  readonly reason: "contradicted" | "replaced" | "settled";
}

/** What a person made of a cue. */
export interface CueAnswered extends EventHead {
  readonly kind: "CueAnswered";
  readonly cueId: string;
  readonly answer: "dismissed" | "helpful" | "unhelpful" | "used";
  readonly by: string;
}

/** The call's reason is clear enough for its checklist; a later one replaces it and keeps what is done. */
export interface ChecklistOpened extends EventHead {
  readonly kind: "ChecklistOpened";
  readonly checklistId: string;
  readonly title: string;
  readonly items: ReadonlyArray<ChecklistItem>;
}

/** A line of a checklist. due_ms: media time by which it should be done; None where any time will do. */
export interface ChecklistItem {
  readonly itemId: string;
  readonly label: string;
  readonly dueMs: number | null;
}

/** An item is done: seen in what was said (evidence), or ticked by a person (by). */
export interface ChecklistTicked extends EventHead {
  readonly kind: "ChecklistTicked";
  readonly checklistId: string;
  readonly itemId: string;
  readonly evidence: Evidence | null;
  readonly by: string | null;
}

/** An item's time has passed, or the call has ended without it. */
export interface ChecklistMissed extends EventHead {
  readonly kind: "ChecklistMissed";
  readonly checklistId: string;
  readonly itemId: string;
}

/** A rule put a label on the call. */
export interface CallTagged extends EventHead {
  readonly kind: "CallTagged";
  readonly label: string;
  readonly ruleId: string;
}

/** What the call came to, as far as the rules and the moments tell. */
export interface DispositionSuggested extends EventHead {
  readonly kind: "DispositionSuggested";
  readonly disposition: string;
  readonly why: string;
}

/** The agent asks for help. */
export interface HandRaised extends EventHead {
  readonly kind: "HandRaised";
  readonly by: string;
}

/** The agent needs help no longer, or somebody came. */
export interface HandLowered extends EventHead {
  readonly kind: "HandLowered";
  readonly by: string;
}

/** A supervisor wrote to the agent. */
export interface WhisperSent extends EventHead {
  readonly kind: "WhisperSent";
  readonly text: string;
  readonly by: string;
}

/** A supervisor has seen an alert. */
export interface AlertAcknowledged extends EventHead {
  readonly kind: "AlertAcknowledged";
  readonly cueId: string;
  readonly by: string;
}

/** The call's notes stand in their store under this version. by: who wrote or changed them; None: made here. */
export interface NotesWritten extends EventHead {
  readonly kind: "NotesWritten";
  readonly version: number;
  readonly by: string | null;
}

/**
 * Figures of the whole call, at its end. Shares are of the time in which anybody spoke, 0 to 1.
 *
 * interruptions: how often the one began to speak while the other did. loudness: decibels below full scale, mean of
 * the side's utterances; None where it was not measured.
 */
export interface VoiceMeasured extends EventHead {
  readonly kind: "VoiceMeasured";
  readonly agentTalkShare: number;
  readonly customerTalkShare: number;
  readonly agentWordsPerMinute: number;
  readonly customerWordsPerMinute: number;
  readonly deadAirMs: number;
  readonly longestDeadAirMs: number;
  readonly overtalkMs: number;
  readonly holdMs: number;
  readonly agentInterruptions: number;
  readonly customerInterruptions: number;
  readonly agentLoudnessDb: number | null;
  readonly customerLoudnessDb: number | null;
}

/** The call's words are gone for good: utterances, notes, cues' texts. deleted_at_ms: epoch milliseconds. */
export interface TextDeleted extends EventHead {
  readonly kind: "TextDeleted";
  readonly by: string;
  readonly deletedAtMs: number;
}

/** The call's recording is gone for good. deleted_at_ms: epoch milliseconds. */
export interface RecordingDeleted extends EventHead {
  readonly kind: "RecordingDeleted";
  readonly by: string;
  readonly deletedAtMs: number;
}

/** From ``atMs`` on nothing is recorded; the transcript goes on. */
export interface RecordingPaused extends EventHead {
  readonly kind: "RecordingPaused";
  readonly by: string;
}

/** From ``atMs`` on the call is recorded again. */
export interface RecordingResumed extends EventHead {
  readonly kind: "RecordingResumed";
  readonly by: string;
}

/** The customer agrees to be recorded, from ``atMs`` on. */
export interface ConsentGiven extends EventHead {
  readonly kind: "ConsentGiven";
  readonly by: string;
}

/** The customer does not agree to be recorded any more, from ``atMs`` on. */
export interface ConsentWithdrawn extends EventHead {
  readonly kind: "ConsentWithdrawn";
  readonly by: string;
}

/**
 * All that is stored of the call was read again. A later one replaces it.
 *
 * findings: how many of each type were found, in all rounds. rounds: how often something was masked and read again.
 * by: the person who released the call from quarantine; None: it was decided here.
 */
export interface CallVerified extends EventHead {
  readonly kind: "CallVerified";
  readonly state: "quarantined" | "verified" | "widened";
  readonly findings: Readonly<Record<string, number>>;
  readonly rounds: number;
  readonly by: string | null;
}

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

/**
 * A final stands in PostgreSQL; the text is rendered when the event is read, so it is the newest version.
 *
 * loudness_db: mean level of its speech in decibels below full scale, to half a decibel; None where not measured.
 */
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
  readonly loudnessDb: number | null;
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
    "no_retention" | "recogniser_failed" | "recogniser_switched" | "recording_failed" | "redaction_failed" |
    "stream_error" | "unsupported_audio";
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
  | GuidanceStarted
  | MomentFound
  | CueRaised
  | CueWithdrawn
  | CueAnswered
  | ChecklistOpened
  | ChecklistTicked
  | ChecklistMissed
  | CallTagged
  | DispositionSuggested
  | HandRaised
  | HandLowered
  | WhisperSent
  | AlertAcknowledged
  | NotesWritten
  | VoiceMeasured
  | TextDeleted
  | RecordingDeleted
  | RecordingPaused
  | RecordingResumed
  | ConsentGiven
  | ConsentWithdrawn
  | CallVerified
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
