// Written by scripts/generate_web_types.py from src/cueline/guidance/rules/schema.py. Do not edit: run that script again.

/** Rules, checklists and dispositions under one name. language: of its phrases, and so of their endings. */
export interface RuleSet {
  readonly name: string;
  readonly title: string;
  readonly language?: string;
  readonly rules?: ReadonlyArray<Rule>;
  readonly checklists?: ReadonlyArray<Checklist>;
  readonly dispositions?: ReadonlyArray<Disposition>;
}

/**
 * When this, then that. The defaults are calm ones: once per call, gone after half a minute.
 *
 * priority: 0 to 100, the highest is shown first. expires_s: how long a cue is of use. cooldown_s: how long it rests
 * once it fired; times: how often it may fire in a call. early: may fire on a hypothesis, before the sentence is
 * over, where it needs nothing but phrases.
 */
export interface Rule {
  readonly ruleId: string;
  readonly title: string;
  readonly when:
    Said | Moment | ReasonIs | Voice | Mood | Masked | Ticked | Attribute | Who | CallTime | All | AnyOf | Not | Then
    | Missing;
  readonly then: ReadonlyArray<Hint | Warn | Praise | Tick | LookUp | Alert | Tag | Dispose>;
  readonly priority?: number;
  readonly expiresS?: number;
  readonly cooldownS?: number;
  readonly times?: number;
  readonly early?: boolean;
  readonly enabled?: boolean;
}

/**
 * One of the phrases was said.
 *
 * A phrase matches whole words, whatever their case. ``{my|the}`` in it stands for either word, ``*`` for up to
 * three words. Unless ``exact``, a phrase is also found with other endings of its words ("cancelling" for
 * "cancel"), with fillers or one small word more in it, and with one small word less.
 */
export interface Said {
  readonly kind: "said";
  readonly phrases: ReadonlyArray<string>;
  readonly speaker?: "agent" | "customer" | "either";
  readonly exact?: boolean;
}

/** One of these was found, each as ``family:label``. confidence: at least this; 0 takes what the reader took. */
export interface Moment {
  readonly kind: "moment";
  readonly moments: ReadonlyArray<string>;
  readonly speaker?: "agent" | "customer" | "either";
  readonly confidence?: number;
}

/** The call is about one of these now. */
export interface ReasonIs {
  readonly kind: "reason";
  readonly reasons: ReadonlyArray<string>;
}

/** One of these was measured, and lasted at least so long. */
export interface Voice {
  readonly kind: "voice";
  readonly facts: ReadonlyArray<"dead_air" | "fast_speech" | "hold_long" | "interruption" | "long_monologue" | "loud" | "overtalk">;
  readonly speaker?: "agent" | "customer" | "either";
  readonly atLeastS?: number;
}

/** A side's mood turned to this, or showed it strongly. */
export interface Mood {
  readonly kind: "sentiment";
  readonly turns: "negative" | "neutral" | "positive";
  readonly speaker?: "agent" | "customer" | "either";
}

/** Something of these kinds was said, and masked. */
export interface Masked {
  readonly kind: "masked";
  readonly kinds: ReadonlyArray<"ABA_ROUTING" | "ACCOUNT_NUMBER" | "ADDRESS" | "BANK_ACCOUNT" | "CARD_EXPIRY" | "CREDIT_CARD" | "CVV" | "DOB" | "DRIVER_LICENSE" | "EMAIL" | "IBAN" | "IP_ADDRESS" | "MEDICAL_RECORD" | "MEMBER_ID" | "NUMBER" | "OTP" | "PASSPORT" | "PASSWORD" | "PERSON" | "PHONE" | "PIN" | "SORT_CODE" | "SSN_LAST4" | "TAX_ID" | "US_SSN">;
  readonly speaker?: "agent" | "customer" | "either";
}

/** One of these items of the checklist is done. */
export interface Ticked {
  readonly kind: "ticked";
  readonly items: ReadonlyArray<string>;
}

/** A contact attribute of the call is one of these values; with none given, it is there and not empty. */
export interface Attribute {
  readonly kind: "attribute";
  readonly name: string;
  readonly values?: ReadonlyArray<string>;
}

/** The call is one of these agents', of these teams' and of these profiles; what is left out may be any. */
export interface Who {
  readonly kind: "who";
  readonly agents?: ReadonlyArray<string>;
  readonly teams?: ReadonlyArray<string>;
  readonly profiles?: ReadonlyArray<string>;
}

/** The call is this old: from ``after_s`` and until ``before_s``, since its start or since its agent's. */
export interface CallTime {
  readonly kind: "time";
  readonly afterS?: number | null;
  readonly beforeS?: number | null;
  readonly since?: "agent" | "call";
}

