import { expect, it } from "vitest";
import type { CallVerification } from "../generated/rest";
import { comparedWords, findingsWords, placeWords, reasonWords } from "./checkWords";

const CLEAN: CallVerification = {
  state: "verified",
  compared: "clean",
  turns: 12,
  comparedTurns: 12,
  findings: {},
  rounds: 0,
  open: [],
  audio: "clean",
  audioFaults: [],
  reasons: [],
  rules: "1",
  releasedBy: null,
  changedAtMs: 1,
};

it("says what was found, and who decided", () => {
  expect(findingsWords(CLEAN)).toBe("Nothing secret was found in what is stored.");
  expect(findingsWords({ ...CLEAN, state: "widened", findings: { CVV: 2 } })).toContain("2 × security code");
  expect(findingsWords({ ...CLEAN, releasedBy: "ann" })).toBe("Released by ann.");
  expect(findingsWords({ ...CLEAN, state: "quarantined" })).toBe("A person must look at this call.");
});

it("names places and reasons, also those of a newer server", () => {
  expect(placeWords({ place: "note", type: "CREDIT_CARD" })).toBe("Card number in the notes");
  expect(reasonWords("audio")).toBe("The recording is not what was stored");
  expect(reasonWords("scan_failed")).toBe("The checks could not be finished");
});

it("says how much was compared", () => {
  expect(comparedWords(CLEAN)).toContain("all 12 utterances");
  expect(comparedWords({ ...CLEAN, compared: "notCompared", comparedTurns: 3 })).toContain("3 of 12");
});
