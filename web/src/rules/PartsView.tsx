import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import { useEffect, useMemo, useRef, useState, type ReactNode, type Ref } from "react";
import { useApi } from "../api/context";
import type { RuleVocabulary } from "../api/rules";
import { FormContext } from "./parts/context";
import { withMovedRule, withNewRule, withoutRule, withRule } from "./parts/edit";
import { RuleForm, type FormHandle } from "./parts/RuleForm";
import { copyOf, isPart, listOf, newRule, textOf, type Part } from "./parts/shape";
import type { RuleSet } from "./useRuleSet";

interface Props {
  readonly set: RuleSet;
  readonly form: Ref<FormHandle>;
  /** Number of the rule that is open. */
  readonly open: number | null;
  readonly onOpen: (number: number | null) => void;
  /** Shows a rule, or all, as text. */
  readonly onText: (number: number | null) => void;
}

const FEW = 8;

/** All rules as sentences; one of them open, by its parts. */
export function PartsView({ set, form, open, onOpen, onText }: Props): ReactNode {
  const [looked, setLooked] = useState("");
  const vocabulary = useVocabulary();
  const { document, text, check } = set;
  const raw = set.check?.problems;
  const facts = useMemo(
    () => ({ document: document ?? {}, vocabulary, problems: raw ?? [] }),
    [document, vocabulary, raw],
  );
  if (document === null || text === null) {
    return (
      <Alert
        type="error"
        header="The text cannot be read"
        action={<Button onClick={() => onText(null)}>Mend it in the text</Button>}
      >
        {set.problems[0]?.line != null && `Line ${set.problems[0].line}: `}
        {set.problems[0]?.message}
      </Alert>
    );
  }
  const rules = listOf(document.rules);
  const sentences = new Map(check?.sentences.map((each) => [each.ruleId, each.sentence]));
  const write = (next: string | null, group: string): void => {
    if (next !== null) set.type(next, group);
  };
  const shown = rules
    .map((rule, number) => ({ rule, number, sentence: sentences.get(textOf(isPart(rule) ? rule.ruleId : "")) ?? "" }))
    .filter(({ rule, number, sentence }) => number === open || found(rule, sentence, looked));
  const add = (): void => {
    write(withNewRule(text, newRule(document)), "add");
    setLooked("");
    onOpen(rules.length);
  };
  return (
    <FormContext value={facts}>
      <div className="rule-list-head">
        <div className="grow">
          {rules.length > FEW && (
            <Input
              type="search"
              value={looked}
              ariaLabel="Find a rule"
              placeholder={`Find among ${rules.length} rules`}
              clearAriaLabel="Clear"
              onChange={({ detail }) => setLooked(detail.value)}
            />
          )}
        </div>
        <Button iconName="add-plus" onClick={add}>
          New rule
        </Button>
      </div>
      {rules.length === 0 && (
        <p className="soft">No rule yet. A rule waits for something (when), and then does something (then).</p>
      )}
      {rules.length > 0 && shown.length === 0 && <p className="soft">No rule has these words.</p>}
      <ol className="rule-list" data-testid="rule-list">
        {shown.map(({ rule, number, sentence }) => (
          <RuleItem
            key={number}
            rule={rule}
            sentence={sentence}
            faults={raw?.filter(({ place }) => at(place, number)).length ?? 0}
            open={number === open}
            onToggle={() => onOpen(number === open ? null : number)}
          >
            {isPart(rule) ? (
              <RuleForm
                key={number}
                ref={form}
                rule={rule}
                number={number}
                onChange={(next) => write(withRule(text, number, next), `rule ${number}`)}
                onCopy={() => {
                  write(withNewRule(text, copyOf(document, rule), number), "copy");
                  onOpen(number + 1);
                }}
                onDelete={() => {
                  onOpen(null);
                  write(withoutRule(text, number), "delete");
                }}
                onMove={(by) => {
                  const moved = withMovedRule(text, number, by);
                  if (moved === null) return;
                  write(moved, "move");
                  onOpen(number + by);
                }}
                onText={() => onText(number)}
              />
            ) : (
              <p className="soft">
                This is no rule that can be shown by its parts.{" "}
                <Button variant="inline-link" onClick={() => onText(number)}>
                  Show its text
                </Button>
              </p>
            )}
          </RuleItem>
        ))}
      </ol>
      <Beside document={document} onText={() => onText(null)} />
    </FormContext>
  );
}

const at = (place: string, number: number): boolean =>
  place === `rules[${number}]` || place.startsWith(`rules[${number}].`);

function found(rule: unknown, sentence: string, looked: string): boolean {
  const words = looked.trim().toLowerCase();
  if (words === "") return true;
  const titled = isPart(rule) ? `${textOf(rule.title)} ${textOf(rule.ruleId)}` : "";
  return `${titled} ${sentence} ${JSON.stringify(rule)}`.toLowerCase().includes(words);
}

interface ItemProps {
  readonly rule: unknown;
  readonly sentence: string;
  readonly faults: number;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

function RuleItem({ rule, sentence, faults, open, onToggle, children }: ItemProps): ReactNode {
  const part: Part = isPart(rule) ? rule : {};
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (open) item.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  const title = textOf(part.title) || textOf(part.ruleId) || "A rule without a title";
  return (
    <li ref={item} className={open ? "rule-item open" : "rule-item"}>
      <button type="button" className="rule-line" aria-expanded={open} onClick={onToggle}>
        <span className="rule-mark" aria-hidden="true" />
        <span>
          <span className="rule-name">
            <span className="strong">{title}</span>
            {part.enabled === false && <Badge>off</Badge>}
            {faults > 0 && <Badge color="red">{faults === 1 ? "1 problem" : `${faults} problems`}</Badge>}
          </span>
          <span className="sentence-words">{sentence || (faults > 0 ? "Not complete yet." : "")}</span>
        </span>
      </button>
      {open && children}
    </li>
  );
}

/** What stands in the text besides the rules. */
function Beside({ document, onText }: { document: Readonly<Record<string, unknown>>; onText: () => void }): ReactNode {
  const parts = [
    many(listOf(document.checklists).length, "checklist"),
    many(listOf(document.dispositions).length, "outcome"),
  ].filter((each) => each !== "");
  if (parts.length === 0) return null;
  return (
    <p className="soft small">
      {parts.join(" and ")} {parts.length === 1 && parts[0]?.startsWith("1 ") ? "belongs" : "belong"} to this set; they
      are written{" "}
      <Button variant="inline-link" onClick={onText}>
        in the text
      </Button>
      .
    </p>
  );
}

const many = (count: number, name: string): string => (count === 0 ? "" : `${count} ${name}${count === 1 ? "" : "s"}`);

/** Read once; without it, names are typed. */
function useVocabulary(): RuleVocabulary | null {
  const api = useApi();
  const [vocabulary, setVocabulary] = useState<RuleVocabulary | null>(null);
  useEffect(() => {
    let gone = false;
    api.ruleVocabulary().then(
      (read) => {
        if (!gone) setVocabulary(read);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [api]);
  return vocabulary;
}
