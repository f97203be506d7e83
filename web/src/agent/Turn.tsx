import Icon from "@cloudscape-design/components/icon";
import { memo, type KeyboardEvent, type ReactNode } from "react";
import { maskWords } from "../call/segments";
import { TimeMark } from "../call/TimeMark";
import type { Utterance } from "../call/view";
import { clock } from "../format/time";
import { piecesOf, type Piece, type Span } from "./pieces";

interface Props {
  readonly utterance: Utterance;
  readonly originMs: number | null;
  /** Whether the speaker is named: the first of a run of blocks. */
  readonly named: boolean;
  /** Whether Tab stops here; arrow keys reach every block. */
  readonly tabbable: boolean;
  /** What was pointed at: a stretch of it, or all of it. */
  readonly spot: Span | "all" | null;
  /** Words chosen for masking. */
  readonly chosen: Span | null;
  readonly onKey: (utterance: Utterance, event: KeyboardEvent<HTMLElement>) => void;
}

const SPEAKERS = { agent: "You", customer: "Customer", system: "System" } as const;

/** One utterance. A partial and its final are the same element, so that it settles in place. */
export const Turn = memo(function Turn(props: Props): ReactNode {
  const { utterance, originMs, named, tabbable, spot, chosen, onKey } = props;
  const final = utterance.state === "final";
  return (
    <li
      className={`utterance ${utterance.speaker} ${utterance.state}${named ? " named" : ""}`}
      data-testid="utterance"
      data-utterance-id={utterance.id}
      data-state={utterance.state}
      data-speaker={utterance.speaker}
    >
      <div
        className={`bubble${spot ? " spotted" : ""}`}
        role="group"
        aria-label={`${SPEAKERS[utterance.speaker]}, ${clock(utterance.startedMs)}${final ? "" : ", still speaking"}`}
        tabIndex={tabbable ? 0 : -1}
        data-stop
        onKeyDown={(event) => onKey(utterance, event)}
      >
        <div className="meta">
          <span className={named ? "speaker" : "visually-hidden"}>{SPEAKERS[utterance.speaker]}</span>
          <TimeMark atMs={utterance.startedMs} originMs={originMs} />
        </div>
        <div className="text" data-testid="utterance-text">
          {piecesOf(utterance.text, utterance.masks).map((piece) => (
            <PieceText key={piece.start} piece={piece} spot={spot === "all" ? null : spot} chosen={chosen} />
          ))}
        </div>
      </div>
    </li>
  );
});

function PieceText({
  piece,
  spot,
  chosen,
}: {
  readonly piece: Piece;
  readonly spot: Span | null;
  readonly chosen: Span | null;
}): ReactNode {
  if (piece.mask?.type === "HELD") {
    return (
      <span className="hold" role="img" aria-label="held back while it is checked" data-testid="hold">
        ...
      </span>
    );
  }
  if (piece.mask) {
    return (
      <span className="mask" data-testid="mask" data-type={piece.mask.type}>
        <Icon name="lock-private" size="small" />
        {maskWords(piece.mask.type)}
      </span>
    );
  }
  const marked = chosen ?? spot;
  const from = Math.max(piece.start, marked?.start ?? Infinity);
  const to = Math.min(piece.end, marked?.end ?? -Infinity);
  if (to <= from) return <Words start={piece.start} text={piece.text} />;
  const points = Array.from(piece.text);
  const part = (start: number, end: number): string => points.slice(start - piece.start, end - piece.start).join("");
  return (
    <>
      <Words start={piece.start} text={part(piece.start, from)} />
      <mark className={chosen ? "chosen" : "spot"}>
        <Words start={from} text={part(from, to)} />
      </mark>
      <Words start={to} text={part(to, piece.end)} />
    </>
  );
}

/** Words with the place where they begin, so that a selection can be told in places of the text. */
function Words({ start, text }: { readonly start: number; readonly text: string }): ReactNode {
  return text === "" ? null : <span data-from={start}>{text}</span>;
}
