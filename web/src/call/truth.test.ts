import { expect, it } from "vitest";
import type { ConnectionStatus } from "../live/connection";
import { event, started } from "./events.fixture";
import { truthOf } from "./truth";
import { EMPTY_VIEW, reduce, type CallView } from "./view";

const LIVE: ConnectionStatus = { state: "live" };
const view = (part: Partial<CallView>): CallView => ({ ...EMPTY_VIEW, phase: "connected", ...part });

it("says connected, and how far behind", () => {
  expect(truthOf(view({}), LIVE, 0)).toMatchObject({ tone: "success", text: "Connected", wrong: null });
  expect(truthOf(view({ lag: { heardMs: 0, behindMs: 4200 } }), LIVE, 0).text).toBe("Catching up: 4 s behind");
  expect(truthOf(view({ lag: { heardMs: 0, behindMs: 900 } }), LIVE, 0).text).toBe("Connected");
});

it("says that nothing is recorded for as long as the call goes on", () => {
  expect(truthOf(view({ unrecorded: ["paused"] }), LIVE, 0)).toMatchObject({
    tone: "success",
    text: "Connected, recording paused",
  });
  expect(truthOf(view({ unrecorded: ["consent"] }), LIVE, 0).text).toBe("Connected, not recorded: no consent");
  expect(truthOf(view({ unrecorded: ["consent", "paused"] }), LIVE, 0).text).toBe("Connected, recording paused");
  expect(truthOf(view({ unrecorded: ["paused"], endReason: "disconnected" }), LIVE, 0).text).toBe("Call ended");
});

it("counts down to the next attempt and says why", () => {
  const truth = truthOf(view({}), { state: "waiting", untilMs: 10_000, why: "the connection was cut" }, 6200);
  expect(truth.text).toBe("Not connected: the connection was cut");
  expect(truth.countdown).toBe("reconnecting in 4 s");
});

it("tells the end before anything of the connection", () => {
  const ended = view({ phase: "ended", endReason: "stream_missing" });
  expect(truthOf(ended, { state: "waiting", untilMs: 9, why: "x" }, 0)).toMatchObject({
    tone: "error",
    text: "Call ended: its audio stream was not found",
    countdown: null,
  });
});

it("shows the newest warning with its time", () => {
  const warnings = [
    { code: "audio_gap", message: "a gap", atMs: 1000 },
    { code: "agent_audio_missing", message: "The agent's audio is missing", atMs: 72_000 },
  ] as const;
  expect(truthOf(view({ warnings }), LIVE, 0).wrong).toBe("The agent's audio is missing (1:12)");
});

it("tells to which recogniser a call was switched, and why", () => {
  const message = "Recogniser switched to Amazon Transcribe: Deepgram closed the connection. Nothing is lost.";
  const switched = event(2, { kind: "CallWarned", code: "recogniser_switched", message }, 65_000);
  const after = reduce(EMPTY_VIEW, [started(), switched]);
  expect(truthOf(after, LIVE, 0).wrong).toBe(`${message} (1:05)`);
  expect(after.notes.map(({ kind, text }) => ({ kind, text }))).toContainEqual({ kind: "recogniser", text: message });
});

it("tells that another recogniser went on, unless something newer is wrong", () => {
  const notes = [{ sequence: 9, atMs: 30_000, kind: "recogniser", text: "Recognition goes on with B" }] as const;
  const warning = { code: "audio_gap", message: "a gap" } as const;
  expect(truthOf(view({ notes }), LIVE, 0).wrong).toBe("Recognition goes on with B (0:30)");
  expect(truthOf(view({ notes, warnings: [{ ...warning, atMs: 9000 }] }), LIVE, 0).wrong).toMatch(/^Recognition/);
  expect(truthOf(view({ notes, warnings: [{ ...warning, atMs: 31_000 }] }), LIVE, 0).wrong).toBe("a gap (0:31)");
});
