import { memo, type KeyboardEvent, type ReactNode } from "react";
import { clock, seconds } from "../format/time";
import { SegmentedText } from "./SegmentedText";
import { TimeMark } from "./TimeMark";
import type { Stages, Utterance } from "./view";
import { Waterfall } from "./Waterfall";

interface Props {
  readonly utterance: Utterance;
  readonly originMs: number | null;
  readonly stages: Stages | undefined;
  readonly deliveredMs: number | null;
  readonly open: boolean;
  /** Whether the speaker is named: the first of a run of blocks. */
  readonly named: boolean;
  /** Whether Tab stops here; arrow keys reach every block. */
  readonly tabbable: boolean;
  readonly onToggle: (key: string) => void;
}

const SPEAKERS = { agent: "Agent", customer: "Customer", system: "System" } as const;

/** One utterance. A partial and its final are the same element, so that it settles in place. */
export const UtteranceBlock = memo(function UtteranceBlock(props: Props): ReactNode {
  const { utterance, originMs, stages, deliveredMs, open, named, tabbable, onToggle } = props;
  const final = utterance.state === "final";
  const toggle = (): void => {
    if (final) onToggle(utterance.id);
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    toggle();
  };
  return (
    <li
      className={`utterance ${utterance.speaker} ${utterance.state}${named ? " named" : ""}${open ? " open" : ""}`}
      data-testid="utterance"
      data-utterance-id={utterance.id}
      data-state={utterance.state}
      data-speaker={utterance.speaker}
    >
      {/* A block is a group with one button inside; Enter on the group is a short cut to that button. */}
      <div
        className="bubble"
        role="group"
        aria-label={`${SPEAKERS[utterance.speaker]}, ${clock(utterance.startedMs)}${final ? "" : ", still speaking"}`}
        tabIndex={tabbable ? 0 : -1}
        data-stop
        onKeyDown={keyed}
      >
        <div className="meta">
          <span className={named ? "speaker" : "visually-hidden"}>{SPEAKERS[utterance.speaker]}</span>
          <TimeMark atMs={utterance.startedMs} originMs={originMs} />
          <button
            type="button"
            className="delay num"
            tabIndex={-1}
            hidden={!final}
            aria-expanded={open}
            aria-label={
              deliveredMs === null
                ? "Show where the time went"
                : `Delivered after ${seconds(deliveredMs)}. Show where the time went`
            }
            title="Where the time went"
            onClick={toggle}
          >
            {deliveredMs === null ? "" : seconds(deliveredMs)}
            {/* Not a Cloudscape icon: there may be thousands of these. */}
            <span className="caret" aria-hidden="true" />
          </button>
        </div>
        <div className="text" data-testid="utterance-text" onClick={toggle}>
          <SegmentedText text={utterance.text} masks={utterance.masks} />
        </div>
      </div>
      {open && final && <Waterfall stages={stages} />}
    </li>
  );
});
