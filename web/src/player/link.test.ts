import { expect, it } from "vitest";
import { momentOf, momentPath } from "./link";

it("writes a moment into an address and reads it from there", () => {
  for (const atMs of [100, 1_000, 83_400, 4_000_000]) {
    const path = momentPath("call/1", atMs);
    expect(path).toContain("/calls/call%2F1?t=");
    expect(momentOf(path.split("?")[1] ?? "")).toBe(atMs);
  }
  expect(momentPath("c", 0)).toBe("/calls/c");
  expect(momentPath("c", 5_000)).toBe("/calls/c?t=5");
});

it("takes no moment from what names none", () => {
  for (const query of ["", "t=", "t=-1", "t=x", "t=1e9", "t=9999999", "t=1.23456", "at=u1", "t=Infinity"]) {
    expect(momentOf(query)).toBeNull();
  }
});
