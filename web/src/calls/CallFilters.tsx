import DateInput from "@cloudscape-design/components/date-input";
import FormField from "@cloudscape-design/components/form-field";
import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useApi } from "../api/context";
import { labelWords } from "../format/label";
import type { CallSummary, PersonList } from "../generated/rest";
import { chipsOf, DAY_PROPERTY, filterOfChips, isDay, VERIFICATIONS, type CallFilter } from "./filters";
import { CALL_REASONS } from "./words";

interface Props {
  readonly filter: CallFilter;
  /** Calls in view: labels and agents that they have are offered. */
  readonly calls: readonly CallSummary[];
  readonly count: number | null;
  readonly onChange: (filter: CallFilter) => void;
}

/** A box that searches words and takes filters as chips. */
export function CallFilters({ filter, calls, count, onChange }: Props): ReactNode {
  const people = usePeople();
  const options = useMemo(() => optionsOf(calls, people), [calls, people]);
  const properties = useMemo(() => propertiesOf(people), [people]);
  const query = useMemo(() => chipsOf(filter), [filter]);
  return (
    <PropertyFilter
      query={query}
      onChange={({ detail }) => onChange(filterOfChips(detail))}
      filteringProperties={properties}
      filteringOptions={options}
      hideOperations
      freeTextFiltering={{ operators: [":"], defaultOperator: ":" }}
      filteringPlaceholder="Search what was said, or choose a filter"
      filteringAriaLabel="Search calls"
      filteringEmpty="No such value is known"
      expandToViewport
      countText={count === null ? "" : count === 1 ? "1 call" : `${count} calls`}
      i18nStrings={WORDS}
    />
  );
}

/** Nobody is offered where the list of people cannot be read. */
function usePeople(): PersonList | null {
  const api = useApi();
  const [people, setPeople] = useState<PersonList | null>(null);
  useEffect(() => {
    let gone = false;
    api.people().then(
      (read) => {
        if (!gone) setPeople(read);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [api]);
  return people;
}

function optionsOf(calls: readonly CallSummary[], people: PersonList | null): PropertyFilterProps.FilteringOption[] {
  const reasons = new Set<string>(CALL_REASONS);
  const agents = new Map<string, string>();
  const labels = new Set<string>();
  for (const call of calls) {
    if (call.reason !== null) reasons.add(call.reason);
    if (call.agentId !== null) agents.set(call.agentId, call.agentId);
    for (const label of call.labels) labels.add(label);
  }
  for (const { username, name } of people?.people ?? []) agents.set(username, name);
  const named = (propertyKey: string, values: Iterable<string>): PropertyFilterProps.FilteringOption[] =>
    [...values].sort().map((value) => ({ propertyKey, value, label: labelWords(value) }));
  return [
    { propertyKey: "state", value: "live", label: "Live" },
    { propertyKey: "state", value: "past", label: "Past" },
    ...named("reason", reasons),
    ...[...agents].map(([value, label]) => ({ propertyKey: "agent", value, label })),
    ...(people?.teams ?? []).map((value) => ({ propertyKey: "team", value, label: value })),
    ...named("label", labels),
    ...VERIFICATIONS.map((value) => ({ propertyKey: "verification", value, label: labelWords(value) })),
  ];
}

function DayForm({ value, onChange }: PropertyFilterProps.ExtendedOperatorFormProps<string>): ReactNode {
  return (
    <FormField label="Day" constraintText="Year/month/day">
      <DateInput value={isDay(value ?? "") ? (value ?? "") : ""} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}

const day = (operator: ">=" | "<="): PropertyFilterProps.ExtendedOperator<string> => ({
  operator,
  form: DayForm,
  format: (value) => (isDay(value) ? new Date(`${value}T00:00`).toLocaleDateString(undefined, DAY_STYLE) : value),
});
const DAY_STYLE: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };

type Property = PropertyFilterProps.FilteringProperty;

/** Chips show what their value is called. */
function propertiesOf(people: PersonList | null): Property[] {
  const names = new Map(people?.people.map((person) => [person.username, person.name]));
  const equal = (key: string, propertyLabel: string, called: (value: string) => string): Property => ({
    key,
    propertyLabel,
    groupValuesLabel: `${propertyLabel}s`,
    operators: [{ operator: "=", format: called }],
  });
  return [
    equal("state", "State", labelWords),
    equal("reason", "Call reason", labelWords),
    equal("agent", "Agent", (username) => names.get(username) ?? username),
    equal("team", "Team", (team) => team),
    equal("label", "Label", labelWords),
    equal("verification", "Check", labelWords),
    {
      key: DAY_PROPERTY,
      propertyLabel: "Day",
      groupValuesLabel: "Days",
      operators: [day(">="), day("<=")],
      defaultOperator: ">=",
    },
  ];
}

const WORDS: PropertyFilterProps.I18nStrings = {
  dismissAriaLabel: "Close",
  clearAriaLabel: "Clear",
  groupValuesText: "Values",
  groupPropertiesText: "Filters",
  operatorsText: "How to compare",
  operationAndText: "and",
  operationOrText: "or",
  operatorLessOrEqualText: "Until and with",
  operatorGreaterOrEqualText: "From",
  operatorContainsText: "Said in the call",
  operatorEqualsText: "Is",
  editTokenHeader: "Change this filter",
  propertyText: "Filter",
  operatorText: "How",
  valueText: "Value",
  cancelActionText: "Cancel",
  applyActionText: "Apply",
  allPropertiesLabel: "Words that were said",
  tokenLimitShowMore: "Show more",
  tokenLimitShowFewer: "Show fewer",
  clearFiltersText: "Show all calls",
  tokenOperatorAriaLabel: "How filters are joined",
  removeTokenButtonAriaLabel: (token) => `Remove the filter ${token.propertyLabel} ${token.value}`,
  enteredTextLabel: (text) => `Search for “${text}”`,
};
