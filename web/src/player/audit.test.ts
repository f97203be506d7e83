import { expect, it } from "vitest";
import type { AuditLine } from "../generated/rest";
import { auditWords } from "./audit";

const line = (more: Partial<AuditLine>): AuditLine => ({
  atMs: 1,
  actor: "ann",
  action: "recording.listened",
  details: { format: "wav", review: false },
  heard: [{ startedMs: 0, endedMs: 83_000 }],
  ...more,
});

it("says what was sent to whom", () => {
  expect(auditWords(line({}))).toBe("was sent 0:00–1:23");
  const heard = [0, 1, 2, 3, 4].map((minute) => ({ startedMs: minute * 60_000, endedMs: minute * 60_000 + 5_000 }));
  expect(auditWords(line({ heard, details: { format: "flac", review: true } }))).toBe(
    "was sent 0:00–0:05, 1:00–1:05, 2:00–2:05 and 2 more, as flac as a reviewer",
  );
});

it("names what it does not know by its own name", () => {
  expect(auditWords(line({ action: "call.legal_hold", heard: [] }))).toBe("call legal hold");
});
