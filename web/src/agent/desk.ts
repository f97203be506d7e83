/**
 * Which cue is on top of the agent's screen, and which wait. Pure: guidance and times come in, the next desk goes out.
 *
 * Calm is the aim. One cue is shown; the next comes when that one has gone and a pause has passed. A warning comes
 * at once, in the place of anything milder, which then waits again; so does one that matters more, once the one on top has
 * stood long enough to be read. An article that was read stays in its pane and does not come back. What a hypothesis caused comes only after it has
 * stood for a moment, so that guesses do not flicker; a cue that is of no use any more fades with the reason in words.
 */

import type { CueState } from "../generated/rest";

export type Cue = CueState & { readonly cueKind: Exclude<CueState["cueKind"], "alert"> };

/** mediaMs: how far the call has been heard. nowMs: this machine's clock, which only measures pauses. */
export interface Times {
  readonly mediaMs: number;
  readonly nowMs: number;
}

/** What a person does not want to see again in this call: a whole kind, or for warnings the cues of one rule. */
export type Mute =
  | { readonly of: "kind"; readonly kind: Exclude<Cue["cueKind"], "warning"> }
  | { readonly of: "rule"; readonly ruleId: string; readonly text: string };

export type Parting = "settled" | "contradicted" | "replaced" | "expired";

export type Rating = NonNullable<CueState["rating"]>;

export interface Asked {
  readonly cue: Cue;
  /** Null until it was said. */
  readonly rating: Rating | null;
  readonly untilMs: number;
}

export interface Desk {
  readonly shown: { readonly cueId: string; readonly sinceMs: number } | null;
  /** Goes on its own account; it can be read, and not be answered, until then. */
  readonly leaving: { readonly cue: Cue; readonly why: Parting; readonly untilMs: number } | null;
  /** Nothing but a warning comes before this time. */
  readonly calmUntilMs: number;
  /** When this screen first knew of a cue. */
  readonly knownMs: ReadonlyMap<string, number>;
  readonly muted: readonly Mute[];
  /** Whether the cue that was just answered was of help; asked for a moment, and not while another one is shown. */
  readonly asked: Asked | null;
  /** Articles that gave way after they could be read. */
  readonly read: ReadonlySet<string>;
  /** Answered here; what the server says of it comes later. */
  readonly answered: ReadonlySet<string>;
}

export const PAUSE_MS = 4000;
/** A provisional cue must have stood this long; most hypotheses that go, go sooner. */
export const SETTLE_MS = 800;
export const FADE_MS = 1600;
/** A cue that has stood so long gives way to one that matters more. */
export const READ_MS = 8000;
/** So long it is asked whether a cue was of help, and so long the answer is seen. */
export const ASK_MS = 12_000;
export const THANKS_MS = 2000;
/** A key pressed sooner was meant for what stood there before. */
export const GUARD_MS = 500;
export const MAX_MUTED = 40;

export const EMPTY_DESK: Desk = {
  shown: null,
  leaving: null,
  calmUntilMs: 0,
  knownMs: new Map(),
  muted: [],
  asked: null,
  read: new Set(),
  answered: new Set(),
};

/** The desk as it is now. The same object where nothing has changed. */
export function advance(desk: Desk, cues: readonly CueState[], times: Times): Desk {
  let next = learned(desk, cues, times);
  next = departed(next, cues, times);
  if (next.asked && times.nowMs >= next.asked.untilMs) next = { ...next, asked: null };
  const queue = waiting(next, cues, times);
  const first = queue[0];
  if (!first) return next;
  const shown = shownCue(next, cues);
  if (shown) return givesWay(next, shown, first, times) ? placed(past(next, shown), first, times) : next;
  if (first.cueKind === "warning") return placed(next, first, times);
  return next.leaving || times.nowMs < next.calmUntilMs ? next : placed(next, first, times);
}

function givesWay(desk: Desk, shown: Cue, to: Cue, times: Times): boolean {
  if (shown.cueKind === "warning") return false;
  if (to.cueKind === "warning") return true;
  const read = desk.shown !== null && times.nowMs - desk.shown.sinceMs >= READ_MS;
  return read && to.priority > shown.priority;
}

function past(desk: Desk, shown: Cue): Desk {
  return shown.cueKind === "knowledge" ? { ...desk, read: new Set(desk.read).add(shown.cueId) } : desk;
}

/** The cue on top, as it stands now; null when there is none. */
export function shownCue(desk: Desk, cues: readonly CueState[]): Cue | null {
  const id = desk.shown?.cueId;
  const cue = id === undefined ? undefined : cues.find((one) => one.cueId === id);
  return cue && isForAgent(cue) ? cue : null;
}

/** What may be shown besides the one on top, the most pressing first. */
export function waiting(desk: Desk, cues: readonly CueState[], times: Times): Cue[] {
  return cues
    .filter(isForAgent)
    .filter((cue) => cue.cueId !== desk.shown?.cueId && isOpen(desk, cue, times) && isSettled(desk, cue, times))
    .sort(byNeed);
}

/** Whether a key or a press now is meant for the cue on top. */
export function answerable(desk: Desk, nowMs: number): boolean {
  return desk.shown !== null && nowMs - desk.shown.sinceMs >= GUARD_MS;
}

