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

/**
 * A call for lists and headers; the customer's number is shown by its last two digits only.
 *
 * ``createdAtMs``: when Cueline heard of it; lists are in this order, and ``beforeMs`` means it.
 * ``sentiment``: the customer's, lately, -1 to 1. ``alerts``: not yet acknowledged.
 * ``verification``: what the checks after the call came to, null before they began. ``legalHold``: nothing of it may
 * be deleted. ``textDeletedAtMs`` (epoch): when its words were.
 */
export interface CallSummary {
  readonly callId: string;
  readonly contactId: string;
  readonly phase: "connected" | "ended" | "held" | "offered" | "queued" | "system";
  readonly sequence: number;
  readonly startedAtMs: number;
  readonly createdAtMs: number;
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
  readonly reason: string | null;
  readonly disposition: string | null;
  readonly labels: ReadonlyArray<string>;
  readonly sentiment: number | null;
  readonly alerts: number;
  readonly cues: number;
  readonly handRaised: boolean;
  readonly verification: "pending" | "quarantined" | "verified" | "widened" | null;
  readonly legalHold: boolean;
  readonly textDeletedAtMs: number | null;
}

/** Half-open offsets in code points of a text. */
export interface MatchedSpan {
  readonly start: number;
  readonly end: number;
}

/** An utterance in which words of a search were found; ``startedMs`` is media time. */
export interface UtteranceMatch {
  readonly callId: string;
  readonly utteranceId: string;
  readonly speaker: "agent" | "customer" | "system";
  readonly startedMs: number;
  readonly text: string;
  readonly found: ReadonlyArray<MatchedSpan>;
}

