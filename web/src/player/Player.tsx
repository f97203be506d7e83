import Button from "@cloudscape-design/components/button";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useLayoutEffect, useRef, type ReactNode } from "react";
import { recordingAddress } from "../api/recording";
import { clock } from "../format/time";
import type { RecordingFacts } from "../generated/rest";
import { keep, local } from "../shell/kept";
import { useHearingState } from "./context";
import { RATES, type Hearing } from "./hearing";
import { RATE_KEY } from "./useMakeHearing";
import "./player.css";
import { Position } from "./Position";
import type { Recorded } from "./useRecording";
import { usePlayerKeys } from "./usePlayerKeys";
import { useTellPlayed } from "./useTellPlayed";
import { SIDES, SIDE_WORDS } from "./scene";
import { Waves } from "./Waves";

interface Props {
  readonly callId: string;
  readonly recorded: Recorded;
  readonly hearing: Hearing;
  /** The length of the axis, which the lanes below share. */
  readonly spanMs: number;
  /** The lanes. */
  readonly children: ReactNode;
}

const STEP_MS = 10_000;

/** The call's recording, above the lanes of what happened in it; in words where there is nothing to play. */
export function Player({ callId, recorded, hearing, spanMs, children }: Props): ReactNode {
  const { facts, told } = recorded;
  if (told.kind === "ready" && facts) {
    return (
      <Ready callId={callId} recorded={recorded} facts={facts} hearing={hearing} spanMs={spanMs}>
        {children}
      </Ready>
    );
  }
  return (
    <>
      <section className="player told" aria-label="Recording" data-testid="player" data-state={told.kind}>
        <Told recorded={recorded} />
      </section>
      {children}
    </>
  );
}

function Told({ recorded }: { recorded: Recorded }): ReactNode {
  const { facts, told, problem, review } = recorded;
  const quarantined = facts?.state === "sealed" && !facts.mayListen;
  const type = problem || quarantined ? "warning" : told.kind === "waiting" ? "pending" : "stopped";
  return (
    <>
      <StatusIndicator type={type} wrapText>
        {problem ? `The recording cannot be looked up: ${problem}` : told.words}
      </StatusIndicator>
      {quarantined && facts.mayReview && (
        <Button onClick={review} iconName="audio-full">
          Listen to decide
        </Button>
      )}
    </>
  );
}

function Ready({ callId, recorded, facts, hearing, spanMs, children }: Props & { facts: RecordingFacts }): ReactNode {
  const { listener } = recorded;
  const audio = useRef<HTMLAudioElement>(null);
  const timeline = useRef<HTMLDivElement>(null);
  const { state } = useHearingState(hearing);
  useLayoutEffect(() => {
    hearing.attach(audio.current, facts.durationMs);
    return () => hearing.attach(null, 0);
  }, [hearing, facts.durationMs, facts.revision, listener.review]);
  useEffect(
    () =>
      hearing.onTime((atMs) => {
        const at = `${Math.min(100, (100 * atMs) / spanMs).toFixed(3)}%`;
        timeline.current?.style.setProperty("--at", at);
      }),
    [hearing, spanMs],
  );
  useTellPlayed(hearing, callId, listener.by);
  usePlayerKeys(hearing, facts.durationMs);
  return (
    <section className="player" aria-label="Recording" data-testid="player" data-state={state}>
      {/* Its own words are the transcript below. */}
      <audio
        key={`${facts.revision ?? 0}-${String(listener.review)}`}
        ref={audio}
        preload="none"
        src={recordingAddress(callId, listener)}
        data-testid="audio"
      />
      <Controls hearing={hearing} facts={facts} />
      {state === "failed" && (
        <div className="player-fault">
          <StatusIndicator type="error" wrapText>
            The recording could not be played. It may have been changed meanwhile, or its store does not answer.
          </StatusIndicator>
          <Button onClick={recorded.readAgain} iconName="refresh">
            Try again
          </Button>
        </div>
      )}
      <div className="timeline" ref={timeline}>
        <div className="lanes waves-lane small">
          <div className="lane">
            <span className="lane-name soft sides" aria-hidden="true">
              {SIDES.map((side) => (
                <span key={side}>{SIDE_WORDS[side]}</span>
              ))}
            </span>
            <Position hearing={hearing} facts={facts} spanMs={spanMs}>
              <Waves facts={facts} spanMs={spanMs} />
            </Position>
          </div>
        </div>
        {children}
        <div className="playhead-track" aria-hidden="true">
          <div className="playhead" />
        </div>
      </div>
    </section>
  );
}

function Controls({ hearing, facts }: { hearing: Hearing; facts: RecordingFacts }): ReactNode {
  const { state, rate } = useHearingState(hearing);
  const on = state === "playing" || state === "loading";
  return (
    <div className="player-bar">
      <div className="player-buttons">
        <Button
          variant="icon"
          iconName="backward-10-seconds"
          ariaLabel="Back 10 seconds"
          onClick={() => hearing.skip(-STEP_MS)}
        />
        <Button
          variant="primary"
          iconName={on ? "pause" : "play"}
          ariaLabel={on ? "Pause the recording" : "Play the recording"}
          onClick={() => hearing.toggle()}
        />
        <Button
          variant="icon"
          iconName="forward-10-seconds"
          ariaLabel="Forward 10 seconds"
          onClick={() => hearing.skip(STEP_MS)}
        />
        <Time hearing={hearing} durationMs={facts.durationMs} />
      </div>
      <SegmentedControl
        label="Speed"
        selectedId={String(rate)}
        options={RATES.map((each) => ({ id: String(each), text: `${each}×` }))}
        onChange={({ detail }) => {
          hearing.setRate(Number(detail.selectedId));
          keep(local, RATE_KEY, Number(detail.selectedId));
        }}
      />
      <Legend facts={facts} />
    </div>
  );
}

function Time({ hearing, durationMs }: { hearing: Hearing; durationMs: number }): ReactNode {
  const now = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      hearing.onTime((atMs) => {
        if (now.current) now.current.textContent = clock(atMs);
      }),
    [hearing],
  );
  return (
    <span className="player-time num">
      <span ref={now} data-testid="player-time" /> <span className="soft">/ {clock(durationMs)}</span>
    </span>
  );
}

function Legend({ facts }: { facts: RecordingFacts }): ReactNode {
  return (
    <ul className="player-legend small soft" aria-label="Legend">
      <li>
        <span className="swatch beep" aria-hidden="true" /> Beeped
        {facts.beeps.length === 0 ? ": nothing" : `: ${facts.beeps.length}`}
      </li>
      {facts.gaps.length > 0 && (
        <li>
          <span className="swatch gap" aria-hidden="true" /> Not recorded: {facts.gaps.length}
        </li>
      )}
      <li>Listening is noted in the call's log</li>
    </ul>
  );
}
