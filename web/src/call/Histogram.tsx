import type { ReactNode } from "react";
import { seconds } from "../format/time";
import type { Bin } from "./stages";

interface Props {
  readonly bins: readonly Bin[];
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

const WIDTH = 280;
const HEIGHT = 64;
const GAP = 2;

/** How many utterances were delivered within which time. */
export function Histogram({ bins, p50Ms, p95Ms }: Props): ReactNode {
  const top = Math.max(1, ...bins.map((bin) => bin.count));
  const endMs = bins.at(-1)?.toMs ?? 1;
  const each = WIDTH / Math.max(1, bins.length);
  const x = (ms: number): number => (ms / endMs) * WIDTH;
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  return (
    <figure className="histogram" data-testid="histogram">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 16}`}
        role="img"
        aria-label={`Delivery times of ${total} utterances, 0 to ${seconds(endMs)}`}
      >
        {bins.map((bin, index) => {
          const height = bin.count === 0 ? 0 : Math.max(2, (bin.count / top) * HEIGHT);
          return (
            <rect
              key={bin.fromMs}
              className="bin"
              x={index * each + GAP / 2}
              y={HEIGHT - height}
              width={each - GAP}
              height={height}
              rx={1.5}
            >
              <title>{`${seconds(bin.fromMs)} to ${seconds(bin.toMs)}: ${bin.count}`}</title>
            </rect>
          );
        })}
        <line className="axis" x1={0} x2={WIDTH} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
        {p50Ms !== null && <line className="p50" x1={x(p50Ms)} x2={x(p50Ms)} y1={0} y2={HEIGHT} />}
        {p95Ms !== null && <line className="p95" x1={x(p95Ms)} x2={x(p95Ms)} y1={0} y2={HEIGHT} />}
        <text x={0} y={HEIGHT + 13}>
          0
        </text>
        <text x={WIDTH} y={HEIGHT + 13} textAnchor="end">
          {seconds(endMs)}
        </text>
      </svg>
    </figure>
  );
}
