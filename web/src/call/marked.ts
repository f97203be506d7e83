/** What a person has marked in the transcript of a call: words, or a mask. */

import { selectedIn, type Selected } from "../agent/selection";

export type Marked =
  | ({ readonly kind: "words" } & Selected)
  | { readonly kind: "mask"; readonly utteranceId: string; readonly start: number; readonly end: number };

/** Null where nothing is marked, or more than one utterance. */
export function markedIn(root: HTMLElement): Marked | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const mask = maskOf(range.startContainer);
  if (mask && mask === maskOf(range.endContainer) && root.contains(mask)) {
    const utteranceId = mask.closest<HTMLElement>("[data-utterance-id]")?.dataset.utteranceId;
    const { maskFrom, maskTo } = mask.dataset;
    if (utteranceId === undefined || maskFrom === undefined || maskTo === undefined) return null;
    return { kind: "mask", utteranceId, start: Number(maskFrom), end: Number(maskTo) };
  }
  const words = selectedIn(root);
  return words && { kind: "words", ...words };
}

function maskOf(node: Node): HTMLElement | null {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  return element?.closest<HTMLElement>("[data-mask-from]") ?? null;
}
