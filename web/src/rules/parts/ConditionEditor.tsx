import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState, type ReactNode } from "react";
import { labelWords } from "../../format/label";
import { Chips } from "./Chips";
import { useFacts, useProblem } from "./context";
import { Choice, Numeric, Side, Switch, Words, type FieldProps } from "./fields";
import {
  CONDITION_GROUPS,
  fresh,
  isConditionKind,
  isPart,
  itemsOf,
  kindOf,
  listOf,
  lostBy,
  replaced,
  textsOf,
  turnedInto,
  withField,
  without,
  type ConditionKind,
  type Part,
} from "./shape";

interface Props {
  readonly condition: unknown;
  readonly place: string;
  readonly label: string;
  readonly depth?: number;
  readonly onChange: (condition: unknown) => void;
  readonly onRemove?: () => void;
}

const OPTIONS = CONDITION_GROUPS.map(({ title, kinds }) => ({
  label: title,
  options: kinds.map(({ kind, label, about }) => ({ value: kind, label, description: about })),
}));
const LABELS = new Map<string, string>(
  CONDITION_GROUPS.flatMap(({ kinds }) => kinds.map((each) => [each.kind, each.label])),
);

/** One condition, of whatever kind, with those that it is made of. */
export function ConditionEditor({ condition, place, label, depth = 0, onChange, onRemove }: Props): ReactNode {
  const [asked, setAsked] = useState<ConditionKind | null>(null);
  const kind = kindOf(condition);
  const problem = useProblem(place) ?? undefined;
  const kindProblem = useProblem(`${place}.kind`);
  const part: Part = isPart(condition) ? condition : {};
  const turn = (to: ConditionKind): void => {
    setAsked(null);
    onChange(turnedInto(part, to));
  };
  return (
    <div className={depth % 2 === 0 ? "cond" : "cond inset"} role="group" aria-label={label}>
      <div className="cond-head">
        <div className="grow">
          <FormField errorText={problem ?? kindProblem} stretch>
            <Select
              ariaLabel={`${label}: kind`}
              selectedOption={kind === "" ? null : { value: kind, label: LABELS.get(kind) ?? kind }}
              options={OPTIONS}
              placeholder="Choose what it waits for"
              expandToViewport
              onChange={({ detail }) => {
                const to = detail.selectedOption.value ?? "";
                if (!isConditionKind(to)) return;
                if (lostBy(part, to) > 0) setAsked(to);
                else turn(to);
              }}
            />
          </FormField>
        </div>
        {onRemove && (
          <Button variant="icon" iconName="close" ariaLabel={`Remove ${label.toLowerCase()}`} onClick={onRemove} />
        )}
      </div>
      {asked !== null && (
        <div className="cond-ask" role="alert">
          <span>
            {lostBy(part, asked) === 1 ? "One condition" : `${lostBy(part, asked)} conditions`} in it would go.
          </span>
          <Button onClick={() => turn(asked)}>Change it</Button>
          <Button variant="link" onClick={() => setAsked(null)}>
            Keep it
          </Button>
        </div>
      )}
      {isConditionKind(kind) ? (
        <Fields kind={kind} part={part} place={place} onChange={onChange} depth={depth} />
      ) : (
        kind !== "" && (
          <p className="soft tight">This kind of condition is not known here. It is kept; change it in the text.</p>
        )
      )}
    </div>
  );
}

interface InnerProps extends FieldProps {
  readonly depth: number;
}

