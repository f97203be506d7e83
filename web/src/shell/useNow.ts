import { useEffect, useState } from "react";

/** Epoch milliseconds, anew every `everyMs` while `on`. */
export function useNow(everyMs: number, on = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!on) return undefined;
    const read = (): void => setNow(Date.now());
    // At once too: it may have stood still for a while.
    const first = window.setTimeout(read, 0);
    const timer = window.setInterval(read, everyMs);
    return () => {
      window.clearTimeout(first);
      window.clearInterval(timer);
    };
  }, [everyMs, on]);
  return now;
}
