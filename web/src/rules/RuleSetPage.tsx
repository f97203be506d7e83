import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useEffectEvent, useRef, useState, type ComponentProps, type ReactNode } from "react";
import "../settings/settings.css";
import { follow, rulesPath } from "../shell/router";
import { useWide } from "../shell/useWide";
import type { FormHandle } from "./parts/RuleForm";
import { isPart, listOf, textOf } from "./parts/shape";
import { PartsView } from "./PartsView";
import { RuleBar } from "./RuleBar";
import "./rules.css";
import { RuleVersions } from "./RuleVersions";
import { Shadow } from "./Shadow";
import { hasComments, placed, type PlacedProblem } from "./text";
import { TextEditor, type EditorHandle } from "./TextEditor";
import { TryIt } from "./TryIt";
import { useRuleSet, type RuleSet } from "./useRuleSet";

type View = "parts" | "text";

/** One rule set, by its parts and as text: two views of one document. Beside it a trial, past calls, versions. */
export function RuleSetPage({ name }: { name: string }): ReactNode {
  const set = useRuleSet(name);
  const wide = useWide(1100);
  const [view, setView] = useState<View>("parts");
  const [open, setOpen] = useState<number | null>(null);
  const goTo = useRef<number | null>(null);
  const editor = useRef<EditorHandle>(null);
  const form = useRef<FormHandle>(null);
  useEffect(() => {
    document.title = `${name} · Rules · Cueline`;
  }, [name]);
  useEffect(() => {
    if (view === "text" && goTo.current !== null) editor.current?.goToLine(goTo.current);
    goTo.current = null;
  }, [view]);
  const byKeys = useEffectEvent((event: KeyboardEvent) => undoByKeys(event, set, () => form.current?.flush()));
  useEffect(() => {
    // Of the window: a button that was pressed and is gone leaves the focus nowhere.
    const listen = (event: KeyboardEvent): void => byKeys(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  const { text, problems } = set;
  if (text === null) return <Waiting name={name} missing={set.missing} />;

  const lineOf = (number: number): number | null =>
    placed(text, [{ place: `rules[${number}]`, message: "" }])[0]?.line ?? null;
  const show = (next: View): void => {
    form.current?.flush();
    setView(next);
  };
  const toText = (line: number | null): void => {
    goTo.current = line;
    if (view === "text" && line !== null) editor.current?.goToLine(line);
    else show("text");
  };
  const toRule = (number: number): void => {
    setOpen(number);
    setView("parts");
  };
  const rule = view === "parts" ? listOf(set.document?.rules)[open ?? -1] : undefined;
  return (
    <main className="settings-page">
      <div className={wide ? "settings-body two" : "settings-body"}>
        <div className={view === "text" ? "settings-column rule-column" : "settings-column"}>
          <Header
            variant="h1"
            description={
              view === "text"
                ? "Written as YAML (JSON works too), and checked as you type. Comments are not kept when it is saved."
                : `Open a rule to change it by its parts. ${hasComments(text) ? "Comments inside it go then." : ""}`
            }
            actions={
              <SegmentedControl
                label="View"
                selectedId={view}
                options={[
                  { id: "parts", text: "By parts" },
                  { id: "text", text: "As text" },
                ]}
                onChange={({ detail }) => show(detail.selectedId === "text" ? "text" : "parts")}
              />
            }
          >
            <span className="rule-title">
              <Link href={rulesPath()} onFollow={follow} fontSize="inherit">
                Rules
              </Link>{" "}
              / {name}
            </span>
          </Header>
          {view === "text" ? (
            <>
              <TextEditor
                ref={editor}
                label={`Rules of ${name}`}
                text={text}
                faulty={new Set(problems.map((problem) => problem.line ?? 0))}
                onChange={set.type}
              />
              <Problems problems={problems} checking={set.checking} onGo={toText} />
            </>
          ) : (
            <>
              <PartsView
                set={set}
                form={form}
                open={open}
                onOpen={(number) => {
                  form.current?.flush();
                  setOpen(number);
                }}
                onText={(number) => toText(number === null ? null : lineOf(number))}
              />
              {set.document !== null && (
                <Problems problems={problems} checking={set.checking} onGo={toText} onRule={toRule} />
              )}
            </>
          )}
        </div>
        <div className="settings-column">
          <SpaceBetween size="m">
            <TryIt set={set} rule={named(rule, open)} />
            {view === "text" && <Sentences set={set} onOpen={(number) => toText(lineOf(number))} />}
            <Shadow name={name} set={set} />
            <RuleVersions name={name} set={set} />
          </SpaceBetween>
        </div>
      </div>
      <RuleBar name={name} set={set} />
    </main>
  );
}

function named(rule: unknown, number: number | null): ComponentProps<typeof TryIt>["rule"] {
  if (!isPart(rule) || number === null) return null;
  const ruleId = textOf(rule.ruleId);
  return ruleId === "" ? null : { ruleId, title: textOf(rule.title) || ruleId, number };
}

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) go through what was done on the page, in whichever view. */
function undoByKeys(event: KeyboardEvent, set: RuleSet, flush: () => void): void {
  const key = event.key.toLowerCase();
  const redo = (key === "z" && event.shiftKey) || (key === "y" && !event.metaKey);
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !(key === "z" || redo)) return;
  const field = event.target instanceof HTMLElement ? event.target.closest("[data-own-undo], [role=dialog]") : null;
  if (field !== null) return;
  event.preventDefault();
  flush();
  if (redo) set.redo?.();
  else set.undo?.();
}

function Waiting({ name, missing }: { name: string; missing: string | null }): ReactNode {
  return (
    <main className="full-page">
      {missing === null ? (
        <StatusIndicator type="loading">Reading the rules of {name}</StatusIndicator>
      ) : (
        <Alert type="error" header="These rules cannot be shown">
          {missing} Calls go on under the rules that they began with.
        </Alert>
      )}
    </main>
  );
}

function Sentences({ set, onOpen }: { set: RuleSet; onOpen: (number: number) => void }): ReactNode {
  const sentences = set.check?.sentences ?? [];
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2" counter={set.check ? `(${sentences.length})` : ""}>
          What the rules say
        </Header>
      }
    >
      {set.check && sentences.length === 0 && (
        <p className="soft tight">
          No rule yet. A rule begins with its id, what it waits for (when), and what it does (then).
        </p>
      )}
      <ol className="sentences" data-testid="sentences">
        {sentences.map((rule) => (
          <li key={`${rule.number}.${rule.ruleId}`}>
            <button type="button" className="sentence" onClick={() => onOpen(rule.number)} title="Go to its text">
              <span className="strong">{rule.title || rule.ruleId}</span>
              {!rule.enabled && <Badge>off</Badge>}
              <span className="sentence-words">{rule.sentence}</span>
            </button>
          </li>
        ))}
      </ol>
    </Container>
  );
}

