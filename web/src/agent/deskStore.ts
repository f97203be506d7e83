/** The desk of one call over time: takes what the session knows, looks again as time goes on, tells who watches. */

import type { CueState } from "../generated/rest";
import {
  advance,
  answerable,
  answered,
  EMPTY_DESK,
  mediaNow,
  muted,
  questioned,
  rated,
  shownCue,
  unmuted,
  waiting,
  type Cue,
  type Desk,
  type Mute,
  type Rating,
  type Times,
} from "./desk";

export interface DeskState {
  readonly cue: Cue | null;
  readonly leaving: Desk["leaving"];
  readonly asked: Desk["asked"];
  readonly waiting: number;
  readonly muted: readonly Mute[];
  /** How far the call is, in whole seconds' milliseconds. */
  readonly mediaMs: number;
}

export interface DeskSurroundings {
  readonly nowMs: () => number;
  readonly every: (ms: number, run: () => void) => () => void;
  readonly loadMuted: () => readonly Mute[];
  readonly saveMuted: (muted: readonly Mute[]) => void;
}

export const LOOK_EVERY_MS = 250;

export class DeskStore {
  private desk: Desk;
  private cues: readonly CueState[] = [];
  private heardMs = 0;
  private heardAtMs: number;
  private live = false;
  private state: DeskState;
  private cancel: (() => void) | null = null;
  private readonly watchers = new Set<() => void>();

  constructor(private readonly around: DeskSurroundings) {
    this.desk = { ...EMPTY_DESK, muted: around.loadMuted() };
    this.heardAtMs = around.nowMs();
    this.state = { cue: null, leaving: null, asked: null, waiting: 0, muted: this.desk.muted, mediaMs: 0 };
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    this.cancel ??= this.around.every(LOOK_EVERY_MS, () => this.look());
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size > 0) return;
      this.cancel?.();
      this.cancel = null;
    };
  };

  readonly snapshot = (): DeskState => this.state;

  /** What is known of the call. Not `live` (loading, or over): no cue is shown. */
  feed(cues: readonly CueState[], heardMs: number, live: boolean): void {
    if (heardMs !== this.heardMs) {
      this.heardMs = heardMs;
      this.heardAtMs = this.around.nowMs();
    }
    this.cues = cues;
    this.live = live;
    this.look();
  }

  /** The cue that an answer given now is for; null where the press came too soon after it did. */
  answerable(): Cue | null {
    return answerable(this.desk, this.around.nowMs()) ? shownCue(this.desk, this.cues) : null;
  }

  answer(cue: Cue): void {
    const times = this.times();
    this.desk = questioned(answered(this.desk, cue.cueId, times), cue, times);
    this.look();
  }

  /** Whether the cue that was answered last was of help: the cue meant; null where nothing is asked. */
  rate(rating: Rating): Cue | null {
    const { asked } = this.desk;
    if (!asked || asked.rating === rating) return null;
    this.desk = rated(this.desk, rating, this.times());
    this.look();
    return asked.cue;
  }

  mute(cue: Cue): void {
    this.desk = muted(this.desk, cue, this.times());
    this.around.saveMuted(this.desk.muted);
    this.look();
  }

  unmute(mute: Mute): void {
    this.desk = unmuted(this.desk, mute);
    this.around.saveMuted(this.desk.muted);
    this.look();
  }

  private times(): Times {
    const nowMs = this.around.nowMs();
    return { nowMs, mediaMs: this.live ? mediaNow(this.heardMs, this.heardAtMs, nowMs) : this.heardMs };
  }

  private look(): void {
    const times = this.times();
    const cues = this.live ? this.cues : [];
    this.desk = advance(this.desk, cues, times);
    const next: DeskState = {
      cue: shownCue(this.desk, cues),
      leaving: this.desk.leaving,
      asked: this.desk.asked,
      waiting: waiting(this.desk, cues, times).length,
      muted: this.desk.muted,
      mediaMs: Math.floor(times.mediaMs / 1000) * 1000,
    };
    const before = this.state;
    if ((Object.keys(next) as (keyof DeskState)[]).every((key) => next[key] === before[key])) return;
    this.state = next;
    for (const watcher of this.watchers) watcher();
  }
}
