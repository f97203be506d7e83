/**
 * What is known of one call, built from its events alone. Pure: `reduce` takes a view and a batch of events and gives
 * the next view; nothing here waits, reads a clock or draws.
 *
 * Committed events are taken in sequence, each once. One that comes too early is set aside and reported as a gap, for
 * the session to fetch what lies between. Partials are keyed (utterance, epoch, revision): the highest pair is shown,
 * and the commit of the same utterance replaces it for good.
 */

import {
  TRANSIENT_KINDS,
  type CallEnded,
  type CallEvent,
  type CallWarned,
  type Mask,
  type PartialRevised,
  type RecogniserStarted,
  type UtteranceCommitted,
} from "../generated/events";
import type { CallGuidance, CallSummary } from "../generated/rest";
import { guided, NO_GUIDANCE, withEvidence, type Guidance } from "./guidance";

export type Speaker = UtteranceCommitted["speaker"];
export type Phase = CallSummary["phase"];

/** One block of the transcript. `final` once it is committed. */
export interface Utterance {
  readonly id: string;
  readonly state: "partial" | "final";
  readonly speaker: Speaker;
  readonly startedMs: number;
  readonly endedMs: number | null;
  readonly text: string;
  readonly masks: readonly Mask[];
  /** With their times; none while partial. */
  readonly words: UtteranceCommitted["words"];
  /** Of the commit; null while partial. */
  readonly sequence: number | null;
  /** Of the newest partial seen. */
  readonly epoch: number;
  readonly revision: number;
}

/** Something between the utterances, in words for a person. */
export interface Note {
  readonly sequence: number;
  readonly atMs: number;
  readonly kind: "agent" | "queue" | "hold" | "resume" | "transfer" | "recogniser" | "recording" | "warning" | "end";
  readonly text: string;
}

export interface CallView {
  /** Of the last committed event up to which nothing is missing: where a reconnect resumes. */
  readonly sequence: number;
  readonly phase: Phase | null;
  readonly agentId: string | null;
  readonly recogniser: Pick<RecogniserStarted, "label" | "source"> | null;
  readonly epoch: number;
  readonly utterances: ReadonlyMap<string, Utterance>;
  readonly notes: readonly Note[];
  readonly warnings: readonly Pick<CallWarned, "code" | "message" | "atMs">[];
  /** Why nothing is recorded at the moment; empty while it is, as far as the call's events tell. */
  readonly unrecorded: readonly ("paused" | "consent")[];
  /** When the call's words were deleted for good (epoch milliseconds). */
  readonly textDeletedAtMs: number | null;
  readonly endReason: CallEnded["reason"] | null;
  readonly endedMs: number | null;
  readonly lag: { readonly heardMs: number; readonly behindMs: number } | null;
  /** The latest media time that anything has told of. */
  readonly heardMs: number;
  readonly timings: ReadonlyMap<string, Stages>;
  readonly guidance: Guidance;
  /** Committed events that came before their turn. */
  readonly ahead: ReadonlyMap<number, CallEvent>;
  /** Amended utterances whose new text has not been read yet: utterance id -> sequence of its commit. */
  readonly amended: ReadonlyMap<string, number>;
}

export type Stages = Readonly<Record<string, number>>;

/** More than this many early events are not kept: the fetch that closes the gap brings them anyway. */
export const MAX_AHEAD = 500;

export const EMPTY_VIEW: CallView = {
  sequence: 0,
  phase: null,
  agentId: null,
  recogniser: null,
  epoch: 0,
  utterances: new Map(),
  notes: [],
  warnings: [],
  unrecorded: [],
  textDeletedAtMs: null,
  endReason: null,
  endedMs: null,
  lag: null,
  heardMs: 0,
  timings: new Map(),
  guidance: NO_GUIDANCE,
  ahead: new Map(),
  amended: new Map(),
};

/** True while committed events are known to be missing below one that has come. */
export function hasGap(view: CallView): boolean {
  return view.ahead.size > 0;
}

/** The view after a batch of events, in the order in which they came. */
export function reduce(view: CallView, events: readonly CallEvent[]): CallView {
  if (events.length === 0) return view;
  const draft = new Draft(view);
  for (const event of events) draft.take(event);
  return draft.done();
}

