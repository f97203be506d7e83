import { expect, it } from "vitest";
import type { SavedView } from "../generated/rest";
import { NO_FILTER, type CallFilter } from "./filters";
import { filterOfView, filtersOf, NAME_MAX, nameFault, shownView, withView } from "./views";

const LATE: CallFilter = { ...NO_FILTER, q: "late fee", state: "past", from: "2026-03-01" };
const view = (name: string, filter: CallFilter): SavedView => ({ name, filters: filtersOf(filter), changedAtMs: 1 });

it("filters are kept as they are", () => {
  expect(filterOfView(filtersOf(LATE))).toEqual(LATE);
  expect(filterOfView(filtersOf(NO_FILTER))).toEqual(NO_FILTER);
  expect(filtersOf(NO_FILTER).q).toBeNull();
});

it("the view that is shown is the one with these filters; all calls are none", () => {
  const views = [view("Everything", NO_FILTER), view("Late fees", LATE)];
  expect(shownView(views, LATE)?.name).toBe("Late fees");
  expect(shownView(views, { ...LATE, to: "2026-03-02" })).toBeNull();
  expect(shownView(views, NO_FILTER)).toBeNull();
});

it("a view that is saved again takes the place of the old one, in order", () => {
  const views = [view("b", LATE), view("c", LATE)];
  expect(withView(views, view("a", LATE)).map((one) => one.name)).toEqual(["a", "b", "c"]);
  const replaced = withView(views, { ...view("b", NO_FILTER), changedAtMs: 2 });
  expect(replaced.map((one) => one.changedAtMs)).toEqual([2, 1]);
});

it("a name that the server would refuse is told of before", () => {
  expect(nameFault("  ")).toMatch(/name/);
  expect(nameFault("a/b")).toMatch(/“\/”/);
  expect(nameFault("é".repeat(NAME_MAX))).toBeNull();
  expect(nameFault("é".repeat(NAME_MAX + 1))).toMatch(/60/);
});
