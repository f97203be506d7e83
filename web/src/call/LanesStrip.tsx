import { memo, type ReactNode } from "react";
import { clock } from "../format/time";
import "./guidance.css";
import { ticksOf, utteranceAt, type Lanes, type Mark } from "./lanes";
import { reveal } from "./reveal";
import type { CallView } from "./view";

interface Props {
  readonly view: Pick<CallView, "utterances">;
  readonly lanes: Lanes["lanes"];
  readonly spanMs: number;
  /** Told where a mark that was pressed stands. */
  readonly onGo?: (atMs: number) => void;
}

/**
 * The call at a glance; a mark leads to its utterance. For the eye and the pointer: all that it shows is listed beside
 * the transcript too, in words.
 */
export const LanesStrip = memo(function LanesStrip({ view, lanes, spanMs, onGo }: Props): ReactNode {
  if (lanes.length === 0 && !onGo) return null;
  const share = (ms: number): string => `${(100 * ms) / spanMs}%`;
  const go = (mark: Mark): void => {
    const id = mark.utteranceId ?? utteranceAt(view.utterances, mark.atMs);
    onGo?.(mark.atMs);
    if (id !== null) reveal(id);
  };
  return (
    <div className="lanes small" aria-hidden="true" data-testid="lanes">
      {lanes.map((lane) => (
        <div key={lane.name} className="lane" data-lane={lane.name}>
          <span className="lane-name soft">{lane.name}</span>
          <span className="lane-track">
            {lane.marks.map((mark) => (
              <button
                key={mark.key}
                type="button"
                tabIndex={-1}
                className={`mark ${mark.tone}${mark.endMs > mark.atMs ? " long" : ""}`}
                style={{ insetInlineStart: share(mark.atMs), inlineSize: share(mark.endMs - mark.atMs) }}
                title={`${clock(mark.atMs)}  ${mark.words}`}
                onClick={() => go(mark)}
              />
            ))}
          </span>
        </div>
      ))}
      <div className="lane axis soft num">
        <span className="lane-name" />
        <span className="lane-track">
          {ticksOf(spanMs).map((at) => (
            <span key={at} className="tick" style={{ insetInlineStart: share(at) }}>
              {clock(at)}
            </span>
          ))}
        </span>
      </div>
    </div>
  );
});