interface ProblemsProps {
  readonly problems: readonly PlacedProblem[];
  readonly checking: boolean;
  readonly onGo: (line: number | null) => void;
  /** Opens a rule by its parts; without it, problems lead into the text. */
  readonly onRule?: (number: number) => void;
}

function Problems({ problems, checking, onGo, onRule }: ProblemsProps): ReactNode {
  if (problems.length === 0) {
    return (
      <div className="rule-problems" role="status">
        {checking ? (
          <StatusIndicator type="in-progress">Checking</StatusIndicator>
        ) : (
          <StatusIndicator type="success">No problems</StatusIndicator>
        )}
      </div>
    );
  }
  return (
    <div className="rule-problems" role="status">
      <StatusIndicator type="error">
        {problems.length === 1 ? "1 problem" : `${problems.length} problems`}
      </StatusIndicator>
      <ul className="facts-list" data-testid="rule-problems">
        {problems.slice(0, 50).map((problem, index) => (
          <li key={index}>
            <button
              type="button"
              className="sentence"
              onClick={() => {
                const rule = /^rules\[(\d+)\]/.exec(problem.place)?.[1];
                if (onRule && rule !== undefined) onRule(Number(rule));
                else onGo(problem.line);
              }}
              disabled={problem.line === null}
            >
              {problem.line !== null && <span className="num strong">Line {problem.line} </span>}
              <span className="id">{problem.place}</span> <span>{problem.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