/** All of them hold, in whatever order they came. */
export interface All {
  readonly kind: "all";
  readonly of: ReadonlyArray<Said | Moment | ReasonIs | Voice | Mood | Masked | Ticked | Attribute | Who | CallTime | All | AnyOf | Not | Then | Missing>;
}

/** At least one of them holds. */
export interface AnyOf {
  readonly kind: "any";
  readonly of: ReadonlyArray<Said | Moment | ReasonIs | Voice | Mood | Masked | Ticked | Attribute | Who | CallTime | All | AnyOf | Not | Then | Missing>;
}

/** It does not hold, or has not happened up to now. */
export interface Not {
  readonly kind: "not";
  readonly what:
    Said | Moment | ReasonIs | Voice | Mood | Masked | Ticked | Attribute | Who | CallTime | All | AnyOf | Not | Then
    | Missing;
}

/** These came one after the other, each at most ``within_s`` after the one before. */
export interface Then {
  readonly kind: "then";
  readonly steps: ReadonlyArray<Said | Moment | ReasonIs | Voice | Mood | Masked | Ticked | Attribute | Who | CallTime | All | AnyOf | Not | Then | Missing>;
  readonly withinS: number;
}

/**
 * It has not happened ``within_s`` after something. It is this that happens then, once for each beginning.
 *
 * after: the call's or the agent's start, or another condition. earlier: what happened before ``after`` counts too.
 */
export interface Missing {
  readonly kind: "missing";
  readonly what:
    Said | Moment | ReasonIs | Voice | Mood | Masked | Ticked | Attribute | Who | CallTime | All | AnyOf | Not | Then
    | Missing;
  readonly withinS: number;
  readonly after?:
    "agent" | "call" | Said | Moment | ReasonIs | Voice | Mood | Masked | Ticked | Attribute | Who | CallTime | All |
    AnyOf | Not | Then | Missing;
  readonly earlier?: boolean;
}

/** Something that helps the agent now. */
export interface Hint {
  readonly kind: "hint";
  readonly text: string;
}

/** Something that the agent has to do or to stop now. */
export interface Warn {
  readonly kind: "warning";
  readonly text: string;
}

/** Something that the agent did well. */
export interface Praise {
  readonly kind: "praise";
  readonly text: string;
}

/** An item of the checklist is done. */
export interface Tick {
  readonly kind: "tick";
  readonly item: string;
}

/** Looks in the knowledge base; with no query, for what was said just now. */
export interface LookUp {
  readonly kind: "lookup";
  readonly query?: string | null;
}

/** Tells the supervisors. */
export interface Alert {
  readonly kind: "alert";
  readonly text: string;
}

/** Puts a label on the call. */
export interface Tag {
  readonly kind: "tag";
  readonly label: string;
}

/** Suggests what the call came to. */
export interface Dispose {
  readonly kind: "disposition";
  readonly disposition: string;
}

/**
 * What has to be done in calls for one of these reasons; ``*`` in reasons is any, also before it is clear.
 *
 * An item that stands in several checklists under the same ``item_id`` is one and the same: done in one, done in all.
 */
export interface Checklist {
  readonly checklistId: string;
  readonly title: string;
  readonly reasons: ReadonlyArray<string>;
  readonly lines: ReadonlyArray<ChecklistLine>;
}

/**
 * An item of a checklist.
 *
 * due_s: seconds after the agent was connected by which it should be done; None where any time will do.
 * speaker: who has to say the phrases, or be the one of the moments. moments: each as ``family:label``.
 * masked: entity kinds, one of which the customer has to give. praise: a cue for the agent when it was done in time.
 * after: an earlier item of the checklist; the item is seen only once that one is done. An item with no phrase,
 * moment or kind is ticked by rules and people alone.
 */
export interface ChecklistLine {
  readonly itemId: string;
  readonly label: string;
  readonly dueS?: number | null;
  readonly speaker?: "agent" | "customer";
  readonly phrases?: ReadonlyArray<string>;
  readonly moments?: ReadonlyArray<string>;
  readonly masked?: ReadonlyArray<"ABA_ROUTING" | "ACCOUNT_NUMBER" | "ADDRESS" | "BANK_ACCOUNT" | "CARD_EXPIRY" | "CREDIT_CARD" | "CVV" | "DOB" | "DRIVER_LICENSE" | "EMAIL" | "IBAN" | "IP_ADDRESS" | "MEDICAL_RECORD" | "MEMBER_ID" | "NUMBER" | "OTP" | "PASSPORT" | "PASSWORD" | "PERSON" | "PHONE" | "PIN" | "SORT_CODE" | "SSN_LAST4" | "TAX_ID" | "US_SSN">;
  readonly praise?: string | null;
  readonly after?: string | null;
}

/** What a call can come to. reasons: of the calls that it fits; none: of all. */
export interface Disposition {
  readonly disposition: string;
  readonly title: string;
  readonly reasons?: ReadonlyArray<string>;
}
