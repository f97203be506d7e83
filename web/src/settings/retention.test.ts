import { expect, it } from "vitest";
import { ApiError } from "../api/client";
import {
  BUILT_IN,
  changes,
  fault,
  merged,
  parsed,
  parsedDays,
  retention,
  serverFault,
  tonightWords,
} from "./retention";

it("says what was changed, in the order of the page", () => {
  expect(changes(BUILT_IN, BUILT_IN)).toEqual([]);
  expect(changes(BUILT_IN, { audioDays: 0, textDays: 365, metricsDays: 1 }).map(({ words }) => words)).toEqual([
    "Audio: until the next night, was 90 days",
    "Metrics: 1 day, was 1095 days",
  ]);
});

it("makes edits on another's version, field by field", () => {
  const mine = { ...BUILT_IN, audioDays: 30 };
  expect(merged(BUILT_IN, mine, { ...BUILT_IN, audioDays: 60, textDays: 100 })).toEqual({
    audioDays: 30,
    textDays: 100,
    metricsDays: 1095,
  });
});

it.each([
  ["0", 0],
  [" 90 ", 90],
  ["36500", 36_500],
  ["36501", null],
  ["-1", null],
  ["1.5", null],
  ["", null],
  ["1e3", null],
])("reads %s", (typed, days) => {
  expect(parsedDays(typed)).toBe(days);
});

it("trusts nothing that a browser kept and that is no policy", () => {
  expect(parsed(BUILT_IN)).toEqual(BUILT_IN);
  for (const value of [null, 3, {}, { ...BUILT_IN, audioDays: "90" }, { ...BUILT_IN, textDays: 1.5 }])
    expect(parsed(value)).toBeNull();
});

it("keeps metrics for as long as what hangs on them", () => {
  expect(fault(BUILT_IN)).toBeNull();
  expect(fault({ ...BUILT_IN, metricsDays: 300 })).toBe("At least 365 days, as long as audio and text are kept.");
});

it("is edited like any other policy", () => {
  const inForce = {
    ...{ profile: "default", version: 2, policy: BUILT_IN, note: "", changedBy: "x", changedAtMs: 1 },
    inherited: false,
  };
  const edited = retention.edited(retention.opened(inForce, null), { ...BUILT_IN, audioDays: 30 });
  expect(retention.canPublish(edited)).toBe(true);
  const again = retention.opened(inForce, retention.parsedDraft(retention.stored(edited)));
  expect(again).toMatchObject({ kept: true, draft: { policy: { audioDays: 30 } } });
});

it("puts the server's fault at its field", () => {
  const refused = (detail: string): unknown => new ApiError(400, "Bad request", detail);
  expect(serverFault(refused("metricsDays: at least 400, as long as audio and text are kept"))).toEqual({
    field: "metricsDays",
    words: "At least 400, as long as audio and text are kept.",
  });
  expect(serverFault(refused("something else"))).toBeNull();
  expect(serverFault(new ApiError(503, "Unavailable", "audioDays"))).toBeNull();
});

it("tells what goes tonight in words", () => {
  expect(
    tonightWords({
      atMs: 0,
      due: [
        { kind: "audio", profile: "default", calls: 12, held: 2 },
        { kind: "text", profile: "shops", calls: 1, held: 0 },
      ],
    }),
  ).toEqual(["12 recordings of default (2 more under legal hold)", "1 call's text of shops"]);
});
