import Button from "@cloudscape-design/components/button";
import { useCallback, useMemo, useState, type ReactNode } from "react";
import type { ApiError } from "../api/client";
import { useHearing } from "../player/context";
import { useFollowSpeech } from "../player/useFollowSpeech";
import { moveFocus } from "./moveFocus";
import { NoteLine } from "./NoteLine";
import { Quiet } from "./Quiet";
import { rowsOf } from "./rows";
import { measured } from "./stages";
import { SystemLine } from "./SystemLine";
import { useFollow } from "./useFollow";
import { UtteranceBlock } from "./UtteranceBlock";
import { TextGone } from "./TextGone";
import type { CallView } from "./view";

interface Props {
  readonly view: CallView;
  /** Epoch milliseconds of media time 0. */
  readonly originMs: number | null;
  readonly loaded: boolean;
  readonly problem: ApiError | null;
}

/** The conversation as it is spoken. Rows off screen are not laid out (content-visibility), so long calls stay fluent. */
export function Transcript({ view, originMs, loaded, problem }: Props): ReactNode {
  const { utterances, notes, timings, phase } = view;
  const rows = useMemo(() => rowsOf(utterances, notes), [utterances, notes]);
  const lastTurn = rows.findLastIndex((row) => row.kind !== "note");
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const { scroller, content, following, stop, jump } = useFollow(loaded && phase !== "ended", rows);

  const hearing = useHearing();
  const speech = useFollowSpeech(scroller, hearing, utterances);

  const toggle = useCallback(
    (key: string) => {
      stop();
      setUnfolded((before) => {
        const next = new Set(before);
        if (!next.delete(key)) next.add(key);
        return next;
      });
    },
    [stop],
  );

  return (
    <section className="transcript" aria-label="Transcript">
      <div className="scroller" ref={scroller} data-testid="transcript" data-following={following}>
        {view.textDeletedAtMs !== null && <TextGone atMs={view.textDeletedAtMs} />}
        <ol className="rows" ref={content} onKeyDown={(event) => moveFocus(event, jump)}>
          {rows.map((row, index) => {
            const tabbable = index === lastTurn;
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
            const stages = timings.get(row.key);
            return (
              <UtteranceBlock
                key={row.key}
                utterance={row.utterance}
                originMs={originMs}
                stages={stages}
                deliveredMs={measured(stages, "delivered")}
                open={unfolded.has(row.key)}
                named={previous?.kind !== "utterance" || previous.utterance.speaker !== row.utterance.speaker}
                tabbable={tabbable}
                onToggle={toggle}
                hearing={hearing}
              />
            );
          })}
        </ol>
        {rows.length === 0 && <Quiet phase={phase} loaded={loaded} problem={problem} />}
      </div>
      {!following && phase !== "ended" && loaded && (
        <div className="jump" data-testid="jump-to-live">
          <Button iconName="angle-down" iconAlign="right" variant="primary" onClick={jump}>
            Jump to live
          </Button>
        </div>
      )}
      {speech.away && (
        <div className="jump" data-testid="back-to-heard">
          <Button iconName="audio-full" onClick={speech.back}>
            Back to what is heard
          </Button>
        </div>
      )}
    </section>
  );
}