/** The view with amended utterances' texts as they stand now; `events` are their commits, `read` the guidance, anew. */
export function refresh(view: CallView, events: readonly CallEvent[], read: CallGuidance): CallView {
  const utterances = new Map(view.utterances);
  const amended = new Map(view.amended);
  for (const event of events) {
    if (event.kind !== "UtteranceCommitted") continue;
    utterances.set(event.utteranceId, committed(event));
    amended.delete(event.utteranceId);
  }
  return { ...view, utterances, amended, guidance: withEvidence(view.guidance, read) };
}

/** The view with measured stages that were read over REST; a live measurement of the same utterance wins. */
export function withTimings(view: CallView, read: readonly { utteranceId: string; stages: Stages }[]): CallView {
  if (read.length === 0) return view;
  const timings = new Map(read.map(({ utteranceId, stages }) => [utteranceId, stages]));
  for (const [id, stages] of view.timings) timings.set(id, { ...timings.get(id), ...stages });
  return { ...view, timings };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** One batch's work: each container is copied once, whatever the batch's size. */
class Draft {
  private readonly view: Writable<CallView>;
  private readonly utterances: Map<string, Utterance>;
  private readonly ahead: Map<number, CallEvent>;
  private readonly amended: Map<string, number>;
  private readonly timings: Map<string, Stages>;
  private readonly notes: Note[];
  private readonly warnings: Pick<CallWarned, "code" | "message" | "atMs">[];

  constructor(view: CallView) {
    this.utterances = new Map(view.utterances);
    this.ahead = new Map(view.ahead);
    this.amended = new Map(view.amended);
    this.timings = new Map(view.timings);
    this.notes = [...view.notes];
    this.warnings = [...view.warnings];
    this.view = { ...view };
  }

  done(): CallView {
    const { utterances, ahead, amended, timings, notes, warnings } = this;
    return { ...this.view, utterances, ahead, amended, timings, notes, warnings };
  }

  take(event: CallEvent): void {
    if (TRANSIENT_KINDS.has(event.kind)) {
      this.transient(event);
      return;
    }
    if (event.sequence <= this.view.sequence) return;
    if (event.sequence > this.view.sequence + 1) {
      if (this.ahead.size < MAX_AHEAD) this.ahead.set(event.sequence, event);
      return;
    }
    this.commit(event);
    for (let next = this.nextAhead(); next !== undefined; next = this.nextAhead()) this.commit(next);
  }

  private nextAhead(): CallEvent | undefined {
    for (const sequence of this.ahead.keys()) if (sequence <= this.view.sequence) this.ahead.delete(sequence);
    return this.ahead.get(this.view.sequence + 1);
  }

  private transient(event: CallEvent): void {
    switch (event.kind) {
      case "PartialRevised":
        if (this.view.phase !== "ended") this.partial(event);
        break;
      case "UtteranceTimed":
        this.timings.set(event.utteranceId, { ...this.timings.get(event.utteranceId), ...event.stages });
        break;
      case "LagMeasured":
        this.view.lag = { heardMs: event.heardMs, behindMs: event.behindMs };
        this.heard(event.heardMs);
        break;
      default:
        break;
    }
  }

  private partial(event: PartialRevised): void {
    const known = this.utterances.get(event.utteranceId);
    if (known?.state === "final" || event.epoch < this.view.epoch) return;
    if (known && (event.epoch < known.epoch || (event.epoch === known.epoch && event.revision <= known.revision)))
      return;
    this.utterances.set(event.utteranceId, {
      id: event.utteranceId,
      state: "partial",
      speaker: event.speaker,
      startedMs: event.startedMs,
      endedMs: null,
      text: event.text,
      masks: event.masks,
      words: [],
      sequence: null,
      epoch: event.epoch,
      revision: event.revision,
    });
  }

  private commit(event: CallEvent): void {
    const { view } = this;
    view.sequence = event.sequence;
    view.guidance = guided(view.guidance, event);
    this.heard(event.kind === "UtteranceCommitted" ? event.endedMs : event.atMs);
    switch (event.kind) {
      case "CallStarted":
        view.phase = "system";
        break;
      case "CallQueued":
        view.phase = "queued";
        this.note(event, "queue", "In the queue");
        break;
      case "RecogniserStarted":
        this.recogniser(event);
        break;
      case "AgentConnected":
        view.phase = "connected";
        view.agentId = event.agentId;
        this.note(event, "agent", `${event.agentId} joined the call`);
        break;
      case "HoldStarted":
        view.phase = "held";
        this.note(event, "hold", "Customer put on hold");
        break;
      case "HoldEnded":
        view.phase = "connected";
        this.note(event, "resume", "Back from hold");
        break;
      case "CallTransferred":
        this.note(
          event,
          "transfer",
          event.nextContactId ? `Transferred to contact ${event.nextContactId}` : "Transferred",
        );
        break;
      case "UtteranceCommitted":
        this.utterances.set(event.utteranceId, committed(event));
        break;
      case "UtteranceAmended":
        this.amend(event.utteranceId);
        break;
      case "CallWarned":
        this.warnings.push({ code: event.code, message: event.message, atMs: event.atMs });
        this.note(event, event.code === "recogniser_switched" ? "recogniser" : "warning", event.message);
        break;
      case "RecordingPaused":
        this.recording(event, "paused", "Recording paused");
        break;
      case "RecordingResumed":
        this.recording(event, "paused", "Recording goes on");
        break;
      case "ConsentGiven":
        this.recording(event, "consent", "The customer agreed to be recorded");
        break;
      case "ConsentWithdrawn":
        this.recording(event, "consent", "The customer does not agree to be recorded any more");
        break;
      case "RecordingDeleted":
        this.note(event, "recording", "The recording was deleted");
        break;
      case "TextDeleted":
        this.view.textDeletedAtMs = event.deletedAtMs;
        for (const [id, utterance] of this.utterances)
          this.utterances.set(id, { ...utterance, text: "", masks: [], words: [] });
        break;
      case "CallEnded":
        this.end(event);
        break;
      default:
        // Guidance, which is gathered above, or a kind of a newer version: counted, not shown.
        break;
    }
  }

  private heard(mediaMs: number): void {
    this.view.heardMs = Math.max(this.view.heardMs, mediaMs);
  }

  private note(event: CallEvent, kind: Note["kind"], text: string): void {
    this.notes.push({ sequence: event.sequence, atMs: event.atMs, kind, text });
  }

  private recording(event: CallEvent, why: "paused" | "consent", text: string): void {
    const others = this.view.unrecorded.filter((each) => each !== why);
    const stops = event.kind === "RecordingPaused" || event.kind === "ConsentWithdrawn";
    this.view.unrecorded = stops ? [...others, why] : others;
    this.note(event, "recording", text);
  }

  private recogniser(event: RecogniserStarted): void {
    if (this.view.recogniser) this.note(event, "recogniser", `Recognition goes on with ${event.label}`);
    this.view.recogniser = { label: event.label, source: event.source };
    this.view.epoch = event.epoch;
    // Another worker reads the audio again: what the earlier one left open comes anew, or not at all.
    this.dropPartials((utterance) => utterance.epoch < event.epoch);
  }

  private amend(utteranceId: string): void {
    const known = this.utterances.get(utteranceId);
    if (known?.sequence) this.amended.set(utteranceId, known.sequence);
  }

  private end(event: CallEnded): void {
    this.view.phase = "ended";
    this.view.endReason = event.reason;
    this.view.endedMs = event.atMs;
    this.dropPartials(() => true);
    this.note(event, "end", endWords(event.reason));
  }

  private dropPartials(which: (utterance: Utterance) => boolean): void {
    for (const [id, utterance] of this.utterances) {
      if (utterance.state === "partial" && which(utterance)) this.utterances.delete(id);
    }
  }
}

function committed(event: UtteranceCommitted): Utterance {
  return {
    id: event.utteranceId,
    state: "final",
    speaker: event.speaker,
    startedMs: event.startedMs,
    endedMs: event.endedMs,
    text: event.text,
    masks: event.masks,
    words: event.words,
    sequence: event.sequence,
    epoch: 0,
    revision: 0,
  };
}

/** Why a call ended, in words. */
export function endWords(reason: CallEnded["reason"]): string {
  switch (reason) {
    case "disconnected":
      return "Call ended";
    case "transferred":
      return "Call transferred";
    case "next_contact":
      return "Call ended: the stream went on to the next contact";
    case "no_audio":
      return "Call ended: no audio came any more";
    case "stream_missing":
      return "Call ended: its audio stream was not found";
    case "failed":
      return "Call ended: reading the audio failed";
  }
}
