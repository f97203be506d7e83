import type { KeyboardEvent } from "react";

/** Arrow keys go from block to block, End to the live end. */
export function moveFocus(event: KeyboardEvent<HTMLOListElement>, jump: () => void): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "End") {
    event.preventDefault();
    jump();
    return;
  }
  if (step === undefined) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-stop]")];
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = stops[at + step];
  if (at === -1 || !next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}
