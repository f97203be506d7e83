import { useState } from "react";
import { local, readKept } from "../shell/kept";
import { Hearing, RATES, type NextFrame } from "./hearing";

export const RATE_KEY = "cueline.playback-rate";

const nextFrame: NextFrame = (run) => {
  const frame = window.requestAnimationFrame(run);
  return () => window.cancelAnimationFrame(frame);
};

/** The player of a page, at the speed that was chosen last. */
export function useMakeHearing(): Hearing {
  const [hearing] = useState(() => new Hearing(nextFrame, readKept(local, RATE_KEY, keptRate) ?? 1));
  return hearing;
}

function keptRate(value: unknown): number | null {
  return RATES.find((rate) => rate === value) ?? null;
}
