import { expect, it } from "vitest";
import type { RecordingFacts } from "../generated/rest";
import { GIVES_UP_MS, looksAgainMs, SETTLES_MS, toldOf, type Told } from "./state";

const told =
  (kind: Told["kind"], words: string) =>
  (found: Told): boolean =>
    found.kind === kind && found.words.includes(words);

const facts = (more: Partial<RecordingFacts>): RecordingFacts => ({
  state: "sealed",
  verification: null,
  mayListen: true,
  mayReview: false,
  durationMs: 1000,
  codec: "flac",
  revision: 0,
  sealedAtMs: 1,
  deletedAtMs: null,
  beeps: [],
  gaps: [],
  waveform: null,
  ...more,
});

it("tells of a call that goes on, and of one whose recording is not known yet", () => {
  expect(toldOf(null, false, 0)).toSatisfy(told("waiting", "is over"));
  expect(toldOf(null, true, 0)).toMatchObject({ kind: "waiting" });
  expect(looksAgainMs(facts({ state: "none" }), false, 0)).toBeNull();
});

it("waits for a recording that is being stored, and says so when there is none", () => {
  const none = facts({ state: "none", mayListen: false });
  expect(toldOf(none, true, 0).kind).toBe("waiting");
  expect(looksAgainMs(none, true, 0)).toBeGreaterThan(0);
  expect(toldOf(none, true, SETTLES_MS)).toSatisfy(told("none", "no recording"));
  expect(looksAgainMs(none, true, SETTLES_MS)).toBeNull();
});

it("gives up on a recording that nobody finished", () => {
  const begun = facts({ state: "recording", mayListen: false });
  expect(toldOf(begun, true, SETTLES_MS).kind).toBe("waiting");
  expect(looksAgainMs(begun, true, SETTLES_MS)).toBeGreaterThan(0);
  expect(toldOf(begun, true, GIVES_UP_MS).kind).toBe("none");
  expect(looksAgainMs(begun, true, GIVES_UP_MS)).toBeNull();
});

it("plays what may be heard, and looks again until it was checked", () => {
  expect(toldOf(facts({}), true, 0).kind).toBe("ready");
  expect(toldOf(facts({ durationMs: 0 }), true, 0)).toSatisfy(told("none", "no audio"));
  expect(looksAgainMs(facts({ verification: "pending" }), true, 0)).toBeGreaterThan(0);
  expect(looksAgainMs(facts({ verification: "verified" }), true, 0)).toBeNull();
  expect(looksAgainMs(facts({ verification: null }), true, GIVES_UP_MS)).toBeNull();
});

it("keeps what is quarantined or deleted closed, and says who opens it", () => {
  const closed = { verification: "quarantined", mayListen: false } as const;
  expect(toldOf(facts(closed), true, 0)).toSatisfy(told("closed", "supervisor"));
  expect(toldOf(facts({ ...closed, mayReview: true }), true, 0).words).toContain("You may listen");
  expect(toldOf(facts({ ...closed, mayListen: true, mayReview: true }), true, 0).kind).toBe("ready");
  expect(toldOf(facts({ state: "deleted" }), true, 0)).toMatchObject({ kind: "closed" });
  expect(looksAgainMs(facts({ state: "deleted" }), true, 0)).toBeNull();
});
