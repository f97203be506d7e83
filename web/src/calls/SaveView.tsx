import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import type { SavedView } from "../generated/rest";
import type { CallFilter } from "./filters";
import { nameFault } from "./views";

interface Props {
  readonly filter: CallFilter;
  readonly views: readonly SavedView[];
  readonly onSave: (name: string, filter: CallFilter) => Promise<void>;
  readonly onDone: () => void;
}

/** A name for the filters that are set. */
export function SaveView({ filter, views, onSave, onDone }: Props): ReactNode {
  const [name, setName] = useState("");
  const [saving, setSaving] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const fault = tried ? nameFault(name) : null;
  const taken = views.some((view) => view.name === name.trim());
  const save = (): void => {
    setTried(true);
    if (nameFault(name) !== null || saving) return;
    setSaving(true);
    onSave(name.trim(), filter).then(onDone, (error: unknown) => {
      setSaving(false);
      setProblem(problemWords(error));
    });
  };
  return (
    <Modal
      visible
      header="Save these filters"
      closeAriaLabel="Cancel"
      onDismiss={onDone}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDone}>
              Cancel
            </Button>
            <Button variant="primary" onClick={save} loading={saving}>
              {taken ? "Replace" : "Save"}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <FormField
        label="Name"
        description="The view finds the calls that fit it whenever you open it."
        constraintText={taken ? "You have a view of that name: saving replaces it." : "Only you see it in your list."}
        errorText={fault ?? (problem === null ? null : `Not saved. ${problem}`)}
      >
        <Input
          autoFocus
          value={name}
          placeholder="Angry callers of this month"
          onChange={({ detail }) => setName(detail.value)}
          onKeyDown={({ detail }) => {
            if (detail.key === "Enter") save();
          }}
        />
      </FormField>
    </Modal>
  );
}
