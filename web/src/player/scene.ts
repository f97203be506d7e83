/** What the player draws: bars out of peaks, beeps and gaps as shares of the axis, words for a position. Pure. */

import { clock, spoken } from "../format/time";
import type { BeepShown, GapShown, Peaks, RecordingFacts } from "../generated/rest";

export type Side = BeepShown["channel"];

export const SIDES: readonly Side[] = ["customer", "agent"];
export const SIDE_WORDS: Readonly<Record<Side, string>> = { customer: "Customer", agent: "Agent" };

/** A bar and the space after it, in CSS pixels. */
export const BAR_PX = 3;

/**
 * Heights of the bars of one side, 0 to 1, for an axis of `spanMs` that is `widthPx` wide; as many as the recording
 * reaches to. `loudest`: the peak that fills the height, of both sides, so that they can be compared.
 */
export function bars(
  peaks: readonly number[],
  stepMs: number,
  spanMs: number,
  widthPx: number,
  loudest: number,
): number[] {
  const count = Math.max(1, Math.floor(widthPx / BAR_PX));
  const perBar = spanMs / count;
  const found: number[] = [];
  for (let bar = 0; bar * perBar < peaks.length * stepMs && bar < count; bar += 1) {
    const from = Math.floor((bar * perBar) / stepMs);
    const to = Math.max(from + 1, Math.ceil(((bar + 1) * perBar) / stepMs));
    let peak = 0;
    for (let at = from; at < to && at < peaks.length; at += 1) peak = Math.max(peak, peaks[at] ?? 0);
    found.push(height(peak, loudest));
  }
  return found;
}

/** A peak's share of the height: quiet speech is still seen beside loud speech. */
export function height(peak: number, loudest: number): number {
  return Math.min(1, Math.max(0, peak) / loudest) ** 0.7;
}

/** What fills the height: the loudest peak, but a recording of hardly anything is not blown up. */
export function loudestOf(waveform: Peaks | null): number {
  return (waveform ? [waveform.customer, waveform.agent] : []).reduce(
    (most, side) => side.reduce((peak, each) => Math.max(peak, each), most),
    QUIET_PEAK,
  );
}

const QUIET_PEAK = 24;

/** A stretch of the axis, in percent. */
export interface Stretch {
  readonly key: string;
  readonly start: number;
  readonly size: number;
  readonly words: string;
}

export function beepsOf(facts: Pick<RecordingFacts, "beeps">, side: Side, spanMs: number): Stretch[] {
  return facts.beeps
    .filter((beep) => beep.channel === side)
    .map((beep) => stretch(beep, spanMs, `Beeped for ${lasting(beep)}: something was hidden here`));
}

const CAUSES: Readonly<Record<GapShown["cause"], string>> = {
  paused: "recording was paused",
  no_consent: "there was no consent to record",
  lost: "the audio was lost when another process took the call over",
  overflow: "the audio waited too long for its words",
};

export function gapsOf(facts: Pick<RecordingFacts, "gaps">, spanMs: number): Stretch[] {
  return facts.gaps.map((gap) => stretch(gap, spanMs, `Not recorded for ${lasting(gap)}: ${CAUSES[gap.cause]}`));
}

interface Timed {
  readonly startedMs: number;
  readonly endedMs: number;
}

function stretch({ startedMs, endedMs }: Timed, spanMs: number, words: string): Stretch {
  const start = (100 * startedMs) / spanMs;
  const size = (100 * (endedMs - startedMs)) / spanMs;
  return { key: `${startedMs}`, start, size, words: `${clock(startedMs)}  ${words}` };
}

const lasting = ({ startedMs, endedMs }: Timed): string => `${((endedMs - startedMs) / 1000).toFixed(1)} s`;

/** A position as a screen reader says it, and what is there instead of a voice. */
export function positionWords(atMs: number, facts: Pick<RecordingFacts, "durationMs" | "beeps" | "gaps">): string {
  const within = ({ startedMs, endedMs }: Timed): boolean => startedMs <= atMs && atMs < endedMs;
  const beeped = SIDES.filter((side) => facts.beeps.some((beep) => beep.channel === side && within(beep)));
  const instead = facts.gaps.some(within)
    ? ", not recorded"
    : beeped.length > 0
      ? `, ${beeped.map((side) => SIDE_WORDS[side].toLowerCase()).join(" and ")} beeped`
      : "";
  return `${spoken(atMs)} of ${spoken(facts.durationMs)}${instead}`;
}

/** Peaks of one side. */
export function peaksOf(waveform: Peaks | null, side: Side): readonly number[] {
  return waveform?.[side] ?? [];
}
