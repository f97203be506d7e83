import Button from "@cloudscape-design/components/button";
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import type { ApiError } from "../api/client";
import { moveFocus } from "../call/moveFocus";
import { NoteLine } from "../call/NoteLine";
import { Quiet } from "../call/Quiet";
import { rowsOf } from "../call/rows";
import { SystemLine } from "../call/SystemLine";
import { useFollow } from "../call/useFollow";
import type { CallView, Utterance } from "../call/view";
import { cutOut, moved, spanOf, widened, wordsOf, type Choice, type Span } from "./pieces";
import type { Spot } from "./quote";
import { selectedIn } from "./selection";
import "./talk.css";
import { Turn } from "./Turn";

interface Props {
  readonly view: CallView;
  readonly originMs: number | null;
  readonly loaded: boolean;
  readonly problem: ApiError | null;
  /** Where to look; a new object each time it is asked for. */
  readonly spot: Spot | null;
  readonly onMask: (utteranceId: string, span: Span) => Promise<boolean>;
}

interface Chosen {
  readonly utteranceId: string;
  readonly span: Span;
  /** By keyboard; null where the mouse selected. */
  readonly choice: Choice | null;
}

/** The conversation, customer left and agent right; words of it can be chosen and masked for good. */
export function Talk({ view, originMs, loaded, problem, spot, onMask }: Props): ReactNode {
  const { utterances, notes, phase } = view;
  const rows = useMemo(() => rowsOf(utterances, notes), [utterances, notes]);
  const lastTurn = rows.findLastIndex((row) => row.kind !== "note");
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const { scroller, content, following, stop, jump } = useFollow(loaded, rows);
  const { chosen, setChosen, onKey } = useChoice(content, utterances, stop);
  useSpot(content, spot, stop);

  const toggle = useCallback((key: string) => {
    setUnfolded((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const mask = async (): Promise<void> => {
    if (chosen && (await onMask(chosen.utteranceId, chosen.span))) {
      window.getSelection()?.removeAllRanges();
      setChosen(null);
    }
  };
  return (
    <>
      <div className="scroller" ref={scroller} data-testid="transcript" data-following={following}>
        <ol
          className="rows"
          ref={content}
          onKeyDown={(event) => {
            if (chosen?.choice && event.key === "Enter") {
              event.preventDefault();
              void mask();
            } else if (!event.defaultPrevented) moveFocus(event, jump);
          }}
        >
          {rows.map((row, index) => {
            if (row.kind === "note") return <NoteLine key={row.key} note={row.note} originMs={originMs} />;
            if (row.kind === "system") {
              return (
                <SystemLine
                  key={row.key}
                  rowKey={row.key}
                  utterances={row.utterances}
                  originMs={originMs}
                  open={unfolded.has(row.key)}
                  onToggle={toggle}
                />
              );
            }
            const previous = rows[index - 1];
            return (
              <Turn
                key={row.key}
                utterance={row.utterance}
                originMs={originMs}
                named={previous?.kind !== "utterance" || previous.utterance.speaker !== row.utterance.speaker}
                tabbable={index === lastTurn}
                spot={spot?.utteranceId === row.key ? (spot.span ?? "all") : null}
                chosen={chosen?.utteranceId === row.key && chosen.choice ? chosen.span : null}
                onKey={onKey}
              />
            );
          })}
        </ol>
        {rows.length === 0 && <Quiet phase={phase} loaded={loaded} problem={problem} />}
      </div>
      {chosen ? (
        <MaskBar
          words={cutOut(utterances.get(chosen.utteranceId)?.text ?? "", chosen.span)}
          byKeyboard={chosen.choice !== null}
          onMask={mask}
          onCancel={() => {
            window.getSelection()?.removeAllRanges();
            setChosen(null);
          }}
        />
      ) : (
        !following &&
        phase !== "ended" &&
        loaded && (
          <div className="jump" data-testid="jump-to-live">
            <Button iconName="angle-down" iconAlign="right" variant="primary" onClick={jump}>
              Jump to live
            </Button>
          </div>
        )
      )}
    </>
  );
}

interface MaskBarProps {
  readonly words: string;
  readonly byKeyboard: boolean;
  readonly onMask: () => Promise<void>;
  readonly onCancel: () => void;
}

function MaskBar({ words, byKeyboard, onMask, onCancel }: MaskBarProps): ReactNode {
  const [busy, setBusy] = useState(false);
  return (
    // Pressing a button must not take the selection away before it is used.
    <div className="mask-bar" data-testid="mask-bar" onMouseDown={(event) => event.preventDefault()}>
      <span className="mask-words">
        <span role="status">
          Hide <q>{words}</q> for good?
        </span>
        {byKeyboard && <span className="soft small">Arrow keys choose, with Shift more words. Enter hides them.</span>}
      </span>
      <Button
        variant="primary"
        iconName="lock-private"
        loading={busy}
        loadingText="Hiding"
        onClick={() => {
          setBusy(true);
          void onMask().finally(() => setBusy(false));
        }}
      >
        Mask this now
      </Button>
      <Button variant="link" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

interface Choosing {
  readonly chosen: Chosen | null;
  readonly setChosen: (chosen: Chosen | null) => void;
  readonly onKey: (utterance: Utterance, event: KeyboardEvent<HTMLElement>) => void;
}

/** Words chosen with the mouse, or with H and the arrow keys. */
function useChoice(
  content: { readonly current: HTMLOListElement | null },
  utterances: ReadonlyMap<string, Utterance>,
  stop: () => void,
): Choosing {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  useEffect(() => {
    const look = (): void => {
      const root = content.current;
      const selected = root && selectedIn(root);
      const of = selected && utterances.get(selected.utteranceId);
      const span = selected && of ? widened(of.text, of.masks, selected.span) : null;
      if (selected && span) {
        stop();
        setChosen({ utteranceId: selected.utteranceId, span, choice: null });
      } else setChosen((before) => (before?.choice ? before : null));
    };
    document.addEventListener("selectionchange", look);
    return () => document.removeEventListener("selectionchange", look);
  }, [content, utterances, stop]);

  const onKey = useCallback(
    (utterance: Utterance, event: KeyboardEvent<HTMLElement>): void => {
      if (utterance.state !== "final" || event.ctrlKey || event.metaKey || event.altKey) return;
      const words = wordsOf(utterance.text, utterance.masks);
      const current = chosen?.utteranceId === utterance.id ? chosen.choice : null;
      const to = (choice: Choice | null): void => {
        const span = choice && spanOf(words, choice);
        event.preventDefault();
        setChosen(span ? { utteranceId: utterance.id, span, choice } : null);
      };
      if (!current) {
        if (event.key.toLowerCase() !== "h" || words.length === 0) return;
        stop();
        to({ anchor: 0, head: 0 });
        return;
      }
      if (event.key === "Escape") to(null);
      const next = moved(current, event.key, event.shiftKey, words.length);
      if (next) to(next);
    },
    [chosen, stop],
  );
  return { chosen, setChosen, onKey };
}

/** Goes to where something was said. */
function useSpot(content: { readonly current: HTMLOListElement | null }, spot: Spot | null, stop: () => void): void {
  useEffect(() => {
    if (!spot) return;
    const block = content.current?.querySelector(`[data-utterance-id="${CSS.escape(spot.utteranceId)}"] [data-stop]`);
    if (!(block instanceof HTMLElement)) return;
    stop();
    block.scrollIntoView({ block: "center" });
    block.focus({ preventScroll: true });
  }, [content, spot, stop]);
}
