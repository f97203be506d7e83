import { useCallback, useEffect, useRef, useState } from "react";
import { keep, local, readKept } from "../shell/kept";
import { actionOf, type Action } from "./keys";

const KEY = "cueline.single-keys";

export interface Keys {
  /** Whether keys without Ctrl work. */
  readonly single: boolean;
  readonly setSingle: (on: boolean) => void;
  /** Whether the keys are shown. */
  readonly help: boolean;
  readonly setHelp: (shown: boolean) => void;
}

/** Calls `run` for keys of the screen wherever the focus is; false from it leaves the key to the browser. */
export function useKeys(run: (action: Exclude<Action, "help">) => boolean): Keys {
  const [help, setHelp] = useState(false);
  const [single, setOn] = useState(() => readKept(local, KEY, (value) => (value === false ? false : null)) ?? true);
  const newest = useRef(run);
  useEffect(() => {
    newest.current = run;
  }, [run]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const action = actionOf(
        {
          key: event.key,
          ctrl: event.ctrlKey || event.metaKey,
          shift: event.shiftKey,
          alt: event.altKey,
          repeat: event.repeat,
          typing: isTyping(event.target),
        },
        single,
      );
      if (!action || event.defaultPrevented) return;
      if (action === "help") setHelp(true);
      else if (!newest.current(action)) return;
      event.preventDefault();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [single]);
  const setSingle = useCallback((on: boolean) => {
    setOn(on);
    keep(local, KEY, on ? null : false);
  }, []);
  return { single, setSingle, help, setHelp };
}

/** In fields letters are written, in lists and menus they choose. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const places =
    "input:not([type=checkbox]), textarea, select, [role=listbox], [role=menu], [role=dialog], [role=combobox]";
  return (
    target.isContentEditable || target.closest(places) !== null || target.getAttribute("aria-haspopup") === "listbox"
  );
}
