import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import type { ReactNode } from "react";
import { clock } from "../format/time";
import type { Cue, Mute } from "./desk";
import type { DeskState } from "./deskStore";
import { quoteOf, type Spot } from "./quote";
import type { Utterance } from "../call/view";
import { KINDS, muteTitle, muteWords, PARTINGS } from "./words";

interface Props {
  readonly state: DeskState;
  /** Before an agent speaks there is nothing to do; words for that. */
  readonly idle: string;
  readonly utterances: ReadonlyMap<string, Utterance>;
  readonly keys: boolean;
  readonly onUsed: () => void;
  readonly onDismissed: () => void;
  readonly onMute: () => void;
  readonly onUnmute: (mute: Mute) => void;
  readonly onSpot: (spot: Spot) => void;
}

/** The one thing to do or say now. Its place is always there, so that nothing below it moves. */
export function CueCard(props: Props): ReactNode {
  const { state, idle, utterances, onUnmute, onSpot } = props;
  const { cue, leaving } = state;
  const shown = cue ?? leaving?.cue ?? null;
  return (
    <section className="cue-place" aria-label="Cue" data-testid="cue-place">
      {shown ? (
        <div
          key={shown.cueId}
          className={`cue ${shown.cueKind}${cue ? "" : " leaving"}`}
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
          {cue ? <Answers {...props} cue={cue} /> : <p className="parting soft">{leaving && PARTINGS[leaving.why]}</p>}
        </div>
      ) : (
        <p className="cue idle soft" data-testid="cue-idle">
          {idle}
        </p>
      )}
      {state.muted.length > 0 && (
        <ul className="muted soft small" aria-label="Muted in this call" data-testid="muted">
          {state.muted.map((mute) => (
            <li key={mute.of === "kind" ? mute.kind : mute.ruleId}>
              {muteWords(mute)} muted{" "}
              <Button variant="inline-link" ariaLabel={`Unmute ${muteWords(mute)}`} onClick={() => onUnmute(mute)}>
                Unmute
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Announced cue={cue} />
    </section>
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

function Answers({
  cue,
  keys,
  onUsed,
  onDismissed,
  onMute,
}: Pick<Props, "keys" | "onUsed" | "onDismissed" | "onMute"> & { readonly cue: Cue }): ReactNode {
  return (
    <div className="cue-answers">
      <Button variant="primary" onClick={onUsed}>
        {cue.cueKind === "praise" ? "Thanks" : "Used"}
        {keys && <Key name="U" />}
      </Button>
      <Button onClick={onDismissed}>
        Dismiss
        {keys && <Key name="D" />}
      </Button>
      <span title={muteTitle(cue)}>
        <Button variant="link" onClick={onMute}>
          Mute
          {keys && <Key name="M" />}
        </Button>
      </span>
    </div>
  );
}

/** The key that does the same. */
export function Key({ name }: { readonly name: string }): ReactNode {
  return (
    <kbd className="key" aria-hidden="true">
      {name}
    </kbd>
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
