import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { DEFAULT_PROFILE } from "../shell/router";
import { profileProblem, type Version } from "./editor";

interface Props {
  readonly profile: string;
  readonly policies: readonly Version<unknown>[];
  /** Whether it was used to come here: the keyboard goes on from it. */
  readonly focused: boolean;
  readonly onPick: (profile: string) => void;
}

/** Whose policy is shown. */
export function ProfilePicker({ profile, policies, focused, onPick }: Props): ReactNode {
  const [adding, setAdding] = useState(false);
  const select = useRef<SelectProps.Ref>(null);
  useEffect(() => {
    if (focused) select.current?.focus();
  }, [focused]);
  const known = [DEFAULT_PROFILE, ...policies.map((each) => each.profile)];
  const names = [...new Set([...known, profile])];
  const options = names.map((name) => ({ value: name, label: name, description: descriptionOf(name, policies) }));
  return (
    <div className="profile-picker">
      <FormField label="Profile" stretch>
        <Select
          ref={select}
          selectedOption={options.find((option) => option.value === profile) ?? null}
          options={options}
          onChange={({ detail }) => onPick(detail.selectedOption.value ?? DEFAULT_PROFILE)}
          filteringType={names.length > 8 ? "auto" : "none"}
          filteringAriaLabel="Find a profile"
          empty="No such profile"
        />
      </FormField>
      {adding ? (
        <NewProfile onPick={onPick} onDone={() => setAdding(false)} />
      ) : (
        <Button iconName="add-plus" onClick={() => setAdding(true)}>
          Add a profile
        </Button>
      )}
    </div>
  );
}

function descriptionOf(name: string, policies: readonly Version<unknown>[]): string {
  const own = policies.find((each) => each.profile === name);
  if (own && own.version > 0) return `Version ${own.version}`;
  return name === DEFAULT_PROFILE ? "Built in" : `Follows ${DEFAULT_PROFILE}`;
}

function NewProfile({ onPick, onDone }: Pick<Props, "onPick"> & { onDone: () => void }): ReactNode {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const open = (): void => {
    const found = profileProblem(name.trim());
    setProblem(found);
    if (found !== null) return;
    onDone();
    onPick(name.trim());
  };
  return (
    <FormField
      label="Name of the profile"
      constraintText="As the contact flow reports it with a call. It follows default until you publish."
      errorText={problem}
      stretch
    >
      <div className="in-line">
        <div className="grow">
          <Input
            value={name}
            autoFocus
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => {
              setName(detail.value);
              setProblem(null);
            }}
            onKeyDown={({ detail }) => {
              if (detail.key === "Enter") open();
              if (detail.key === "Escape") onDone();
            }}
          />
        </div>
        <Button onClick={open}>Open</Button>
        <Button variant="link" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </FormField>
  );
}
