import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { ApiError } from "../api/client";
import { useApi } from "../api/context";
import type { RuleSetHead } from "../api/rules";
import { Moment } from "../shell/Moment";
import { follow, navigate, rulesPath } from "../shell/router";
import { useWide } from "../shell/useWide";
import "../settings/settings.css";
import "./rules.css";

/** Every rule set, and a way to begin one. */
export function RulesPage(): ReactNode {
  const api = useApi();
  const [sets, setSets] = useState<readonly RuleSetHead[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const wide = useWide(760);
  const read = useCallback(() => {
    api.ruleSets().then(
      (found) => {
        setSets(found);
        setProblem(null);
      },
      (error: unknown) => setProblem(missingWords(error)),
    );
  }, [api]);
  useEffect(read, [read]);
  useEffect(() => {
    document.title = "Rules · Cueline";
  }, []);
  return (
    <main className="page people">
      <Table
        variant="container"
        trackBy="name"
        items={sets ?? []}
        columnDefinitions={wide ? COLUMNS : COLUMNS.filter((column) => !WIDE_ONLY.has(column.id ?? ""))}
        loading={sets === null && problem === null}
        loadingText="Reading the rules"
        wrapLines
        ariaLabels={{ tableLabel: "Rule sets", itemSelectionLabel: () => "", selectionGroupLabel: "" }}
        header={
          <Header
            variant="h1"
            counter={sets ? `(${sets.length})` : ""}
            description="What is cued, ticked, alerted and labelled in calls. A change takes effect on the next call."
            actions={<Button onClick={() => setAdding(true)}>New rule set</Button>}
          >
            Rules
          </Header>
        }
        filter={adding ? <NewSet onDone={() => setAdding(false)} /> : undefined}
        empty={
          problem === null ? (
            <Box color="text-body-secondary">No rule set yet. Begin one, or restart Cueline with its own.</Box>
          ) : (
            <Alert type="error" header="The rules cannot be shown" action={<Button onClick={read}>Try again</Button>}>
              {problem}
            </Alert>
          )
        }
      />
    </main>
  );
}

/** An older server answers 404 to what it does not know. */
function missingWords(error: unknown): string {
  if (!(error instanceof ApiError)) return "The answer made no sense.";
  return error.status === 404 ? "This installation does not serve rules." : error.detail || error.title;
}

const WIDE_ONLY: ReadonlySet<string> = new Set(["checklists", "dispositions", "note"]);
const num = (value: number): ReactNode => <span className="num">{value}</span>;

const COLUMNS: TableProps.ColumnDefinition<RuleSetHead>[] = [
  {
    id: "title",
    header: "Rule set",
    isRowHeader: true,
    cell: (set) => (
      <span className="version-title">
        <Link href={rulesPath(set.name)} onFollow={follow}>
          {set.title || set.name}
        </Link>
        {set.draft && <Badge color="blue">draft</Badge>}
      </span>
    ),
  },
  { id: "rules", header: "Rules", width: 90, cell: (set) => num(set.rules) },
  { id: "checklists", header: "Checklists", width: 110, cell: (set) => num(set.checklists) },
  { id: "dispositions", header: "Outcomes", width: 110, cell: (set) => num(set.dispositions) },
  {
    id: "version",
    header: "In force",
    cell: (set) =>
      set.version === 0 ? (
        <span className="soft">{set.rules === 0 && set.draft ? "Not published" : "Built in"}</span>
      ) : (
        <span className="num">
          Version {set.version}
          {set.changedAtMs !== null && (
            <span className="soft">
              , <Moment epochMs={set.changedAtMs} />
            </span>
          )}
        </span>
      ),
  },
  { id: "note", header: "Note", cell: (set) => set.note || "–" },
];

const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;

function NewSet({ onDone }: { onDone: () => void }): ReactNode {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const open = (): void => {
    if (NAME.test(name.trim())) navigate(rulesPath(name.trim()));
    else setProblem("Small letters, digits, - and _, beginning with a letter or digit; at most 64.");
  };
  return (
    <div className="new-set">
      <FormField
        label="Name of the rule set"
        constraintText="Calls of the profile of this name get its rules."
        errorText={problem}
        stretch
      >
        <div className="in-line">
          <div className="grow">
            <Input
              value={name}
              autoFocus
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => {
                setName(detail.value);
                setProblem(null);
              }}
              onKeyDown={({ detail }) => {
                if (detail.key === "Enter") open();
                if (detail.key === "Escape") onDone();
              }}
            />
          </div>
          <Button onClick={open}>Begin</Button>
          <Button variant="link" onClick={onDone}>
            Cancel
          </Button>
        </div>
      </FormField>
    </div>
  );
}
