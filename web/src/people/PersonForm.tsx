import Alert from "@cloudscape-design/components/alert";
import Autosuggest from "@cloudscape-design/components/autosuggest";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { Person, PersonList } from "../generated/rest";
import { bodyOf, faultsOf, NEW_PERSON, ROLES, typedOf, type Typed } from "./person";

interface Props {
  /** Null for a new one. */
  readonly person: Person | null;
  readonly list: PersonList;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const ROLE_OPTIONS = Object.entries(ROLES).map(([value, label]) => ({ value, label }));

/** Adds or changes a person. */
export function PersonForm({ person, list, onDone, onCancel }: Props): ReactNode {
  const api = useApi();
  const [typed, setTyped] = useState<Typed>(person ? typedOf(person) : NEW_PERSON);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const taken = person ? null : new Set(list.people.map((each) => each.username));
  const faults = tried ? faultsOf(typed, taken) : {};
  const type = (part: Partial<Typed>): void => setTyped((before) => ({ ...before, ...part }));
  const save = (): void => {
    setTried(true);
    if (Object.keys(faultsOf(typed, taken)).length > 0 || saving) return;
    setSaving(true);
    setProblem(null);
    api.putPerson(typed.username.trim(), bodyOf(typed)).then(onDone, (error: unknown) => {
      setSaving(false);
      setProblem(problemWords(error));
    });
  };
  return (
    <Modal
      visible
      header={person ? `Change ${person.name}` : "Add a person"}
      closeAriaLabel="Cancel"
      onDismiss={onCancel}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onCancel}>
              Cancel
            </Button>
            <Button variant="primary" onClick={save} loading={saving}>
              {person ? "Save" : "Add"}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <SpaceBetween size="s">
          <FormField
            label="User name"
            constraintText={person ? undefined : "As Amazon Connect has it. It cannot be changed later."}
            errorText={faults.username}
          >
            <Input
              value={typed.username}
              disabled={person !== null}
              autoFocus={person === null}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => type({ username: detail.value })}
            />
          </FormField>
          <FormField label="Name" errorText={faults.name}>
            <Input
              value={typed.name}
              autoFocus={person !== null}
              autoComplete={false}
              onChange={({ detail }) => type({ name: detail.value })}
            />
          </FormField>
          <FormField label="Team (may stay empty)" errorText={faults.team}>
            <Autosuggest
              value={typed.team}
              options={list.teams.map((team) => ({ value: team }))}
              enteredTextLabel={(text) => `New team: “${text}”`}
              empty="Type the name of a team"
              onChange={({ detail }) => type({ team: detail.value })}
            />
          </FormField>
          <FormField label="Role">
            <Select
              selectedOption={ROLE_OPTIONS.find((option) => option.value === typed.role) ?? null}
              options={ROLE_OPTIONS}
              onChange={({ detail }) => type({ role: detail.selectedOption.value as Person["role"] })}
            />
          </FormField>
          {problem && <Alert type="error">Not saved. {problem}</Alert>}
        </SpaceBetween>
        {/* Enter in a field saves. */}
        <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Modal>
  );
}
