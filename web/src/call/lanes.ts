/** The call as a strip of lanes: moments, cues, checklist, holds, and what went wrong with the line. Pure. */

import { labelWords } from "../format/label";
import type { Evidence } from "../generated/events";
import type { CueState, MomentState } from "../generated/rest";
import type { CallView, Note, Utterance } from "./view";

export type Tone = "plain" | "good" | "warn" | "bad" | "info";

/** From `atMs` to `endMs`, which are the same for what took no time. */
export interface Mark {
  readonly key: string;
  readonly atMs: number;
  readonly endMs: number;
  readonly words: string;
  readonly tone: Tone;
  readonly utteranceId: string | null;
}

export interface Lane {
  readonly name: string;
  readonly marks: readonly Mark[];
}

export interface Lanes {
  readonly spanMs: number;
  readonly lanes: readonly Lane[];
}

/** Lanes without marks are left out. The span reaches to the call's end, or as far as it was heard. */
export function lanesOf(view: Pick<CallView, "guidance" | "notes" | "warnings" | "heardMs" | "endedMs">): Lanes {
  const { guidance, notes, heardMs, endedMs } = view;
  const untilMs = endedMs ?? heardMs;
  const lanes: Lane[] = [
    { name: "Moments", marks: guidance.moments.map(momentMark) },
    { name: "Cues", marks: guidance.cues.map(cueMark) },
    { name: "Checklist", marks: checklistMarks(view) },
    { name: "Holds", marks: holdMarks(notes, untilMs) },
    { name: "Line", marks: lineMarks(notes) },
  ].filter((lane) => lane.marks.length > 0);
  const last = Math.max(0, ...lanes.flatMap((lane) => lane.marks.map((mark) => mark.endMs)));
  return { spanMs: Math.max(untilMs, last, 1), lanes };
}

const place = (evidence: Evidence | null | undefined): string | null => evidence?.utteranceId ?? null;

function momentMark(moment: MomentState): Mark {
  const { momentId, label, family, startedMs, endedMs, evidence } = moment;
  return {
    key: momentId,
    atMs: startedMs,
    endMs: family === "voice" ? Math.max(startedMs, endedMs) : startedMs,
    words: momentWords(moment),
    tone: momentTone(family, label),
    utteranceId: place(evidence),
  };
}

function momentTone(family: MomentState["family"], label: string): Tone {
  if (family === "reason") return "info";
  if (family === "voice") return "warn";
  if (label === "negative" || BAD_INTENTS.has(label)) return "bad";
  return label === "positive" || label === "gives_thanks" ? "good" : "plain";
}

const BAD_INTENTS: ReadonlySet<string> = new Set(["wants_manager", "threatens_leave", "legal_threat", "wants_cancel"]);

const SENTIMENT_WORDS: Readonly<Record<string, string>> = {
  negative: "Turns unhappy",
  neutral: "Calms down",
  positive: "Turns pleased",
};

/** What happened, in words, and to whom. */
export function momentWords({ family, label, speaker }: MomentState): string {
  const who = speaker === "agent" ? "Agent" : speaker === "customer" ? "Customer" : null;
  const what = family === "sentiment" ? (SENTIMENT_WORDS[label] ?? labelWords(label)) : labelWords(label);
  if (family === "reason") return `Call reason: ${what.toLowerCase()}`;
  return who === null ? what : `${who}: ${what.toLowerCase()}`;
}

const CUE_TONES: Readonly<Record<CueState["cueKind"], Tone>> = {
  hint: "info",
  knowledge: "info",
  praise: "good",
  warning: "warn",
  alert: "bad",
};

function cueMark(cue: CueState): Mark {
  const { cueId, cueKind, text, raisedMs, evidence } = cue;
  return {
    key: cueId,
    atMs: raisedMs,
    endMs: raisedMs,
    words: `${CUE_WORDS[cueKind]}: ${text}`,
    tone: CUE_TONES[cueKind],
    utteranceId: place(evidence[0]),
  };
}

export const CUE_WORDS: Readonly<Record<CueState["cueKind"], string>> = {
  hint: "Hint",
  knowledge: "Answer found",
  praise: "Praise",
  warning: "Warning",
  alert: "Alert",
};

function checklistMarks({ guidance }: Pick<CallView, "guidance">): Mark[] {
  const items = guidance.checklist?.items ?? [];
  return items.flatMap((item): Mark[] => {
    const { itemId, label, state, doneMs, dueMs, evidence } = item;
    const atMs = state === "done" ? doneMs : state === "missed" ? dueMs : null;
    if (atMs === null) return [];
    const done = state === "done";
    const words = done ? `Done: ${label}` : `Not done in time: ${label}`;
    return [{ key: itemId, atMs, endMs: atMs, words, tone: done ? "good" : "bad", utteranceId: place(evidence) }];
  });
}

function holdMarks(notes: readonly Note[], untilMs: number): Mark[] {
  const marks: Mark[] = [];
  let since: Note | null = null;
  const close = (endMs: number): void => {
    if (!since) return;
    const { atMs, sequence } = since;
    const end = Math.max(atMs, endMs);
    const words = `On hold for ${Math.round((end - atMs) / 1000)} s`;
    marks.push({ key: `hold-${sequence}`, atMs, endMs: end, words, tone: "plain", utteranceId: null });
    since = null;
  };
  for (const note of notes) {
    if (note.kind === "hold") since ??= note;
    else if (note.kind === "resume" || note.kind === "end") close(note.atMs);
  }
  close(untilMs);
  return marks;
}

function lineMarks(notes: readonly Note[]): Mark[] {
  return notes
    .filter((note) => note.kind === "warning" || note.kind === "recogniser")
    .map(({ sequence, atMs, text }) => ({
      key: `line-${sequence}`,
      atMs,
      endMs: atMs,
      words: text,
      tone: "warn",
      utteranceId: null,
    }));
}

const STEPS_S = [5, 15, 30, 60, 120, 300, 600, 1800, 3600];
const TICKS_MAX = 8;

/** Round times along the strip, beginning with 0. */
export function ticksOf(spanMs: number): number[] {
  const step = 1000 * (STEPS_S.find((s) => spanMs / (s * 1000) <= TICKS_MAX) ?? 7200);
  const ticks: number[] = [];
  for (let at = 0; at <= spanMs; at += step) ticks.push(at);
  return ticks;
}

/** The utterance that was being said at that time, or the last one before it. */
export function utteranceAt(utterances: ReadonlyMap<string, Utterance>, atMs: number): string | null {
  let best: Utterance | null = null;
  let first: Utterance | null = null;
  for (const utterance of utterances.values()) {
    if (!first || utterance.startedMs < first.startedMs) first = utterance;
    if (utterance.startedMs <= atMs && (!best || utterance.startedMs >= best.startedMs)) best = utterance;
  }
  return (best ?? first)?.id ?? null;
}
