import { memo, useLayoutEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from "react";
import type { RecordingFacts } from "../generated/rest";
import { BAR_PX, bars, beepsOf, gapsOf, loudestOf, peaksOf, SIDES, SIDE_WORDS, type Side } from "./scene";

/** Of one side's waveform, in CSS pixels. */
const HEIGHT_PX = 36;

interface Props {
  readonly facts: RecordingFacts;
  readonly spanMs: number;
}

/** Both sides' loudness on the call's axis, with what was beeped and what was not recorded. */
export const Waves = memo(function Waves({ facts, spanMs }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(box);
  const gaps = useMemo(() => gapsOf(facts, spanMs), [facts, spanMs]);
  return (
    <div className="waves" ref={box}>
      {SIDES.map((side) => (
        <Wave key={side} side={side} facts={facts} spanMs={spanMs} widthPx={widthPx} />
      ))}
      {gaps.map(({ key, start, size, words }) => (
        <span
          key={key}
          className="gap"
          data-testid="gap"
          title={words}
          style={{ insetInlineStart: `${start}%`, inlineSize: `${size}%` }}
        />
      ))}
    </div>
  );
});

function Wave({ side, facts, spanMs, widthPx }: Props & { side: Side; widthPx: number }): ReactNode {
  const { waveform } = facts;
  const path = useMemo(
    () => pathOf(bars(peaksOf(waveform, side), waveform?.stepMs ?? 100, spanMs, widthPx, loudestOf(waveform))),
    [waveform, side, spanMs, widthPx],
  );
  const beeps = useMemo(() => beepsOf(facts, side, spanMs), [facts, side, spanMs]);
  const drawn = (
    <svg viewBox={`0 0 ${Math.max(widthPx, 1)} ${HEIGHT_PX}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} />
    </svg>
  );
  return (
    <div className={`wave ${side}`} data-side={side} title={SIDE_WORDS[side]}>
      <div className="unplayed">{drawn}</div>
      <div className="played">{drawn}</div>
      {beeps.map(({ key, start, size, words }) => (
        <span
          key={key}
          className="beep"
          data-testid="beep"
          data-side={side}
          title={words}
          style={{ insetInlineStart: `${start}%`, inlineSize: `${size}%` }}
        />
      ))}
    </div>
  );
}

/** Upright lines around the middle; silence is a dot. */
function pathOf(heights: readonly number[]): string {
  const middle = HEIGHT_PX / 2;
  const most = middle - 2;
  return heights
    .map((height, bar) => {
      const reach = Math.max(0.01, height * most);
      return `M${(bar + 0.5) * BAR_PX} ${(middle - reach).toFixed(2)}v${(2 * reach).toFixed(2)}`;
    })
    .join("");
}

function useWidth(box: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = (): void => setWidth(Math.round(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return widthPx;
}
