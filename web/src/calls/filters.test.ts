import { describe, expect, it } from "vitest";
import {
  chipsOf,
  filterOf,
  filterOfChips,
  isDay,
  isFiltered,
  NO_FILTER,
  queryOf,
  searchOf,
  type CallFilter,
} from "./filters";

const ALL: CallFilter = {
  q: "late fee",
  reason: "refund",
  agent: "maria",
  team: "Cards & loans",
  label: "vip",
  verification: "widened",
  state: "past",
  from: "2026-03-01",
  to: "2026-03-02",
};

describe("filters", () => {
  it("go into the address and come back", () => {
    expect(filterOf(queryOf(ALL))).toEqual(ALL);
    expect(queryOf(NO_FILTER)).toBe("");
    expect(isFiltered(ALL)).toBe(true);
    expect(isFiltered(filterOf("x=1&q=%20"))).toBe(false);
  });

  it("become chips and come back", () => {
    expect(filterOfChips(chipsOf(ALL))).toEqual(ALL);
    expect(chipsOf(NO_FILTER).tokens).toEqual([]);
  });

  it("pass over what makes no sense", () => {
    expect(filterOf("state=lost&verification=odd&from=yesterday&to=2026-13-40&label=vip")).toEqual({
      ...NO_FILTER,
      label: "vip",
    });
    expect(isDay("2026-02-28")).toBe(true);
  });

  it("words of several chips are searched together, of two values the later one counts", () => {
    const chips = {
      operation: "and" as const,
      tokens: [
        { operator: ":" as const, value: "late" },
        { operator: ":" as const, value: "fee" },
        { propertyKey: "agent", operator: "=" as const, value: "maria" },
        { propertyKey: "agent", operator: "=" as const, value: "tom" },
        { propertyKey: "shoe size", operator: "=" as const, value: "44" },
      ],
    };
    expect(filterOfChips(chips)).toEqual({ ...NO_FILTER, q: "late fee", agent: "tom" });
  });

  it("ask the server for whole days", () => {
    const { fromMs, toMs, live } = searchOf(ALL);
    expect(fromMs).toBe(new Date(2026, 2, 1).getTime());
    expect(toMs).toBe(new Date(2026, 2, 3).getTime());
    expect(live).toBe(false);
    expect(searchOf(NO_FILTER).live).toBeNull();
  });
});
