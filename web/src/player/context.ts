import { createContext, useContext, useSyncExternalStore } from "react";
import type { Hearing, HearingState } from "./hearing";

/** The recording that can be heard on this page; null where there is none. */
export const HearingContext = createContext<Hearing | null>(null);

export function useHearing(): Hearing | null {
  return useContext(HearingContext);
}

export function useHearingState(hearing: Hearing): HearingState {
  return useSyncExternalStore(hearing.subscribe, hearing.snapshot);
}
