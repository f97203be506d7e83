import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { absolute } from "../format/time";
import { problemWords } from "./problems";
import { tonightWords } from "./retention";
import type { Tonight } from "./useTonight";

/** What the coming night deletes: as it is, or as it would be once the edits are published. */
export function TonightPanel({ tonight, edited }: { tonight: Tonight; edited: boolean }): ReactNode {
  const { due, fresh, problem } = tonight;
  return (
    <Container
      header={
        <Header
          variant="h3"
          headingTagOverride="h2"
          description={
            due
              ? `${edited ? "With your edits published before" : "In the night that begins"} ${absolute(due.atMs)}`
              : ""
          }
        >
          What goes tonight
        </Header>
      }
    >
      <div data-testid="tonight" data-stale={!fresh} aria-live="polite">
        {problem !== null ? (
          <StatusIndicator type="warning">It cannot be told now. {problemWords(problem)}</StatusIndicator>
        ) : due === null ? (
          <StatusIndicator type="loading">Counting</StatusIndicator>
        ) : due.due.length === 0 ? (
          <span className="soft">Nothing is over its days.</span>
        ) : (
          <ul className="plain num">
            {tonightWords(due).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )}
      </div>
    </Container>
  );
}
