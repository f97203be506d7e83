import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState, type ReactNode } from "react";
import { DifferenceView } from "./DifferenceView";
import type { RuleSet } from "./useRuleSet";

const NOTE_MAX = 500;

/** Where the draft stands, and what makes it count. It stays in view. */
export function RuleBar({ name, set }: { name: string; set: RuleSet }): ReactNode {
  const [comparing, setComparing] = useState(false);
  const [note, setNote] = useState("");
  const { edited, saved, problems, busy, overtakenBy } = set;
  const changed = edited || saved;
  const sound = problems.length === 0 && !set.checking;
  return (
    <section className="publish-bar" aria-label="Publish" data-testid="rule-bar">
      {overtakenBy !== null && <Overtaken set={set} version={overtakenBy} />}
      <div className="publish-row">
        <div className="publish-state">
          <LiveRegion>
            <State set={set} />
          </LiveRegion>
        </div>
        {changed && (
          <div className="publish-note" data-own-undo>
            <FormField label="Note (why)" stretch>
              <Input
                value={note}
                autoComplete={false}
                onChange={({ detail }) => setNote(Array.from(detail.value).slice(0, NOTE_MAX).join(""))}
              />
            </FormField>
          </div>
        )}
        <div className="publish-actions">
          <Button
            variant="icon"
            iconName="undo"
            ariaLabel="Undo"
            disabled={set.undo === null}
            onClick={() => set.undo?.()}
          />
          <Button
            variant="icon"
            iconName="redo"
            ariaLabel="Redo"
            disabled={set.redo === null}
            onClick={() => set.redo?.()}
          />
          {changed && (
            <Button onClick={() => setComparing(true)} disabled={set.document === null}>
              Changes
            </Button>
          )}
          {changed && (
            <Button onClick={set.discard} disabled={busy !== null} loading={busy === "discarding"}>
              Discard
            </Button>
          )}
          <Button
            onClick={() => void set.save()}
            disabled={!edited || busy !== null || overtakenBy !== null}
            loading={busy === "saving"}
          >
            Save draft
          </Button>
          <Button
            variant="primary"
            disabled={!changed || !sound || busy !== null || overtakenBy !== null}
            disabledReason={reasonWhyNot(changed, sound, overtakenBy !== null)}
            loading={busy === "publishing"}
            loadingText="Publishing"
            onClick={() => {
              set.publish(note.trim());
              setNote("");
            }}
          >
            Publish
          </Button>
        </div>
      </div>
      {comparing && (
        <DifferenceView name={name} set={set} from={set.basedOn} to="here" onClose={() => setComparing(false)} />
      )}
    </section>
  );
}

function reasonWhyNot(changed: boolean, sound: boolean, overtaken: boolean): string {
  if (overtaken) return "Another version was published meanwhile.";
  if (!changed) return "Nothing is changed.";
  return sound ? "One moment." : "The problems have to be mended first.";
}

function State({ set }: { set: RuleSet }): ReactNode {
  const { edited, saved, done, refused, basedOn } = set;
  if (refused !== null) return <StatusIndicator type="error">{refused} Your text is kept.</StatusIndicator>;
  if (edited) return <StatusIndicator type="pending">Changed, not saved</StatusIndicator>;
  if (done !== null) return <StatusIndicator type="success">{done}</StatusIndicator>;
  if (saved) return <StatusIndicator type="pending">A saved draft, not published</StatusIndicator>;
  return <span className="soft">This is what is in force{basedOn > 0 ? ` (version ${basedOn})` : ""}.</span>;
}

function Overtaken({ set, version }: { set: RuleSet; version: number }): ReactNode {
  return (
    <div className="overtaken" role="alert">
      <Alert
        type="warning"
        header={`Version ${version} was published while you were writing`}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={set.takeTheirs}>Drop mine, load it</Button>
            <Button variant="primary" onClick={set.keepMine}>
              Keep mine over it
            </Button>
          </SpaceBetween>
        }
      >
        Your text is kept, and not published. Publishing it over version {version} undoes what that version changed.
      </Alert>
    </div>
  );
}
