import { beforeEach, expect, it } from "vitest";
import { ApiError } from "../api/client";
import type { CallEvent } from "../generated/events";
import type { CallGuidance, CallSummary } from "../generated/rest";
import type { Socket } from "../live/connection";
import { event, said, started } from "./events.fixture";
import { NO_GUIDANCE } from "./guidance";
import { quoted } from "./evidence";
import { BATCH_MS, CallSession, type CallReading } from "./session";

const SUMMARY: CallSummary = {
  callId: "call_1",
  contactId: "contact",
  phase: "connected",
  sequence: 1,
  startedAtMs: 0,
  createdAtMs: 0,
  endedAtMs: null,
  durationMs: null,
  agentId: null,
  customerEndpoint: null,
  profile: "default",
  title: null,
  recogniser: null,
  recogniserSource: null,
  endReason: null,
  utterances: 0,
  warnings: 0,
  masks: 0,
  reason: null,
  disposition: null,
  labels: [],
  sentiment: null,
  alerts: 0,
  cues: 0,
  handRaised: false,
  verification: null,
  legalHold: false,
  textDeletedAtMs: null,
};

class Server {
  stored: CallEvent[] = [started()];
  pageSize = 1000;
  asked: number[] = [];
  down = false;
  summaries = 0;
  guidance: CallGuidance = { sequence: 0, ...NO_GUIDANCE };

  readonly api: CallReading = {
    call: () => {
      this.summaries += 1;
      return this.down ? Promise.reject(new ApiError(0, "No answer", "")) : Promise.resolve(SUMMARY);
    },
    events: (_, after, limit) => {
      this.asked.push(after);
      if (this.down) return Promise.reject(new ApiError(503, "Unavailable", ""));
      const events = this.stored.filter((stored) => stored.sequence > after);
      const size = Math.min(limit, this.pageSize);
      return Promise.resolve({ events: events.slice(0, size), more: events.length > size });
    },
    guidance: () => Promise.resolve(this.guidance),
    timings: () => Promise.resolve([{ utteranceId: "u1", stages: { delivered: 250 } }]),
  };
}

let server: Server;
let socket: Socket | null;
let timers: { ms: number; run: () => void }[];
let session: CallSession;

beforeEach(() => {
  server = new Server();
  socket = null;
  timers = [];
  session = new CallSession("call_1", server.api, {
    token: () => Promise.resolve({ token: "token" }),
    open: () =>
      (socket = { send: () => undefined, close: () => undefined, onopen: null, onmessage: null, onclose: null }),
    nowMs: () => 0,
    after: (ms, run) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
    chance: () => 0,
    timersAreSlow: () => false,
  });
});

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
};

async function fire(upToMs: number): Promise<void> {
  const due = timers.filter((timer) => timer.ms <= upToMs);
  timers = timers.filter((timer) => !due.includes(timer));
  for (const timer of due) timer.run();
  await settle();
}

async function open(): Promise<void> {
  void session.open();
  await settle();
  socket?.onopen?.();
}

const push = (message: object): void => socket?.onmessage?.(JSON.stringify(message));
const texts = (): string[] => [...session.snapshot().view.utterances.values()].map((utterance) => utterance.text);

it("reads what is stored, page by page, before it listens", async () => {
  server.stored = [started(), said(2, "u1", "one"), said(3, "u2", "two")];
  server.pageSize = 1;
  await open();
  expect(server.asked).toEqual([0, 1, 2]);
  expect(texts()).toEqual(["one", "two"]);
  expect(session.snapshot().view.timings.get("u1")).toEqual({ delivered: 250 });
  expect(session.snapshot().connection.state).toBe("live");
});

it("opens no connection for a call that has ended", async () => {
  server.stored = [started(), event(2, { kind: "CallEnded", reason: "disconnected" })];
  await open();
  expect(socket).toBeNull();
  expect(session.snapshot().loaded).toBe(true);
});