function Fields({ kind, ...props }: InnerProps & { readonly kind: ConditionKind }): ReactNode {
  switch (kind) {
    case "said":
      return <Said {...props} />;
    case "moment":
      return <MomentFields {...props} />;
    case "reason":
      return <Reasons {...props} />;
    case "sentiment":
      return (
        <div className="cond-fields two">
          <Choice {...props} name="turns" label="Turns" options={MOODS} />
          <Side {...props} usual="customer" />
        </div>
      );
    case "voice":
      return <VoiceFields {...props} />;
    case "masked":
      return <MaskedFields {...props} />;
    case "ticked":
      return <TickedFields {...props} />;
    case "time":
      return (
        <div className="cond-fields three">
          <Numeric {...props} name="afterS" label="From second" />
          <Numeric {...props} name="beforeS" label="Until second" />
          <Choice {...props} name="since" label="Counted from" options={STARTS} usual="call" />
        </div>
      );
    case "attribute":
      return (
        <div className="cond-fields">
          <Words {...props} name="name" label="Attribute" placeholder="segment" />
          <Chips
            label="Values"
            place={`${props.place}.values`}
            values={textsOf(props.part.values)}
            hint="None: it is enough that it is there."
            onChange={(values) => props.onChange(withField(props.part, "values", values.length ? values : undefined))}
          />
        </div>
      );
    case "who":
      return <WhoFields {...props} />;
    case "missing":
      return <MissingFields {...props} />;
    case "not":
      return (
        <ConditionEditor
          condition={props.part.what}
          place={`${props.place}.what`}
          label="What must not be so"
          depth={props.depth + 1}
          onChange={(what) => props.onChange(withField(props.part, "what", what))}
        />
      );
    case "all":
    case "any":
    case "then":
      return <Several {...props} kind={kind} />;
  }
}

const MOODS = [
  { value: "negative", label: "Negative" },
  { value: "neutral", label: "Neutral" },
  { value: "positive", label: "Positive" },
];
const STARTS = [
  { value: "call", label: "The call's start" },
  { value: "agent", label: "The agent's start" },
];

function Said(props: InnerProps): ReactNode {
  const { part, place, onChange } = props;
  return (
    <div className="cond-fields">
      <Chips
        label="Phrases"
        place={`${place}.phrases`}
        values={textsOf(part.phrases)}
        placeholder="{close|cancel} my account"
        hint="Enter adds one. {this|that} is either word, * up to three words, [PHONE] a masked number."
        onChange={(phrases) => onChange(withField(part, "phrases", phrases))}
      />
      <div className="cond-fields two">
        <Side {...props} label="Said by" />
        <div className="cond-check">
          <Switch
            {...props}
            name="exact"
            label="Exactly these words"
            description="No other endings, no small word more or less."
          />
        </div>
      </div>
    </div>
  );
}

const optionsOf = (values: readonly string[] | undefined): { value: string; label: string }[] =>
  (values ?? []).map((value) => ({ value, label: momentWords(value) }));

/** `intent:wants_manager` as people read it. */
const momentWords = (name: string): string => {
  const [family, label] = name.split(":");
  return label === undefined ? labelWords(name) : `${labelWords(family ?? "")}: ${labelWords(label).toLowerCase()}`;
};

function MomentFields(props: InnerProps): ReactNode {
  const { part, place, onChange } = props;
  const { vocabulary } = useFacts();
  return (
    <div className="cond-fields">
      <Chips
        label="Moments"
        place={`${place}.moments`}
        values={textsOf(part.moments)}
        options={optionsOf(vocabulary?.moments)}
        onChange={(moments) => onChange(withField(part, "moments", moments))}
      />
      <div className="cond-fields two">
        <Side {...props} label="Of" />
        <Numeric {...props} name="confidence" label="At least so sure (0 to 1)" usual={0} step={0.05} />
      </div>
    </div>
  );
}

function Reasons({ part, place, onChange }: InnerProps): ReactNode {
  const { vocabulary } = useFacts();
  return (
    <Chips
      label="Reasons"
      place={`${place}.reasons`}
      values={textsOf(part.reasons)}
      options={[{ value: "*", label: "Any reason" }, ...optionsOf(vocabulary?.reasons)]}
      onChange={(reasons) => onChange(withField(part, "reasons", reasons))}
    />
  );
}

function VoiceFields(props: InnerProps): ReactNode {
  const { part, place, onChange } = props;
  const { vocabulary } = useFacts();
  return (
    <div className="cond-fields">
      <Chips
        label="Facts"
        place={`${place}.facts`}
        values={textsOf(part.facts)}
        options={optionsOf(vocabulary?.facts)}
        onChange={(facts) => onChange(withField(part, "facts", facts))}
      />
      <div className="cond-fields two">
        <Side {...props} label="Of" />
        <Numeric {...props} name="atLeastS" label="For so many seconds" usual={0} />
      </div>
    </div>
  );
}

