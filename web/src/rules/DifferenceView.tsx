import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useApi } from "../api/context";
import { difference, type Change, type Side } from "./difference";
import { words, type RuleSet } from "./useRuleSet";

/** A version's number, or what is on this page. */
export type Which = number | "here";

interface Props {
  readonly name: string;
  readonly set: RuleSet;
  readonly from: Which;
  readonly to: Which;
  readonly onClose: () => void;
}

/** Two versions of a rule set, or one and what is on the page, by what their rules say. */
export function DifferenceView({ name, set, from, to, onClose }: Props): ReactNode {
  const [sides, setSides] = useState<readonly [Which, Which]>([from, to]);
  const before = useSide(name, set, sides[0]);
  const after = useSide(name, set, sides[1]);
  const options = [
    { value: "here", label: "What is on this page" },
    ...set.versions.map(({ version, note }) => ({
      value: String(version),
      label: version === 0 ? "Built in" : `Version ${version}`,
      description: note,
    })),
  ];
  const pick = (at: 0 | 1, label: string): ReactNode => (
    <FormField label={label} stretch>
      <Select
        selectedOption={options.find(({ value }) => value === String(sides[at])) ?? null}
        options={options}
        onChange={({ detail }) => {
          const chosen = detail.selectedOption.value ?? "here";
          const which: Which = chosen === "here" ? chosen : Number(chosen);
          setSides(at === 0 ? [which, sides[1]] : [sides[0], which]);
        }}
      />
    </FormField>
  );
  const problem = before.problem ?? after.problem;
  // Within the app, where colours and spaces have their names.
  const root = window.document.getElementById("root");
  return (
    <Modal
      visible
      {...(root ? { modalRoot: root } : {})}
      size="large"
      header="What is different"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button onClick={onClose}>Close</Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <div className="halves">
          {pick(0, "Before")}
          {pick(1, "After")}
        </div>
        {problem !== null && <StatusIndicator type="error">{problem}</StatusIndicator>}
        {problem === null && !(before.side && after.side) && (
          <StatusIndicator type="loading">Reading the versions</StatusIndicator>
        )}
        {before.side && after.side && <Shown before={before.side} after={after.side} />}
      </SpaceBetween>
    </Modal>
  );
}

function Shown({ before, after }: { before: Side; after: Side }): ReactNode {
  const found = useMemo(() => difference(before, after), [before, after]);
  if (found.none) return <p className="soft tight">They say the same.</p>;
  const count = (kind: Change["kind"]): number => found.changes.filter((each) => each.kind === kind).length;
  return (
    <div data-testid="difference">
      <p className="tight">
        {(["added", "changed", "removed"] as const)
          .filter((kind) => count(kind) > 0)
          .map((kind) => `${count(kind)} ${count(kind) === 1 ? "rule" : "rules"} ${kind}`)
          .join(", ")}
        {found.moved && " Rules stand in another order."}
      </p>
      <ul className="rule-changes">
        {found.changes.map((change) => (
          <li key={change.ruleId}>
            <span className="rule-name">
              <Badge color={COLOURS[change.kind]}>{change.kind}</Badge>
              <span className="strong">{change.title}</span>
            </span>
            {change.kind === "changed" && change.before === change.after ? (
              <span className="sentence-words">{change.after}</span>
            ) : (
              <>
                {change.before && <del className="change-line">{change.before}</del>}
                {change.after && <ins className="change-line">{change.after}</ins>}
              </>
            )}
            {change.fields.length > 0 && (
              <dl className="change-fields">
                {change.fields.map((field) => (
                  <div key={field.place}>
                    <dt className="id">{field.place}</dt>
                    <dd>
                      {field.before && <del>{field.before}</del>} {field.after && <ins>{field.after}</ins>}
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
        {found.others.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </div>
  );
}

const COLOURS = { added: "green", changed: "blue", removed: "red" } as const;

function useSide(name: string, set: RuleSet, which: Which): { side: Side | null; problem: string | null } {
  const api = useApi();
  const [read, setRead] = useState<{ which: Which; side: Side | null; problem: string | null } | null>(null);
  const { document, check } = set;
  const here = useMemo(
    () => (document === null ? null : { document, sentences: check?.sentences ?? [] }),
    [document, check],
  );
  useEffect(() => {
    if (which === "here") return undefined;
    let gone = false;
    api.ruleVersion(name, which).then(
      (side) => {
        if (!gone) setRead({ which, side, problem: null });
      },
      (error: unknown) => {
        if (!gone) setRead({ which, side: null, problem: words(error) });
      },
    );
    return () => {
      gone = true;
    };
  }, [api, name, which]);
  if (which === "here") return { side: here, problem: here === null ? "The text cannot be read." : null };
  return read?.which === which ? read : { side: null, problem: null };
}
