import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Textarea from "@cloudscape-design/components/textarea";
import { memo, useEffect, useRef, type ReactNode } from "react";
import { SegmentedText } from "../call/SegmentedText";
import type { TriedTurn } from "../generated/rest";
import { fieldErrors, problemWords } from "./problems";
import { exampleTurns, lengthOf, rowsOf, TEXT_MAX, TURNS_MAX, withTurn, type Turn } from "./trial";
import type { Trial } from "./useTrial";

interface Props {
  readonly trial: Trial;
  readonly turns: readonly Turn[];
  readonly onTurns: (turns: readonly Turn[]) => void;
  readonly error: string | null;
}

/** A typed conversation, and beside it what a transcript would show of it under the policy as it is edited. */
export function TryOut({ trial, turns, onTurns, error }: Props): ReactNode {
  const length = lengthOf(turns);
  const over = length - TEXT_MAX;
  const change = (id: number, more: Partial<Turn>): void =>
    onTurns(turns.map((turn) => (turn.id === id ? { ...turn, ...more } : turn)));
  const list = useRef<HTMLOListElement>(null);
  const goTo = useRef<number | null>(null);
  useEffect(() => {
    // A turn was added or removed: go on where it is, or was.
    if (goTo.current === null) return;
    list.current?.querySelectorAll("textarea")[Math.min(goTo.current, turns.length - 1)]?.focus();
    goTo.current = null;
  }, [turns]);
  const add = (): void => {
    goTo.current = turns.length;
    onTurns(withTurn(turns));
  };
  const remove = (id: number): void => {
    goTo.current = turns.findIndex((turn) => turn.id === id);
    onTurns(turns.filter((turn) => turn.id !== id));
  };
  return (
    <Container
      header={
        <Header
          variant="h3"
          headingTagOverride="h2"
          description="By the policy as it stands in the form, published or not. What you type goes to this installation only and is not stored; made-up numbers are enough."
        >
          Try it out
        </Header>
      }
    >
      <div className="trial" data-testid="trial" data-stale={trial.stale}>
        <div className="trial-head soft small" aria-hidden="true">
          <span>Said</span>
          <span>Shown</span>
        </div>
        <ol className="trial-turns" ref={list}>
          {turns.map((turn, index) => (
            <TurnRow
              key={turn.id}
              turn={turn}
              place={index + 1}
              shown={turn.text.trim() === "" ? null : (trial.answers.get(turn.id) ?? null)}
              onChange={change}
              onRemove={turns.length > 1 ? remove : null}
            />
          ))}
        </ol>
        <TrialProblem trial={trial} over={over} error={error} />
        <div className="trial-foot">
          <Button
            iconName="add-plus"
            onClick={add}
            disabled={turns.length >= TURNS_MAX}
            disabledReason={`At most ${TURNS_MAX} turns.`}
          >
            Add a turn
          </Button>
          <Button variant="link" onClick={() => onTurns(exampleTurns())}>
            Start again with the example
          </Button>
          <span className="soft small num trial-count">
            {length.toLocaleString("en")} of {TEXT_MAX.toLocaleString("en")} characters
          </span>
        </div>
      </div>
    </Container>
  );
}

/** Faults of the policy itself are shown at its fields. */
function TrialProblem({ trial, over, error }: { trial: Trial; over: number; error: string | null }): ReactNode {
  if (over > 0) {
    const many = over === 1 ? "1 character" : `${over.toLocaleString("en")} characters`;
    return <FormField errorText={`Too long by ${many}. What is shown belongs to the shorter text.`} />;
  }
  if (error !== null) return <FormField errorText={error} />;
  if (trial.problem === null) return null;
  return (
    <Box padding={{ vertical: "xs" }}>
      <StatusIndicator type="warning">
        {fieldErrors(trial.problem)
          ? "Not tried: the policy has a fault, shown at its field. What is shown is older."
          : `Not tried. ${problemWords(trial.problem)} Change something to try again.`}
      </StatusIndicator>
    </Box>
  );
}

/** Characters that a line of a turn's box has room for, about. */
const PER_LINE = 27;

const ROLES = [
  { value: "agent", label: "Agent" },
  { value: "customer", label: "Customer" },
] as const;

interface RowProps {
  readonly turn: Turn;
  readonly place: number;
  readonly shown: TriedTurn | null;
  readonly onChange: (id: number, more: Partial<Turn>) => void;
  readonly onRemove: ((id: number) => void) | null;
}

function TurnRow({ turn, place, shown, onChange, onRemove }: RowProps): ReactNode {
  return (
    <li className="trial-turn">
      <div className="trial-role">
        <Select
          selectedOption={ROLES.find((role) => role.value === turn.role) ?? ROLES[0]}
          options={ROLES}
          ariaLabel={`Who speaks in turn ${place}`}
          onChange={({ detail }) =>
            onChange(turn.id, { role: detail.selectedOption.value === "agent" ? "agent" : "customer" })
          }
        />
      </div>
      <div className="trial-text">
        <Textarea
          value={turn.text}
          ariaLabel={`What is said in turn ${place}`}
          rows={rowsOf(turn.text, PER_LINE)}
          spellcheck={false}
          autoComplete={false}
          onChange={({ detail }) => onChange(turn.id, { text: detail.value })}
        />
      </div>
      <div className="trial-remove">
        {onRemove && (
          <Button
            variant="icon"
            iconName="close"
            ariaLabel={`Remove turn ${place}`}
            onClick={() => onRemove(turn.id)}
          />
        )}
      </div>
      <Shown role={shown?.role ?? turn.role} shown={shown} place={place} />
    </li>
  );
}

const Shown = memo(function Shown(props: { role: Turn["role"]; shown: TriedTurn | null; place: number }): ReactNode {
  const { role, shown, place } = props;
  return (
    <div className={`trial-shown ${role}`} role="group" aria-label={`What is shown of turn ${place}`}>
      {shown && shown.text !== "" && (
        <div className="bubble" data-testid="trial-shown">
          <span className="text">
            <SegmentedText text={shown.text} masks={shown.masks} />
          </span>
        </div>
      )}
    </div>
  );
});
