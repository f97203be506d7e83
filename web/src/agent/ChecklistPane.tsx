import Button from "@cloudscape-design/components/button";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import type { ReactNode } from "react";
import { clock } from "../format/time";
import type { ChecklistState } from "../generated/rest";
import type { Line, Lines, Standing } from "./checklist";
import "./checklist.css";
import type { Spot } from "./quote";
import { STANDINGS } from "./words";

const ICONS: Readonly<Record<Standing, IconProps.Name>> = {
  done: "status-positive",
  now: "caret-right-filled",
  later: "status-pending",
  missed: "status-negative",
};

interface Props {
  readonly list: ChecklistState | null;
  readonly lines: Lines;
  readonly ended: boolean;
  readonly onTick: (itemId: string) => void;
  readonly onSpot: (spot: Spot) => void;
}

export function ChecklistPane({ list, lines, ended, onTick, onSpot }: Props): ReactNode {
  if (!list) {
    return (
      <p className="pane-empty soft" data-testid="no-checklist">
        {ended
          ? "No checklist was opened in this call."
          : "The checklist opens here as soon as it is clear what the call is about."}
      </p>
    );
  }
  const { hiddenDone, hiddenLater } = lines;
  return (
    <>
      <p className="checklist-title" data-testid="checklist-title">
        <strong>{list.title}</strong>
        <span className="soft num">
          {lines.done} of {lines.of} done
        </span>
      </p>
      <div className="progress" aria-hidden="true">
        <span style={{ inlineSize: `${lines.of === 0 ? 0 : (100 * lines.done) / lines.of}%` }} />
      </div>
      {hiddenDone > 0 && <p className="soft small tight">{hiddenDone} more done above</p>}
      <ol className="checklist">
        {lines.lines.map((line) => (
          <Row key={line.item.itemId} line={line} ended={ended} onTick={onTick} onSpot={onSpot} />
        ))}
      </ol>
      {hiddenLater > 0 && <p className="soft small tight">{hiddenLater} more after these</p>}
    </>
  );
}

function Row({
  line,
  ended,
  onTick,
  onSpot,
}: { readonly line: Line } & Pick<Props, "ended" | "onTick" | "onSpot">): ReactNode {
  const { item, standing, ticking } = line;
  const { evidence } = item;
  const words = ticking ? "Saving" : stateWords(line, ended);
  // Its icon says as much; screen readers are told in words.
  const quiet = !ticking && ((standing === "done" && evidence !== null) || words === STANDINGS.later);
  return (
    <li className={`check ${standing}`} data-testid="check" data-item-id={item.itemId} data-standing={standing}>
      <span className="check-icon">
        <Icon
          name={ICONS[standing]}
          size="small"
          variant={standing === "missed" ? "error" : standing === "done" ? "success" : "normal"}
        />
      </span>
      <span className="check-label">{item.label}</span>
      <span className={`check-state small num${quiet ? " visually-hidden" : ""}`}>{words}</span>
      <span className="check-end num">
        {item.state === "done" && evidence && (
          <button
            type="button"
            className="said"
            title="Show where it was said"
            aria-label={`${clock(item.doneMs ?? 0)}, ${item.label}: show where it was said`}
            onClick={() =>
              onSpot({
                utteranceId: evidence.utteranceId,
                span: evidence.end > evidence.start ? { start: evidence.start, end: evidence.end } : null,
              })
            }
          >
            {clock(item.doneMs ?? 0)}
          </button>
        )}
        {standing !== "done" && (
          <Button variant="inline-link" ariaLabel={`Tick: ${item.label}`} onClick={() => onTick(item.itemId)}>
            Tick
          </Button>
        )}
      </span>
    </li>
  );
}

function stateWords({ item, standing }: Line, ended: boolean): string {
  if (standing === "done") return item.evidence ? STANDINGS.done : `Ticked by ${item.by ?? "hand"}`;
  if (standing === "later" && ended) return "Open";
  const due = item.dueMs !== null && standing !== "missed" ? ` · by ${clock(item.dueMs)}` : "";
  return `${STANDINGS[standing]}${due}`;
}
