import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import Select from "@cloudscape-design/components/select";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState, type ReactNode } from "react";
import { ApiError } from "../api/client";
import { useApi } from "../api/context";
import type { ShadowExample, ShadowProgress, ShadowReport, ShadowRule, ShadowSet } from "../api/rules";
import { clock, seconds } from "../format/time";
import { callPath, follow, utterancePath } from "../shell/router";
import { words, type RuleSet } from "./useRuleSet";

const COUNTS = ["10", "50", "100", "200"].map((value) => ({ value, label: `the last ${value} calls` }));
const USUAL = { value: "50", label: "the last 50 calls" };

/** What the draft would have done in calls that are over, beside what is in force. Nobody is shown anything. */
export function Shadow({ name, set }: { name: string; set: RuleSet }): ReactNode {
  const api = useApi();
  const [calls, setCalls] = useState<{ value?: string; label?: string }>(USUAL);
  const [running, setRunning] = useState(false);
  const [report, setReport] = useState<ShadowReport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const progress = useProgress(name, running);
  const run = async (): Promise<void> => {
    setRunning(true);
    setProblem(null);
    try {
      // It runs what the server keeps.
      const kept = (!set.edited && set.saved) || (await set.save());
      if (kept) setReport(await api.shadowRules(name, Number(calls.value)));
    } catch (error) {
      setProblem(shadowWords(error));
    } finally {
      setRunning(false);
    }
  };
  return (
    <Container
      header={
        <Header
          variant="h3"
          headingTagOverride="h2"
          description="Runs the draft over past calls, beside what is in force. Nobody is shown anything."
        >
          Try on past calls
        </Header>
      }
    >
      <div className="in-line">
        <div className="grow">
          <Select
            ariaLabel="How many calls"
            selectedOption={calls}
            options={COUNTS}
            onChange={({ detail }) => setCalls(detail.selectedOption)}
          />
        </div>
        <Button
          onClick={() => void run()}
          loading={running}
          loadingText="Running"
          disabled={set.problems.length > 0 || set.busy !== null}
          disabledReason="The problems have to be mended first."
        >
          Run
        </Button>
      </div>
      {running && (
        <div className="shadow-progress">
          <ProgressBar
            value={progress && progress.of > 0 ? (100 * progress.done) / progress.of : 0}
            ariaLabel="Past calls that were read"
            additionalInfo={
              progress && progress.of > 0 ? `${progress.done} of ${progress.of} calls` : "Reading the list of calls"
            }
          />
        </div>
      )}
      {problem !== null && <StatusIndicator type="warning">{problem}</StatusIndicator>}
      {report && <Report report={report} />}
    </Container>
  );
}

const LOOK_AFTER_MS = 700;

/** How far the run is, asked for while one waits for it. */
function useProgress(name: string, running: boolean): ShadowProgress | null {
  const api = useApi();
  const [progress, setProgress] = useState<ShadowProgress | null>(null);
  useEffect(() => {
    if (!running) return undefined;
    let gone = false;
    const timer = window.setInterval(() => {
      api.shadowProgress(name).then(
        (found) => {
          if (!gone && found.running) setProgress(found);
        },
        () => undefined, // The run itself tells what is wrong.
      );
    }, LOOK_AFTER_MS);
    return () => {
      gone = true;
      window.clearInterval(timer);
      setProgress(null);
    };
  }, [api, name, running]);
  return progress;
}

/** The route is not there on an installation that cannot do it. */
function shadowWords(error: unknown): string {
  const missing = error instanceof ApiError && (error.status === 404 || error.status === 405 || error.status === 501);
  return missing ? "Running rules over past calls is not available on this installation." : words(error);
}

function Report({ report }: { report: ShadowReport }): ReactNode {
  const { draft, published } = report;
  return (
    <div className="shadow" data-testid="shadow-report">
      <p className="soft small">
        {report.calls} calls, {Math.round(report.minutes)} minutes, {report.utterances} utterances.
        {report.cutCalls > 0 && ` ${report.cutCalls} were too long and read in part.`}
        {report.stoppedEarly && " It ran out of time: not all calls were read."}
      </p>
      <table className="shadow-table num">
        <thead>
          <tr>
            <th scope="col">In all</th>
            <th scope="col">In force</th>
            <th scope="col">Draft</th>
          </tr>
        </thead>
        <tbody>
          {TOTALS.map(({ label, of }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{published ? of(published) : "–"}</td>
              <td>{of(draft)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.rules.length === 0 ? (
        <p className="soft tight">No rule fired in these calls.</p>
      ) : (
        <RuleTable rules={report.rules} />
      )}
      {report.rulesLeftOut > 0 && <p className="soft small">{report.rulesLeftOut} more rules fired.</p>}
    </div>
  );
}

const TOTALS: readonly { readonly label: string; readonly of: (set: ShadowSet) => string }[] = [
  { label: "Cues", of: (set) => String(set.cues) },
  { label: "Cues a minute", of: (set) => set.cuesPerMinute.toFixed(2) },
  { label: "Calls with cues", of: (set) => String(set.callsWithCues) },
  { label: "Alerts", of: (set) => String(set.alerts) },
  { label: "Checklist items ticked", of: (set) => String(set.ticked) },
  { label: "Found useful", of: (set) => share(set.feedback.precision) },
];

const share = (precision: number | null): string => (precision === null ? "–" : `${Math.round(precision * 100)}%`);

function RuleTable({ rules }: { rules: readonly ShadowRule[] }): ReactNode {
  return (
    <div className="shadow-scroll" tabIndex={0} role="region" aria-label="Rules that fired">
      <table className="shadow-table num">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">In force</th>
            <th scope="col">Draft</th>
            <th scope="col">Only draft</th>
            <th scope="col">Only in force</th>
            <th scope="col">Useful</th>
            <th scope="col">Cue after</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.ruleId}>
              <th scope="row">
                {rule.title || rule.ruleId}
                <Examples examples={rule.examples} />
              </th>
              <td>{rule.published.firings}</td>
              <td>{rule.draft.firings}</td>
              <td>{rule.onlyDraft > 0 ? <strong>+{rule.onlyDraft}</strong> : 0}</td>
              <td>{rule.onlyPublished > 0 ? <strong>−{rule.onlyPublished}</strong> : 0}</td>
              <td>{share(rule.feedback.precision)}</td>
              <td>{rule.fromEnd ? seconds(rule.fromEnd.p50Ms) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const SIDES: Readonly<Record<ShadowExample["side"], string>> = {
  draft: "only draft",
  published: "only in force",
  both: "both",
};

function Examples({ examples }: { examples: readonly ShadowExample[] }): ReactNode {
  if (examples.length === 0) return null;
  return (
    <span className="examples small">
      {examples.slice(0, 3).map(({ callId, atMs, side, utteranceId }) => (
        <Link
          key={`${callId}.${atMs}`}
          fontSize="body-s"
          href={utteranceId === null ? callPath(callId) : utterancePath(callId, utteranceId)}
          onFollow={follow}
        >
          {clock(atMs)} ({SIDES[side]})
        </Link>
      ))}
    </span>
  );
}
