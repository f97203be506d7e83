import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import type { ReactNode } from "react";
import { isFiltered, type FloorView, type Sign } from "./filters";
import { reasonWords } from "./words";

interface Props {
  readonly view: FloorView;
  readonly teams: readonly string[];
  readonly reasons: readonly string[];
  readonly onChange: (view: FloorView) => void;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

const ALL = "";
const SIGNS: readonly Option[] = [
  { value: ALL, label: "All calls" },
  { value: "alert", label: "With an alert" },
  { value: "hand", label: "Hand raised" },
];

/** Which calls are shown. */
export function FloorFilters({ view, teams, reasons, onChange }: Props): ReactNode {
  const reasonOptions = reasons.map((reason) => ({ value: reason, label: reasonWords(reason) }));
  return (
    <div className="floor-filters" role="group" aria-label="Which calls are shown">
      <Pick
        label="Team"
        value={view.team}
        options={[{ value: ALL, label: "All teams" }, ...teams.map((team) => ({ value: team, label: team }))]}
        onPick={(team) => onChange({ ...view, team })}
      />
      <Pick
        label="Call reason"
        value={view.reason}
        options={[{ value: ALL, label: "All reasons" }, ...reasonOptions]}
        onPick={(reason) => onChange({ ...view, reason })}
      />
      <Pick
        label="Asks for you"
        value={view.sign}
        options={SIGNS}
        onPick={(sign) => onChange({ ...view, sign: sign as Sign | null })}
      />
      {isFiltered(view) && (
        <Button variant="inline-link" onClick={() => onChange({ ...view, team: null, reason: null, sign: null })}>
          Show all
        </Button>
      )}
    </div>
  );
}

function Pick({
  label,
  value,
  options,
  onPick,
}: {
  label: string;
  value: string | null;
  options: readonly Option[];
  onPick: (value: string | null) => void;
}): ReactNode {
  const known = options.find((option) => option.value === (value ?? ALL));
  return (
    <div className="floor-filter">
      <Select
        ariaLabel={label}
        selectedOption={known ?? { value: value ?? ALL, label: value ?? "" }}
        options={options}
        filteringType={options.length > 10 ? "auto" : "none"}
        filteringAriaLabel={`Find: ${label.toLowerCase()}`}
        onChange={({ detail }) => onPick(detail.selectedOption.value || null)}
      />
    </div>
  );
}
