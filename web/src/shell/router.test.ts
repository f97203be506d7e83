import { expect, it } from "vitest";
import {
  agentPath,
  callPath,
  CHECK_PATH,
  FLOOR_PATH,
  KNOWLEDGE_PATH,
  PEOPLE_PATH,
  redactionPath,
  retentionPath,
  routeOf,
  rulesPath,
  withoutToken,
} from "./router";

it("reads paths", () => {
  expect(routeOf("/")).toEqual({ page: "calls" });
  expect(routeOf(KNOWLEDGE_PATH)).toEqual({ page: "knowledge" });
  expect(routeOf("/calls/")).toEqual({ page: "calls" });
  expect(routeOf("/calls/call_1")).toEqual({ page: "call", callId: "call_1" });
  expect(routeOf(callPath("a/b c"))).toEqual({ page: "call", callId: "a/b c" });
  expect(routeOf(redactionPath())).toEqual({ page: "redaction", profile: "default" });
  expect(routeOf("/settings/redaction/")).toEqual({ page: "redaction", profile: "default" });
  expect(routeOf(redactionPath("banking_2"))).toEqual({ page: "redaction", profile: "banking_2" });
  expect(routeOf(retentionPath())).toEqual({ page: "retention", profile: "default" });
  expect(routeOf(retentionPath("banking_2"))).toEqual({ page: "retention", profile: "banking_2" });
  expect(routeOf(agentPath())).toEqual({ page: "agent", callId: null });
  expect(routeOf(agentPath("a/b"))).toEqual({ page: "agent", callId: "a/b" });
  expect(routeOf(FLOOR_PATH)).toEqual({ page: "floor" });
  expect(routeOf(PEOPLE_PATH)).toEqual({ page: "people" });
  expect(routeOf(CHECK_PATH)).toEqual({ page: "check" });
  expect(routeOf(rulesPath())).toEqual({ page: "rules", name: null });
  expect(routeOf(rulesPath("retail / new"))).toEqual({ page: "rules", name: "retail / new" });
  expect(routeOf("/toString")).toEqual({ page: "unknown" });
  expect(routeOf("/settings")).toEqual({ page: "unknown" });
  expect(routeOf("/calls/call_1/more")).toEqual({ page: "unknown" });
  expect(routeOf("/calls/%zz")).toEqual({ page: "unknown" });
});

it("takes the token out of the address and leaves the rest", () => {
  expect(withoutToken("http://localhost:8765/calls/c1?token=secret&a=1#x")).toBe("/calls/c1?a=1#x");
});
