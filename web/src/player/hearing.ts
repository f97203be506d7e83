/**
 * What is being heard: the audio element and its time, for whoever draws. Of the element only what is used is asked
 * for, so that tests hand in one of their own. `preload` is none: opening a call's page is not listening to it.
 */

export type Sound = Pick<
  HTMLAudioElement,
  "currentTime" | "playbackRate" | "paused" | "play" | "pause" | "addEventListener" | "removeEventListener"
>;

export interface HearingState {
  readonly state: "idle" | "loading" | "playing" | "paused" | "failed";
  readonly rate: number;
  /** Moved on at every start, stop and seek: a place that a person chose. */
  readonly placeMs: number;
}

/** Calls back before the next picture; the result takes it back. */
export type NextFrame = (run: () => void) => () => void;

/** Told what was heard, in milliseconds. */
export type TellPlayed = (startedMs: number, endedMs: number) => void;

/** What was heard is told at least this often, so that little is lost with a page that dies. */
const TOLD_EVERY_MS = 15_000;

export const RATES = [0.75, 1, 1.25, 1.5, 2] as const;

type Event = "waiting" | "playing" | "pause" | "ended" | "seeked" | "timeupdate" | "error" | "loadedmetadata";

export class Hearing {
  private current: HearingState;
  private sound: Sound | null = null;
  private atMs = 0;
  private durationMs = 0;
  private readonly watchers = new Set<() => void>();
  private readonly clocks = new Set<(atMs: number) => void>();
  private cancelFrame: (() => void) | null = null;
  /** Where what is being heard, and was not told of yet, began. */
  private heardFromMs: number | null = null;
  private tellPlayed: TellPlayed = () => undefined;

  constructor(
    private readonly nextFrame: NextFrame,
    rate = 1,
  ) {
    this.current = { state: "idle", rate, placeMs: 0 };
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly snapshot = (): HearingState => this.current;

  /** Tells of the position whenever it has changed, many times a second while it plays. */
  readonly onTime = (clock: (atMs: number) => void): (() => void) => {
    this.clocks.add(clock);
    clock(this.atMs);
    return () => this.clocks.delete(clock);
  };

  get positionMs(): number {
    return this.atMs;
  }

  /** From now on tells `tell` what was heard. */
  tellsPlayed(tell: TellPlayed): void {
    this.tellPlayed = tell;
  }

  /** Tells what was heard and was not told of yet: when it stops, and before the page goes. */
  settle(): void {
    const from = this.heardFromMs;
    this.heardFromMs = null;
    if (from !== null && this.atMs > from) this.tellPlayed(Math.round(from), Math.round(this.atMs));
  }

  /** Another element, or none: what it has played so far is gone on from. */
  attach(sound: Sound | null, durationMs: number): void {
    this.settle();
    for (const [name, taken] of this.takes) this.sound?.removeEventListener(name, taken);
    this.cancelFrame?.();
    this.cancelFrame = null;
    this.sound = sound;
    this.durationMs = durationMs;
    this.change({ state: "idle" });
    if (!sound) return;
    for (const [name, taken] of this.takes) sound.addEventListener(name, taken);
    sound.playbackRate = this.current.rate;
    if (this.atMs > 0) sound.currentTime = this.atMs / 1000;
  }

  play(): void {
    const { sound } = this;
    if (!sound) return;
    // At the very end it begins anew.
    if (this.durationMs > 0 && this.atMs >= this.durationMs - 50) this.seek(0);
    this.change({ state: "loading", placeMs: this.atMs });
    // Fails where the browser wants a click first, and where `pause` came before it began: both leave it paused.
    sound.play().catch(() => {
      if (this.current.state === "loading") this.change({ state: "paused" });
    });
  }

  pause(): void {
    this.sound?.pause();
  }

  toggle(): void {
    if (this.current.state === "playing" || this.current.state === "loading") this.pause();
    else this.play();
  }

  seek(toMs: number): void {
    this.settle();
    this.atMs = Math.max(0, this.durationMs > 0 ? Math.min(toMs, this.durationMs) : toMs);
    if (this.sound) this.sound.currentTime = this.atMs / 1000;
    if (this.current.state === "playing") this.heardFromMs = this.atMs;
    this.change({ placeMs: this.atMs });
    this.tell();
  }

  skip(byMs: number): void {
    this.seek(this.atMs + byMs);
  }

  /** From there on, aloud. */
  hear(fromMs: number): void {
    this.seek(fromMs);
    if (this.current.state !== "playing") this.play();
  }

  setRate(rate: number): void {
    if (this.sound) this.sound.playbackRate = rate;
    this.change({ rate });
  }

  private readonly takes: readonly (readonly [Event, () => void])[] = [
    ["waiting", () => this.current.state === "playing" && this.change({ state: "loading" })],
    [
      "playing",
      () => {
        this.heardFromMs ??= this.atMs;
        this.change({ state: "playing" });
        this.follow();
      },
    ],
    ["pause", () => this.stopped()],
    ["ended", () => this.stopped()],
    ["seeked", () => this.read()],
    ["timeupdate", () => this.read()],
    ["loadedmetadata", () => this.sound && (this.sound.playbackRate = this.current.rate)],
    [
      "error",
      () => {
        this.settle();
        this.change({ state: "failed" });
      },
    ],
  ];

  private stopped(): void {
    this.read();
    this.settle();
    if (this.current.state !== "failed") this.change({ state: "paused", placeMs: this.atMs });
  }

  private follow(): void {
    this.cancelFrame?.();
    this.cancelFrame = this.nextFrame(() => {
      this.cancelFrame = null;
      this.read();
      if (this.current.state === "playing") this.follow();
    });
  }

  private read(): void {
    if (!this.sound) return;
    const atMs = this.sound.currentTime * 1000;
    if (atMs === this.atMs) return;
    this.atMs = atMs;
    if (this.heardFromMs !== null && atMs - this.heardFromMs >= TOLD_EVERY_MS) {
      this.settle();
      this.heardFromMs = atMs;
    }
    this.tell();
  }

  private tell(): void {
    for (const clock of this.clocks) clock(this.atMs);
  }

  private change(part: Partial<HearingState>): void {
    this.current = { ...this.current, ...part };
    for (const watcher of this.watchers) watcher();
  }
}
