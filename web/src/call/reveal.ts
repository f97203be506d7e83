const FLASH_MS = 1600;

/** Brings an utterance of the transcript into view, focuses it and marks it for a moment. False where it is not there. */
export function reveal(utteranceId: string): boolean {
  const block = document.querySelector<HTMLElement>(`[data-utterance-id="${CSS.escape(utteranceId)}"]`);
  if (!block) return false;
  block.scrollIntoView({ block: "center" });
  const bubble = block.querySelector<HTMLElement>("[data-stop]") ?? block;
  bubble.focus({ preventScroll: true });
  bubble.animate([{ outline: "2px solid var(--focus)" }, { outline: "2px solid transparent" }], {
    duration: FLASH_MS,
    easing: "ease-in",
  });
  return true;
}
