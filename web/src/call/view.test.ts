import { describe, expect, it } from "vitest";
import type { CallEvent } from "../generated/events";
import { event, partial, said, started } from "./events.fixture";
import { NO_GUIDANCE } from "./guidance";
import { EMPTY_VIEW, hasGap, MAX_AHEAD, reduce, refresh, withTimings, type CallView } from "./view";

const after = (...events: CallEvent[]): CallView => reduce(EMPTY_VIEW, events);
const texts = (view: CallView): string[] => [...view.utterances.values()].map((u) => `${u.state}: ${u.text}`);

describe("partials", () => {
  it("are replaced by a higher revision and by nothing lower", () => {
    const view = after(
      started(),
      partial("u1", [1, 2], "I lost my"),
      partial("u1", [1, 1], "I lost"),
      partial("u1", [1, 2], "again"),
    );
    expect(texts(view)).toEqual(["partial: I lost my"]);
  });

  it("of a higher epoch replace those of a lower one, whatever the revision", () => {
    const view = after(
      started(),
      partial("u1", [1, 9], "old worker"),
      partial("u1", [2, 1], "new worker"),
      partial("u1", [1, 10], "old again"),
    );
    expect(texts(view)).toEqual(["partial: new worker"]);
  });

  it("stand side by side for several utterances", () => {
    const view = after(started(), partial("u1", [1, 1], "one"), partial("u2", [1, 1], "two"));
    expect(texts(view)).toEqual(["partial: one", "partial: two"]);
  });

  it("settle in the commit of their utterance and never come back", () => {
    const view = after(
      started(),
      partial("u1", [1, 1], "I lost"),
      said(2, "u1", "I lost my card."),
      partial("u1", [2, 5], "late"),
    );
    expect(texts(view)).toEqual(["final: I lost my card."]);
  });

  it("of a worker that was replaced go when the next one starts", () => {
    const recogniser = {
      kind: "RecogniserStarted",
      recogniser: "script",
      label: "Recorded words",
      source: "script",
    } as const;
    const view = after(
      started(),
      event(2, { ...recogniser, epoch: 1 }),
      partial("u1", [1, 3], "left open"),
      event(3, { ...recogniser, epoch: 2 }),
      partial("u1", [1, 4], "from the dead"),
    );
    expect(texts(view)).toEqual([]);
    expect(view.notes.map((note) => note.kind)).toEqual(["recogniser"]);
  });

  it("do not outlive the call", () => {
    const view = after(
      started(),
      partial("u1", [1, 1], "half a"),
      event(2, { kind: "CallEnded", reason: "disconnected" }),
      partial("u2", [1, 1], "x"),
    );
    expect(texts(view)).toEqual([]);
    expect(view.phase).toBe("ended");
  });
});

describe("committed events", () => {
  it("are taken once", () => {
    const once = after(
      started(),
      said(2, "u1", "Hello."),
      event(3, { kind: "CallWarned", code: "audio_gap", message: "gap" }),
    );
    const twice = reduce(once, [
      started(),
      said(2, "u1", "Hello, changed."),
      event(3, { kind: "CallWarned", code: "audio_gap", message: "gap" }),
    ]);
    expect(texts(twice)).toEqual(["final: Hello."]);
    expect(twice.warnings).toHaveLength(1);
    expect(twice.sequence).toBe(3);
  });

  it("wait for those before them, and the gap shows", () => {
    const view = after(started(), said(4, "u3", "third"), said(3, "u2", "second"));
    expect(hasGap(view)).toBe(true);
    expect(view.sequence).toBe(1);
    expect(texts(view)).toEqual([]);
    const closed = reduce(view, [said(2, "u1", "first")]);
    expect(hasGap(closed)).toBe(false);
    expect(closed.sequence).toBe(4);
    expect(texts(closed)).toEqual(["final: first", "final: second", "final: third"]);
  });

  it("set aside are bounded, and closing the gap by reading forgets them", () => {
    const far = Array.from({ length: MAX_AHEAD + 50 }, (_, index) => said(index + 3, `u${index + 3}`, "x"));
    const view = after(started(), ...far);
    expect(view.ahead.size).toBe(MAX_AHEAD);
    const read = reduce(view, [said(2, "u2", "x"), ...far]);
    expect(read.sequence).toBe(MAX_AHEAD + 52);
    expect(hasGap(read)).toBe(false);
  });

  it("of a kind that this version does not know count, and do nothing else", () => {
    const strange = { ...started(2), kind: "SentimentShifted" } as unknown as CallEvent;
    const view = after(started(), strange, said(3, "u1", "Hello."));
    expect(view.sequence).toBe(3);
    expect(texts(view)).toEqual(["final: Hello."]);
  });

  it("tell the call's story", () => {
    const view = after(
      started(),
      event(2, { kind: "CallQueued" }),
      event(3, { kind: "AgentConnected", agentId: "maria" }),
      event(4, { kind: "HoldStarted" }),
    );
    expect(view.phase).toBe("held");
    expect(view.agentId).toBe("maria");
    const ended = reduce(view, [event(5, { kind: "HoldEnded" }), event(6, { kind: "CallEnded", reason: "no_audio" })]);
    expect(ended.phase).toBe("ended");
    expect(ended.endedMs).toBe(6000);
    expect(ended.notes.map((note) => note.kind)).toEqual(["queue", "agent", "hold", "resume", "end"]);
  });
});

