/** Which of many rows are worth drawing. Pure. */

/** Half-open. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Rows drawn beyond each edge, so that scrolling does not show a blank. */
export const OVERSCAN = 6;

/** Pixels in, row numbers out. All rows are equally high. */
export function visible(scrollTop: number, height: number, rowHeight: number, count: number): Range {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const from = Math.min(count, Math.max(0, first - OVERSCAN));
  const to = Math.min(count, first + Math.ceil(height / rowHeight) + 1 + OVERSCAN);
  return { from, to: Math.max(from, to) };
}

/** The scroll offset that brings a row into view, moving as little as may be. */
export function revealing(index: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
