import Button from "@cloudscape-design/components/button";
import { useCallback, useEffect, useMemo, useRef, useState, type FocusEvent, type ReactNode } from "react";
import { useApi } from "../api/context";
import { callName } from "../calls/words";
import { HearingContext } from "../player/context";
import { Player } from "../player/Player";
import { useMakeHearing } from "../player/useMakeHearing";
import { useRecording } from "../player/useRecording";
import { Hints } from "../shell/Hints";
import { agentPath } from "../shell/router";
import { useWide } from "../shell/useWide";
import { CallHeader } from "./CallHeader";
import { Checks } from "./Checks";
import { CopyLink } from "./CopyLink";
import { Keeping } from "./Keeping";
import { NoCall } from "./NoCall";
import { lanesOf } from "./lanes";
import { LanesStrip } from "./LanesStrip";
import { MarkBar } from "./MarkBar";
import type { Rate } from "./Rating";
import { SidePanel } from "./SidePanel";
import { StatusLine } from "./StatusLine";
import { Transcript } from "./Transcript";
import { useHold } from "./useHold";
import { useSession } from "./useSession";
import { useShowing } from "./useShowing";

interface Props {
  readonly callId: string;
  /** Said in the demo: what there is to look at. */
  readonly hints: boolean;
}

export function CallPage({ callId, hints }: Props): ReactNode {
  const api = useApi();
  const { state, retryNow, readNow } = useSession(callId);
  const { summary, view, connection, problem, loaded } = state;
  const wide = useWide(1000);
  const [panelOpen, setPanelOpen] = useState(false);
  const [placeId, setPlaceId] = useState<string | null>(null);
  const place = placeId === null ? undefined : view.utterances.get(placeId);
  const { guidance, notes, warnings, heardMs, endedMs, utterances } = view;
  const { spanMs, lanes } = useMemo(
    () => lanesOf({ guidance, notes, warnings, heardMs, endedMs }),
    [guidance, notes, warnings, heardMs, endedMs],
  );
  const name = summary ? callName(summary) : "Call";
  const phase = view.phase ?? summary?.phase ?? null;
  useEffect(() => {
    document.title = `${name} · Cueline`;
  }, [name]);

  const showTranscript = useCallback(() => setPanelOpen(false), []);
  const hearing = useMakeHearing();
  const recorded = useRecording(callId, phase === "ended", summary?.endedAtMs ?? null);
  const axisMs = Math.max(spanMs, recorded.facts?.durationMs ?? 0);
  const audible = recorded.told.kind === "ready" ? hearing : null;
  const showInTranscript = useShowing({ loaded, showTranscript, utterances, hearing });
  const goTo = useCallback((atMs: number) => hearing.seek(atMs), [hearing]);

  const body = useRef<HTMLDivElement>(null);
  const [maskings, setMaskings] = useState(0);
  const hold = useHold(callId, summary !== null);
  const rate: Rate = async (cueId, rating) => {
    await api.answerCue(callId, cueId, rating, "supervisor");
    // Nobody tells the page of what changes in a call that was over when it was opened.
    if (phase === "ended") await readNow();
  };
  if (problem && !summary && problem.status !== 0) return <NoCall problem={problem} />;
  const panel = summary && (
    <SidePanel summary={summary} view={view} onGo={showInTranscript} onRate={rate}>
      {phase === "ended" && (
        <Checks
          key={maskings}
          callId={callId}
          onGo={showInTranscript}
          onDecided={() => {
            recorded.readAgain();
            void readNow();
          }}
        />
      )}
      <Keeping
        callId={callId}
        hold={hold}
        recorded={recorded.facts?.state === "sealed"}
        onDeleted={() => {
          recorded.readAgain();
          void readNow();
        }}
      />
    </SidePanel>
  );
  return (
    <HearingContext value={audible}>
      <main className="call">
        <CallHeader
          summary={summary}
          view={view}
          phase={phase}
          held={hold.standing?.held ?? summary?.legalHold ?? false}
          verification={recorded.facts?.verification ?? summary?.verification ?? null}
          actions={
            <div className="call-buttons">
              <CopyLink callId={callId} place={place} hearing={audible} />
              {!wide && (
                <Button
                  iconName="status-info"
                  variant="normal"
                  wrapText={false}
                  ariaExpanded={panelOpen}
                  onClick={() => setPanelOpen((open) => !open)}
                >
                  {panelOpen ? "Transcript" : "Details"}
                </Button>
              )}
            </div>
          }
        />
        <div className="call-over">
          {hints && <Hints agentHref={agentPath(callId)} />}
          <Player callId={callId} recorded={recorded} hearing={hearing} spanMs={axisMs}>
            <LanesStrip view={view} lanes={lanes} spanMs={axisMs} {...(audible ? { onGo: goTo } : {})} />
          </Player>
        </div>
        <div className="call-body" ref={body} onFocus={(event) => setPlaceId((before) => utteranceIn(event) ?? before)}>
          {(wide || !panelOpen) && (
            <Transcript view={view} originMs={summary?.startedAtMs ?? null} loaded={loaded} problem={problem} />
          )}
          {(wide || panelOpen) && panel}
        </div>
        <MarkBar
          callId={callId}
          root={body}
          onMasked={() => {
            setMaskings((before) => before + 1);
            void readNow();
          }}
        />
        <StatusLine view={view} connection={connection} onRetry={retryNow} />
      </main>
    </HearingContext>
  );
}

/** The utterance that the focus went to; a link to the call leads there. */
function utteranceIn({ target }: FocusEvent<HTMLElement>): string | null {
  return target.closest<HTMLElement>("[data-utterance-id]")?.dataset.utteranceId ?? null;
}
