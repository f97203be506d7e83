import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import List from "@cloudscape-design/components/list";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import type { Editing, Editor, Version, VersionRow } from "./editor";
import { By } from "./InForce";

interface Props<F> {
  readonly editor: Editor<F>;
  readonly editing: Editing<F>;
  readonly versions: readonly Version<F>[];
  readonly onRestore: (version: Version<F>) => void;
}

/** What was published before, newest first. */
export function Versions<F>({ editor, editing, versions, onRestore }: Props<F>): ReactNode {
  const [asking, setAsking] = useState<Version<F> | null>(null);
  const rows = editing.versionRows(versions, editor.inForce);
  const restore = (version: Version<F>): void => {
    if (editing.isEdited(editor)) setAsking(version);
    else onRestore(version);
  };
  return (
    <Container
      header={
        <Header
          variant="h3"
          headingTagOverride="h2"
          description="Restoring puts an old version into the form. Published, it becomes the newest."
        >
          Versions
        </Header>
      }
    >
      {rows.length === 0 ? (
        <Box color="text-body-secondary">
          {editor.inForce.inherited
            ? "None of its own yet. What you publish here is its first."
            : "Nothing was published yet. What you publish here is the first."}
        </Box>
      ) : (
        <div data-testid="versions">
          <List
            items={rows}
            ariaLabel="Versions, newest first"
            disablePaddings
            renderItem={(row: VersionRow<F>) => ({
              id: String(row.version.version),
              content: <Title row={row} inForce={editor.inForce.version} />,
              secondaryContent: <About row={row} />,
              actions: row.version.version !== editor.inForce.version && (
                <Button
                  variant="inline-link"
                  ariaLabel={`Restore version ${row.version.version}`}
                  disabled={row.sameAsInForce}
                  disabledReason="It says the same as the version in force."
                  onClick={() => restore(row.version)}
                >
                  Restore
                </Button>
              ),
            })}
          />
        </div>
      )}
      <Modal
        visible={asking !== null}
        header="Replace your edits?"
        closeAriaLabel="Keep my edits"
        onDismiss={() => setAsking(null)}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setAsking(null)}>
                Keep my edits
              </Button>
              <Button
                variant="primary"
                onClick={() => {
                  if (asking) onRestore(asking);
                  setAsking(null);
                }}
              >
                Replace them
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        The form holds edits that are not published. Version {asking?.version} would take their place.
      </Modal>
    </Container>
  );
}

function Title<F>({ row, inForce }: { row: VersionRow<F>; inForce: number }): ReactNode {
  const { version } = row.version;
  return (
    <span className="version-title num" data-testid="version" data-version={version}>
      Version {version}
      {version === inForce && <Badge color="green">in force</Badge>}
      <span className="soft small">
        <By by={row.version.changedBy} atMs={row.version.changedAtMs} />
      </span>
    </span>
  );
}

function About<F>({ row }: { row: VersionRow<F> }): ReactNode {
  const { version, changed } = row;
  return (
    <>
      {version.note !== "" && <div className="break">{version.note}</div>}
      {changed && (
        <div className="soft small break">
          {changed.length === 0 ? "Changed nothing" : changed.map((each) => each.words).join(" · ")}
        </div>
      )}
    </>
  );
}
