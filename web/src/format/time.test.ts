import { expect, it } from "vitest";
import { clock, latency, moment, seconds, spoken } from "./time";

it.each([
  [0, "0:00"],
  [999, "0:00"],
  [61_000, "1:01"],
  [3_599_000, "59:59"],
  [3_600_000, "1:00:00"],
  [-5, "0:00"],
])("%d ms on the clock is %s", (ms, words) => expect(clock(ms)).toBe(words));

it("says durations", () => {
  expect(spoken(1000)).toBe("1 second");
  expect(spoken(120_000)).toBe("2 minutes");
  expect(spoken(125_000)).toBe("2 minutes 5 seconds");
});

it("writes latencies in the unit that is read at a glance", () => {
  expect(latency(0)).toBe("0 ms");
  expect(latency(0.2)).toBe("<1 ms");
  expect(latency(8.4)).toBe("8 ms");
  expect(latency(999.6)).toBe("1.00 s");
  expect(seconds(312)).toBe("0.31 s");
});

it("leaves the day out when it is today", () => {
  const now = new Date(2026, 10, 23, 15, 0).getTime();
  expect(moment(new Date(2026, 10, 23, 9, 5).getTime(), now, "en-GB")).toBe("09:05");
  expect(moment(new Date(2026, 10, 22, 9, 5).getTime(), now, "en-GB")).toBe("22 Nov, 09:05");
  expect(moment(new Date(2025, 10, 22, 9, 5).getTime(), now, "en-GB")).toBe("22 Nov 2025, 09:05");
});
