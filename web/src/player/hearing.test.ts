import { describe, expect, it, vi } from "vitest";
import { Hearing, type Sound } from "./hearing";

/** An audio element of the test's own: it plays when it is told that it does. */
class Element extends EventTarget implements Sound {
  currentTime = 0;
  playbackRate = 1;
  paused = true;
  refuses = false;

  readonly play = vi.fn((): Promise<void> => {
    if (this.refuses) return Promise.reject(new Error("a click is wanted first"));
    this.paused = false;
    this.dispatchEvent(new Event("playing"));
    return Promise.resolve();
  });

  readonly pause = vi.fn(() => {
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  });

  reach(seconds: number): void {
    this.currentTime = seconds;
    this.dispatchEvent(new Event("timeupdate"));
  }
}

function made(durationMs = 60_000): { hearing: Hearing; sound: Element; frames: (() => void)[]; times: number[] } {
  const frames: (() => void)[] = [];
  const hearing = new Hearing((run) => {
    frames.push(run);
    return () => frames.splice(frames.indexOf(run), 1);
  }, 1.5);
  const sound = new Element();
  hearing.attach(sound, durationMs);
  const times: number[] = [];
  hearing.onTime((atMs) => times.push(atMs));
  return { hearing, sound, frames, times };
}

describe("hearing", () => {
  it("plays at the chosen speed, and tells the time before every picture", () => {
    const { hearing, sound, frames, times } = made();
    expect(sound.playbackRate).toBe(1.5);
    hearing.play();
    expect(hearing.snapshot().state).toBe("playing");
    sound.currentTime = 0.25;
    frames.shift()?.();
    expect(times).toEqual([0, 250]);
    expect(frames).toHaveLength(1);
    hearing.toggle();
    expect(hearing.snapshot()).toMatchObject({ state: "paused", placeMs: 250 });
    frames.shift()?.();
    expect(frames).toHaveLength(0);
  });

  it("goes to a place without playing, within the recording", () => {
    const { hearing, sound, times } = made();
    hearing.seek(12_000);
    expect([sound.currentTime, hearing.snapshot().state, times.at(-1)]).toEqual([12, "idle", 12_000]);
    hearing.skip(-20_000);
    expect(hearing.positionMs).toBe(0);
    hearing.skip(90_000);
    expect(sound.currentTime).toBe(60);
    expect(sound.play).not.toHaveBeenCalled();
  });

  it("plays a word from its beginning, and anew from the start after the end", () => {
    const { hearing, sound } = made();
    hearing.hear(7_000);
    expect([sound.currentTime, hearing.snapshot().state]).toEqual([7, "playing"]);
    hearing.hear(9_000);
    expect(sound.play).toHaveBeenCalledTimes(1);
    sound.reach(60);
    sound.dispatchEvent(new Event("ended"));
    expect(hearing.snapshot().state).toBe("paused");
    hearing.play();
    expect(sound.currentTime).toBe(0);
  });

  it("stays paused where the browser wants a click first", async () => {
    const { hearing, sound } = made();
    sound.refuses = true;
    hearing.play();
    await Promise.resolve();
    await Promise.resolve();
    expect(hearing.snapshot().state).toBe("paused");
  });

  it("says that it failed, and begins again on another element at the same place", () => {
    const { hearing, sound } = made();
    hearing.hear(5_000);
    sound.dispatchEvent(new Event("error"));
    sound.dispatchEvent(new Event("pause"));
    expect(hearing.snapshot().state).toBe("failed");
    const other = new Element();
    hearing.attach(other, 60_000);
    expect([hearing.snapshot().state, other.currentTime, other.playbackRate]).toEqual(["idle", 5, 1.5]);
    sound.reach(30);
    expect(hearing.positionMs).toBe(5_000);
    hearing.attach(null, 0);
    hearing.play();
    expect(hearing.snapshot().state).toBe("idle");
  });

  it("tells what was heard: up to every stop and every jump, and from time to time", () => {
    const { hearing, sound } = made();
    const heard: (readonly [number, number])[] = [];
    hearing.tellsPlayed((from, to) => heard.push([from, to]));
    hearing.seek(2_000);
    hearing.play();
    sound.reach(4.5);
    hearing.seek(30_000);
    sound.reach(31);
    hearing.pause();
    expect(heard).toEqual([
      [2_000, 4_500],
      [30_000, 31_000],
    ]);
    hearing.play();
    sound.reach(46);
    sound.reach(47);
    hearing.settle();
    hearing.settle();
    expect(heard.slice(2)).toEqual([
      [31_000, 46_000],
      [46_000, 47_000],
    ]);
  });

  it("waits in words while the audio does not come", () => {
    const { hearing, sound } = made();
    hearing.play();
    sound.dispatchEvent(new Event("waiting"));
    expect(hearing.snapshot().state).toBe("loading");
    sound.dispatchEvent(new Event("playing"));
    hearing.setRate(2);
    expect([hearing.snapshot().state, sound.playbackRate]).toEqual(["playing", 2]);
  });
});
