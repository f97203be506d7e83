import { describe, expect, it } from "vitest";
import type { CueState } from "../generated/rest";
import {
  advance,
  answerable,
  answered,
  EMPTY_DESK,
  FADE_MS,
  GUARD_MS,
  MAX_AHEAD_MS,
  mediaNow,
  muted,
  PAUSE_MS,
  READ_MS,
  SETTLE_MS,
  shownCue,
  unmuted,
  waiting,
  type Cue,
  type Desk,
} from "./desk";

const cue = (cueId: string, more: Partial<Cue> = {}): Cue => ({
  cueId,
  cueKind: "hint",
  audience: "agent",
  text: `Say ${cueId}`,
  why: "it was asked for",
  ruleId: `rule-${cueId}`,
  priority: 50,
  raisedMs: 1000,
  expiresMs: 60_000,
  evidence: [],
  passageId: null,
  provisional: false,
  withdrawn: null,
  answer: null,
  answeredBy: null,
  rating: null,
  acknowledgedBy: null,
  ...more,
});

/** Plays a desk: cues and the clock change, media time goes with the clock unless it is set. */
class Play {
  desk: Desk = EMPTY_DESK;
  cues: readonly CueState[] = [];
  nowMs = 100_000;
  mediaMs = 10_000;

  at(aheadMs: number): this {
    this.nowMs += aheadMs;
    this.mediaMs += aheadMs;
    this.desk = advance(this.desk, this.cues, this.times);
    return this;
  }
  have(...cues: readonly CueState[]): this {
    this.cues = cues;
    return this.at(0);
  }
  change(cueId: string, more: Partial<CueState>): this {
    return this.have(...this.cues.map((one) => (one.cueId === cueId ? { ...one, ...more } : one)));
  }
  get times(): { mediaMs: number; nowMs: number } {
    return { mediaMs: this.mediaMs, nowMs: this.nowMs };
  }
  get top(): string | null {
    return shownCue(this.desk, this.cues)?.cueId ?? null;
  }
  get queue(): string[] {
    return waiting(this.desk, this.cues, this.times).map((one) => one.cueId);
  }
}

describe("one cue on top", () => {
  it("shows the most pressing one first, the others wait", () => {
    const play = new Play().have(cue("a"), cue("b", { priority: 80 }), cue("c", { priority: 80, raisedMs: 2000 }));
    expect([play.top, play.queue]).toEqual(["c", ["b", "a"]]);
  });

  it("of equals shows what is to be done before what is to be read", () => {
    const found = cue("a", { cueKind: "knowledge", raisedMs: 3000 });
    const play = new Play().have(found, cue("b"), cue("k", { cueKind: "knowledge", priority: 51 }));
    expect([play.top, play.queue]).toEqual(["k", ["b", "a"]]);
  });

  it("does not change places at once for a higher priority: only a warning takes the place at once, and the other waits", () => {
    const play = new Play().have(cue("a"));
    play.have(cue("a"), cue("b", { priority: 100 }));
    expect(play.top).toBe("a");
    play.have(cue("a"), cue("b", { priority: 100 }), cue("w", { cueKind: "warning", priority: 1 }));
    expect([play.top, play.queue]).toEqual(["w", ["b", "a"]]);
    play.have(...play.cues, cue("w2", { cueKind: "warning", priority: 99 }));
    expect(play.top).toBe("w");
  });

  it("one that was read gives way to what matters more, and waits again unless it is an article", () => {
    const play = new Play().have(cue("k", { cueKind: "knowledge", priority: 40 }));
    play.have(...play.cues, cue("a", { priority: 85 }), cue("p", { cueKind: "praise", priority: 20 }));
    expect(play.at(READ_MS - 1).top).toBe("k");
    expect([play.at(1).top, play.queue]).toEqual(["a", ["p"]]);
    play.have(...play.cues, cue("b", { priority: 90 }), cue("same", { priority: 90 }));
    expect(play.at(READ_MS - 1).top).toBe("a");
    expect([play.at(1).top, play.queue]).toEqual(["b", ["same", "a", "p"]]);
    expect(play.at(READ_MS).top).toBe("b");
  });

  it("a warning stands until it is answered or its time has passed", () => {
    const play = new Play().have(cue("w", { cueKind: "warning", priority: 1 }));
    play.have(...play.cues, cue("a", { priority: 100 }));
    expect(play.at(2 * READ_MS).top).toBe("w");
  });

  it("waits a calm pause after one has gone, which a warning does not", () => {
    const play = new Play().have(cue("a"), cue("b"));
    play.desk = answered(play.desk, "b", play.times);
    expect(play.top).toBe("a");
    play.desk = answered(play.desk, "a", play.times);
    play.have(cue("a"), cue("c"));
    expect(play.at(PAUSE_MS - 1).top).toBeNull();
    expect(play.queue).toEqual(["c"]);
    expect(play.at(1).top).toBe("c");
    play.desk = answered(play.desk, "c", play.times);
    expect(play.have(cue("w", { cueKind: "warning" })).top).toBe("w");
  });

  it("never shows what is for the supervisor", () => {
    const play = new Play().have(cue("x", { audience: "supervisor" }), { ...cue("y"), cueKind: "alert" });
    expect([play.top, play.queue]).toEqual([null, []]);
  });

  it("shows nothing that was answered or withdrawn before the page was opened", () => {
    const play = new Play().have(
      cue("a", { answer: "used" }),
      cue("b", { withdrawn: "settled" }),
      cue("c", { expiresMs: 10_000 }),
      cue("d", { rating: "helpful" }),
    );
    expect([play.top, play.queue]).toEqual(["d", []]);
  });
});

