import type { InputProps } from "@cloudscape-design/components/input";
import { useEffect, useRef, type RefObject } from "react";
import { useApi } from "../api/context";
import { useSession } from "../call/useSession";
import type { SessionState } from "../call/session";
import type { Phase } from "../call/view";
import { callName } from "../calls/words";
import { linesOf, type Lines } from "./checklist";
import type { Span } from "./pieces";
import { useActs, type Acts } from "./useActs";
import { useAgentKeys } from "./useAgentKeys";
import { useCopies, type Copy } from "./useCopies";
import { useCues, type Cues } from "./useCues";
import type { Keys } from "./useKeys";
import { useKnowledge, type Knowledge } from "./useKnowledge";
import { useNotes, type Editing } from "./useNotes";
import { usePane, type Place } from "./usePane";
import { useTicks } from "./useTicks";

/** One call, and all that its agent does with it. */
export interface AgentDesk {
  readonly callId: string;
  readonly name: string;
  readonly state: SessionState;
  readonly retryNow: () => void;
  readonly phase: Phase | null;
  readonly ended: boolean;
  readonly acts: Acts;
  readonly place: Place;
  readonly cues: Cues;
  readonly lines: Lines;
  readonly tick: (itemId: string) => void;
  readonly knowledge: Knowledge;
  readonly searchField: RefObject<InputProps.Ref | null>;
  readonly notes: Editing;
  readonly copies: { readonly passage: Copy; readonly notes: Copy };
  readonly keys: Keys;
  readonly raiseHand: (up: boolean) => Promise<boolean>;
  readonly pauseRecording: (paused: boolean) => Promise<boolean>;
  readonly mask: (utteranceId: string, span: Span) => Promise<boolean>;
}

/** `agent`: who works here; null: whoever took the call. */
export function useAgentCall(callId: string, agent: string | null): AgentDesk {
  const { state, retryNow, readNow } = useSession(callId);
  const { summary, view, loaded } = state;
  const api = useApi();
  const { guidance } = view;
  const phase = view.phase ?? summary?.phase ?? null;
  const ended = phase === "ended";
  const by = agent ?? view.agentId ?? summary?.agentId ?? "agent";

  const acts = useActs();
  const { act } = acts;
  const place = usePane(ended);
  const cues = useCues({ callId, by, view, loaded, act, onPassage: () => place.setPane("knowledge") });
  const { ticking, tick } = useTicks(callId, by, guidance.checklist, act);
  const knowledge = useKnowledge(guidance.cues);
  const notes = useNotes(callId, summary?.profile ?? null, ended && loaded, guidance.notesVersion ?? 0, by);
  const copies = useCopies(knowledge, notes, act);
  const searchField = useRef<InputProps.Ref>(null);
  const search = (): void => {
    place.setPane("knowledge");
    // The field can take the focus once its pane is shown.
    window.setTimeout(() => searchField.current?.focus(), 0);
  };
  const keys = useAgentKeys({ cues, notes, copies, search });
  const raiseHand = (up: boolean): Promise<boolean> =>
    act(up ? "Your hand was not raised" : "Your hand was not lowered", () => api.raiseHand(callId, up, by));
  const pauseRecording = (paused: boolean): Promise<boolean> =>
    act(paused ? "Recording was not paused: it goes on" : "Recording was not resumed: it stays paused", () =>
      api.pauseRecording(callId, paused, by),
    );
  const mask = (utteranceId: string, span: Span): Promise<boolean> =>
    act("The words were not hidden", async () => {
      await api.mask(callId, utteranceId, span, by);
      // Nobody tells the page of what changes in a call that was over when it was opened.
      if (ended) await readNow();
    });
  const name = summary ? callName(summary) : "Call";
  const lines = linesOf(guidance.checklist, cues.state.mediaMs, !ended, ticking);
  return {
    ...{ callId, name, state, retryNow, phase, ended, acts, place, cues, lines, tick },
    ...{ knowledge, searchField, notes, copies, keys, raiseHand, pauseRecording, mask },
  };
}

interface Told {
  readonly onEnded: (() => void) | undefined;
  readonly onUnsaved: ((unsaved: boolean) => void) | undefined;
}

/** Tells the page around it, and the browser's title, how the call stands. */
export function useTold({ name, ended, notes }: AgentDesk, { onEnded, onUnsaved }: Told): void {
  useEffect(() => {
    if (ended) onEnded?.();
  }, [ended, onEnded]);
  const unsaved = notes.edited;
  useEffect(() => {
    onUnsaved?.(unsaved);
    return () => onUnsaved?.(false);
  }, [unsaved, onUnsaved]);
  useEffect(() => {
    document.title = `${name} · Cueline`;
  }, [name]);
}
