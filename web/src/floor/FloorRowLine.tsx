import { memo, useLayoutEffect, useRef, type ReactNode } from "react";
import { absolute, clock } from "../format/time";
import type { FloorRow } from "../generated/rest";
import { useNow } from "../shell/useNow";
import { Signs } from "./Signs";
import { mood, MOOD_WORDS } from "./spark";
import { SparkLine } from "./SparkLine";
import { agentWords, level, phaseWords, reasonWords, spokenRow, whyWords } from "./words";

const MOVE_MS = 420;

interface Props {
  readonly row: FloorRow;
  readonly index: number;
  readonly top: number;
  readonly open: boolean;
  readonly gone: boolean;
  readonly tabbable: boolean;
  readonly onOpen: (callId: string) => void;
}

/** A call on the floor. It glides to another place; where it stands while scrolling is not its own doing. */
export const FloorRowLine = memo(function FloorRowLine(props: Props): ReactNode {
  const { row, index, top, open, gone, tabbable, onOpen } = props;
  const line = useRef<HTMLDivElement>(null);
  useGlide(line, top);
  const phase = gone ? "Ended" : phaseWords(row.phase);
  const where = [row.team, row.title].filter((part) => part !== null && part !== "").join(" · ");
  return (
    <div
      ref={line}
      role="row"
      className={`floor-row ${level(row.need)}${open ? " open" : ""}${gone ? " gone" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={index + 2}
      aria-selected={open}
      aria-label={spokenRow(row, MOOD_WORDS[mood(row.sentiment)])}
      tabIndex={tabbable ? 0 : -1}
      data-row-id={row.callId}
      data-testid="floor-row"
      onClick={() => onOpen(row.callId)}
    >
      <div role="gridcell" className="cell why">
        <span className="one-line strong">{whyWords(row)}</span>
        <span className="one-line soft small">
          <span className="when-narrow">
            {agentWords(row)} · {reasonWords(row.reason)}
          </span>
          <span className="when-wide">{where || " "}</span>
        </span>
      </div>
      <div role="gridcell" className="cell mood">
        <SparkLine points={row.sentimentPoints} sentiment={row.sentiment} />
      </div>
      <div role="gridcell" className="cell elapsed">
        <Elapsed row={row} stopped={gone} />
        {phase && <span className="soft small">{phase}</span>}
      </div>
      <div role="gridcell" className="cell agent when-wide">
        <span className="one-line">{agentWords(row)}</span>
      </div>
      <div role="gridcell" className="cell reason when-wide">
        <span className="one-line">{reasonWords(row.reason)}</span>
      </div>
      <div role="gridcell" className="cell">
        <Signs row={row} />
      </div>
    </div>
  );
});

function Elapsed({ row, stopped }: { row: FloorRow; stopped: boolean }): ReactNode {
  const now = useNow(1000, !stopped);
  const ms = stopped ? row.heardMs : now - row.startedAtMs;
  return (
    <span className="num" title={absolute(row.startedAtMs)}>
      {clock(ms)}
    </span>
  );
}

/** Moves the row from where it was seen last, which may be on its way, to its new place. */
function useGlide(line: React.RefObject<HTMLDivElement | null>, top: number): void {
  const before = useRef<number | null>(null);
  const glide = useRef<Animation | null>(null);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = top;
    const row = line.current;
    if (!row || last === null || last === top) return;
    const running = glide.current?.playState === "running";
    const from = running ? new DOMMatrix(getComputedStyle(row).transform).m42 : last;
    glide.current?.cancel();
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    glide.current = row.animate([{ transform: `translateY(${from}px)` }, { transform: `translateY(${top}px)` }], {
      duration: MOVE_MS,
      easing: "cubic-bezier(0.2, 0, 0, 1)",
    });
  }, [line, top]);
}
