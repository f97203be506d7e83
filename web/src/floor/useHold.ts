import { useCallback, useEffect, useMemo, useRef, useState, type FocusEvent, type PointerEvent } from "react";
import { FREE, type Hold } from "./order";

/** A pointer that has not moved for this long rests. */
const RESTS_MS = 1500;

export interface Holding {
  readonly hold: Hold;
  readonly handlers: {
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
  };
}

const rowAt = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest<HTMLElement>("[data-row-id]")?.dataset.rowId ?? null) : null;

/** Which rows are held where they are: by a pointer on its way, by one that rests, by the keyboard's focus. */
export function useHold(): Holding {
  const [moving, setMoving] = useState(false);
  const [pointed, setPointed] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const onPointerMove = useCallback((event: PointerEvent<HTMLElement>) => {
    // Where a finger was lifted, nothing rests.
    if (event.pointerType === "touch") return;
    setMoving(true);
    setPointed(rowAt(event.target));
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setMoving(false), RESTS_MS);
  }, []);
  const onPointerLeave = useCallback(() => {
    window.clearTimeout(timer.current);
    setMoving(false);
    setPointed(null);
  }, []);
  const onFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    if (event.target.matches(":focus-visible")) setFocused(rowAt(event.target));
  }, []);
  const onBlur = useCallback((event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setFocused(null);
  }, []);

  const hold = useMemo(
    () => (moving || pointed !== null || focused !== null ? { still: moving, pinned: pointed ?? focused } : FREE),
    [moving, pointed, focused],
  );
  const handlers = useMemo(
    () => ({ onPointerMove, onPointerLeave, onFocus, onBlur }),
    [onPointerMove, onPointerLeave, onFocus, onBlur],
  );
  return { hold, handlers };
}
