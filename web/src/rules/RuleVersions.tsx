import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import List from "@cloudscape-design/components/list";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import type { RuleSetHead } from "../api/rules";
import { Moment } from "../shell/Moment";
import { DifferenceView, type Which } from "./DifferenceView";
import type { RuleSet } from "./useRuleSet";

/** What was published before, newest first, and the way back to it. */
export function RuleVersions({ name, set }: { name: string; set: RuleSet }): ReactNode {
  const [compared, setCompared] = useState<readonly [Which, Which] | null>(null);
  const [asking, setAsking] = useState<RuleSetHead | null>(null);
  const [note, setNote] = useState("");
  const { versions } = set;
  const inForce = versions[0]?.version;
  return (
    <Container
      header={
        <Header
          variant="h3"
          headingTagOverride="h2"
          description="Rolling back publishes an old version anew, as the newest."
        >
          Versions
        </Header>
      }
    >
      {versions.length === 0 ? (
        <Box color="text-body-secondary">Nothing was published yet. What you publish here is the first.</Box>
      ) : (
        <List
          items={versions}
          ariaLabel="Versions, newest first"
          disablePaddings
          renderItem={(version: RuleSetHead) => ({
            id: String(version.version),
            content: <Title version={version} inForce={version.version === inForce} />,
            secondaryContent: version.note === "" ? undefined : <div className="break">{version.note}</div>,
            actions: (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  variant="inline-link"
                  ariaLabel={`Compare ${named(version)}`}
                  onClick={() => setCompared(comparedWith(version.version, versions))}
                >
                  Compare
                </Button>
                {version.version !== inForce && (
                  <Button
                    variant="inline-link"
                    ariaLabel={`Roll back to version ${version.version}`}
                    disabled={set.busy !== null}
                    onClick={() => setAsking(version)}
                  >
                    Roll back
                  </Button>
                )}
              </SpaceBetween>
            ),
          })}
        />
      )}
      {compared && (
        <DifferenceView name={name} set={set} from={compared[0]} to={compared[1]} onClose={() => setCompared(null)} />
      )}
      <Modal
        visible={asking !== null}
        header={`Roll back to ${asking ? named(asking) : ""}?`}
        closeAriaLabel="Cancel"
        onDismiss={() => setAsking(null)}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setAsking(null)}>
                Cancel
              </Button>
              <Button
                variant="primary"
                onClick={() => {
                  if (asking) set.rollBack(asking.version, note.trim());
                  setAsking(null);
                  setNote("");
                }}
              >
                Roll back
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="s">
          <span>
            It takes effect on the next call.
            {set.edited && " What you have written here and not saved is lost."}
          </span>
          <FormField label="Note (why)" stretch>
            <Input value={note} autoComplete={false} onChange={({ detail }) => setNote(detail.value.slice(0, 500))} />
          </FormField>
        </SpaceBetween>
      </Modal>
    </Container>
  );
}

/** A version beside the one before it; the oldest beside what is on the page. */
function comparedWith(version: number, versions: readonly RuleSetHead[]): readonly [Which, Which] {
  const before = versions[versions.findIndex((each) => each.version === version) + 1];
  return before ? [before.version, version] : [version, "here"];
}

const named = ({ version }: RuleSetHead): string => (version === 0 ? "the built-in rules" : `version ${version}`);

function Title({ version, inForce }: { version: RuleSetHead; inForce: boolean }): ReactNode {
  return (
    <span className="version-title num">
      {version.version === 0 ? "Built in" : `Version ${version.version}`}
      {inForce && <Badge color="green">in force</Badge>}
      <span className="soft small">
        {version.rules} rules
        {version.changedBy !== null && `, ${version.changedBy}`}
        {version.changedAtMs !== null && (
          <>
            , <Moment epochMs={version.changedAtMs} />
          </>
        )}
      </span>
    </span>
  );
}
