import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Textarea from "@cloudscape-design/components/textarea";
import type { ReactNode } from "react";
import { labelWords } from "../format/label";
import type { NotesField, SuggestedDisposition } from "../generated/rest";
import { Key } from "./Key";
import { choiceWords } from "./notes";
import "./notes.css";
import type { Copy } from "./useCopies";
import type { Editing } from "./useNotes";

interface Props {
  readonly editing: Editing;
  readonly suggested: SuggestedDisposition | null;
  readonly copy: Copy;
}

/** What the call came to, ready to be put right, copied and saved. */
export function NotesPane({ editing, suggested, copy }: Props): ReactNode {
  const { ready, waiting, set, faults } = editing;
  if (!ready) {
    return (
      <div className="pane-empty">
        <StatusIndicator type="loading">{waiting}</StatusIndicator>
      </div>
    );
  }
  return (
    <div className="notes" data-testid="notes">
      <Standing editing={editing} />
      <div className="notes-fields">
        {ready.shape.fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={ready.draft.values[field.name] ?? ""}
            fault={faults[field.name] ?? null}
            suggested={field.name === "disposition" ? suggested : null}
            onChange={(value) => set(field.name, value)}
          />
        ))}
      </div>
      <Foot editing={editing} copy={copy} />
    </div>
  );
}

/** What a person must know before editing. */
function Standing({ editing }: { readonly editing: Editing }): ReactNode {
  const { ready, newer, problem, fromBefore, keeps, takeStored, keepMine } = editing;
  return (
    <>
      {newer && (
        <Alert
          type="warning"
          header="These notes were changed meanwhile"
          action={
            <div className="in-line">
              <Button onClick={keepMine}>Keep my edits</Button>
              <Button onClick={takeStored}>Take theirs</Button>
            </div>
          }
        >
          {newer.by ?? "The call itself"} saved version {newer.version}. Your edits are not saved.
        </Alert>
      )}
      {problem && !newer && (
        <Alert type="error" header="The notes were not saved">
          {problem} Your edits are still here.
        </Alert>
      )}
      {!keeps && <Alert type="warning">This browser keeps nothing: save before you close or reload the page.</Alert>}
      {fromBefore && !newer && !problem && (
        <p className="soft tight" data-testid="notes-from-before">
          Your edits from before are here, not saved yet.
        </p>
      )}
      {ready?.stored === null && (
        <p className="soft tight">
          No notes came from this call. Write what matters; it is saved as the first version.
        </p>
      )}
    </>
  );
}

interface FieldProps {
  readonly field: NotesField;
  readonly value: string;
  readonly fault: string | null;
  readonly suggested: SuggestedDisposition | null;
  readonly onChange: (value: string) => void;
}

function Field({ field, value, fault, suggested, onChange }: FieldProps): ReactNode {
  const label = (
    <>
      {field.label}
      {field.required ? "" : <i className="soft"> – optional</i>}
    </>
  );
  const offer = suggested && suggested.disposition !== value.trim() ? suggested : null;
  return (
    <div className={`notes-field ${wide(field) ? "wide" : ""}`} data-field={field.name}>
      <FormField
        label={label}
        stretch
        errorText={fault}
        constraintText={
          offer && (
            <>
              Suggested: {labelWords(offer.disposition)} ({offer.why}).{" "}
              <Button
                variant="inline-link"
                ariaLabel={`Use it: ${labelWords(offer.disposition)}`}
                onClick={() => onChange(offer.disposition)}
              >
                Use it
              </Button>
            </>
          )
        }
      >
        <Control field={field} value={value} onChange={onChange} />
      </FormField>
    </div>
  );
}

/** What may become long has the whole width. */
function wide(field: NotesField): boolean {
  return field.kind === "lines" || field.lengthMax > 100;
}

function Control({ field, value, onChange }: Pick<FieldProps, "field" | "value" | "onChange">): ReactNode {
  if (field.kind === "choice") {
    const options = field.choices.map((choice) => ({ value: choice, label: choiceWords(choice) }));
    return (
      <Select
        selectedOption={options.find((option) => option.value === value) ?? null}
        options={field.required ? options : [{ value: "", label: "None" }, ...options]}
        placeholder="Choose"
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    );
  }
  if (wide(field)) {
    const lines = value.split("\n").length;
    const long = field.kind === "lines" ? lines : Math.max(lines, Math.ceil(value.length / 90));
    return (
      <Textarea
        value={value}
        rows={Math.min(8, Math.max(field.lengthMax > 500 ? 3 : 1, long))}
        placeholder={field.kind === "lines" ? "One on each line" : ""}
        onChange={({ detail }) => onChange(detail.value)}
      />
    );
  }
  return <Input value={value} onChange={({ detail }) => onChange(detail.value)} />;
}

function Foot({ editing, copy }: Pick<Props, "editing" | "copy">): ReactNode {
  const { edited, saving, save, takeStored, ready } = editing;
  return (
    <div className="notes-foot">
      <Button variant="primary" onClick={save} loading={saving} loadingText="Saving">
        Save and send <Key name="Ctrl+S" />
      </Button>
      <Button iconName={copy.copied ? "check" : "copy"} onClick={copy.copy}>
        {copy.copied ? "Copied" : "Copy all"} <Key name="Ctrl+Shift+C" />
      </Button>
      {edited && (
        <Button variant="link" onClick={takeStored}>
          Undo my edits
        </Button>
      )}
      <span className="soft small" role="status" data-testid="notes-state">
        {edited ? "Not saved; kept in this browser" : savedWords(ready?.stored ?? null)}
      </span>
    </div>
  );
}

function savedWords(stored: { readonly version: number; readonly by: string | null } | null): string {
  if (!stored) return "";
  return stored.by === null ? "As written from the call" : `Saved by ${stored.by}, version ${stored.version}`;
}
