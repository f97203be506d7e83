/** What is looked for among the calls: as chips, in the address, and as the server is asked. Pure. */

import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { CallSearch } from "../api/guidance";

export type State = "live" | "past";

/** What the checks after the call came to. */
export const VERIFICATIONS = ["pending", "verified", "widened", "quarantined"] as const;
export type Verification = (typeof VERIFICATIONS)[number];

/** Days are local, `YYYY-MM-DD`, both included. */
export interface CallFilter {
  readonly q: string;
  readonly reason: string | null;
  readonly agent: string | null;
  readonly team: string | null;
  readonly label: string | null;
  readonly verification: Verification | null;
  readonly state: State | null;
  readonly from: string | null;
  readonly to: string | null;
}

export const NO_FILTER: CallFilter = {
  q: "",
  reason: null,
  agent: null,
  team: null,
  label: null,
  verification: null,
  state: null,
  from: null,
  to: null,
};

export const WORDS_MAX = 100;

export function isFiltered(filter: CallFilter): boolean {
  return queryOf(filter) !== "";
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether it is a day that there is. */
export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(new Date(`${text}T00:00`).getTime());
}

const FIELDS = ["q", "reason", "agent", "team", "label", "verification", "state", "from", "to"] as const;
type Field = (typeof FIELDS)[number];

export function queryOf(filter: CallFilter): string {
  const fields = new URLSearchParams();
  for (const name of FIELDS) {
    const value = filter[name];
    if (value) fields.set(name, value);
  }
  return fields.toString();
}

export function filterOf(query: string): CallFilter {
  const fields = new URLSearchParams(query);
  return FIELDS.reduce((filter, name) => put(filter, name, fields.get(name) ?? ""), NO_FILTER);
}

/** A value that makes no sense for its field is passed over. */
function put(filter: CallFilter, name: Field, written: string): CallFilter {
  const value = written.trim();
  if (value === "") return filter;
  if (name === "q") return { ...filter, q: Array.from(value).slice(0, WORDS_MAX).join("") };
  if (name === "state" && value !== "live" && value !== "past") return filter;
  if (name === "verification" && !(VERIFICATIONS as readonly string[]).includes(value)) return filter;
  if ((name === "from" || name === "to") && !isDay(value)) return filter;
  return { ...filter, [name]: value };
}

/** As the server is asked: days become the moments at which they begin and end here. */
export function searchOf(filter: CallFilter): CallSearch {
  const { q, reason, agent, team, label, verification, state, from, to } = filter;
  return {
    q,
    reason,
    agent,
    team,
    label,
    verification,
    live: state === null ? null : state === "live",
    fromMs: from === null ? null : midnight(from, 0),
    toMs: to === null ? null : midnight(to, 1),
  };
}

function midnight(day: string, daysLater: number): number {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + daysLater);
  return date.getTime();
}

type Token = PropertyFilterProps.Token;
type Chips = PropertyFilterProps.Query;

/** The properties of chips; `day` is compared, the others are equal or not. */
export const DAY_PROPERTY = "day";

export function chipsOf(filter: CallFilter): Chips {
  const tokens: Token[] = [];
  if (filter.q !== "") tokens.push({ operator: ":", value: filter.q });
  for (const name of ["state", "reason", "agent", "team", "label", "verification"] as const) {
    const value = filter[name];
    if (value !== null) tokens.push({ propertyKey: name, operator: "=", value });
  }
  if (filter.from !== null) tokens.push({ propertyKey: DAY_PROPERTY, operator: ">=", value: filter.from });
  if (filter.to !== null) tokens.push({ propertyKey: DAY_PROPERTY, operator: "<=", value: filter.to });
  return { tokens, operation: "and" };
}

/** A field has one value: of two chips for it the later one counts. Words of several chips are searched together. */
export function filterOfChips({ tokens }: Chips): CallFilter {
  let filter = NO_FILTER;
  for (const { propertyKey, operator, value } of tokens) {
    if (typeof value !== "string") continue;
    if (propertyKey === undefined) filter = put(filter, "q", `${filter.q} ${value}`);
    else if (propertyKey === DAY_PROPERTY) filter = put(filter, operator === ">=" ? "from" : "to", value);
    else if ((FIELDS as readonly string[]).includes(propertyKey)) filter = put(filter, propertyKey as Field, value);
  }
  return filter;
}
