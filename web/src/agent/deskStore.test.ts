import { expect, it, vi } from "vitest";
import type { CueState } from "../generated/rest";
import { ASK_MS, GUARD_MS, PAUSE_MS, THANKS_MS, type Mute } from "./desk";
import { DeskStore, type DeskSurroundings } from "./deskStore";

const cue = (cueId: string, expiresMs: number): CueState => ({
  cueId,
  cueKind: "hint",
  audience: "agent",
  text: "Say it",
  why: "why",
  ruleId: "rule",
  priority: 50,
  raisedMs: 0,
  expiresMs,
  evidence: [],
  passageId: null,
  provisional: false,
  withdrawn: null,
  answer: null,
  answeredBy: null,
  rating: null,
  acknowledgedBy: null,
});

function staged(muted: readonly Mute[] = []): {
  store: DeskStore;
  go: (ms: number) => void;
  saved: Mute[][];
  timers: () => number;
} {
  let nowMs = 50_000;
  const running = new Set<() => void>();
  const saved: Mute[][] = [];
  const around: DeskSurroundings = {
    nowMs: () => nowMs,
    every: (_, run) => {
      running.add(run);
      return () => running.delete(run);
    },
    loadMuted: () => muted,
    saveMuted: (list) => saved.push([...list]),
  };
  const go = (ms: number): void => {
    nowMs += ms;
    for (const run of running) run();
  };
  return { store: new DeskStore(around), go, saved, timers: () => running.size };
}

it("shows a cue while the call goes on, and lets it expire as time passes without an event", () => {
  const { store, go } = staged();
  const seen = vi.fn();
  store.subscribe(seen);
  store.feed([cue("a", 11_000)], 10_000, true);
  expect(store.snapshot().cue?.cueId).toBe("a");
  const calls = seen.mock.calls.length;
  go(200);
  expect(seen.mock.calls.length).toBe(calls);
  go(800);
  expect(store.snapshot()).toMatchObject({ cue: null, leaving: { why: "expired" }, mediaMs: 11_000 });
});

it("shows none once the call is over", () => {
  const { store } = staged();
  store.feed([cue("a", 90_000)], 10_000, true);
  store.feed([cue("a", 90_000)], 10_000, false);
  expect(store.snapshot()).toMatchObject({ cue: null, leaving: null, waiting: 0 });
});

it("takes an answer for the cue that was read, not for one that has just come", () => {
  const { store, go } = staged();
  store.subscribe(() => undefined);
  store.feed([cue("a", 90_000)], 10_000, true);
  expect(store.answerable()).toBeNull();
  go(GUARD_MS);
  const read = store.answerable();
  expect(read?.cueId).toBe("a");
  if (read) store.answer(read);
  expect([store.snapshot().cue, store.answerable()]).toEqual([null, null]);
});

it("keeps what was muted, and begins with what was kept", () => {
  const { store, go, saved } = staged();
  store.feed([cue("a", 90_000)], 10_000, true);
  go(GUARD_MS);
  const read = store.answerable();
  if (read) store.mute(read);
  expect(saved).toEqual([[{ of: "kind", kind: "hint" }]]);
  const later = staged(saved[0]);
  later.store.feed([cue("b", 90_000)], 10_000, true);
  expect(later.store.snapshot().cue).toBeNull();
  later.store.unmute({ of: "kind", kind: "hint" });
  expect(later.store.snapshot().cue?.cueId).toBe("b");
  expect(later.saved).toEqual([[]]);
});

it("looks again only while somebody watches", () => {
  const { store, timers } = staged();
  const leave = store.subscribe(() => undefined);
  const leaveToo = store.subscribe(() => undefined);
  expect(timers()).toBe(1);
  leave();
  expect(timers()).toBe(1);
  leaveToo();
  expect(timers()).toBe(0);
});

it("asks whether an answered cue helped, takes the answer, and asks no longer than a while", () => {
  const { store, go } = staged();
  store.subscribe(() => undefined);
  store.feed([cue("a", 60_000)], 10_000, true);
  expect(store.rate("helpful")).toBeNull();
  go(GUARD_MS);
  const first = store.answerable();
  if (first) store.answer(first);
  expect(store.snapshot().asked).toMatchObject({ rating: null, cue: { cueId: "a" } });
  expect(store.rate("unhelpful")?.cueId).toBe("a");
  expect(store.rate("unhelpful")).toBeNull();
  expect(store.snapshot().asked?.rating).toBe("unhelpful");
  go(THANKS_MS);
  expect(store.snapshot().asked).toBeNull();
  store.feed([cue("b", 60_000)], 10_000, true);
  go(PAUSE_MS);
  const second = store.answerable();
  if (second) store.answer(second);
  go(ASK_MS);
  expect(store.snapshot().asked).toBeNull();
});

it("asks nothing while another cue is on top, about praise, and about what was rated already", () => {
  const { store, go } = staged();
  store.subscribe(() => undefined);
  store.feed([cue("a", 90_000), cue("b", 90_000)], 10_000, true);
  go(GUARD_MS);
  const first = store.answerable();
  if (first) store.answer(first);
  expect(store.snapshot().asked).not.toBeNull();
  go(PAUSE_MS);
  expect(store.snapshot().cue).not.toBeNull();
  expect(store.snapshot().asked).toBeNull();
  for (const quiet of [
    { ...cue("p", 90_000), cueKind: "praise" as const },
    { ...cue("r", 90_000), rating: "helpful" as const },
  ]) {
    const other = staged().store;
    other.feed([quiet], 10_000, true);
    const shown = other.snapshot().cue;
    if (shown) other.answer(shown);
    expect(other.snapshot().cue).toBeNull();
    expect(other.snapshot().asked).toBeNull();
  }
});
