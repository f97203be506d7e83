import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { useEffect, useEffectEvent, useRef, useState, type ReactNode, type Ref, useImperativeHandle } from "react";
import { ActionsEditor } from "./ActionsEditor";
import { ConditionEditor } from "./ConditionEditor";
import { Numeric, Switch, Words } from "./fields";
import { fresh, isPart, kindOf, listOf, turnedInto, withField, type Part } from "./shape";

export interface FormHandle {
  /** Writes what is typed into the text, without waiting for a pause. */
  readonly flush: () => void;
}

interface Props {
  readonly ref: Ref<FormHandle>;
  readonly rule: Part;
  readonly number: number;
  readonly onChange: (rule: Part) => void;
  readonly onCopy: () => void;
  readonly onDelete: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onText: () => void;
}

/** A pause after which what is typed goes into the text: reading a long text takes a moment. */
const SETTLE_MS = 250;

/** One rule by its parts: what it is called, when, then, and how calm. */
export function RuleForm({ ref, rule, number, onChange, onCopy, onDelete, onMove, onText }: Props): ReactNode {
  const [pending, setPending] = useState<Part | null>(null);
  const newest = useRef<Part | null>(null);
  const timer = useRef(0);
  const flush = (): void => {
    window.clearTimeout(timer.current);
    const next = newest.current;
    newest.current = null;
    if (next === null) return;
    setPending(null);
    onChange(next);
  };
  const atEnd = useEffectEvent(flush);
  useEffect(() => () => atEnd(), []);
  useImperativeHandle(ref, () => ({ flush }));
  const shown = pending ?? rule;
  const change = (next: Part): void => {
    newest.current = next;
    setPending(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => atLeast.current(), SETTLE_MS);
  };
  // What flushes is that of the newest render: it knows the newest text.
  const atLeast = useRef(flush);
  useEffect(() => {
    atLeast.current = flush;
  });
  const place = `rules[${number}]`;
  const top = { part: shown, place, onChange: change };
  const several = ["all", "any"].includes(kindOf(shown.when));
  const joined = (kind: "all" | "any"): void => {
    const when = isPart(shown.when) ? turnedInto({ kind: "not", what: shown.when }, kind) : fresh(kind);
    change(withField(shown, "when", { ...when, of: [...listOf(when.of), fresh("said")] }));
  };
  return (
    <div
      className="rule-form"
      onBlur={() => {
        flush();
      }}
    >
      <div className="cond-fields two">
        <Words {...top} name="title" label="Title" most={120} />
        <Words {...top} name="ruleId" label="Id" hint="Cues and reports name the rule by it." />
      </div>
      <h4 className="rule-part">When</h4>
      <ConditionEditor
        condition={shown.when}
        place={`${place}.when`}
        label="When"
        onChange={(when) => change(withField(shown, "when", when))}
      />
      {!several && kindOf(shown.when) !== "" && (
        <div className="cond-foot">
          <Button onClick={() => joined("all")}>and ...</Button>
          <Button onClick={() => joined("any")}>or ...</Button>
        </div>
      )}
      <h4 className="rule-part">Then</h4>
      <ActionsEditor
        actions={listOf(shown.then)}
        place={`${place}.then`}
        onChange={(then) => change(withField(shown, "then", then))}
      />
      <ExpandableSection headerText="How often, how urgent, how long" variant="footer">
        <div className="cond-fields calm">
          <Numeric {...top} name="priority" label="Priority (0 to 100)" usual={50} />
          <Numeric {...top} name="expiresS" label="Gone after (seconds)" usual={30} />
          <Numeric {...top} name="times" label="Times in a call" usual={1} />
          <Numeric {...top} name="cooldownS" label="Rests for (seconds)" usual={60} />
        </div>
        <Switch
          {...top}
          name="early"
          label="May fire before the sentence is over"
          description="Where it needs phrases alone."
          usual
        />
      </ExpandableSection>
      <div className="rule-tools">
        <Switch {...top} name="enabled" label="Switched on" usual />
        <span className="grow" />
        <Button variant="icon" iconName="arrow-up" ariaLabel="Move the rule up" onClick={() => onMove(-1)} />
        <Button variant="icon" iconName="arrow-down" ariaLabel="Move the rule down" onClick={() => onMove(1)} />
        <Button variant="icon" iconName="copy" ariaLabel="Copy the rule" onClick={onCopy} />
        <Button variant="icon" iconName="remove" ariaLabel="Delete the rule" onClick={onDelete} />
        <Button variant="inline-link" onClick={onText}>
          Show its text
        </Button>
      </div>
    </div>
  );
}
