import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import type { ReactNode } from "react";
import { useProblem } from "./context";
import { textOf, withField, type Part } from "./shape";

export interface FieldProps {
  readonly part: Part;
  readonly place: string;
  readonly onChange: (part: Part) => void;
}

interface ChoiceProps extends FieldProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** What a part without the field means; it is not written down. */
  readonly usual?: string;
}

export function Choice({ part, place, onChange, name, label, options, usual }: ChoiceProps): ReactNode {
  const value = textOf(part[name]) || (usual ?? "");
  const problem = useProblem(`${place}.${name}`);
  const known = options.find((each) => each.value === value);
  return (
    <FormField label={label} errorText={problem} stretch>
      <Select
        selectedOption={known ?? (value === "" ? null : { value, label: value })}
        options={[...options]}
        placeholder="Choose"
        expandToViewport
        onChange={({ detail }) => {
          const next = detail.selectedOption.value;
          onChange(withField(part, name, next === usual ? undefined : next));
        }}
      />
    </FormField>
  );
}

const SIDES = [
  { value: "customer", label: "The customer" },
  { value: "agent", label: "The agent" },
  { value: "either", label: "Either side" },
];

export function Side({
  usual = "either",
  label = "Who",
  ...props
}: FieldProps & { readonly usual?: string; readonly label?: string }): ReactNode {
  return <Choice {...props} name="speaker" label={label} options={SIDES} usual={usual} />;
}

interface NumberProps extends FieldProps {
  readonly name: string;
  readonly label: string;
  readonly usual?: number;
  readonly step?: number;
}

/** A number; an empty field is the usual one, which is not written down. */
export function Numeric({ part, place, onChange, name, label, usual, step }: NumberProps): ReactNode {
  const problem = useProblem(`${place}.${name}`);
  const value = part[name];
  return (
    <FormField label={label} errorText={problem}>
      <Input
        type="number"
        inputMode="numeric"
        step={step ?? 1}
        value={typeof value === "number" ? String(value) : textOf(value)}
        placeholder={usual === undefined ? "" : String(usual)}
        onChange={({ detail }) => {
          onChange(withField(part, name, detail.value === "" ? undefined : Number(detail.value)));
        }}
      />
    </FormField>
  );
}

interface WordsProps extends FieldProps {
  readonly name: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly optional?: boolean;
  readonly hint?: string;
  readonly most?: number;
}

export function Words({
  part,
  place,
  onChange,
  name,
  label,
  placeholder,
  optional,
  hint,
  most,
}: WordsProps): ReactNode {
  const problem = useProblem(`${place}.${name}`) ?? undefined;
  const value = textOf(part[name]);
  const over = most !== undefined && value.length > most ? `Too long by ${value.length - most} characters.` : undefined;
  return (
    <FormField label={label} errorText={over ?? problem} constraintText={hint} stretch>
      <Input
        value={value}
        placeholder={placeholder ?? ""}
        autoComplete={false}
        onChange={({ detail }) =>
          onChange(withField(part, name, optional && detail.value === "" ? undefined : detail.value))
        }
      />
    </FormField>
  );
}

interface SwitchProps extends FieldProps {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly usual?: boolean;
}

export function Switch({ part, onChange, name, label, description, usual = false }: SwitchProps): ReactNode {
  const value = typeof part[name] === "boolean" ? part[name] : usual;
  return (
    <Checkbox
      checked={value}
      description={description}
      onChange={({ detail }) => onChange(withField(part, name, detail.checked === usual ? undefined : detail.checked))}
    >
      {label}
    </Checkbox>
  );
}
