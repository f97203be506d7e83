import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { LegalHoldShown } from "../generated/rest";
import { Moment } from "../shell/Moment";
import type { Hold } from "./useHold";

/** Whoever works on this page, as far as it knows: there are no accounts yet. */
const BY = "supervisor";
const REASON_MAX = 500;

interface Props {
  readonly callId: string;
  readonly hold: Hold;
  /** Whether there is a recording that could be deleted. */
  readonly recorded: boolean;
  readonly onDeleted: () => void;
}

/** Whether the call may be deleted, and its recording's deletion by hand. */
export function Keeping({ callId, hold, recorded, onDeleted }: Props): ReactNode {
  const [asking, setAsking] = useState<"hold" | "delete" | null>(null);
  const { standing, problem } = hold;
  const close = (): void => setAsking(null);
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2">
          Kept
        </Header>
      }
    >
      <div data-testid="keeping" data-held={standing?.held ?? false}>
        <SpaceBetween size="xs">
          {problem !== null && <StatusIndicator type="warning">{problem}</StatusIndicator>}
          {standing && <Standing standing={standing} />}
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!standing} onClick={() => setAsking("hold")}>
              {standing?.held ? "Lift the legal hold" : "Set a legal hold"}
            </Button>
            {recorded && (
              <Button
                disabled={standing?.held ?? true}
                disabledReason="The call is under legal hold."
                onClick={() => setAsking("delete")}
              >
                Delete the recording
              </Button>
            )}
          </SpaceBetween>
        </SpaceBetween>
      </div>
      {asking === "hold" && standing && (
        <AskHold held={standing.held} onClose={close} onSet={(reason) => hold.put(!standing.held, reason, BY)} />
      )}
      {asking === "delete" && <AskDelete callId={callId} onClose={close} onDeleted={onDeleted} />}
    </Container>
  );
}

function Standing({ standing: { held, reason, by, atMs } }: { standing: LegalHoldShown }): ReactNode {
  const who = by !== null && atMs !== null && (
    <span className="soft small break">
      by {by}, <Moment epochMs={atMs} />
      {reason !== null && <>: {reason}</>}
    </span>
  );
  if (!held) return <div>Deleted when its days are over. {who && <>The legal hold was lifted {who}</>}</div>;
  return (
    <div>
      <StatusIndicator type="info">Under legal hold: nothing of it is deleted</StatusIndicator> {who}
    </div>
  );
}

interface AskProps {
  readonly header: string;
  readonly act: string;
  readonly busyWords: string;
  readonly ready: boolean;
  readonly run: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks before it is done; stays open, and says why, where it failed. */
function Ask({ header, act, busyWords, ready, run, onClose, children }: AskProps): ReactNode {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const go = (): void => {
    setBusy(true);
    run().then(onClose, (error: unknown) => {
      setBusy(false);
      setProblem(problemWords(error));
    });
  };
  return (
    <Modal
      visible
      header={header}
      closeAriaLabel="Cancel"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" disabled={!ready} loading={busy} loadingText={busyWords} onClick={go}>
              {act}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {children}
        {problem !== null && (
          <div role="alert">
            <StatusIndicator type="error">{problem}</StatusIndicator>
          </div>
        )}
      </SpaceBetween>
    </Modal>
  );
}

interface AskHoldProps {
  readonly held: boolean;
  readonly onSet: (reason: string) => Promise<unknown>;
  readonly onClose: () => void;
}

function AskHold({ held, onSet, onClose }: AskHoldProps): ReactNode {
  const [reason, setReason] = useState("");
  return (
    <Ask
      header={held ? "Lift the legal hold?" : "Set a legal hold?"}
      act={held ? "Lift it" : "Hold the call"}
      busyWords={held ? "Lifting it" : "Holding the call"}
      ready={reason.trim() !== ""}
      run={() => onSet(reason.trim())}
      onClose={onClose}
    >
      <p className="tight">
        {held
          ? "What is over its days is deleted again, from the coming night on."
          : "Nothing of the call is deleted any more, whatever its age, until the hold is lifted."}
      </p>
      <FormField label="Reason" constraintText="It stands in the call's audit log." stretch>
        <Input
          value={reason}
          autoFocus
          autoComplete={false}
          onChange={({ detail }) => setReason(Array.from(detail.value).slice(0, REASON_MAX).join(""))}
        />
      </FormField>
    </Ask>
  );
}

function AskDelete({
  callId,
  onClose,
  onDeleted,
}: Pick<Props, "callId" | "onDeleted"> & { onClose: () => void }): ReactNode {
  const api = useApi();
  return (
    <Ask
      header="Delete the recording for good?"
      act="Delete it"
      busyWords="Deleting it"
      ready
      run={async () => {
        await api.deleteRecording(callId, BY);
        onDeleted();
      }}
      onClose={onClose}
    >
      <p className="tight">Its audio and its key are destroyed; nobody can bring it back. The transcript stays.</p>
    </Ask>
  );
}