/** Calls, newest first. ``matches``: where a search found its words, at most three utterances of each call. */
export interface CallList {
  readonly calls: ReadonlyArray<CallSummary>;
  readonly matches: ReadonlyArray<UtteranceMatch>;
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

/** What a WebSocket is wanted for: a call by its call id or contact id, or the floor; one of the two. */
export interface LiveTokenRequest {
  readonly callId: string | null;
  readonly floor: boolean;
}

/**
 * A token for ``/v1/live?token=``, good for one call, or for ``/v1/floor/live?token=``, as it was asked for.
 *
 * A socket must be opened within ``expiresInS``.
 */
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

/**
 * One thing that was looked at. ``needed``: without it Cueline does not work as configured.
 *
 * ``mend``: what to run or to set where it is missing.
 */
export interface CheckFinding {
  readonly name: string;
  readonly ok: boolean;
  readonly needed: boolean;
  readonly detail: string;
  readonly mend: string | null;
}

/**
 * What this process can reach, and what it lacks. ``ok``: nothing needed is missing, and every part works.
 *
 * ``faults``: parts of this process that do not work now, by their names.
 */
export interface SystemCheck {
  readonly ok: boolean;
  readonly faults: ReadonlyArray<string>;
  readonly findings: ReadonlyArray<CheckFinding>;
}

/** What a person makes of a cue: ``used`` or ``dismissed``, and ``helpful`` or ``unhelpful``. */
export interface AnswerCue {
  readonly answer: "dismissed" | "helpful" | "unhelpful" | "used";
  readonly by: string;
}

/** Who pressed the button: a user name that the page knows. */
export interface ByAgent {
  readonly by: string;
}

/** Who pressed the button: a user name that the page knows. */
export interface BySupervisor {
  readonly by: string;
}

/** A line to the agent. ``key``: the page's own name for this message, so that sending it again sends it once. */
export interface SendWhisper {
  readonly text: string;
  readonly by: string;
  readonly key: string;
}

/**
 * Masks a stretch of an utterance for good: half-open offsets in code points of its text as it stands now.
 *
 * The mask is widened to whole words. ``version``: of the utterance whose text was seen, where the page knows it;
 * another one by now is a conflict, as the offsets may mean other words.
 */
export interface MaskText {
  readonly start: number;
  readonly end: number;
  readonly type:
    "ABA_ROUTING" | "ACCOUNT_NUMBER" | "ADDRESS" | "BANK_ACCOUNT" | "CARD_EXPIRY" | "CREDIT_CARD" | "CVV" | "DOB" |
    "DRIVER_LICENSE" | "EMAIL" | "IBAN" | "IP_ADDRESS" | "MEDICAL_RECORD" | "MEMBER_ID" | "NUMBER" | "OTP" |
    "PASSPORT" | "PASSWORD" | "PERSON" | "PHONE" | "PIN" | "SORT_CODE" | "SSN_LAST4" | "TAX_ID" | "US_SSN";
  readonly by: string;
  readonly version: number | null;
}

/** What came of it. ``sequence``: of the event that says so; null where it stood so already, and nothing changed. */
export interface Recorded {
  readonly sequence: number | null;
}

/** The utterance's version now. ``sequence`` is null where those words were masked already. */
export interface Masked {
  readonly sequence: number | null;
  readonly version: number;
}

/**
 * A cue, and what became of it. Times are media milliseconds.
 *
 * ``answer``: whether it was used; ``rating``: whether it helped. ``acknowledgedBy``: for alerts.
 */
export interface CueState {
  readonly cueId: string;
  readonly cueKind: "alert" | "hint" | "knowledge" | "praise" | "warning";
  readonly audience: "agent" | "supervisor";
  readonly text: string;
  readonly why: string;
  readonly ruleId: string;
  readonly priority: number;
  readonly raisedMs: number;
  readonly expiresMs: number;
  readonly evidence: ReadonlyArray<Evidence>;
  readonly passageId: string | null;
  readonly provisional: boolean;
  readonly withdrawn: "contradicted" | "replaced" | "settled" | null;
  readonly answer: "dismissed" | "used" | null;
  readonly answeredBy: string | null;
  readonly rating: "helpful" | "unhelpful" | null;
  readonly acknowledgedBy: string | null;
}

/** Where it was said: half-open offsets in code points of the utterance's text; both 0 is all of it. */
export interface Evidence {
  readonly utteranceId: string;
  readonly start: number;
  readonly end: number;
}

/** Something that happened in the call; times are media milliseconds. */
export interface MomentState {
  readonly momentId: string;
  readonly family: "act" | "intent" | "reason" | "sentiment" | "voice";
  readonly label: string;
  readonly confidence: number;
  readonly speaker: "agent" | "customer" | "system" | null;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly evidence: Evidence | null;
}

/** A line of the checklist. ``doneMs``: media time; ``by``: who ticked it; null where it was heard. */
export interface ChecklistItemState {
  readonly itemId: string;
  readonly label: string;
  readonly dueMs: number | null;
  readonly state: "done" | "missed" | "open";
  readonly doneMs: number | null;
  readonly evidence: Evidence | null;
  readonly by: string | null;
}

/** The checklist of the call's reason. ``adherence``: share of its items that are done, 0 to 1. */
export interface ChecklistState {
  readonly checklistId: string;
  readonly title: string;
  readonly items: ReadonlyArray<ChecklistItemState>;
  readonly adherence: number;
}

/** A line that a supervisor wrote to the agent; ``atMs`` is media time. */
export interface WhisperState {
  readonly text: string;
  readonly by: string;
  readonly atMs: number;
}

/** What the call came to, as far as the rules and the moments tell. */
export interface SuggestedDisposition {
  readonly disposition: string;
  readonly why: string;
}

/**
 * All guidance of a call as its committed events up to ``sequence`` say; what comes later changes it.
 *
 * Cues and whispers in the order in which they came, the newest 500 of each; moments the newest 2,000.
 */
export interface CallGuidance {
  readonly sequence: number;
  readonly rules: string | null;
  readonly rulesVersion: number | null;
  readonly cues: ReadonlyArray<CueState>;
  readonly moments: ReadonlyArray<MomentState>;
  readonly checklist: ChecklistState | null;
  readonly whispers: ReadonlyArray<WhisperState>;
  readonly handRaisedMs: number | null;
  readonly handRaisedBy: string | null;
  readonly labels: ReadonlyArray<string>;
  readonly disposition: SuggestedDisposition | null;
  readonly notesVersion: number | null;
  readonly voice: VoiceMeasured | null;
}

/**
 * Figures of the whole call, at its end. Shares are of the time in which anybody spoke, 0 to 1.
 *
 * interruptions: how often the one began to speak while the other did. loudness: decibels below full scale, mean of
 * the side's utterances; None where it was not measured.
 */
export interface VoiceMeasured {
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

/** Somebody who works with the calls. ``username`` is the one that Amazon Connect tells of an agent. */
export interface Person {
  readonly username: string;
  readonly name: string;
  readonly role: "admin" | "agent" | "analyst" | "manager" | "rules_editor" | "supervisor";
  readonly team: string | null;
}

/** The tenant's people by user name, and the teams that they are in. */
export interface PersonList {
  readonly people: ReadonlyArray<Person>;
  readonly teams: ReadonlyArray<string>;
}

/** A person as they shall be. */
export interface PutPerson {
  readonly name: string;
  readonly role: "admin" | "agent" | "analyst" | "manager" | "rules_editor" | "supervisor";
  readonly team: string | null;
}

/** The customer's sentiment from this media time on: -1 to 1. */
export interface SentimentPoint {
  readonly atMs: number;
  readonly value: number;
}

/** An alert that nobody has acknowledged; ``raisedMs`` is media time. */
export interface OpenAlert {
  readonly cueId: string;
  readonly text: string;
  readonly raisedMs: number;
}

/**
 * A live call on the floor. Rows are ranked by ``need`` (0 to 100, highest first), then ``startedAtMs``.
 *
 * ``need`` moves in real steps only, so that rows do not dance. ``why``: the reason for the rank in words.
 * ``startedAtMs``: epoch; ``heardMs``: media time of the newest event; ``sentimentPoints``: the last ones, oldest
 * first. ``handRaisedMs`` and ``deadAirSinceMs``: media times; null where it is not so.
 * ``alerts``: the newest five of ``alertsOpen``.
 */
export interface FloorRow {
  readonly callId: string;
  readonly contactId: string;
  readonly title: string | null;
  readonly profile: string;
  readonly phase: "connected" | "ended" | "held" | "offered" | "queued" | "system";
  readonly agentId: string | null;
  readonly agentName: string | null;
  readonly team: string | null;
  readonly reason: string | null;
  readonly startedAtMs: number;
  readonly heardMs: number;
  readonly sentiment: number | null;
  readonly sentimentPoints: ReadonlyArray<SentimentPoint>;
  readonly alertsOpen: number;
  readonly alerts: ReadonlyArray<OpenAlert>;
  readonly handRaisedMs: number | null;
  readonly deadAirSinceMs: number | null;
  readonly need: number;
  readonly why: string;
}

/**
 * All rows, in order: the answer of ``GET /v1/floor``, and the first message of ``/v1/floor/live``.
 *
 * ``atMs``: epoch milliseconds. ``revision`` counts what one socket was sent; ``{"ack": revision}`` says it arrived.
 */
export interface FloorSnapshot {
  readonly kind: "FloorSnapshot";
  readonly atMs: number;
  readonly revision: number;
  readonly rows: ReadonlyArray<FloorRow>;
}

/** Rows that changed or are new, and calls that are gone; at most two a second. */
export interface FloorChanged {
  readonly kind: "FloorChanged";
  readonly atMs: number;
  readonly revision: number;
  readonly rows: ReadonlyArray<FloorRow>;
  readonly gone: ReadonlyArray<string>;
}

/** What is looked for among the calls, as the history's address names it. Days are whoever looks at it has them. */
export interface ViewFilters {
  readonly q: string | null;
  readonly reason: string | null;
  readonly agent: string | null;
  readonly team: string | null;
  readonly label: string | null;
  readonly verification: "pending" | "quarantined" | "verified" | "widened" | null;
  readonly state: "live" | "past" | null;
  readonly fromDay: string | null;
  readonly toDay: string | null;
}

/** A view under its name; ``changedAtMs`` is epoch milliseconds. */
export interface SavedView {
  readonly name: string;
  readonly filters: ViewFilters;
  readonly changedAtMs: number;
}

/** A person's views, by name. */
export interface SavedViews {
  readonly views: ReadonlyArray<SavedView>;
}

/** An utterance in which words of the search were found, as it stands redacted; ``startedMs`` is media time. */
export interface ExportedMatch {
  readonly utteranceId: string;
  readonly speaker: "agent" | "customer" | "system";
  readonly startedMs: number;
  readonly text: string;
  readonly found: ReadonlyArray<MatchedSpan>;
}

/**
 * A call of an export. It holds nothing that came from outside unredacted: no number, no attribute, no title.
 *
 * ``startedAt``, ``endedAt``: UTC, ISO 8601. ``matches``: at most three, where words were searched.
 */
export interface ExportedCall {
  readonly callId: string;
  readonly contactId: string;
  readonly phase: "connected" | "ended" | "held" | "offered" | "queued" | "system";
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly agentId: string | null;
  readonly profile: string;
  readonly reason: string | null;
  readonly disposition: string | null;
  readonly labels: ReadonlyArray<string>;
  readonly sentiment: number | null;
  readonly alerts: number;
  readonly cues: number;
  readonly utterances: number;
  readonly masks: number;
  readonly warnings: number;
  readonly endReason:
    "disconnected" | "failed" | "next_contact" | "no_audio" | "stream_missing" | "transferred" | null;
  readonly matches: ReadonlyArray<ExportedMatch>;
}

/**
 * A passage of the knowledge base.
 *
 * ``source`` is the path of its document, ``modifiedAtMs`` (epoch milliseconds) that document's last change.
 * ``score``, 0 to 1, is of the search that found it; 1 where it was read by its id. Lines of ``text`` are paragraphs.
 */
export interface Passage {
  readonly passageId: string;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  readonly source: string;
  readonly modifiedAtMs: number;
  readonly score: number;
}

/** Passages, best first; none where nothing covers enough of the question. */
export interface KnowledgePassages {
  readonly passages: ReadonlyArray<Passage>;
}

/** A document of the knowledge base; times are epoch milliseconds, ``passages`` says how many. */
export interface KnowledgeDocument {
  readonly documentId: string;
  readonly title: string;
  readonly source: string;
  readonly modifiedAtMs: number;
  readonly loadedAtMs: number;
  readonly passages: number;
}

/** All documents, by source. */
export interface KnowledgeDocuments {
  readonly documents: ReadonlyArray<KnowledgeDocument>;
}

/** What an upload became. replaced: it took the place of a document of the same name. */
export interface UploadedDocument {
  readonly document: KnowledgeDocument;
  readonly replaced: boolean;
}

/**
 * A field of the notes of a profile. ``lines`` is a list of texts, ``choice`` one of ``choices``.
 *
 * ``lengthMax``: characters of the text, or of each line.
 */
export interface NotesField {
  readonly name: string;
  readonly label: string;
  readonly kind: "choice" | "lines" | "text";
  readonly required: boolean;
  readonly lengthMax: number;
  readonly linesMax: number;
  readonly choices: ReadonlyArray<string>;
}

/** The fields of the notes of calls of a profile, in the order in which they are shown. */
export interface NotesFields {
  readonly profile: string;
  readonly fields: ReadonlyArray<NotesField>;
}

/** A version of a call's notes. ``by``: who wrote it; null where it was made from the call. ``atMs``: epoch. */
export interface NotesVersion {
  readonly version: number;
  readonly fields: Readonly<Record<string, string | ReadonlyArray<string>>>;
  readonly by: string | null;
  readonly atMs: number;
}

/** A call's notes: the newest version (null where there is none yet), and all of them, newest first, at most 50. */
export interface CallNotes {
  readonly newest: NotesVersion | null;
  readonly versions: ReadonlyArray<NotesVersion>;
}

/** The notes as they shall be. ``basedOn``: the version that was changed, 0 where there was none. */
export interface PutNotes {
  readonly fields: Readonly<Record<string, string | ReadonlyArray<string> | null>>;
  readonly basedOn: number;
  readonly by: string;
}

/** A stretch of one side that is a tone, in milliseconds of the recording; what was said there is not told. */
export interface BeepShown {
  readonly channel: "agent" | "customer";
  readonly startedMs: number;
  readonly endedMs: number;
}

/** A stretch of both sides that was not recorded and plays as silence, and why. */
export interface GapShown {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly cause: "lost" | "no_consent" | "overflow" | "paused";
}

/** How loud both sides are: the loudest sample of every ``stepMs``, 0 (silence) to 255 (full scale). */
export interface Peaks {
  readonly stepMs: number;
  readonly customer: ReadonlyArray<number>;
  readonly agent: ReadonlyArray<number>;
}

/**
 * What is known of a call's recording.
 *
 * ``state``: ``none`` where there is no recording, ``recording`` until its last part is stored, ``sealed`` when it can
 * be heard, ``deleted``. ``verification``: what the checks after the call came to, null before they began.
 * ``revision``: one higher each time that more was beeped. ``mayListen``: whether whoever asks is given the audio;
 * ``mayReview``: whether they are if they ask for it as a reviewer (``review=true``).
 */
export interface RecordingFacts {
  readonly state: "deleted" | "none" | "recording" | "sealed";
  readonly verification: "pending" | "quarantined" | "verified" | "widened" | null;
  readonly mayListen: boolean;
  readonly mayReview: boolean;
  readonly durationMs: number;
  readonly codec: "flac" | "opus" | null;
  readonly revision: number | null;
  readonly sealedAtMs: number | null;
  readonly deletedAtMs: number | null;
  readonly beeps: ReadonlyArray<BeepShown>;
  readonly gaps: ReadonlyArray<GapShown>;
  readonly waveform: Peaks | null;
}

/** A stretch of a recording, in milliseconds. */
export interface HeardSpan {
  readonly startedMs: number;
  readonly endedMs: number;
}

/** A stretch of a recording that a player has played, in milliseconds, and who listened. */
export interface TellPlayed {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly by: string;
}

/** Whether it was noted: not where nothing of the call was sent to them lately. */
export interface PlayedNoted {
  readonly noted: boolean;
}

/**
 * Who did what with the call. ``details``: names, numbers and ids.
 *
 * Of a playing: what was ``sent``, which the server saw to, and what was ``played`` of it, as the player says.
 */
export interface AuditLine {
  readonly atMs: number;
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
  readonly sent: ReadonlyArray<HeardSpan>;
  readonly played: ReadonlyArray<HeardSpan>;
}

/** What was done with a call that others must be able to look up, newest first. */
export interface AuditLines {
  readonly lines: ReadonlyArray<AuditLine>;
}

/**
 * Days after a call's end for which each kind of data is kept; 0: until the next night.
 *
 * ``metricsDays`` is at least as long as the others: the call's row goes with them.
 */
export interface RetentionFields {
  readonly audioDays: number;
  readonly textDays: number;
  readonly metricsDays: number;
}

/** One version of a profile's policy. Version 0 is the built-in one, which nobody changed: both null. */
export interface RetentionVersion {
  readonly profile: string;
  readonly version: number;
  readonly policy: RetentionFields;
  readonly note: string;
  readonly changedBy: string | null;
  readonly changedAtMs: number | null;
}

/** The policy in force of each profile that has one of its own, and of ``default``, which comes first. */
export interface RetentionList {
  readonly policies: ReadonlyArray<RetentionVersion>;
}

/** A profile's own versions, newest first. */
export interface RetentionVersions {
  readonly versions: ReadonlyArray<RetentionVersion>;
}

/** The policy for calls of this profile, those of the past too. ``inherited``: it is that of ``default``. */
export interface RetentionInForce {
  readonly profile: string;
  readonly version: number;
  readonly inherited: boolean;
  readonly policy: RetentionFields;
  readonly note: string;
  readonly changedBy: string | null;
  readonly changedAtMs: number | null;
}

/** A new version. ``basedOn``: the version in force that was changed; another one by now is a conflict. */
export interface PublishRetention {
  readonly policy: RetentionFields;
  readonly basedOn: number;
  readonly note: string;
}

/** What would be deleted if ``policy`` were in force for ``profile``. */
export interface AskDue {
  readonly profile: string;
  readonly policy: RetentionFields;
}

/** Calls of a profile whose data of a kind go; ``held``: those that a legal hold keeps. */
export interface DueShown {
  readonly kind: "audio" | "metrics" | "text";
  readonly profile: string;
  readonly calls: number;
  readonly held: number;
}

/** What goes in the night that begins at ``atMs`` (epoch), if nothing changes until then. */
export interface DueTonight {
  readonly atMs: number;
  readonly due: ReadonlyArray<DueShown>;
}

/**
 * What was deleted, with its proof. ``atMs``: epoch.
 *
 * ``counts``: what there was. ``digests``: SHA-256 of a recording's manifests as they were stored, and of the list of
 * its chunks. ``left``: what was found of it afterwards. ``signature``: ``valid``, ``changed`` since, or ``key_gone``:
 * its key is not in the key ring any more.
 */
export interface DeletionShown {
  readonly callId: string;
  readonly kind: "audio" | "metrics" | "text";
  readonly by: string;
  readonly atMs: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly digests: Readonly<Record<string, string | ReadonlyArray<string>>>;
  readonly left: Readonly<Record<string, number>>;
  readonly signature: "changed" | "key_gone" | "valid";
}

/** Deletions, newest first. */
export interface DeletionList {
  readonly deletions: ReadonlyArray<DeletionShown>;
}

/** Whether the call is to be held, and why that changes. */
export interface PutLegalHold {
  readonly held: boolean;
  readonly reason: string;
  readonly by: string;
}

/** Whether a call is held: nothing of it is deleted then. The rest: who said so last, why and when (epoch). */
export interface LegalHoldShown {
  readonly held: boolean;
  readonly reason: string | null;
  readonly by: string | null;
  readonly atMs: number | null;
}

/** Whether the customer agrees to be recorded, from now on. */
export interface Consent {
  readonly given: boolean;
  readonly by: string;
}

/** ``deleted``: by this request; false where it was gone already. */
export interface RecordingDeletedNow {
  readonly deleted: boolean;
}

/** A rule for people. number: its place in the document's ``rules``. */
export interface RuleSentence {
  readonly number: number;
  readonly ruleId: string;
  readonly title: string;
  readonly sentence: string;
  readonly enabled: boolean;
}

/** What is wrong with a document: where (empty for all of it), and what to do. */
export interface RuleProblem {
  readonly place: string;
  readonly message: string;
}

/**
 * A rule set in force, or one of its versions. Version 0 comes with Cueline: nobody changed it, both null.
 *
 * draft: there are changes that are not published. A rule set that is only a draft has version 0 and no rules.
 */
export interface RuleSetHead {
  readonly name: string;
  readonly title: string;
  readonly version: number;
  readonly note: string;
  readonly changedBy: string | null;
  readonly changedAtMs: number | null;
  readonly rules: number;
  readonly checklists: number;
  readonly dispositions: number;
  readonly draft: boolean;
}

/** Rule sets in force, by name. */
export interface RuleSetList {
  readonly sets: ReadonlyArray<RuleSetHead>;
}

/** Published versions of a rule set, newest first, and then that which comes with Cueline, where there is one. */
export interface RuleSetVersions {
  readonly versions: ReadonlyArray<RuleSetHead>;
}

/** One version with its document, and its rules as sentences. */
export interface RuleSetVersion {
  readonly name: string;
  readonly version: number;
  readonly note: string;
  readonly changedBy: string | null;
  readonly changedAtMs: number | null;
  readonly document: Readonly<Record<string, unknown>>;
  readonly sentences: ReadonlyArray<RuleSentence>;
}

/**
 * What may become the next version. saved: false where nobody has begun one; it is what is in force then.
 *
 * based_on: version that it changes. problems: what has to be mended before it can be published.
 */
export interface RuleSetDraft {
  readonly name: string;
  readonly basedOn: number;
  readonly saved: boolean;
  readonly changedBy: string | null;
  readonly changedAtMs: number | null;
  readonly document: Readonly<Record<string, unknown>>;
  readonly sentences: ReadonlyArray<RuleSentence>;
  readonly problems: ReadonlyArray<RuleProblem>;
}

/** A draft, finished or not. ``basedOn``: the version in force that it changes; another one by now is a conflict. */
export interface SaveDraft {
  readonly document: Readonly<Record<string, unknown>>;
  readonly basedOn: number;
}

/** Makes the draft the version in force. ``basedOn``: the version that is in force as far as the publisher knows. */
export interface PublishRules {
  readonly basedOn: number;
  readonly note: string;
}

/** Publishes an earlier version anew, as the next one. */
export interface RollBackRules {
  readonly version: number;
  readonly note: string;
}

/** A document to be looked at; nothing of it is kept. */
export interface CheckRules {
  readonly document: Readonly<Record<string, unknown>>;
}

/** What is wrong with a document, and those of its rules that can be read, as sentences. */
export interface RuleCheck {
  readonly problems: ReadonlyArray<RuleProblem>;
  readonly sentences: ReadonlyArray<RuleSentence>;
}

/** What conditions may name: reasons, moments as ``family:label``, voice facts, kinds of masks. */
export interface RuleVocabulary {
  readonly reasons: ReadonlyArray<string>;
  readonly moments: ReadonlyArray<string>;
  readonly facts: ReadonlyArray<string>;
  readonly kinds: ReadonlyArray<string>;
}

/** A typed turn on which rules are tried. */
export interface RuleTurn {
  readonly role: "agent" | "customer";
  readonly text: string;
}

/**
 * A document, and what it is tried on: typed turns with so many seconds of silence after them, or a stored call.
 *
 * ruleId: where the document has faults elsewhere, this rule is tried alone. Nothing of it is kept.
 */
export interface TryRules {
  readonly document: Readonly<Record<string, unknown>>;
  readonly ruleId: string | null;
  readonly turns: ReadonlyArray<RuleTurn>;
  readonly silenceS: number;
  readonly callId: string | null;
}

/** A turn as the rules heard it: masked as a call's would be. Of a stored call only those that mattered. */
export interface HeardTurn {
  readonly utteranceId: string;
  readonly role: "agent" | "customer";
  readonly atMs: number;
  readonly text: string;
  readonly masks: ReadonlyArray<Mask>;
}

/** Half-open offsets in the text of a turn. */
export interface HeardWords {
  readonly utteranceId: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A rule did one of its things at ``atMs`` (media time). kind: of the action; text: what it shows, ticks or tags.
 *
 * outranked: a weightier cue for the same words is shown instead.
 */
export interface RuleFiring {
  readonly ruleId: string;
  readonly title: string;
  readonly kind: string;
  readonly text: string;
  readonly atMs: number;
  readonly why: string;
  readonly outranked: boolean;
  readonly words: ReadonlyArray<HeardWords>;
}

/** A moment that was found, as ``family:label``, which rules may wait for. */
export interface FoundMoment {
  readonly moment: string;
  readonly speaker: "agent" | "customer" | null;
  readonly atMs: number;
  readonly utteranceId: string | null;
}

/** What a conversation led to, in its order. alone: only the one rule was tried. cut: there was more. */
export interface TriedRules {
  readonly turns: ReadonlyArray<HeardTurn>;
  readonly firings: ReadonlyArray<RuleFiring>;
  readonly moments: ReadonlyArray<FoundMoment>;
  readonly ticked: ReadonlyArray<string>;
  readonly alone: boolean;
  readonly cut: boolean;
}

/** How many of the newest calls that are over a draft is run over. */
export interface RunShadow {
  readonly calls: number;
}

/** How far the run of a rule set's draft is: ``done`` of ``of`` calls; ``running`` false where there is none. */
export interface ShadowProgress {
  readonly running: boolean;
  readonly done: number;
  readonly of: number;
}

/** What the draft of a rule set would have done. */
export interface ShadowResult {
  readonly report: ShadowReport;
}

/**
 * A shadow run. minutes: of the calls in all. cut_calls: too long, read only in part. stopped_early: out of time.
 *
 * published: None where nothing of that name is published. rules_left_out: that fired, over the bound of the report.
 */
export interface ShadowReport {
  readonly calls: number;
  readonly minutes: number;
  readonly utterances: number;
  readonly cutCalls: number;
  readonly stoppedEarly: boolean;
  readonly draft: ShadowSet;
  readonly published: ShadowSet | null;
  readonly rules: ReadonlyArray<ShadowRule>;
  readonly rulesLeftOut: number;
}

/**
 * One of the two sets over all calls.
 *
 * cues: what agents would have been shown, without passages of the knowledge base: look_ups says how often one would
 * have been looked for. alerts: for supervisors. ticked, missed: items of checklists.
 */
export interface ShadowSet {
  readonly name: string;
  readonly version: number | null;
  readonly rules: number;
  readonly cues: number;
  readonly cuesPerMinute: number;
  readonly callsWithCues: number;
  readonly alerts: number;
  readonly lookUps: number;
  readonly labels: number;
  readonly dispositions: number;
  readonly ticked: number;
  readonly missed: number;
  readonly feedback: ShadowFeedback;
}

/**
 * What agents made of cues that were shown for the same rule at the same utterance.
 *
 * precision: share of those found useful (used, or called helpful); None where nobody said anything.
 */
export interface ShadowFeedback {
  readonly useful: number;
  readonly notUseful: number;
  readonly precision: number | null;
}

/**
 * One rule, or one checklist's praise, in both sets.
 *
 * both: firings of the two sets for the same utterance. from_start, from_end: from the beginning and the end of the
 * utterance that caused it to the cue, of the draft's firings (the published set's where the draft has none).
 */
export interface ShadowRule {
  readonly ruleId: string;
  readonly title: string;
  readonly draft: ShadowCount;
  readonly published: ShadowCount;
  readonly both: number;
  readonly onlyDraft: number;
  readonly onlyPublished: number;
  readonly fromStart: ShadowSpread | null;
  readonly fromEnd: ShadowSpread | null;
  readonly feedback: ShadowFeedback;
  readonly examples: ReadonlyArray<ShadowExample>;
}

/** How often something fired, and in how many calls. */
export interface ShadowCount {
  readonly firings: number;
  readonly calls: number;
}

/** Milliseconds of media time over so many firings. */
export interface ShadowSpread {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly count: number;
}

/** A firing: where to look. start, end: half-open offsets in the utterance's text, both 0 for all of it. */
export interface ShadowExample {
  readonly callId: string;
  readonly atMs: number;
  readonly side: "both" | "draft" | "published";
  readonly utteranceId: string | null;
  readonly start: number;
  readonly end: number;
}

/** Something that may be a secret: where it stands. ``ref``: utterance id, field of the notes, or id of the cue. */
export interface FoundPlace {
  readonly place: "audio" | "cue" | "log" | "note" | "utterance";
  readonly ref: string;
  readonly start: number;
  readonly end: number;
  readonly type:
    "ABA_ROUTING" | "ACCOUNT_NUMBER" | "ADDRESS" | "BANK_ACCOUNT" | "CARD_EXPIRY" | "CREDIT_CARD" | "CVV" | "DOB" |
    "DRIVER_LICENSE" | "EMAIL" | "IBAN" | "IP_ADDRESS" | "MEDICAL_RECORD" | "MEMBER_ID" | "NUMBER" | "OTP" |
    "PASSPORT" | "PASSWORD" | "PERSON" | "PHONE" | "PIN" | "SORT_CODE" | "SSN_LAST4" | "TAX_ID" | "US_SSN";
  readonly rule: string;
}

/**
 * What the checks after the call came to.
 *
 * ``compared``: what the call's own process found when it compared what it had masked with what is stored;
 * ``comparedTurns`` of ``turns`` were covered. ``open``: what a person must look at. ``reasons``: codes of why the
 * call is quarantined. ``rules``: version of the rules that read it last.
 */
export interface CallVerification {
  readonly state: "pending" | "quarantined" | "verified" | "widened";
  readonly compared: "clean" | "found" | "notCompared" | "pending";
  readonly turns: number;
  readonly comparedTurns: number;
  readonly findings: Readonly<Record<string, number>>;
  readonly rounds: number;
  readonly open: ReadonlyArray<FoundPlace>;
  readonly audio: "clean" | "faulty" | "none" | "unread";
  readonly audioFaults: ReadonlyArray<string>;
  readonly reasons: ReadonlyArray<string>;
  readonly rules: string | null;
  readonly releasedBy: string | null;
  readonly changedAtMs: number;
}

/** A call that waits for a person. */
export interface QuarantinedCall {
  readonly callId: string;
  readonly reasons: ReadonlyArray<string>;
  readonly findings: number;
  readonly changedAtMs: number;
}

/** The newest first. */
export interface QuarantinedCalls {
  readonly calls: ReadonlyArray<QuarantinedCall>;
}

/** Who decides. */
export interface ByReviewer {
  readonly by: string;
}

/** Masks all that was said in a stretch of the call, and beeps it. ``channel``: null is both sides. */
export interface RedactRange {
  readonly startMs: number;
  readonly endMs: number;
  readonly channel: "agent" | "customer" | null;
  readonly type:
    "ABA_ROUTING" | "ACCOUNT_NUMBER" | "ADDRESS" | "BANK_ACCOUNT" | "CARD_EXPIRY" | "CREDIT_CARD" | "CVV" | "DOB" |
    "DRIVER_LICENSE" | "EMAIL" | "IBAN" | "IP_ADDRESS" | "MEDICAL_RECORD" | "MEMBER_ID" | "NUMBER" | "OTP" |
    "PASSPORT" | "PASSWORD" | "PERSON" | "PHONE" | "PIN" | "SORT_CODE" | "SSN_LAST4" | "TAX_ID" | "US_SSN";
  readonly by: string;
}

/**
 * ``utterances``: how many were changed. ``beeped``: whether audio was; false where all was beeped already, or
 * nothing is recorded, or not yet: then it follows.
 */
export interface RangeRedacted {
  readonly utterances: number;
  readonly beeped: boolean;
}

/**
 * Says that a mask is wrong. ``start`` and ``end``: of the mask in the utterance's text.
 *
 * ``note`` must repeat nothing that is secret: it is kept, and read by those who review.
 */
export interface ReportMask {
  readonly utteranceId: string;
  readonly start: number;
  readonly end: number;
  readonly problem: "harmless" | "incomplete" | "wrong_type";
  readonly shouldBe:
    "ABA_ROUTING" | "ACCOUNT_NUMBER" | "ADDRESS" | "BANK_ACCOUNT" | "CARD_EXPIRY" | "CREDIT_CARD" | "CVV" | "DOB" |
    "DRIVER_LICENSE" | "EMAIL" | "IBAN" | "IP_ADDRESS" | "MEDICAL_RECORD" | "MEMBER_ID" | "NUMBER" | "OTP" |
    "PASSPORT" | "PASSWORD" | "PERSON" | "PHONE" | "PIN" | "SORT_CODE" | "SSN_LAST4" | "TAX_ID" | "US_SSN" | null;
  readonly note: string;
  readonly by: string;
}

/** A report as it is kept. ``verdict`` is null while it waits for a review. */
export interface ReportedMask {
  readonly number: number;
  readonly callId: string;
  readonly utteranceId: string;
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly problem: string;
  readonly shouldBe: string | null;
  readonly note: string;
  readonly reportedBy: string;
  readonly reportedAtMs: number;
  readonly reviewedBy: string | null;
  readonly verdict: "accepted" | "refused" | null;
}

/** The newest first. */
export interface ReportedMasks {
  readonly reports: ReadonlyArray<ReportedMask>;
}

/** Judges a report: what is accepted can be exported for the evaluation sets. */
export interface ReviewMask {
  readonly verdict: "accepted" | "refused";
  readonly by: string;
}

/** An accepted report as material for an evaluation set: redacted text alone, with the turns before it. */
export interface MaskCase {
  readonly call: string;
  readonly before: ReadonlyArray<string>;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly problem: string;
  readonly shouldBe: string | null;
  readonly note: string;
}

/** Accepted reports, the newest first. */
export interface MaskCases {
  readonly cases: ReadonlyArray<MaskCase>;
}