it("draws a burst once", async () => {
  await open();
  let changes = 0;
  session.subscribe(() => (changes += 1));
  for (let sequence = 2; sequence < 200; sequence += 1) push(said(sequence, `u${sequence}`, "x"));
  expect(changes).toBe(0);
  await fire(BATCH_MS);
  expect(changes).toBe(1);
  expect(session.snapshot().view.sequence).toBe(199);
});

it("reads what lies in a gap", async () => {
  await open();
  server.stored = [started(), said(2, "u1", "missed"), said(3, "u2", "came")];
  push(said(3, "u2", "came"));
  await fire(BATCH_MS);
  expect(texts()).toEqual(["missed", "came"]);
});

it("learns from a heartbeat that it missed the newest event", async () => {
  await open();
  server.stored = [started(), said(2, "u1", "missed")];
  push({ kind: "Heartbeat", sequence: 2 });
  await settle();
  expect(texts()).toEqual(["missed"]);
});

it("tries the repair again when the server did not answer", async () => {
  await open();
  server.stored = [started(), said(2, "u1", "missed"), said(3, "u2", "came")];
  server.down = true;
  push(said(3, "u2", "came"));
  await fire(BATCH_MS);
  expect(texts()).toEqual([]);
  server.down = false;
  await fire(5000);
  expect(texts()).toEqual(["missed", "came"]);
});

it("reads an amended utterance again", async () => {
  server.stored = [started(), said(2, "u1", "call me Jo"), said(3, "u2", "fine")];
  await open();
  server.stored[1] = said(2, "u1", "call me [PERSON]");
  push(event(4, { kind: "UtteranceAmended", utteranceId: "u1", version: 2 }));
  await fire(BATCH_MS);
  expect(texts()).toEqual(["call me [PERSON]", "fine"]);
});

it("reads where guidance stands anew once a text became longer", async () => {
  const moment = {
    momentId: "m1",
    family: "intent",
    label: "asks_price",
    confidence: 0.9,
    speaker: "customer",
    startedMs: 0,
    endedMs: 900,
  } as const;
  const evidence = { utteranceId: "u1", start: 11, end: 21 };
  server.stored = [
    started(),
    said(2, "u1", "call me Jo what price"),
    event(3, { kind: "MomentFound", ...moment, evidence }),
  ];
  await open();
  const cited = (): string | null => {
    const { utterances, guidance } = session.snapshot().view;
    const place = guidance.moments[0]?.evidence;
    return place ? quoted(utterances, place) : null;
  };
  expect(cited()).toBe("what price");
  server.stored[1] = said(2, "u1", "call me [PERSON] what price");
  const moved = { ...evidence, start: 17, end: 27 };
  server.guidance = { ...server.guidance, sequence: 4, moments: [{ ...moment, evidence: moved }] };
  push(event(4, { kind: "UtteranceAmended", utteranceId: "u1", version: 2 }));
  await fire(BATCH_MS);
  expect(cited()).toBe("what price");
});

it("reads what was masked in a call that is over, when it is asked to", async () => {
  server.stored = [started(), said(2, "u1", "call me Jo"), event(3, { kind: "CallEnded", reason: "disconnected" })];
  await open();
  expect(socket).toBeNull();
  server.stored[1] = said(2, "u1", "call me [PERSON]");
  server.stored.push(event(4, { kind: "UtteranceAmended", utteranceId: "u1", version: 2 }));
  await session.readNow();
  expect(texts()).toEqual(["call me [PERSON]"]);
  expect(session.snapshot().view.amended.size).toBe(0);
});

it("says that a call is unknown, and waits for a server that does not answer", async () => {
  server.down = true;
  await open();
  expect(session.snapshot().problem?.status).toBe(0);
  server.down = false;
  await fire(5000);
  expect(session.snapshot().problem).toBeNull();
  expect(session.snapshot().loaded).toBe(true);
});

it("says nothing after it was closed", async () => {
  await open();
  let changes = 0;
  session.subscribe(() => (changes += 1));
  push(said(2, "u1", "late"));
  session.close();
  await fire(10_000);
  expect(changes).toBe(0);
});
