import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";

/** Closer to the end than this is being there: browsers round what was scrolled to. */
const NEAR_PX = 4;

export interface Following {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLOListElement | null>;
  readonly following: boolean;
  readonly stop: () => void;
  readonly jump: () => void;
}

/**
 * Keeps a scroller at its end while that is wanted. Scrolling up stops it; coming back to the end, or `jump`, starts
 * it again. `wanted` false (a call that has ended) begins at the top.
 */
export function useFollow(wanted: boolean, changes: unknown): Following {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLOListElement>(null);
  const [following, setFollowing] = useState(true);
  const lastTop = useRef(0);

  const toEnd = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    box.scrollTop = box.scrollHeight;
    lastTop.current = box.scrollTop;
  }, []);

  const jump = useCallback(() => {
    setFollowing(true);
    toEnd();
  }, [toEnd]);

  const stop = useCallback(() => {
    const box = scroller.current;
    // Nothing to follow while everything fits.
    if (box && box.scrollHeight > box.clientHeight) setFollowing(false);
  }, []);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const scrolled = (): void => {
      const fromEnd = box.scrollHeight - box.clientHeight - box.scrollTop;
      const by = box.scrollTop - lastTop.current;
      lastTop.current = box.scrollTop;
      // What shrinks at the end moves the end itself; only a person moves away from it.
      if (by < -1 && fromEnd >= NEAR_PX) setFollowing(false);
      else if (by > 0 && fromEnd < NEAR_PX) setFollowing(true);
    };
    const wheeled = (event: WheelEvent): void => {
      if (event.deltaY < 0) stop();
    };
    box.addEventListener("scroll", scrolled, { passive: true });
    box.addEventListener("wheel", wheeled, { passive: true });
    return () => {
      box.removeEventListener("scroll", scrolled);
      box.removeEventListener("wheel", wheeled);
    };
  }, [stop]);

  useLayoutEffect(() => {
    if (wanted && following) toEnd();
  }, [wanted, following, changes, toEnd]);

  useEffect(() => {
    const list = content.current;
    if (!list || !wanted || !following) return undefined;
    const observer = new ResizeObserver(toEnd);
    observer.observe(list);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [wanted, following, toEnd]);

  return { scroller, content, following, stop, jump };
}
