import { memo, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import { clock, seconds } from "../format/time";
import type { Hearing } from "../player/hearing";
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
  /** Where its words can be heard; null where there is no recording. */
  readonly hearing: Hearing | null;
}

const SPEAKERS = { agent: "Agent", customer: "Customer", system: "System" } as const;

/** One utterance. A partial and its final are the same element, so that it settles in place. */
export const UtteranceBlock = memo(function UtteranceBlock(props: Props): ReactNode {
  const { utterance, originMs, stages, deliveredMs, open, named, tabbable, onToggle, hearing } = props;
  const final = utterance.state === "final";
  const toggle = (): void => {
    if (final) onToggle(utterance.id);
  };
  const heard = final ? hearing : null;
  const keyed = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    // Where there is a player the space bar is the player's, wherever the focus is.
    if (event.key === "Enter" || (event.key === " " && !hearing)) toggle();
    else if (heard && event.key.toLowerCase() === "p") heard.hear(utterance.startedMs);
    else return;
    event.preventDefault();
  };
  const clicked = (event: MouseEvent<HTMLElement>): void => {
    const at = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-at]")?.dataset.at : undefined;
    if (heard && at !== undefined) {
      // Who marks words in order to copy them does not want to hear them.
      if (window.getSelection()?.isCollapsed !== false) heard.hear(Number(at));
    } else toggle();
  };
  return (
    <li
      className={`utterance ${utterance.speaker} ${utterance.state}${named ? " named" : ""}${open ? " open" : ""}`}
      data-testid="utterance"
      data-utterance-id={utterance.id}
      data-state={utterance.state}
      data-speaker={utterance.speaker}
    >
      {/* A block is a group; Enter on it shows where the time went, P plays it: short cuts to the buttons inside. */}
      <div
        className="bubble"
        role="group"
        aria-label={`${SPEAKERS[utterance.speaker]}, ${clock(utterance.startedMs)}${final ? "" : ", still speaking"}`}
        tabIndex={tabbable ? 0 : -1}
        data-stop
        aria-keyshortcuts={heard ? "P" : undefined}
        onKeyDown={keyed}
      >
        <div className="meta">
          <span className={named ? "speaker" : "visually-hidden"}>{SPEAKERS[utterance.speaker]}</span>
          <TimeMark atMs={utterance.startedMs} originMs={originMs} />
          {heard && (
            <button
              type="button"
              className="hear"
              tabIndex={-1}
              aria-label={`Hear it from ${clock(utterance.startedMs)}`}
              title="Hear it from here (P)"
              onClick={() => heard.hear(utterance.startedMs)}
            >
              <span className="triangle" aria-hidden="true" />
            </button>
          )}
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
        <div className="text" data-testid="utterance-text" onClick={clicked}>
          {final && utterance.text === "" ? (
            <span className="soft">deleted</span>
          ) : (
            <SegmentedText
              text={utterance.text}
              masks={utterance.masks}
              {...(heard ? { words: utterance.words } : {})}
            />
          )}
        </div>
      </div>
      {open && final && <Waterfall stages={stages} />}
    </li>
  );
});