describe("amendments", () => {
  it("ask for the utterance to be read again, and the new text takes its place", () => {
    const view = after(
      started(),
      said(2, "u1", "my name is Jo"),
      event(3, { kind: "UtteranceAmended", utteranceId: "u1", version: 2 }),
    );
    expect([...view.amended]).toEqual([["u1", 2]]);
    const read = refresh(view, [said(2, "u1", "my name is [PERSON]")], { sequence: 3, ...NO_GUIDANCE });
    expect(texts(read)).toEqual(["final: my name is [PERSON]"]);
    expect(read.amended.size).toBe(0);
    expect(read.sequence).toBe(3);
  });

  it("of an utterance that is not here ask for nothing", () => {
    expect(after(started(), event(2, { kind: "UtteranceAmended", utteranceId: "u9", version: 2 })).amended.size).toBe(
      0,
    );
  });
});

describe("measurements", () => {
  it("are gathered per utterance, live ones over read ones", () => {
    const live = after(started(), event(1, { kind: "UtteranceTimed", utteranceId: "u1", stages: { delivered: 300 } }));
    const view = withTimings(live, [
      { utteranceId: "u1", stages: { committed: 200, delivered: 999 } },
      { utteranceId: "u2", stages: { committed: 100 } },
    ]);
    expect(view.timings.get("u1")).toEqual({ committed: 200, delivered: 300 });
    expect(view.timings.get("u2")).toEqual({ committed: 100 });
  });

  it("of lag stand for the newest", () => {
    const view = after(
      started(),
      event(1, { kind: "LagMeasured", heardMs: 100, behindMs: 9 }),
      event(1, { kind: "LagMeasured", heardMs: 900, behindMs: 3 }),
    );
    expect(view.lag).toEqual({ heardMs: 900, behindMs: 3 });
  });
});

it("reducing changes no view that was handed out", () => {
  const before = after(started(), partial("u1", [1, 1], "half"));
  reduce(before, [said(2, "u1", "whole"), event(3, { kind: "CallWarned", code: "audio_gap", message: "gap" })]);
  expect(texts(before)).toEqual(["partial: half"]);
  expect(before.warnings).toEqual([]);
});

it("knows how far the call has been heard, whatever told of it", () => {
  const spoken = said(2, "u1", "Hello", { startedMs: 7000 });
  expect(after(started(), spoken).heardMs).toBe(7900);
  expect(after(started(), event(1, { kind: "LagMeasured", heardMs: 9500, behindMs: 0 }), spoken).heardMs).toBe(9500);
});

it("knows whether the call is being recorded, and for what causes it is not", () => {
  const paused = event(2, { kind: "RecordingPaused", by: "jo" });
  const withdrawn = event(3, { kind: "ConsentWithdrawn", by: "jo" });
  expect(after(started(), paused).unrecorded).toEqual(["paused"]);
  expect(after(started(), paused, withdrawn).unrecorded).toEqual(["paused", "consent"]);
  const resumed = after(started(), paused, withdrawn, event(4, { kind: "RecordingResumed", by: "jo" }));
  expect(resumed.unrecorded).toEqual(["consent"]);
  const agreed = after(started(), paused, withdrawn, event(4, { kind: "ConsentGiven", by: "flow" }));
  expect(agreed.unrecorded).toEqual(["paused"]);
  expect(resumed.notes.map(({ text }) => text)).toEqual([
    "Recording paused",
    "The customer does not agree to be recorded any more",
    "Recording goes on",
  ]);
});

it("keeps no words when they were deleted, and says when", () => {
  const gone = after(
    started(),
    said(2, "u1", "I lost my card"),
    event(3, { kind: "TextDeleted", by: "retention", deletedAtMs: 77 }),
  );
  expect(gone.textDeletedAtMs).toBe(77);
  expect(texts(gone)).toEqual(["final: "]);
});
