import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { ApiError } from "../api/client";
import { canPublish, edits, isOvertaken, NOTE_MAX, type Editor } from "./editor";
import { By } from "./InForce";
import { changes } from "./policy";
import { fieldErrors, problemWords } from "./problems";
import type { Policy } from "./usePolicy";

interface Props {
  readonly policy: Policy;
  readonly editor: Editor;
  readonly noteError: string | null;
}

/** Where the edits stand, and what makes them count. It stays in view. */
export function PublishBar({ policy, editor, noteError }: Props): ReactNode {
  const found = edits(editor);
  const mayPublish = canPublish(editor);
  return (
    <section className="publish-bar" aria-label="Publish" data-testid="publish-bar">
      {isOvertaken(editor) && <Overtaken policy={policy} editor={editor} />}
      <Refused error={policy.refused} />
      <div className="publish-row">
        <div className="publish-state">
          <LiveRegion>
            <State editor={editor} count={found.length} published={policy.publishedVersion} />
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
        {(found.length > 0 || mayPublish) && (
          <div className="publish-actions">
            {found.length > 0 && !isOvertaken(editor) && (
              <Button onClick={policy.discard} disabled={policy.publishing}>
                Discard
              </Button>
            )}
            {mayPublish && (
              <Button variant="primary" onClick={policy.publish} loading={policy.publishing} loadingText="Publishing">
                Publish
              </Button>
            )}
          </div>
        )}
      </div>
    </section>
  );
}

function State({ editor, count, published }: { editor: Editor; count: number; published: number | null }): ReactNode {
  if (count > 0) {
    return (
      <>
        <StatusIndicator type="pending">
          {count === 1 ? "1 edit" : `${count} edits`}, not published
          {editor.kept && ". Kept from before the page was loaded"}
        </StatusIndicator>
      </>
    );
  }
  if (published !== null) {
    return (
      <StatusIndicator type="success">
        Version {published} is published. It takes effect on the next call.
      </StatusIndicator>
    );
  }
  if (editor.inForce.inherited) return <span>Not published for {editor.inForce.profile} yet.</span>;
  return <span className="soft">No edits. What you publish takes effect on the next call.</span>;
}

/** What somebody else published meanwhile, and the two ways on. */
function Overtaken({ policy, editor }: { policy: Policy; editor: Editor }): ReactNode {
  const { inForce, draft } = editor;
  const theirs = changes(draft.base, inForce.policy);
  return (
    <div className="overtaken" role="alert" data-testid="overtaken">
      <Alert
        type="warning"
        header={`Version ${inForce.version} was published while you were editing`}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={policy.discard}>Drop my edits</Button>
            <Button variant="primary" onClick={policy.rebase}>
              Load it, keep my edits
            </Button>
          </SpaceBetween>
        }
      >
        Your edits are not published and not lost. That version
        {theirs.length === 0 ? " changed nothing" : `: ${theirs.map((each) => each.words).join(" · ")}`} (
        <By by={inForce.changedBy} atMs={inForce.changedAtMs} />
        {inForce.note !== "" && `: ${inForce.note}`}). Where both changed the same thing, yours stays.
      </Alert>
    </div>
  );
}

/** Why publishing failed, unless a field or the notice above says it. */
function Refused({ error }: { error: unknown }): ReactNode {
  if (error === null || (error instanceof ApiError && error.status === 409)) return null;
  if (fieldErrors(error)) {
    return <StatusIndicator type="error">Not published: the policy has a fault, shown at its field.</StatusIndicator>;
  }
  return (
    <div role="alert">
      <StatusIndicator type="error">Not published. {problemWords(error)} Your edits are kept.</StatusIndicator>
    </div>
  );
}