describe("going", () => {
  it("an expired cue fades, by the call's time and not by the clock", () => {
    const play = new Play().have(cue("a", { expiresMs: 12_000 }));
    play.nowMs += 3_600_000;
    play.at(1999);
    expect(play.top).toBe("a");
    play.at(1);
    expect([play.top, play.desk.leaving?.why, play.desk.leaving?.cue.cueId]).toEqual([null, "expired", "a"]);
    expect(play.at(FADE_MS - 1).desk.leaving).not.toBeNull();
    expect(play.at(1).desk.leaving).toBeNull();
  });

  it("one that waits expires without ever being shown", () => {
    const play = new Play().have(cue("a"), cue("b", { expiresMs: 11_000, priority: 1 })).at(1000);
    expect(play.queue).toEqual([]);
  });

  it("a withdrawn one fades with its reason, and a warning does not wait for that", () => {
    const play = new Play().have(cue("a")).change("a", { withdrawn: "contradicted" });
    expect([play.top, play.desk.leaving?.why]).toEqual([null, "contradicted"]);
    play.have(...play.cues, cue("b"));
    expect(play.at(FADE_MS).top).toBeNull();
    play.have(...play.cues, cue("w", { cueKind: "warning" }));
    expect([play.top, play.desk.leaving]).toEqual(["w", null]);
  });

  it("what was answered on another screen, or left the list, goes at once", () => {
    const play = new Play().have(cue("a")).change("a", { answer: "used", withdrawn: "settled" });
    expect([play.top, play.desk.leaving]).toEqual([null, null]);
    const other = new Play().have(cue("a")).have();
    expect([other.top, other.desk.leaving, other.desk.knownMs.size]).toEqual([null, null, 0]);
  });
});

describe("hypotheses", () => {
  const guess = cue("g", { provisional: true, cueKind: "warning" });

  it("one that is withdrawn at once is never seen", () => {
    const play = new Play().have(guess).at(SETTLE_MS - 1);
    expect([play.top, play.queue]).toEqual([null, []]);
    play.change("g", { withdrawn: "contradicted" }).at(SETTLE_MS);
    expect([play.top, play.desk.leaving]).toEqual([null, null]);
  });

  it("one that stands is shown, and one that the final confirms at once", () => {
    expect(new Play().have(guess).at(SETTLE_MS).top).toBe("g");
    expect(new Play().have(guess).change("g", { provisional: false }).top).toBe("g");
  });

  it("confirming one that is shown leaves it where it is", () => {
    const play = new Play().have(guess).at(SETTLE_MS);
    const { shown } = play.desk;
    expect(play.change("g", { provisional: false }).desk.shown).toBe(shown);
  });
});

