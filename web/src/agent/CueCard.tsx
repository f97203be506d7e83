import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import type { ReactNode } from "react";
import type { Utterance } from "../call/view";
import { clock } from "../format/time";
import "./cue.css";
import type { Asked, Cue, Mute, Rating } from "./desk";
import { Key } from "./Key";
import { quoteOf, type Spot } from "./quote";
import type { Cues } from "./useCues";
import { KINDS, muteTitle, muteWords, PARTINGS } from "./words";

interface Props {
  readonly cues: Cues;
  /** Before an agent speaks there is nothing to do; words for that. */
  readonly idle: string;
  readonly utterances: ReadonlyMap<string, Utterance>;
  readonly keys: boolean;
  readonly onSpot: (spot: Spot) => void;
}

/** The one thing to do or say now. Its place is always there, so that nothing below it moves. */
export function CueCard({ cues, idle, utterances, keys, onSpot }: Props): ReactNode {
  const { state } = cues;
  const { cue, leaving, asked } = state;
  const shown = cue ?? leaving?.cue ?? null;
  return (
    <section className="cue-place" aria-label="Cue" data-testid="cue-place">
      {shown ? (
        <div
          key={shown.cueId}
          className={`cue cue-${shown.cueKind}${cue ? "" : " cue-leaving"}`}
          data-testid="cue"
          data-cue-id={shown.cueId}
          data-kind={shown.cueKind}
          data-leaving={cue ? undefined : leaving?.why}
        >
          <span className="cue-icon">
            <Icon name={KINDS[shown.cueKind].icon} size="medium" />
          </span>
          <div className="cue-words">
            <div className="cue-kind">
              {KINDS[shown.cueKind].word}
              {cue && state.waiting > 0 && <span className="soft"> · {state.waiting} more after this</span>}
            </div>
            <p className="cue-text">{shown.text}</p>
            <Why cue={shown} utterances={utterances} onSpot={onSpot} />
          </div>
          {cue ? (
            <Answers cue={cue} cues={cues} keys={keys} />
          ) : (
            <p className="parting soft">{leaving && PARTINGS[leaving.why]}</p>
          )}
        </div>
      ) : (
        <div className="cue cue-idle soft" data-testid="cue-idle">
          {asked ? <Question asked={asked} keys={keys} onRated={cues.rate} /> : idle}
        </div>
      )}
      {state.muted.length > 0 && <Muted muted={state.muted} onUnmute={cues.unmute} />}
      <Announced cue={cue} />
    </section>
  );
}

function Muted({ muted, onUnmute }: { muted: readonly Mute[]; onUnmute: (mute: Mute) => void }): ReactNode {
  return (
    <ul className="muted soft small" aria-label="Muted in this call" data-testid="muted">
      {muted.map((mute) => (
        <li key={mute.of === "kind" ? mute.kind : mute.ruleId}>
          {muteWords(mute)} muted{" "}
          <Button variant="inline-link" ariaLabel={`Unmute ${muteWords(mute)}`} onClick={() => onUnmute(mute)}>
            Unmute
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Why({ cue, utterances, onSpot }: Pick<Props, "utterances" | "onSpot"> & { readonly cue: Cue }): ReactNode {
  const quote = quoteOf(cue.evidence, utterances);
  return (
    <p className="cue-why">
      <span>{cue.why}</span>
      {quote && (
        <button
          type="button"
          className="said"
          onClick={() => onSpot(quote.spot)}
          title="Show where it was said"
          aria-label={`Show where it was said: ${quote.words}, ${clock(quote.atMs)}`}
        >
          <q>{quote.words}</q> <span className="num">{clock(quote.atMs)}</span>
        </button>
      )}
    </p>
  );
}

function Answers({ cue, cues, keys }: Pick<Props, "cues" | "keys"> & { readonly cue: Cue }): ReactNode {
  return (
    <div className="cue-answers">
      <Button variant="primary" wrapText={false} onClick={() => cues.answer(cue, "used")}>
        {cue.cueKind === "praise" ? "Thanks" : "Used"}
        {keys && <Key name="U" />}
      </Button>
      <Button wrapText={false} onClick={() => cues.answer(cue, "dismissed")}>
        Dismiss
        {keys && <Key name="D" />}
      </Button>
      <span title={muteTitle(cue)}>
        <Button variant="link" wrapText={false} onClick={() => cues.mute(cue)}>
          Mute
          {keys && <Key name="M" />}
        </Button>
      </span>
    </div>
  );
}

interface QuestionProps {
  readonly asked: Asked;
  readonly keys: boolean;
  readonly onRated: (rating: Rating) => void;
}

/** Whether a cue was of help, asked once it has gone. */
function Question({ asked, keys, onRated }: QuestionProps): ReactNode {
  if (asked.rating !== null) {
    return <span role="status">Noted: it {asked.rating === "helpful" ? "helped" : "did not help"}. Thank you.</span>;
  }
  return (
    <span className="cue-question" role="group" aria-label="Was the last cue of help?" data-testid="cue-question">
      <span className="cue-asked">
        Did <q>{asked.cue.text}</q> help?
      </span>
      <Button iconName="thumbs-up" wrapText={false} onClick={() => onRated("helpful")}>
        Yes
        {keys && <Key name="Y" />}
      </Button>
      <Button iconName="thumbs-down" wrapText={false} onClick={() => onRated("unhelpful")}>
        No
        {keys && <Key name="N" />}
      </Button>
    </span>
  );
}

/** For screen readers: a warning interrupts, anything else waits. */
function Announced({ cue }: { readonly cue: Cue | null }): ReactNode {
  const words = cue ? `${KINDS[cue.cueKind].word}: ${cue.text}` : "";
  const warning = cue?.cueKind === "warning";
  return (
    <>
      <div className="visually-hidden" aria-live="assertive">
        {warning ? words : ""}
      </div>
      <div className="visually-hidden" aria-live="polite">
        {warning ? "" : words}
      </div>
    </>
  );
}
