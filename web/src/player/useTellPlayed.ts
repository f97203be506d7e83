import { useEffect } from "react";
import { useApi } from "../api/context";
import type { Hearing } from "./hearing";

/** Has what is heard noted in the call's log, the last of it as the page goes. */
export function useTellPlayed(hearing: Hearing, callId: string, by: string): void {
  const api = useApi();
  useEffect(() => {
    hearing.tellsPlayed((startedMs, endedMs) => {
      // That it was sent is in the log whatever becomes of this.
      api.tellPlayed(callId, by, startedMs, endedMs).catch(() => undefined);
    });
    const going = (): void => hearing.settle();
    window.addEventListener("pagehide", going);
    return () => {
      window.removeEventListener("pagehide", going);
      going();
    };
  }, [api, hearing, callId, by]);
}
