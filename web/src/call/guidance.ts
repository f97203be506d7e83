/**
 * What a call's guidance says, built from its committed events alone: cues and what became of them, moments, the
 * checklist, whispers, labels. Pure; events come in sequence, each once.
 */

import type { CallEvent, ChecklistOpened, ChecklistTicked, CueAnswered, CueRaised } from "../generated/events";
import type {
  CallGuidance,
  ChecklistItemState,
  ChecklistState,
  CueState,
  MomentState,
  WhisperState,
} from "../generated/rest";

/** As `GET /v1/calls/{call}/guidance` tells it, less the sequence, which the view has. */
export type Guidance = Omit<CallGuidance, "sequence">;

export const MAX_CUES = 500;
export const MAX_MOMENTS = 2000;

export const NO_GUIDANCE: Guidance = {
  rules: null,
  rulesVersion: null,
  cues: [],
  moments: [],
  checklist: null,
  whispers: [],
  handRaisedMs: null,
  handRaisedBy: null,
  labels: [],
  disposition: null,
  notesVersion: null,
  voice: null,
};

/** The guidance after one more committed event; the same object where the event says nothing of guidance. */
export function guided(guidance: Guidance, event: CallEvent): Guidance {
  switch (event.kind) {
    case "GuidanceStarted":
      return { ...guidance, rules: event.rules, rulesVersion: event.version };
    case "CueRaised":
      return { ...guidance, cues: last([...guidance.cues.filter(not(event.cueId)), raised(event)], MAX_CUES) };
    case "CueWithdrawn":
      return withCue(guidance, event.cueId, (cue) => ({ ...cue, withdrawn: event.reason }));
    case "CueAnswered":
      return withCue(guidance, event.cueId, (cue) => answered(cue, event));
    case "AlertAcknowledged":
      return withCue(guidance, event.cueId, (cue) => ({ ...cue, acknowledgedBy: event.by }));
    case "MomentFound":
      return { ...guidance, moments: last([...guidance.moments, momentOf(event)], MAX_MOMENTS) };
    case "ChecklistOpened":
    case "ChecklistTicked":
    case "ChecklistMissed":
      return { ...guidance, checklist: listed(guidance.checklist, event) };
    case "CallTagged":
      return guidance.labels.includes(event.label)
        ? guidance
        : { ...guidance, labels: [...guidance.labels, event.label] };
    case "DispositionSuggested":
      return { ...guidance, disposition: { disposition: event.disposition, why: event.why } };
    case "HandRaised":
      return { ...guidance, handRaisedMs: event.atMs, handRaisedBy: event.by };
    case "HandLowered":
      return { ...guidance, handRaisedMs: null, handRaisedBy: null };
    case "WhisperSent": {
      const whisper: WhisperState = { text: event.text, by: event.by, atMs: event.atMs };
      return { ...guidance, whispers: last([...guidance.whispers, whisper], MAX_CUES) };
    }
    case "NotesWritten":
      return { ...guidance, notesVersion: event.version };
    case "VoiceMeasured":
      return { ...guidance, voice: event };
    default:
      return guidance;
  }
}

/**
 * The guidance with evidence as the server tells it now. For after an amendment: the text of an utterance became longer
 * or shorter, and the server moved what stands on it.
 */
export function withEvidence(guidance: Guidance, read: Pick<CallGuidance, "cues" | "moments" | "checklist">): Guidance {
  const cues = new Map(read.cues.map((cue) => [cue.cueId, cue.evidence]));
  const moments = new Map(read.moments.map((moment) => [moment.momentId, moment.evidence]));
  const items = new Map(read.checklist?.items.map((item) => [item.itemId, item]));
  const { checklist } = guidance;
  return {
    ...guidance,
    cues: guidance.cues.map((cue) => ({ ...cue, evidence: cues.get(cue.cueId) ?? cue.evidence })),
    moments: guidance.moments.map((moment) => ({
      ...moment,
      evidence: moments.get(moment.momentId) ?? moment.evidence,
    })),
    checklist: checklist && {
      ...checklist,
      items: checklist.items.map((item) => ({ ...item, evidence: items.get(item.itemId)?.evidence ?? item.evidence })),
    },
  };
}

const last = <T>(items: readonly T[], most: number): readonly T[] => (items.length > most ? items.slice(-most) : items);

const not =
  (cueId: string) =>
  (cue: CueState): boolean =>
    cue.cueId !== cueId;

function withCue(guidance: Guidance, cueId: string, change: (cue: CueState) => CueState): Guidance {
  if (!guidance.cues.some((cue) => cue.cueId === cueId)) return guidance;
  return { ...guidance, cues: guidance.cues.map((cue) => (cue.cueId === cueId ? change(cue) : cue)) };
}

function raised(event: CueRaised): CueState {
  return {
    cueId: event.cueId,
    cueKind: event.cueKind,
    audience: event.audience,
    text: event.text,
    why: event.why,
    ruleId: event.ruleId,
    priority: event.priority,
    raisedMs: event.atMs,
    expiresMs: event.expiresMs,
    evidence: event.evidence,
    passageId: event.passageId,
    provisional: event.provisional,
    withdrawn: null,
    answer: null,
    answeredBy: null,
    rating: null,
    acknowledgedBy: null,
  };
}

/** Whether it was used and whether it helped are two questions: the one does not undo the other. */
function answered(cue: CueState, { answer, by }: CueAnswered): CueState {
  if (answer === "helpful" || answer === "unhelpful") return { ...cue, rating: answer };
  return { ...cue, answer, answeredBy: by };
}

function momentOf(event: Extract<CallEvent, { kind: "MomentFound" }>): MomentState {
  const { momentId, family, label, confidence, speaker, startedMs, endedMs, evidence } = event;
  return { momentId, family, label, confidence, speaker, startedMs, endedMs, evidence };
}

type ChecklistEvent = ChecklistOpened | ChecklistTicked | Extract<CallEvent, { kind: "ChecklistMissed" }>;

function listed(before: ChecklistState | null, event: ChecklistEvent): ChecklistState | null {
  if (event.kind === "ChecklistOpened") return opened(before, event);
  if (before?.checklistId !== event.checklistId) return before;
  const items = before.items.map((item): ChecklistItemState => {
    if (item.itemId !== event.itemId || item.state === "done") return item;
    if (event.kind === "ChecklistMissed") return { ...item, state: "missed" };
    return { ...item, state: "done", doneMs: event.atMs, evidence: event.evidence, by: event.by };
  });
  return { ...before, items, adherence: adherence(items) };
}

/** A new reason's list takes the place of the old one; what both ask for stays as it is. */
function opened(before: ChecklistState | null, event: ChecklistOpened): ChecklistState {
  const kept = new Map(before?.items.filter((item) => item.state === "done").map((item) => [item.itemId, item]));
  const items = event.items.map((item): ChecklistItemState => {
    const done = kept.get(item.itemId);
    if (done) return { ...done, label: item.label, dueMs: item.dueMs };
    return { ...item, state: "open", doneMs: null, evidence: null, by: null };
  });
  return { checklistId: event.checklistId, title: event.title, items, adherence: adherence(items) };
}

function adherence(items: readonly ChecklistItemState[]): number {
  return items.length === 0 ? 0 : items.filter((item) => item.state === "done").length / items.length;
}
