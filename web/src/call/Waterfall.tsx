import { useEffect, useRef, type ReactNode } from "react";
import { latency } from "../format/time";
import { bars, type Bar } from "./stages";
import type { Stages } from "./view";

/** Where the time of one utterance went: a bar per stage, from the stage before it. Not measured means blank. */
export function Waterfall({ stages }: { stages: Stages | undefined }): ReactNode {
  const rows = bars(stages ?? {});
  const topMs = Math.max(1, ...rows.map((bar) => bar.atMs ?? 0));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Braces: what scrollIntoView gives back is no clean-up, and newer browsers give a promise.
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const any = rows.some((bar) => bar.atMs !== null);
  return (
    <div className="waterfall" ref={box} data-testid="waterfall">
      <table>
        <caption>
          {any ? "Since the audio with the last word arrived" : "No stage of this utterance was measured."}
        </caption>
        {any && (
          <tbody>
            {rows.map((bar) => (
              <Stage key={bar.name} bar={bar} topMs={topMs} />
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

function Stage({ bar, topMs }: { bar: Bar; topMs: number }): ReactNode {
  const { name, label, fromMs, atMs, tookMs } = bar;
  const blank = fromMs === null || atMs === null || tookMs === null;
  const share = (ms: number): string => `${Math.max(0, (ms / topMs) * 100).toFixed(2)}%`;
  return (
    <tr data-stage={name} data-measured={!blank}>
      <th scope="row">{label}</th>
      <td className="track" aria-hidden="true">
        {!blank && (
          <span className={`bar ${name}`} style={{ insetInlineStart: share(fromMs), inlineSize: share(tookMs) }} />
        )}
      </td>
      <td className="num took">
        {blank ? (
          <span className="visually-hidden">not measured</span>
        ) : tookMs < 0.5 ? (
          latency(tookMs)
        ) : (
          `+${latency(tookMs)}`
        )}
      </td>
      <td className="num at">{blank ? "" : latency(atMs)}</td>
    </tr>
  );
}
