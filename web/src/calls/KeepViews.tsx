import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Modal from "@cloudscape-design/components/modal";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import type { SavedView } from "../generated/rest";
import { filterOfView } from "./views";
import { linkOf } from "./ShareCalls";

interface Props {
  readonly views: readonly SavedView[];
  readonly onRemove: (name: string) => Promise<void>;
  readonly onDone: () => void;
}

/** One's views, to share or to remove. */
export function KeepViews({ views, onRemove, onDone }: Props): ReactNode {
  const [removing, setRemoving] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const remove = (name: string): void => {
    setRemoving(name);
    setProblem(null);
    onRemove(name)
      .catch((error: unknown) => setProblem(`${name} was not removed. ${problemWords(error)}`))
      .finally(() => setRemoving(null));
  };
  return (
    <Modal
      visible
      header="Your views"
      closeAriaLabel="Close"
      onDismiss={onDone}
      footer={
        <Box float="right">
          <Button onClick={onDone}>Close</Button>
        </Box>
      }
    >
      {views.length === 0 && <Box color="text-body-secondary">None are left. Filter the calls to save another.</Box>}
      <ul className="views" data-testid="saved-views">
        {views.map((view) => (
          <li key={view.name}>
            <span className="view-name">{view.name}</span>
            <CopyToClipboard
              variant="icon"
              textToCopy={linkOf(filterOfView(view.filters))}
              copyButtonAriaLabel={`Copy a link to ${view.name}`}
              copySuccessText="Link copied"
              copyErrorText="Could not be copied"
            />
            <Button
              variant="icon"
              iconName="remove"
              ariaLabel={`Remove ${view.name}`}
              loading={removing === view.name}
              onClick={() => remove(view.name)}
            />
          </li>
        ))}
      </ul>
      {problem !== null && <StatusIndicator type="error">{problem}</StatusIndicator>}
    </Modal>
  );
}