function MaskedFields(props: InnerProps): ReactNode {
  const { part, place, onChange } = props;
  const { vocabulary } = useFacts();
  const options = (vocabulary?.kinds ?? []).map((value) => ({ value, label: labelWords(value.toLowerCase()) }));
  return (
    <div className="cond-fields">
      <Chips
        label="Kinds"
        place={`${place}.kinds`}
        values={textsOf(part.kinds)}
        options={options}
        onChange={(kinds) => onChange(withField(part, "kinds", kinds))}
      />
      <div className="cond-fields two">
        <Side {...props} label="Given by" usual="customer" />
      </div>
    </div>
  );
}

function TickedFields({ part, place, onChange }: InnerProps): ReactNode {
  const { document } = useFacts();
  return (
    <Chips
      label="Items"
      place={`${place}.items`}
      values={textsOf(part.items)}
      options={itemsOf(document)}
      hint="Any one of them is enough. Checklists themselves are written in the text."
      onChange={(items) => onChange(withField(part, "items", items))}
    />
  );
}

function WhoFields({ part, place, onChange }: InnerProps): ReactNode {
  const field = (name: string, label: string): ReactNode => (
    <Chips
      label={label}
      place={`${place}.${name}`}
      values={textsOf(part[name])}
      onChange={(values) => onChange(withField(part, name, values.length ? values : undefined))}
    />
  );
  return (
    <div className="cond-fields">
      {field("teams", "Teams")}
      {field("agents", "Agents")}
      {field("profiles", "Profiles")}
    </div>
  );
}

function MissingFields(props: InnerProps): ReactNode {
  const { part, place, onChange, depth } = props;
  const other = isPart(part.after);
  const options = [...STARTS, { value: "other", label: "Another condition" }];
  const chosen = other ? "other" : typeof part.after === "string" ? part.after : "agent";
  return (
    <div className="cond-fields">
      <ConditionEditor
        condition={part.what}
        place={`${place}.what`}
        label="What has not happened"
        depth={depth + 1}
        onChange={(what) => onChange(withField(part, "what", what))}
      />
      <div className="cond-fields two">
        <Numeric {...props} name="withinS" label="Within (seconds)" />
        <FormField label="Counted from" stretch>
          <Select
            selectedOption={options.find(({ value }) => value === chosen) ?? null}
            options={options}
            expandToViewport
            onChange={({ detail }) => {
              const to = detail.selectedOption.value;
              if (to === "other") onChange(withField(part, "after", other ? part.after : fresh("said")));
              else onChange(withField(part, "after", to === "agent" ? undefined : to));
            }}
          />
        </FormField>
      </div>
      {other && (
        <>
          <ConditionEditor
            condition={part.after}
            place={`${place}.after`}
            label="What it is counted from"
            depth={depth + 1}
            onChange={(after) => onChange(withField(part, "after", after))}
          />
          <Switch {...props} name="earlier" label="What happened before that counts too" />
        </>
      )}
    </div>
  );
}

const JOINS = { all: "and", any: "or", then: "and then" } as const;

function Several({
  part,
  place,
  onChange,
  depth,
  kind,
}: InnerProps & { readonly kind: "all" | "any" | "then" }): ReactNode {
  const name = kind === "then" ? "steps" : "of";
  const list = listOf(part[name]);
  const least = kind === "then" ? 2 : 1;
  const set = (next: readonly unknown[]): void => onChange(withField(part, name, next));
  return (
    <div className="cond-fields">
      {list.map((each, at) => (
        <div key={at} className="cond-row">
          {at > 0 && <div className="cond-join">{JOINS[kind]}</div>}
          <ConditionEditor
            condition={each}
            place={`${place}.${name}[${at}]`}
            label={`Condition ${at + 1} of ${list.length}`}
            depth={depth + 1}
            onChange={(next) => set(replaced(list, at, next))}
            {...(list.length > least ? { onRemove: () => set(without(list, at)) } : {})}
          />
        </div>
      ))}
      <div className="cond-foot">
        <Button iconName="add-plus" onClick={() => set([...list, fresh("said")])}>
          {list.length === 0 ? "Add a condition" : `${JOINS[kind]} ...`}
        </Button>
        {kind === "then" && (
          <Numeric part={part} place={place} onChange={onChange} name="withinS" label="Each within (seconds)" />
        )}
      </div>
    </div>
  );
}
