import { expect, it } from "vitest";
import { row } from "./floor.fixture";
import { agentWords, floorTruth, level, phaseWords, reasonWords, sinceWords, spokenRow, whyWords } from "./words";

it("says why a row stands where it does, as a sentence", () => {
  expect(whyWords({ why: "customer angry for 2 min" })).toBe("Customer angry for 2 min");
  expect(whyWords({ why: " " })).toBe("Nothing unusual");
});

it("names agent and reason, or says that there is none yet", () => {
  expect(agentWords(row("a"))).toBe("Maria Lopez");
  expect(agentWords(row("a", { agentName: null }))).toBe("maria");
  expect(agentWords(row("a", { agentName: null, agentId: null, phase: "queued" }))).toBe("In the queue");
  expect(reasonWords("lost_card")).toBe("Lost card");
  expect(reasonWords(null)).toBe("No reason yet");
});

it("marks by need", () => {
  expect([0, 20, 44, 45].map(level)).toEqual(["calm", "look", "look", "urgent"]);
});

it("only unusual phases are worth a word", () => {
  expect(phaseWords("connected")).toBeNull();
  expect(phaseWords("held")).toBe("On hold");
});

it("tells for how long", () => {
  expect(sinceWords(30_000, 1_095_000, row("a", { startedAtMs: 1_000_000 }))).toBe("1:05");
});

it("a screen reader hears all of the row", () => {
  const words = spokenRow(row("a", { why: "long silence", alertsOpen: 2, handRaisedMs: 5 }), "angry");
  expect(words).toBe("Maria Lopez, Lost card, Long silence, customer angry, hand raised, 2 alerts");
});

it("never claims to be fresh when it is not", () => {
  expect(floorTruth({ state: "live" }, true, false).text).toBe("Reading the floor");
  expect(floorTruth({ state: "waiting", untilMs: 0, why: "the connection was cut" }, true, false)).toEqual({
    tone: "warning",
    text: "Not connected: the connection was cut; the rows are as they last came",
  });
  expect(floorTruth({ state: "connecting", attempt: 0 }, false, false).text).toBe("Connecting");
});