/** The cue was used or dismissed: it goes at once. */
export function answered(desk: Desk, cueId: string, times: Times): Desk {
  const next = { ...desk, answered: new Set(desk.answered).add(cueId) };
  return desk.shown?.cueId === cueId ? { ...next, shown: null, calmUntilMs: times.nowMs + PAUSE_MS } : next;
}

/** Asks whether it was of help. Praise is not asked about: it helps with nothing. */
export function questioned(desk: Desk, cue: Cue, times: Times): Desk {
  if (cue.cueKind === "praise" || cue.rating !== null) return desk;
  return { ...desk, asked: { cue, rating: null, untilMs: times.nowMs + ASK_MS } };
}

/** The question was answered; the last word counts while it is seen. */
export function rated(desk: Desk, rating: Rating, times: Times): Desk {
  return desk.asked ? { ...desk, asked: { ...desk.asked, rating, untilMs: times.nowMs + THANKS_MS } } : desk;
}

/** The cue and all of its sort stay away for the rest of the call. */
export function muted(desk: Desk, cue: Cue, times: Times): Desk {
  const mute = muteOf(cue);
  const others = desk.muted.filter((one) => !sameMute(one, mute));
  return answered({ ...desk, muted: [...others, mute].slice(-MAX_MUTED) }, cue.cueId, times);
}

export function unmuted(desk: Desk, mute: Mute): Desk {
  return { ...desk, muted: desk.muted.filter((one) => !sameMute(one, mute)) };
}

/** Warnings are never muted as a kind: the next one may be another. */
export function muteOf(cue: Cue): Mute {
  return cue.cueKind === "warning"
    ? { of: "rule", ruleId: cue.ruleId, text: cue.text }
    : { of: "kind", kind: cue.cueKind };
}

function sameMute(a: Mute, b: Mute): boolean {
  if (a.of === "kind") return b.of === "kind" && a.kind === b.kind;
  return b.of === "rule" && a.ruleId === b.ruleId;
}

/** Cues that this screen sees for the first time; ids that are no cue any more are forgotten. */
function learned(desk: Desk, cues: readonly CueState[], times: Times): Desk {
  const known = cues.filter((cue) => desk.knownMs.has(cue.cueId)).length;
  if (known === cues.length && known === desk.knownMs.size) return desk;
  const knownMs = new Map(cues.map((cue) => [cue.cueId, desk.knownMs.get(cue.cueId) ?? times.nowMs]));
  return { ...desk, knownMs };
}

/** Takes away what has gone: answered elsewhere or muted at once, withdrawn or expired with a fade. */
function departed(desk: Desk, cues: readonly CueState[], times: Times): Desk {
  const { leaving, shown } = desk;
  const kept = leaving && times.nowMs >= leaving.untilMs ? { ...desk, leaving: null } : desk;
  if (!shown) return kept;
  const cue = shownCue(kept, cues);
  if (cue && isOpen(kept, cue, times)) return kept;
  const gone = { ...kept, shown: null, calmUntilMs: times.nowMs + PAUSE_MS };
  const why = cue && partingOf(cue, times);
  return why ? { ...gone, leaving: { cue, why, untilMs: times.nowMs + FADE_MS } } : gone;
}

function partingOf(cue: Cue, times: Times): Parting | null {
  if (cue.answer !== null) return null;
  if (cue.withdrawn !== null) return cue.withdrawn;
  return times.mediaMs >= cue.expiresMs ? "expired" : null;
}

function placed(desk: Desk, cue: Cue, times: Times): Desk {
  return { ...desk, shown: { cueId: cue.cueId, sinceMs: times.nowMs }, leaving: null, asked: null };
}

function isForAgent(cue: CueState): cue is Cue {
  return cue.audience === "agent" && cue.cueKind !== "alert";
}

function isOpen(desk: Desk, cue: Cue, times: Times): boolean {
  if (cue.answer !== null || cue.withdrawn !== null || times.mediaMs >= cue.expiresMs) return false;
  if (desk.read.has(cue.cueId)) return false;
  return !desk.answered.has(cue.cueId) && !desk.muted.some((mute) => mutes(mute, cue));
}

function mutes(mute: Mute, cue: Cue): boolean {
  return mute.of === "kind" ? mute.kind === cue.cueKind : mute.ruleId === cue.ruleId;
}

function isSettled(desk: Desk, cue: Cue, times: Times): boolean {
  if (!cue.provisional) return true;
  const since = desk.knownMs.get(cue.cueId);
  return since !== undefined && times.nowMs - since >= SETTLE_MS;
}

/**
 * Warnings before all else, then by priority. Of equals what is to be done before what is to be read, which stands in its
 * pane anyway; then the newer one, which is about what is said now.
 */
function byNeed(a: Cue, b: Cue): number {
  const warnings = Number(b.cueKind === "warning") - Number(a.cueKind === "warning");
  const reading = Number(a.cueKind === "knowledge") - Number(b.cueKind === "knowledge");
  return warnings || b.priority - a.priority || reading || b.raisedMs - a.raisedMs || a.cueId.localeCompare(b.cueId);
}

/** Media time between two tellings of it: it goes on with the clock, but not far beyond what was heard. */
export const MAX_AHEAD_MS = 3000;

export function mediaNow(heardMs: number, heardAtMs: number, nowMs: number): number {
  return heardMs + Math.min(Math.max(0, nowMs - heardAtMs), MAX_AHEAD_MS);
}
