/** The rows as they stand on the screen: filtered, in a calm order, with calls that are gone while they are held. Pure. */

import type { FloorRow } from "../generated/rest";
import type { Floor } from "./feed";
import { shows, type FloorView } from "./filters";
import { ranked, settled, waiting, type Hold } from "./order";

export interface Board {
  /** What the rows were filtered by. */
  readonly filter: string;
  readonly order: readonly string[];
  /** Of each id in `order`, as last told. */
  readonly rows: ReadonlyMap<string, FloorRow>;
  /** How many rows stand elsewhere than their rank says, because they are held. */
  readonly waiting: number;
}

export const EMPTY_BOARD: Board = { filter: "", order: [], rows: new Map(), waiting: 0 };

/** The board after anything has changed; the same one where nothing did. Another filter shows at once. */
export function arranged(board: Board, floor: Floor, view: FloorView, hold: Hold): Board {
  const filter = JSON.stringify([view.team, view.reason, view.sign]);
  const wanted = ranked([...floor.rows.values()].filter((row) => shows(view, row)));
  const order = filter === board.filter ? settled(board.order, wanted, hold) : wanted;
  const still = waiting(order, wanted);
  const told = (id: string): FloorRow | undefined => floor.rows.get(id) ?? board.rows.get(id);
  const same = order === board.order && still === board.waiting && order.every((id) => told(id) === board.rows.get(id));
  if (same && filter === board.filter) return board;
  const rows = new Map<string, FloorRow>();
  for (const id of order) {
    const row = told(id);
    if (row) rows.set(id, row);
  }
  return { filter, order, rows, waiting: still };
}
