import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState, type ReactNode } from "react";
import { useApi } from "../api/context";
import type { RuleDocument, RuleFiring, TriedRules, TryRules } from "../api/rules";
import type { CallSummary } from "../generated/rest";
import { labelWords } from "../format/label";
import { clock } from "../format/time";
import { follow, utterancePath } from "../shell/router";
import { doesWords, shownTrial } from "./trial";
import { words, type RuleSet } from "./useRuleSet";

interface Props {
  readonly set: RuleSet;
  /** The rule that is open; null tries all. */
  readonly rule: { readonly ruleId: string; readonly title: string; readonly number: number } | null;
}

type Turn = TryRules["turns"][number];

const SIDES = [
  { value: "customer", label: "Customer" },
  { value: "agent", label: "Agent" },
];
const FIRST: readonly Turn[] = [
  { role: "agent", text: "" },
  { role: "customer", text: "" },
];
const TURNS_MAX = 40;

/** Typed sentences, or a past call, and what the rules as they stand here would do in it. Nothing is kept. */
export function TryIt({ set, rule }: Props): ReactNode {
  const [on, setOn] = useState("sentences");
  const [turns, setTurns] = useState(FIRST);
  const [silence, setSilence] = useState("");
  const [callId, setCallId] = useState<string | null>(null);
  const faulty = faults(set, rule?.number ?? null);
  const body =
    faulty === null
      ? asked(set.document, rule?.ruleId ?? null, on === "call" ? callId : null, turns, Number(silence) || 0)
      : null;
  const { tried, problem, busy } = useTrial(body);
  return (
    <Container
      header={
        <Header
          variant="h3"
          headingTagOverride="h2"
          description={
            rule ? `What "${rule.title}" would do, as it stands here.` : "What the rules would do, as they stand here."
          }
          actions={
            <SegmentedControl
              label="Try on"
              selectedId={on}
              options={[
                { id: "sentences", text: "Sentences" },
                { id: "call", text: "A past call" },
              ]}
              onChange={({ detail }) => setOn(detail.selectedId)}
            />
          }
        >
          Try it
        </Header>
      }
    >
      {on === "sentences" ? (
        <Turns turns={turns} onChange={setTurns} silence={silence} onSilence={setSilence} />
      ) : (
        <PickCall callId={callId} onPick={setCallId} />
      )}
      <div className="trial" role="status" data-testid="rule-trial" data-busy={busy}>
        {faulty !== null && <StatusIndicator type="stopped">{faulty}</StatusIndicator>}
        {problem !== null && <StatusIndicator type="warning">{problem}</StatusIndicator>}
        {busy && on === "call" && <StatusIndicator type="in-progress">Running over the call</StatusIndicator>}
        {problem === null && tried && body !== null && (
          <Result tried={tried} ruleId={rule?.ruleId ?? null} call={on === "call" ? callId : null} />
        )}
      </div>
    </Container>
  );
}

/** Why there is nothing to try yet. Faults of other rules are no obstacle to one. */
function faults(set: RuleSet, number: number | null): string | null {
  const places = (set.check?.problems ?? []).map(({ place }) => place);
  if (set.document === null) return "The text cannot be read yet.";
  if (number === null) return places.length > 0 ? "Some rules have problems: open one to try it alone." : null;
  const own = places.some((place) => place.startsWith(`rules[${number}]`));
  return own ? "This rule is not complete yet." : null;
}

function asked(
  document: RuleDocument | null,
  ruleId: string | null,
  callId: string | null,
  turns: readonly Turn[],
  silenceS: number,
): TryRules | null {
  const said = turns.filter(({ text }) => text.trim() !== "");
  if (document === null || (callId === null && said.length === 0)) return null;
  const silence = Math.min(3_600, Math.max(0, Math.round(silenceS)));
  return { document, ruleId, turns: callId === null ? said : [], silenceS: callId === null ? silence : 0, callId };
}

const AFTER_MS = 500;

