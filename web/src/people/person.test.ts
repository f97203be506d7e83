import { expect, it } from "vitest";
import { bodyOf, faultsOf, NAME_MAX, NEW_PERSON, typedOf } from "./person";

const maria = { username: "maria", name: "Maria Lopez", role: "agent", team: "Cards" } as const;

it("says what is missing, and what is taken", () => {
  expect(Object.keys(faultsOf(NEW_PERSON, new Set()))).toEqual(["username", "name"]);
  expect(faultsOf(maria, new Set())).toEqual({});
  expect(faultsOf(maria, new Set(["maria"])).username).toContain("already");
  expect(faultsOf(maria, null)).toEqual({});
});

it("keeps user names that fit into an address, and texts short", () => {
  expect(faultsOf({ ...maria, username: "maria lopez" }, new Set()).username).toContain("spaces");
  expect(faultsOf({ ...maria, name: "x".repeat(NAME_MAX + 1) }, null).name).toContain("At most");
  expect(faultsOf({ ...maria, team: "x".repeat(NAME_MAX + 1) }, null).team).toContain("At most");
});

it("a team of blanks is none, and none is typed as nothing", () => {
  expect(bodyOf({ ...maria, name: " Maria ", team: "  " })).toEqual({ name: "Maria", role: "agent", team: null });
  expect(typedOf({ ...maria, team: null }).team).toBe("");
});
