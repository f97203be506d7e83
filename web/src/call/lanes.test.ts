import { describe, expect, it } from "vitest";
import type { CallEvent } from "../generated/events";
import type { CueState } from "../generated/rest";
import { event, said, started } from "./events.fixture";
import { fateOf } from "./fate";
import { lanesOf, ticksOf, utteranceAt, type Lanes } from "./lanes";
import { EMPTY_VIEW, reduce } from "./view";

const lanes = (...events: readonly CallEvent[]): Lanes => lanesOf(reduce(EMPTY_VIEW, [started(), ...events]));
const words = (found: Lanes, name: string): readonly string[] =>
  found.lanes.find((lane) => lane.name === name)?.marks.map((mark) => `${mark.atMs}-${mark.endMs} ${mark.words}`) ?? [];

describe("lanes", () => {
  it("of a call in which nothing was found are none", () => {
    expect(lanes(said(2, "u1", "Hello")).lanes).toEqual([]);
    expect(lanesOf(EMPTY_VIEW).spanMs).toBe(1);
  });

  it("show holds from beginning to end, an open one as far as the call was heard", () => {
    const found = lanes(
      event(2, { kind: "HoldStarted" }, 5000),
      event(3, { kind: "HoldEnded" }, 9000),
      event(4, { kind: "HoldStarted" }, 20_000),
      said(5, "u1", "...", { startedMs: 24_000 }),
    );
    expect(words(found, "Holds")).toEqual(["5000-9000 On hold for 4 s", "20000-24900 On hold for 5 s"]);
    expect(found.spanMs).toBe(24_900);
  });

  it("show moments, cues, ticks and warnings where they were, with the utterance to go to", () => {
    const evidence = { utteranceId: "u1", start: 0, end: 2 };
    const found = lanes(
      event(2, {
        kind: "MomentFound",
        momentId: "m1",
        family: "reason",
        label: "lost_card",
        confidence: 0.9,
        speaker: "customer",
        startedMs: 3000,
        endedMs: 4000,
        evidence,
      }),
      event(3, {
        kind: "MomentFound",
        momentId: "m2",
        family: "voice",
        label: "dead_air",
        confidence: 1,
        speaker: null,
        startedMs: 6000,
        endedMs: 9000,
        evidence: null,
      }),
      event(4, {
        kind: "ChecklistOpened",
        checklistId: "c",
        title: "C",
        items: [
          { itemId: "a", label: "Verify", dueMs: null },
          { itemId: "b", label: "Recap", dueMs: 8000 },
        ],
      }),
      event(5, { kind: "ChecklistTicked", checklistId: "c", itemId: "a", evidence, by: null }, 7000),
      event(6, { kind: "ChecklistMissed", checklistId: "c", itemId: "b" }, 8000),
      event(7, { kind: "CallWarned", code: "audio_gap", message: "A gap" }, 9500),
      event(8, { kind: "CallWarned", code: "recogniser_switched", message: "Recogniser switched to B" }, 9600),
    );
    expect(words(found, "Moments")).toEqual(["3000-3000 Call reason: lost card", "6000-9000 Dead air"]);
    expect(words(found, "Checklist")).toEqual(["7000-7000 Done: Verify", "8000-8000 Not done in time: Recap"]);
    expect(words(found, "Line")).toEqual(["9500-9500 A gap", "9600-9600 Recogniser switched to B"]);
    expect(found.lanes[0]?.marks[0]?.utteranceId).toBe("u1");
    expect(found.spanMs).toBe(9600);
  });

  it("have a few round times", () => {
    expect(ticksOf(75_000)).toEqual([0, 15_000, 30_000, 45_000, 60_000, 75_000]);
    expect(ticksOf(7_200_000).length).toBeLessThanOrEqual(9);
    expect(ticksOf(1)).toEqual([0]);
  });

  it("lead to what was being said", () => {
    const { utterances } = reduce(EMPTY_VIEW, [
      started(),
      said(2, "u1", "a", { startedMs: 1000 }),
      said(3, "u2", "b", { startedMs: 5000 }),
    ]);
    expect([0, 1500, 5000, 9000].map((atMs) => utteranceAt(utterances, atMs))).toEqual(["u1", "u1", "u2", "u2"]);
    expect(utteranceAt(new Map(), 5)).toBeNull();
  });
});

describe("what was made of a cue", () => {
  const cue = (more: Partial<CueState>): CueState =>
    ({
      cueKind: "hint",
      expiresMs: 10_000,
      acknowledgedBy: null,
      answer: null,
      answeredBy: null,
      withdrawn: null,
      rating: null,
      ...more,
    }) as CueState;
  const text = (more: Partial<CueState>, heardMs = 0, ended = false): string => fateOf(cue(more), heardMs, ended).text;

  it("is said in words", () => {
    expect(text({ answer: "used", answeredBy: "maria", withdrawn: "settled" })).toBe("Used by maria");
    expect(text({ answer: "dismissed" })).toBe("Dismissed");
    expect(text({ withdrawn: "contradicted" })).toBe("Taken back: it was heard otherwise");
    expect(text({ cueKind: "alert" }, 99_000, true)).toBe("Not acknowledged");
    expect(text({ cueKind: "alert", acknowledgedBy: "sam" })).toBe("Acknowledged by sam");
    expect(text({})).toBe("On the screen");
    expect(text({}, 10_000)).toBe("Nobody answered it");
    expect(text({}, 0, true)).toBe("Nobody answered it");
  });
});
