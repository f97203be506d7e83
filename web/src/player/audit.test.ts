import { expect, it } from "vitest";
import type { AuditLine } from "../generated/rest";
import { auditWords } from "./audit";

const line = (more: Partial<AuditLine>): AuditLine => ({
  atMs: 1,
  actor: "ann",
  action: "recording.listened",
  details: { format: "wav", review: false },
  sent: [{ startedMs: 0, endedMs: 83_000 }],
  played: [],
  ...more,
});

it("says what was sent to whom", () => {
  expect(auditWords(line({}))).toBe("was sent 0:00–1:23");
  const sent = [0, 1, 2, 3, 4].map((minute) => ({ startedMs: minute * 60_000, endedMs: minute * 60_000 + 5_000 }));
  expect(auditWords(line({ sent, details: { format: "flac", review: true } }))).toBe(
    "was sent 0:00–0:05, 1:00–1:05, 2:00–2:05 and 2 more, as flac as a reviewer",
  );
});

it("says what was listened to, where the player told", () => {
  const played = [{ startedMs: 4_000, endedMs: 9_000 }];
  expect(auditWords(line({ played, details: { format: "wav", review: true } }))).toBe(
    "listened to 0:04–0:09 as a reviewer",
  );
});

it("names what it does not know by its own name", () => {
  expect(auditWords(line({ action: "call.legal_hold", sent: [] }))).toBe("call legal hold");
});
