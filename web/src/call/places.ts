/** Where each drawn piece of a text begins, in code points of the text as the server has it. Pure. */

import type { Mask } from "../generated/events";
import type { TimedSegment } from "../player/speech";

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** The places of drawn pieces, in their order: words by their length, masks and holds as long as they are written. */
export function placesOf(parts: readonly TimedSegment[], masks: readonly Mask[]): Place[] {
  const written = [...masks].sort((a, b) => a.start - b.start);
  let at = 0;
  let next = 0;
  return parts.map((part) => {
    const from = at;
    if (part.kind === "text") at += Array.from(part.text).length;
    else {
      const mask = written[next];
      next += 1;
      at = mask ? mask.end : at;
    }
    return { from, to: at };
  });
}
