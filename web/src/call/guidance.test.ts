import { expect, it } from "vitest";
import type { CallEvent } from "../generated/events";
import { event } from "./events.fixture";
import { guided, NO_GUIDANCE, type Guidance } from "./guidance";

const after = (...events: readonly CallEvent[]): Guidance => events.reduce(guided, NO_GUIDANCE);

const cue = (sequence: number, cueId: string): CallEvent =>
  event(sequence, {
    kind: "CueRaised",
    cueId,
    cueKind: "warning",
    audience: "agent",
    text: "Verify first",
    why: "money was asked for",
    ruleId: "verify",
    priority: 70,
    expiresMs: 60_000,
    evidence: [{ utteranceId: "u1", start: 0, end: 4 }],
    passageId: null,
    provisional: true,
  });

const answer = (sequence: number, cueId: string, given: "used" | "helpful" | "dismissed"): CallEvent =>
  event(sequence, { kind: "CueAnswered", cueId, answer: given, by: "maria" });

it("a cue is known with what became of it", () => {
  const { cues } = after(
    cue(1, "a"),
    cue(2, "b"),
    answer(3, "a", "used"),
    answer(4, "a", "helpful"),
    event(5, { kind: "CueWithdrawn", cueId: "b", reason: "contradicted" }),
    event(6, { kind: "AlertAcknowledged", cueId: "b", by: "sam" }),
  );
  expect(cues).toMatchObject([
    { cueId: "a", raisedMs: 1000, answer: "used", answeredBy: "maria", rating: "helpful", withdrawn: null },
    { cueId: "b", answer: null, withdrawn: "contradicted", acknowledgedBy: "sam" },
  ]);
});

it("what is said of a cue that is not known changes nothing", () => {
  const before = after(cue(1, "a"));
  expect(guided(before, answer(2, "z", "used"))).toBe(before);
  expect(guided(before, event(3, { kind: "CallQueued" }))).toBe(before);
});

const open = (sequence: number, checklistId: string, ids: readonly string[]): CallEvent =>
  event(sequence, {
    kind: "ChecklistOpened",
    checklistId,
    title: checklistId,
    items: ids.map((itemId) => ({ itemId, label: itemId, dueMs: null })),
  });
const tick = (sequence: number, checklistId: string, itemId: string): CallEvent =>
  event(sequence, { kind: "ChecklistTicked", checklistId, itemId, evidence: null, by: null });

it("a checklist ticks, misses, and keeps what is done when another takes its place", () => {
  const { checklist } = after(
    open(1, "lost_card", ["greet", "verify", "recap"]),
    tick(2, "lost_card", "greet"),
    event(3, { kind: "ChecklistMissed", checklistId: "lost_card", itemId: "verify" }),
    tick(4, "another", "recap"),
    open(5, "dispute", ["greet", "verify", "offer", "close"]),
  );
  expect(checklist?.items.map((item) => item.state)).toEqual(["done", "open", "open", "open"]);
  expect(checklist?.items[0]?.doneMs).toBe(2000);
  expect(checklist?.adherence).toBe(0.25);
});

it("what was missed may still be done, what is done is not missed", () => {
  const missed = event(2, { kind: "ChecklistMissed", checklistId: "c", itemId: "a" });
  const states = (...events: readonly CallEvent[]): readonly string[] =>
    after(open(1, "c", ["a"]), ...events).checklist?.items.map((item) => item.state) ?? [];
  expect(states(missed, tick(3, "c", "a"))).toEqual(["done"]);
  expect(states(tick(3, "c", "a"), missed)).toEqual(["done"]);
});

it("a hand goes up and down, labels stand once, the newest notes count", () => {
  const up = after(
    event(1, { kind: "HandRaised", by: "maria" }),
    event(2, { kind: "CallTagged", label: "vip", ruleId: "r" }),
    event(3, { kind: "CallTagged", label: "vip", ruleId: "s" }),
    event(4, { kind: "NotesWritten", version: 2, by: null }),
    event(5, { kind: "WhisperSent", text: "Offer a call back", by: "sam" }),
  );
  expect(up).toMatchObject({ handRaisedMs: 1000, handRaisedBy: "maria", labels: ["vip"], notesVersion: 2 });
  expect(up.whispers).toEqual([{ text: "Offer a call back", by: "sam", atMs: 5000 }]);
  expect(guided(up, event(6, { kind: "HandLowered", by: "maria" })).handRaisedMs).toBeNull();
});
