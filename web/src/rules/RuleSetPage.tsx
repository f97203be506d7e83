import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useRef, type ReactNode } from "react";
import "../settings/settings.css";
import { follow, rulesPath } from "../shell/router";
import { useWide } from "../shell/useWide";
import { RuleBar } from "./RuleBar";
import "./rules.css";
import { RuleVersions } from "./RuleVersions";
import { Shadow } from "./Shadow";
import { placed, type PlacedProblem } from "./text";
import { TextEditor, type EditorHandle } from "./TextEditor";
import { useRuleSet, type RuleSet } from "./useRuleSet";

/** One rule set: its rules as sentences, its text, what is wrong with it, its versions, and a run over past calls. */
export function RuleSetPage({ name }: { name: string }): ReactNode {
  const set = useRuleSet(name);
  const wide = useWide(1100);
  const editor = useRef<EditorHandle>(null);
  useEffect(() => {
    document.title = `${name} · Rules · Cueline`;
  }, [name]);
  const { text, problems } = set;
  if (text === null) return <Waiting name={name} missing={set.missing} />;

  const jump = (line: number | null): void => {
    if (line !== null) editor.current?.goToLine(line);
  };
  const sentences = (
    <Sentences
      set={set}
      onOpen={(number) => jump(placed(text, [{ place: `rules[${number}]`, message: "" }])[0]?.line ?? null)}
    />
  );
  return (
    <main className="settings-page">
      <div className={wide ? "settings-body two" : "settings-body"}>
        <div className="settings-column rule-column">
          <Header
            variant="h1"
            description="Written as YAML (JSON works too). It is checked as you type; calls go on under the version in force."
          >
            <span className="rule-title">
              <Link href={rulesPath()} onFollow={follow} fontSize="inherit">
                Rules
              </Link>{" "}
              / {name}
            </span>
          </Header>
          <TextEditor
            ref={editor}
            label={`Rules of ${name}`}
            text={text}
            faulty={new Set(problems.map((problem) => problem.line ?? 0))}
            onChange={set.type}
          />
          <Problems problems={problems} checking={set.checking} onGo={jump} />
        </div>
        <div className="settings-column">
          <SpaceBetween size="m">
            {sentences}
            <Shadow name={name} set={set} />
            <RuleVersions set={set} />
          </SpaceBetween>
        </div>
      </div>
      <RuleBar set={set} />
    </main>
  );
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
}

function Problems({ problems, checking, onGo }: ProblemsProps): ReactNode {
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
              onClick={() => onGo(problem.line)}
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
