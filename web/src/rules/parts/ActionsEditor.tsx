import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import type { ReactNode } from "react";
import { useFacts, useProblem } from "./context";
import { Choice, Words } from "./fields";
import {
  ACTIONS,
  actionTurnedInto,
  freshAction,
  isPart,
  itemsOf,
  kindOf,
  outcomesOf,
  replaced,
  without,
  type Part,
} from "./shape";

const MOST = 5;
const CUE_MAX = 160;
const OPTIONS = ACTIONS.map(({ kind, label, about }) => ({ value: kind, label, description: about }));

interface Props {
  readonly actions: readonly unknown[];
  readonly place: string;
  readonly onChange: (actions: readonly unknown[]) => void;
}

/** What a rule does, one thing below the other. */
export function ActionsEditor({ actions, place, onChange }: Props): ReactNode {
  const problem = useProblem(place);
  return (
    <div className="cond-fields">
      {actions.map((action, at) => (
        <ActionEditor
          key={at}
          action={action}
          number={at + 1}
          place={`${place}[${at}]`}
          onChange={(next) => onChange(replaced(actions, at, next))}
          {...(actions.length > 1 ? { onRemove: () => onChange(without(actions, at)) } : {})}
        />
      ))}
      {problem !== undefined && <p className="field-problem">{problem}</p>}
      {actions.length < MOST && (
        <div>
          <Button iconName="add-plus" onClick={() => onChange([...actions, freshAction("hint")])}>
            and also ...
          </Button>
        </div>
      )}
    </div>
  );
}

interface ActionProps {
  readonly action: unknown;
  readonly number: number;
  readonly place: string;
  readonly onChange: (action: unknown) => void;
  readonly onRemove?: () => void;
}

function ActionEditor({ action, number, place, onChange, onRemove }: ActionProps): ReactNode {
  const part: Part = isPart(action) ? action : {};
  const kind = kindOf(part);
  const known = ACTIONS.find((each) => each.kind === kind);
  const problem = useProblem(`${place}.kind`) ?? undefined;
  return (
    <div className="cond" role="group" aria-label={`Action ${number}`}>
      <div className="cond-head">
        <div className="grow">
          <Select
            ariaLabel={`Action ${number}: kind`}
            selectedOption={kind === "" ? null : { value: kind, label: known?.label ?? kind }}
            options={OPTIONS}
            placeholder="Choose what it does"
            expandToViewport
            invalid={problem !== undefined}
            onChange={({ detail }) => {
              const to = ACTIONS.find((each) => each.kind === detail.selectedOption.value);
              if (to && to.kind !== kind) onChange(actionTurnedInto(part, to.kind));
            }}
          />
        </div>
        {onRemove && (
          <Button variant="icon" iconName="close" ariaLabel={`Remove action ${number}`} onClick={onRemove} />
        )}
      </div>
      {problem !== undefined && <p className="field-problem">{problem}</p>}
      {known && <ActionField part={part} place={place} onChange={onChange} known={known} />}
      {!known && kind !== "" && (
        <p className="soft tight">This kind of action is not known here. It is kept; change it in the text.</p>
      )}
    </div>
  );
}

interface ActionFieldProps {
  readonly part: Part;
  readonly place: string;
  readonly onChange: (part: Part) => void;
  readonly known: (typeof ACTIONS)[number];
}

function ActionField({ part, place, onChange, known }: ActionFieldProps): ReactNode {
  const { document } = useFacts();
  const props = { part, place, onChange, name: known.field, label: known.fieldLabel };
  if (known.kind === "tick") return <Choice {...props} options={itemsOf(document)} />;
  if (known.kind === "disposition") return <Choice {...props} options={outcomesOf(document)} />;
  if (known.kind === "lookup") return <Words {...props} optional placeholder="What was just said" most={200} />;
  if (known.kind === "tag") return <Words {...props} placeholder="wants_manager" hint="Small letters, digits and _." />;
  return <Words {...props} placeholder="One short sentence" most={CUE_MAX} />;
}
