import Alert from "@cloudscape-design/components/alert";
import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useRef, type ReactNode } from "react";
import { ApiError } from "../api/client";
import { NOTE_MAX, type Editing, type Editor } from "./editor";
import { By } from "./InForce";
import { problemWords } from "./problems";
import type { Policy } from "./usePolicy";

interface Props<F> {
  readonly policy: Policy<F>;
  readonly editor: Editor<F>;
  readonly editing: Editing<F>;
  readonly noteError: string | null;
  /** When what is published takes effect: "on the next call". */
  readonly effect: string;
  /** Whether a refusal is shown at a field of the form. */
  readonly atField: (error: unknown) => boolean;
}

/** Where the edits stand, and what makes them count. It stays in view. */
export function PublishBar<F>({ policy, editor, editing, noteError, effect, atField }: Props<F>): ReactNode {
  const found = editing.edits(editor);
  const mayPublish = editing.canPublish(editor);
  const overtaken = editing.isOvertaken(editor);
  const button = useRef<ButtonProps.Ref>(null);
  const andGoOn = (act: () => void) => () => {
    act();
    button.current?.focus(); // what was pressed goes away
  };
  return (
    <section className="publish-bar" aria-label="Publish" data-testid="publish-bar">
      {overtaken && (
        <Overtaken
          editor={editor}
          editing={editing}
          onDiscard={andGoOn(policy.discard)}
          onRebase={andGoOn(policy.rebase)}
        />
      )}
      <Refused error={policy.refused} atField={atField} />
      <div className="publish-row">
        <div className="publish-state">
          <LiveRegion>
            <State editor={editor} count={found.length} published={policy.publishedVersion} effect={effect} />
          </LiveRegion>
          {found.length > 0 && (
            <ul className="changes small" aria-label="Edits">
              {found.map(({ id, words }) => (
                <li key={id}>{words}</li>
              ))}
            </ul>
          )}
        </div>
        {mayPublish && (
          <div className="publish-note">
            <FormField label="Note (why)" errorText={noteError} stretch>
              <Input
                value={editor.draft.note}
                autoComplete={false}
                onChange={({ detail }) => policy.note(Array.from(detail.value).slice(0, NOTE_MAX).join(""))}
              />
            </FormField>
          </div>
        )}
        <div className="publish-actions">
          {found.length > 0 && !overtaken && (
            <Button onClick={andGoOn(policy.discard)} disabled={policy.publishing}>
              Discard
            </Button>
          )}
          <Button
            ref={button}
            variant="primary"
            onClick={policy.publish}
            loading={policy.publishing}
            loadingText="Publishing"
            disabled={!mayPublish}
            disabledReason={overtaken ? "Another version was published meanwhile." : "Nothing is edited."}
          >
            Publish
          </Button>
        </div>
      </div>
    </section>
  );
}

interface StateProps<F> {
  readonly editor: Editor<F>;
  readonly count: number;
  readonly published: number | null;
  readonly effect: string;
}

function State<F>({ editor, count, published, effect }: StateProps<F>): ReactNode {
  if (count > 0) {
    return (
      <>
        <StatusIndicator type="pending">{count === 1 ? "1 edit" : `${count} edits`}, not published</StatusIndicator>
        {editor.kept && <span className="soft"> (kept from before the page was loaded)</span>}
      </>
    );
  }
  if (published !== null) {
    return (
      <>
        <StatusIndicator type="success">Version {published} is published.</StatusIndicator> It takes effect {effect}.
      </>
    );
  }
  if (editor.inForce.inherited) return <span>Not published for {editor.inForce.profile} yet.</span>;
  return <span className="soft">No edits. What you publish takes effect {effect}.</span>;
}

interface OvertakenProps<F> {
  readonly editor: Editor<F>;
  readonly editing: Editing<F>;
  readonly onDiscard: () => void;
  readonly onRebase: () => void;
}

/** What somebody else published meanwhile, and the two ways on. */
function Overtaken<F>({ editor, editing, onDiscard, onRebase }: OvertakenProps<F>): ReactNode {
  const { inForce, draft } = editor;
  const theirs = editing.changes(draft.base, inForce.policy);
  return (
    <div className="overtaken" role="alert" data-testid="overtaken">
      <Alert
        type="warning"
        header={`Version ${inForce.version} was published while you were editing`}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onDiscard}>Drop my edits</Button>
            <Button variant="primary" onClick={onRebase}>
              Load it, keep my edits
            </Button>
          </SpaceBetween>
        }
      >
        <div className="break">
          Your edits are kept, and not published. Version {inForce.version}
          {inForce.changedAtMs !== null && (
            <>
              {" ("}
              <By by={inForce.changedBy} atMs={inForce.changedAtMs} />
              {")"}
            </>
          )}{" "}
          {theirs.length === 0 ? "says the same as before" : `changed: ${theirs.map((each) => each.words).join(" · ")}`}
          .{inForce.note !== "" && ` Its note: “${inForce.note}”.`} Where both changed the same thing, yours stays.
        </div>
      </Alert>
    </div>
  );
}

/** Why publishing failed, unless a field or the notice above says it. */
function Refused({ error, atField }: { error: unknown; atField: (error: unknown) => boolean }): ReactNode {
  if (error === null || (error instanceof ApiError && error.status === 409)) return null;
  if (atField(error)) {
    return <StatusIndicator type="error">Not published: the policy has a fault, shown at its field.</StatusIndicator>;
  }
  return (
    <div role="alert">
      <StatusIndicator type="error">Not published. {problemWords(error)} Your edits are kept.</StatusIndicator>
    </div>
  );
}
