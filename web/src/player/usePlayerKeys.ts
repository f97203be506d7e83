import { useEffect } from "react";
import { act } from "./act";
import type { Hearing } from "./hearing";
import { playerAction, type Pressed } from "./keys";

/** Space and arrows wherever the focus is, but where these keys write, choose or press something themselves. */
export function usePlayerKeys(hearing: Hearing, durationMs: number): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const { key, shiftKey, ctrlKey, altKey, metaKey, target } = event;
      const action = playerAction({
        key,
        shift: shiftKey,
        modified: ctrlKey || altKey || metaKey,
        on: focusOf(target),
      });
      if (!action) return;
      event.preventDefault();
      act(hearing, action, durationMs);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [hearing, durationMs]);
}

const CONTROLS =
  "a, button, input, textarea, select, summary, [role=listbox], [role=menu], [role=dialog], [role=radiogroup], " +
  "[role=toolbar], [role=tablist], [role=slider], [role=grid], table";

function focusOf(target: EventTarget | null): Pressed["on"] {
  if (!(target instanceof HTMLElement)) return "page";
  return target.isContentEditable || target.closest(CONTROLS) ? "control" : "page";
}
