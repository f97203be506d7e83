import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useCallback, useEffect, useState, type FocusEvent, type ReactNode } from "react";
import { useApi } from "../api/context";
import { callName } from "../calls/words";
import { clock } from "../format/time";
import { Hints } from "../shell/Hints";
import { agentPath, callPath, utterancePath } from "../shell/router";
import { useWide } from "../shell/useWide";
import { CallHeader } from "./CallHeader";
import { NoCall } from "./NoCall";
import { LanesStrip } from "./LanesStrip";
import type { Rate } from "./Rating";
import { SidePanel } from "./SidePanel";
import { StatusLine } from "./StatusLine";
import { Transcript } from "./Transcript";
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
  const name = summary ? callName(summary) : "Call";
  const phase = view.phase ?? summary?.phase ?? null;
  useEffect(() => {
    document.title = `${name} · Cueline`;
  }, [name]);

  const showTranscript = useCallback(() => setPanelOpen(false), []);
  const showInTranscript = useShowing(loaded, showTranscript);

  const rate: Rate = async (cueId, rating) => {
    await api.answerCue(callId, cueId, rating, "supervisor");
    // Nobody tells the page of what changes in a call that was over when it was opened.
    if (phase === "ended") await readNow();
  };
  if (problem && !summary && problem.status !== 0) return <NoCall problem={problem} />;
  const panel = summary && <SidePanel summary={summary} view={view} onGo={showInTranscript} onRate={rate} />;
  return (
    <main className="call">
      <CallHeader
        summary={summary}
        view={view}
        phase={phase}
        actions={
          <div className="call-buttons">
            <CopyToClipboard
              variant="button"
              copyButtonText={place ? `Copy link at ${clock(place.startedMs)}` : "Copy link"}
              textToCopy={window.location.origin + (place ? utterancePath(callId, place.id) : callPath(callId))}
              copyButtonAriaLabel={
                place ? `Copy link at ${clock(place.startedMs)} of this call` : "Copy link to this call"
              }
              copySuccessText="Copied: whoever may sign in here can open it"
              copyErrorText="Could not be copied"
            />
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
        <LanesStrip view={view} />
      </div>
      <div className="call-body" onFocus={(event) => setPlaceId((before) => utteranceIn(event) ?? before)}>
        {(wide || !panelOpen) && (
          <Transcript view={view} originMs={summary?.startedAtMs ?? null} loaded={loaded} problem={problem} />
        )}
        {(wide || panelOpen) && panel}
      </div>
      <StatusLine view={view} connection={connection} onRetry={retryNow} />
    </main>
  );
}

/** The utterance that the focus went to; a link to the call leads there. */
function utteranceIn({ target }: FocusEvent<HTMLElement>): string | null {
  return target.closest<HTMLElement>("[data-utterance-id]")?.dataset.utteranceId ?? null;
}
