import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { CallView } from "../call/view";
import type { Mute } from "./desk";
import { DeskStore, type DeskState, type DeskSurroundings } from "./deskStore";
import { keep, readKept, session } from "../shell/kept";

const KINDS: ReadonlySet<unknown> = new Set(["hint", "praise", "knowledge"]);

function mutesOf(value: unknown): readonly Mute[] | null {
  if (!Array.isArray(value)) return null;
  return value.filter((each: unknown): each is Mute => {
    if (typeof each !== "object" || each === null) return false;
    const mute = each as Record<string, unknown>;
    if (mute.of === "kind") return KINDS.has(mute.kind);
    return mute.of === "rule" && typeof mute.ruleId === "string" && typeof mute.text === "string";
  });
}

function surroundings(callId: string): DeskSurroundings {
  const key = `cueline.muted.${callId}`;
  return {
    nowMs: () => Date.now(),
    every: (ms, run) => {
      const timer = window.setInterval(run, ms);
      return () => window.clearInterval(timer);
    },
    loadMuted: () => readKept(session, key, mutesOf) ?? [],
    saveMuted: (muted) => void keep(session, key, muted.length > 0 ? muted : null),
  };
}

/** The desk of a call. Nothing is shown before the stored events have been read, nor after the call's end. */
export function useDesk(callId: string, view: CallView, loaded: boolean): { state: DeskState; desk: DeskStore } {
  const desk = useMemo(() => new DeskStore(surroundings(callId)), [callId]);
  const { cues } = view.guidance;
  const { heardMs, phase } = view;
  useEffect(() => desk.feed(cues, heardMs, loaded && phase !== "ended"), [desk, cues, heardMs, phase, loaded]);
  return { state: useSyncExternalStore(desk.subscribe, desk.snapshot), desk };
}