describe("muting", () => {
  it("keeps a whole kind away until it is undone", () => {
    const play = new Play().have(cue("p", { cueKind: "praise" }), cue("q", { cueKind: "praise", priority: 1 }));
    play.desk = muted(play.desk, cue("p", { cueKind: "praise" }), play.times);
    expect(play.at(PAUSE_MS).top).toBeNull();
    const [mute] = play.desk.muted;
    expect(mute).toEqual({ of: "kind", kind: "praise" });
    if (mute) play.desk = unmuted(play.desk, mute);
    expect(play.at(0).top).toBe("q");
    expect(play.desk.muted).toEqual([]);
  });

  it("of a warning mutes that warning's rule alone", () => {
    const first = cue("w", { cueKind: "warning" });
    const play = new Play().have(first);
    play.desk = muted(play.desk, first, play.times);
    play.have(cue("w3", { cueKind: "warning", ruleId: first.ruleId }), cue("w2", { cueKind: "warning" }));
    expect([play.top, play.queue]).toEqual(["w2", []]);
    expect(play.desk.muted).toEqual([{ of: "rule", ruleId: first.ruleId, text: first.text }]);
  });

  it("counts a mute once", () => {
    const hint = cue("a");
    const twice = muted(muted(EMPTY_DESK, hint, { mediaMs: 0, nowMs: 0 }), hint, { mediaMs: 0, nowMs: 0 });
    expect(twice.muted).toHaveLength(1);
  });
});

it("a key pressed as a cue comes is not taken for an answer to it", () => {
  const play = new Play().have(cue("a"));
  expect(answerable(play.desk, play.nowMs + GUARD_MS - 1)).toBe(false);
  expect(answerable(play.desk, play.nowMs + GUARD_MS)).toBe(true);
  expect(answerable(EMPTY_DESK, 1e9)).toBe(false);
});

it("is the same object while nothing changes", () => {
  const play = new Play().have(cue("a"), cue("b")).at(10);
  const { desk } = play;
  expect(play.at(10).desk).toBe(desk);
});

it("media time goes on with the clock, though not far beyond what was heard", () => {
  expect(mediaNow(5000, 100, 1100)).toBe(6000);
  expect(mediaNow(5000, 100, 900_000)).toBe(5000 + MAX_AHEAD_MS);
  expect(mediaNow(5000, 100, 50)).toBe(5000);
});

it("over any course of a call: one cue at most, no milder cue sooner than the pause, nothing that is over", () => {
  let seed = 7;
  const chance = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const kinds = ["hint", "warning", "praise", "knowledge"] as const;
  const play = new Play();
  let cues: CueState[] = [];
  let goneAt = -Infinity;
  let before: string | null = null;
  let shownCount = 0;
  for (let step = 0; step < 4000; step += 1) {
    if (chance() < 0.15) {
      const kind = kinds[Math.floor(chance() * 4)] ?? "hint";
      const provisional = chance() < 0.4;
      const expiresMs = play.mediaMs + 500 + chance() * 15_000;
      cues.push(cue(`c${step}`, { cueKind: kind, provisional, expiresMs, priority: Math.floor(chance() * 100) }));
    }
    cues = cues.map((one) => {
      if (one.withdrawn || chance() > 0.02) return one;
      return chance() < 0.5 ? { ...one, withdrawn: "settled" as const } : { ...one, provisional: false };
    });
    if (chance() < 0.02 && play.top) play.desk = answered(play.desk, play.top, play.times);
    if (play.top === null && before !== null) goneAt = play.nowMs;
    before = play.top;
    play.cues = cues;
    play.at(Math.floor(chance() * 600));
    const top = shownCue(play.desk, cues);
    if (top && top.cueId !== before) {
      shownCount += 1;
      expect(top.withdrawn === null && top.expiresMs > play.mediaMs).toBe(true);
      if (top.cueKind !== "warning") expect(play.nowMs - goneAt).toBeGreaterThanOrEqual(PAUSE_MS);
    }
    if (play.top === null && before !== null) goneAt = play.nowMs;
    before = play.top;
  }
  expect(shownCount).toBeGreaterThan(50);
});
