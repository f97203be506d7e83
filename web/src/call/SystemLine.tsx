import Icon from "@cloudscape-design/components/icon";
import { memo, type ReactNode } from "react";
import { clock } from "../format/time";
import { SegmentedText } from "./SegmentedText";
import { TimeMark } from "./TimeMark";
import type { Utterance } from "./view";

interface Props {
  readonly rowKey: string;
  readonly utterances: readonly Utterance[];
  readonly originMs: number | null;
  readonly open: boolean;
  readonly onToggle: (key: string) => void;
}

/** What the system played: nobody's words, so one thin line until someone asks. */
export const SystemLine = memo(function SystemLine({ rowKey, utterances, originMs, open, onToggle }: Props): ReactNode {
  const first = utterances[0];
  const last = utterances.at(-1);
  if (!first || !last) return null;
  const span = `${clock(first.startedMs)} – ${clock(last.endedMs ?? last.startedMs)}`;
  return (
    <li className="system" data-testid="system-audio">
      <button type="button" className="system-line" data-stop aria-expanded={open} onClick={() => onToggle(rowKey)}>
        <Icon name={open ? "caret-down-filled" : "caret-right-filled"} size="small" />
        <span>Prompts and music</span>
        <span className="time num">{span}</span>
      </button>
      {open && (
        <ul>
          {utterances.map((utterance) => (
            <li
              key={utterance.id}
              data-testid="utterance"
              data-utterance-id={utterance.id}
              data-state={utterance.state}
              data-speaker="system"
            >
              <TimeMark atMs={utterance.startedMs} originMs={originMs} />
              <span>
                <SegmentedText text={utterance.text} masks={utterance.masks} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
});
