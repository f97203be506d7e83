import { useCallback, useMemo, useState } from "react";
import { useApi } from "../api/context";
import type { ChecklistState } from "../generated/rest";
import type { Acts } from "./useActs";

interface Ticks {
  /** Ticked by hand and not confirmed by the call's events yet. */
  readonly ticking: ReadonlySet<string>;
  readonly tick: (itemId: string) => void;
}

/** Ticks by hand: shown at once, taken back where the server does not take them. */
export function useTicks(callId: string, by: string, list: ChecklistState | null, act: Acts["act"]): Ticks {
  const api = useApi();
  const [pressed, setPressed] = useState<ReadonlySet<string>>(new Set());
  const tick = useCallback(
    (itemId: string) => {
      setPressed((before) => new Set(before).add(itemId));
      void act("The line was not ticked", () => api.tick(callId, itemId, by)).then((taken) => {
        if (taken) return;
        setPressed((before) => {
          const next = new Set(before);
          next.delete(itemId);
          return next;
        });
      });
    },
    [api, act, callId, by],
  );
  const ticking = useMemo(() => {
    const done = new Set(list?.items.filter((item) => item.state === "done").map((item) => item.itemId));
    return new Set([...pressed].filter((itemId) => !done.has(itemId)));
  }, [pressed, list]);
  return { ticking, tick };
}
