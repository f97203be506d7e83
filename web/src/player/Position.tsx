import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import type { RecordingFacts } from "../generated/rest";
import type { Hearing } from "./hearing";
import { playerAction } from "./keys";
import { positionWords } from "./scene";
import { act } from "./act";

interface Props {
  readonly hearing: Hearing;
  readonly facts: RecordingFacts;
  readonly spanMs: number;
  readonly children: ReactNode;
}

/** The waveforms as a slider: a click or drag goes there, arrow keys step. */
export function Position({ hearing, facts, spanMs, children }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const [second, setSecond] = useState(0);
  useEffect(() => hearing.onTime((atMs) => setSecond(Math.floor(atMs / 1000))), [hearing]);
  const goTo = (event: PointerEvent<HTMLDivElement>): void => {
    const area = event.currentTarget.getBoundingClientRect();
    hearing.seek((spanMs * Math.max(0, event.clientX - area.left)) / Math.max(1, area.width));
  };
  const keyed = (event: KeyboardEvent<HTMLDivElement>): void => {
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
    const action = playerAction({ key, shift: shiftKey, modified: ctrlKey || altKey || metaKey, on: "slider" });
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    act(hearing, action, facts.durationMs);
  };
  return (
    <div
      ref={box}
      className="lane-track position"
      role="slider"
      tabIndex={0}
      aria-label="Position in the recording"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.round(facts.durationMs / 1000)}
      aria-valuenow={second}
      aria-valuetext={positionWords(second * 1000, facts)}
      data-testid="position"
      onKeyDown={keyed}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event);
      }}
    >
      {children}
    </div>
  );
}
