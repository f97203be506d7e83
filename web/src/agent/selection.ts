/** What a person has selected in the transcript, as places in one utterance's text. */

import { pointsBefore, type Span } from "./pieces";

export interface Selected {
  readonly utteranceId: string;
  readonly span: Span;
}

/** Null where nothing is selected, or more than one utterance, or one that is still being spoken. */
export function selectedIn(root: HTMLElement): Selected | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.commonAncestorContainer)) return null;
  const block = blockOf(range.startContainer);
  if (!block || blockOf(range.endContainer) !== block) return null;
  const utteranceId = block.dataset.utteranceId;
  if (utteranceId === undefined || block.dataset.state !== "final") return null;
  const parts = [...block.querySelectorAll<HTMLElement>("[data-from]")].filter((part) => range.intersectsNode(part));
  const first = parts[0];
  const last = parts.at(-1);
  if (!first || !last) return null;
  const start = place(first, range.startContainer, range.startOffset, 0);
  const end = place(last, range.endContainer, range.endOffset, last.textContent.length);
  return end > start ? { utteranceId, span: { start, end } } : null;
}

function blockOf(node: Node): HTMLElement | null {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  return element?.closest<HTMLElement>("[data-utterance-id]") ?? null;
}

/** The place of a boundary in a part; one that lies outside of it is that part's own edge. */
function place(part: HTMLElement, node: Node, offset: number, edge: number): number {
  const units = node.nodeType === Node.TEXT_NODE && part.contains(node) ? offset : edge;
  return Number(part.dataset.from) + pointsBefore(part.textContent, units);
}
