/** The floor as the server tells it: all rows, then what changes. Pure. */

import type { FloorChanged, FloorRow, FloorSnapshot } from "../generated/rest";

export type FloorMessage = FloorSnapshot | FloorChanged;

export interface Floor {
  readonly rows: ReadonlyMap<string, FloorRow>;
  /** Of the last message that this connection brought; null before its first. */
  readonly revision: number | null;
}

export const EMPTY_FLOOR: Floor = { rows: new Map(), revision: null };

/** The floor after a batch of messages, in the order in which they came. A kind of a newer version is passed over. */
export function take(floor: Floor, messages: readonly FloorMessage[]): Floor {
  if (messages.length === 0) return floor;
  let rows = new Map(floor.rows);
  let { revision } = floor;
  for (const message of messages) {
    switch (message.kind) {
      case "FloorSnapshot":
        rows = new Map(message.rows.map((row) => [row.callId, row]));
        break;
      case "FloorChanged":
        // Changes mean something to the rows that they are changes of.
        if (revision === null) continue;
        for (const row of message.rows) rows.set(row.callId, row);
        for (const callId of message.gone) rows.delete(callId);
        break;
      default:
        continue;
    }
    revision = message.revision;
  }
  return { rows, revision };
}

/** A new connection begins with a snapshot; until it comes, the rows stand as they were. */
export function reconnecting(floor: Floor): Floor {
  return floor.revision === null ? floor : { ...floor, revision: null };
}