/** Asks a moment after the last change. */
function useTrial(body: TryRules | null): { tried: TriedRules | null; problem: string | null; busy: boolean } {
  const api = useApi();
  const key = body === null ? null : JSON.stringify(body);
  const [answer, setAnswer] = useState<{ key: string; tried: TriedRules | null; problem: string | null } | null>(null);
  useEffect(() => {
    if (key === null) return undefined;
    let stale = false;
    const timer = window.setTimeout(() => {
      api.tryRules(JSON.parse(key) as TryRules).then(
        (tried) => {
          if (!stale) setAnswer({ key, tried, problem: null });
        },
        (error: unknown) => {
          if (!stale) setAnswer({ key, tried: null, problem: words(error) });
        },
      );
    }, AFTER_MS);
    return () => {
      stale = true;
      window.clearTimeout(timer);
    };
  }, [api, key]);
  return {
    tried: answer?.tried ?? null,
    problem: key === null ? null : (answer?.problem ?? null),
    busy: key !== null && answer?.key !== key,
  };
}

interface TurnsProps {
  readonly turns: readonly Turn[];
  readonly onChange: (turns: readonly Turn[]) => void;
  readonly silence: string;
  readonly onSilence: (silence: string) => void;
}

function Turns({ turns, onChange, silence, onSilence }: TurnsProps): ReactNode {
  const set = (at: number, turn: Turn): void => onChange(turns.map((each, index) => (index === at ? turn : each)));
  return (
    <div className="try-turns" data-own-undo>
      {turns.map((turn, at) => (
        <div key={at} className="try-turn">
          <Select
            ariaLabel={`Who says turn ${at + 1}`}
            selectedOption={SIDES.find(({ value }) => value === turn.role) ?? null}
            options={SIDES}
            onChange={({ detail }) =>
              set(at, { ...turn, role: detail.selectedOption.value === "agent" ? "agent" : "customer" })
            }
          />
          <div className="grow">
            <Input
              value={turn.text}
              ariaLabel={`What is said in turn ${at + 1}`}
              placeholder={turn.role === "agent" ? "how can I help you" : "I lost my card"}
              autoComplete={false}
              onChange={({ detail }) => set(at, { ...turn, text: detail.value.slice(0, 500) })}
            />
          </div>
          <Button
            variant="icon"
            iconName="close"
            ariaLabel={`Remove turn ${at + 1}`}
            disabled={turns.length === 1}
            onClick={() => onChange(turns.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <div className="try-foot">
        <Button
          iconName="add-plus"
          disabled={turns.length >= TURNS_MAX}
          onClick={() =>
            onChange([...turns, { role: turns.at(-1)?.role === "customer" ? "agent" : "customer", text: "" }])
          }
        >
          Add a turn
        </Button>
        <label className="try-silence">
          <span>then silence, seconds</span>
          <Input
            type="number"
            inputMode="numeric"
            value={silence}
            placeholder="0"
            ariaLabel="Seconds of silence after the last turn"
            onChange={({ detail }) => onSilence(detail.value)}
          />
        </label>
      </div>
    </div>
  );
}

const CALLS = 50;

function PickCall({ callId, onPick }: { callId: string | null; onPick: (callId: string) => void }): ReactNode {
  const api = useApi();
  const [calls, setCalls] = useState<readonly CallSummary[] | null>(null);
  useEffect(() => {
    let gone = false;
    api.calls({ live: false, limit: CALLS }).then(
      (found) => {
        if (!gone) setCalls(found);
      },
      () => {
        if (!gone) setCalls([]);
      },
    );
    return () => {
      gone = true;
    };
  }, [api]);
  const options = (calls ?? []).map((call) => ({
    value: call.callId,
    label: call.title ?? call.contactId,
    description: [
      call.reason ? labelWords(call.reason) : null,
      call.agentId,
      new Date(call.startedAtMs).toLocaleString(),
    ]
      .filter((each) => each !== null)
      .join(", "),
  }));
  return (
    <Select
      ariaLabel="A past call"
      selectedOption={options.find(({ value }) => value === callId) ?? null}
      options={options}
      placeholder="Choose a call that is over"
      statusType={calls === null ? "loading" : "finished"}
      loadingText="Reading the calls"
      empty="No call is over yet. The demo's calls take two minutes."
      filteringType="auto"
      filteringPlaceholder="Find a call"
      expandToViewport
      onChange={({ detail }) => {
        if (detail.selectedOption.value) onPick(detail.selectedOption.value);
      }}
    />
  );
}

interface ResultProps {
  readonly tried: TriedRules;
  readonly ruleId: string | null;
  readonly call: string | null;
}

function Result({ tried, ruleId, call }: ResultProps): ReactNode {
  const { rows, others } = shownTrial(tried, ruleId);
  const own = tried.firings.filter((firing) => firing.ruleId === ruleId).length;
  return (
    <>
      <Verdict tried={tried} ruleId={ruleId} own={own} />
      <ol className="trial-rows">
        {rows.map((row) => (
          <li key={row.utteranceId}>
            <div className="trial-said">
              <span className="num soft">{clock(row.atMs)}</span>
              <span>
                <span className="soft">{row.role === "agent" ? "Agent: " : "Customer: "}</span>
                {row.pieces.map((piece, at) => (piece.caused ? <mark key={at}>{piece.text}</mark> : piece.text))}{" "}
                {call !== null && (
                  <Link
                    href={utterancePath(call, row.utteranceId)}
                    onFollow={follow}
                    fontSize="body-s"
                    ariaLabel="See it in the call"
                  >
                    See it
                  </Link>
                )}
              </span>
            </div>
            <Firings firings={row.firings} ruleId={ruleId} />
          </li>
        ))}
        {others.length > 0 && (
          <li>
            <div className="trial-said">
              <span className="num soft">{clock(others[0]?.atMs ?? 0)}</span>
              <span className="soft">As time went by</span>
            </div>
            <Firings firings={others} ruleId={ruleId} />
          </li>
        )}
      </ol>
      {call === null && <Found tried={tried} />}
    </>
  );
}

function Verdict({ tried, ruleId, own }: { tried: TriedRules; ruleId: string | null; own: number }): ReactNode {
  const fired = ruleId === null ? tried.firings.length : own;
  const what = ruleId === null ? "Nothing fires" : "This rule does not fire";
  return (
    <p className="tight">
      {fired > 0 ? (
        <StatusIndicator type="success">
          {ruleId === null ? `${new Set(tried.firings.map((each) => each.ruleId)).size} rules fire` : "This rule fires"}
        </StatusIndicator>
      ) : (
        <StatusIndicator type="stopped">{what} here</StatusIndicator>
      )}
      {tried.alone && <span className="soft small"> Other rules have problems: it was tried alone.</span>}
      {tried.cut && <span className="soft small"> There was more than is shown.</span>}
    </p>
  );
}

function Firings({ firings, ruleId }: { firings: readonly RuleFiring[]; ruleId: string | null }): ReactNode {
  if (firings.length === 0) return null;
  return (
    <ul className="trial-firings">
      {firings.map((firing, at) => (
        <li key={at} className="trial-firing">
          <Badge color={COLOURS[firing.kind] ?? "grey"}>{doesWords(firing.kind)}</Badge>
          <span>
            {firing.text || "what was said"}
            <span className="soft small">
              {" "}
              {ruleId !== null && firing.ruleId === ruleId ? "" : firing.title || firing.ruleId}
              {firing.outranked && " (not shown: another cue for these words is weightier)"}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const COLOURS: Readonly<Record<string, "blue" | "red" | "green" | "grey">> = {
  hint: "blue",
  warning: "red",
  alert: "red",
  praise: "green",
  tick: "green",
};

/** What was found in the sentences, which conditions may wait for. */
function Found({ tried }: { tried: TriedRules }): ReactNode {
  const found = [
    ...new Set(tried.moments.map(({ moment }) => moment)),
    ...tried.ticked.map((item) => `ticked: ${item}`),
  ];
  if (found.length === 0) return null;
  return (
    <p className="soft small">Found: {found.map((each) => each.replace(":", ": ").replace(/_/g, " ")).join(", ")}.</p>
  );
}
