import type { InputProps } from "@cloudscape-design/components/input";
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { useApi } from "../api/context";
import { StatusLine } from "../call/StatusLine";
import { NoCall } from "../call/NoCall";
import { useSession } from "../call/useSession";
import type { CallView } from "../call/view";
import { callName } from "../calls/words";
import { useWide } from "../shell/useWide";
import { AgentHeader } from "./AgentHeader";
import { linesOf, nowLine } from "./checklist";
import { ChecklistPane } from "./ChecklistPane";
import { CueCard } from "./CueCard";
import type { Cue } from "./desk";
import type { Action } from "./keys";
import { copyText } from "./knowledge";
import { KnowledgePane } from "./KnowledgePane";
import { copyAll } from "./notes";
import { NotesPane } from "./NotesPane";
import { Pane, PaneTabs, type PaneName } from "./Panes";
import type { Span } from "./pieces";
import type { Spot } from "./quote";
import { Talk } from "./Talk";
import { TroubleLine } from "./TroubleLine";
import { useActs } from "./useActs";
import { useCopied } from "./useCopied";
import { useDesk } from "./useDesk";
import { useKeys } from "./useKeys";
import { useKnowledge } from "./useKnowledge";
import { useNotes } from "./useNotes";
import { useTicks } from "./useTicks";
import { Whispers } from "./Whispers";
import "./agent.css";

/** Below this width one pane is shown at a time. */
const TABS_BELOW_PX = 760;

interface Props {
  readonly callId: string;
  /** Who works here; null: whoever took the call. */
  readonly agent: string | null;
  readonly onEnded?: () => void;
  /** Whether its notes have edits that are not saved. */
  readonly onUnsaved?: (unsaved: boolean) => void;
  /** Something above all else, such as the next call. */
  readonly offer?: ReactNode;
}

/** One call as its agent works with it. */
export function AgentCall({ callId, agent, onEnded, onUnsaved, offer }: Props): ReactNode {
  const { state, retryNow, readNow } = useSession(callId);
  const { summary, view, connection, problem, loaded } = state;
  const api = useApi();
  const { guidance, utterances } = view;
  const phase = view.phase ?? summary?.phase ?? null;
  const ended = phase === "ended";
  const by = agent ?? view.agentId ?? summary?.agentId ?? "agent";
  const wide = useWide(TABS_BELOW_PX);

  const acts = useActs();
  const { act } = acts;
  const { state: onDesk, desk } = useDesk(callId, view, loaded);
  const { ticking, tick } = useTicks(callId, by, guidance.checklist, act);
  const knowledge = useKnowledge(guidance.cues);
  const notes = useNotes(callId, summary?.profile ?? null, ended && loaded, guidance.notesVersion ?? 0, by);
  const passageCopy = useCopied();
  const notesCopy = useCopied();
  const searchField = useRef<InputProps.Ref>(null);
  const { pane, setPane } = usePane(ended);
  const [spot, setSpot] = useState<Spot | null>(null);

  useEffect(() => {
    if (ended) onEnded?.();
  }, [ended, onEnded]);
  const unsaved = notes.edited;
  useEffect(() => {
    onUnsaved?.(unsaved);
    return () => onUnsaved?.(false);
  }, [unsaved, onUnsaved]);
  const name = summary ? callName(summary) : "Call";
  useEffect(() => {
    document.title = `${name} · Cueline`;
  }, [name]);

  const answer = (cue: Cue | null, given: "used" | "dismissed"): boolean => {
    if (!cue) return false;
    desk.answer(cue);
    void act(`That the cue was ${given} was not saved`, () => api.answerCue(callId, cue.cueId, given, by));
    if (given === "used" && cue.cueKind === "knowledge") setPane("knowledge");
    return true;
  };
  const mute = (cue: Cue | null): boolean => {
    if (!cue) return false;
    desk.mute(cue);
    void act("That the cue was dismissed was not saved", () => api.answerCue(callId, cue.cueId, "dismissed", by));
    return true;
  };
  const goTo = useCallback(
    (place: Spot) => {
      setPane("talk");
      setSpot({ ...place });
    },
    [setPane],
  );
  const mask = (utteranceId: string, span: Span): Promise<boolean> =>
    act("The words were not hidden", async () => {
      await api.mask(callId, utteranceId, span, by);
      // Nobody tells the page of what changes in a call that was over when it was opened.
      if (ended) await readNow();
    });
  const copyPassage = (): boolean => {
    const { passage } = knowledge;
    if (!passage) return false;
    void act("The passage was not copied", () => passageCopy.copy(copyText(passage)));
    return true;
  };
  const copyNotes = (): boolean => {
    const { ready } = notes;
    if (!ready) return false;
    void act("The notes were not copied", () => notesCopy.copy(copyAll(ready.shape, ready.draft.values)));
    return true;
  };
  const search = (): boolean => {
    setPane("knowledge");
    // The field can take the focus once its pane is shown.
    window.setTimeout(() => searchField.current?.focus(), 0);
    return true;
  };
  const saveNotes = (): boolean => {
    if (!notes.ready) return false;
    notes.save();
    return true;
  };
  const keys = useKeys((action: Action): boolean => {
    switch (action) {
      case "used":
      case "dismissed":
        return answer(desk.answerable(), action);
      case "mute":
        return mute(desk.answerable());
      case "copyPassage":
        return copyPassage();
      case "search":
        return search();
      case "copyNotes":
        return copyNotes();
      case "saveNotes":
        return saveNotes();
    }
  });

  if (problem && !summary && problem.status !== 0) return <NoCall problem={problem} />;
  const lines = linesOf(guidance.checklist, onDesk.mediaMs, !ended, ticking);
  const now = nowLine(lines);
  return (
    <main className={ended ? "desk over" : "desk"} data-testid="agent-call" data-phase={phase}>
      <AgentHeader
        name={name}
        summary={summary}
        view={view}
        phase={phase}
        handUp={guidance.handRaisedMs !== null}
        keys={keys}
        onHand={(up) =>
          act(up ? "Your hand was not raised" : "Your hand was not lowered", () => api.raiseHand(callId, up, by))
        }
      />
      <div className="agent-top">
        {offer}
        <Whispers callId={callId} whispers={guidance.whispers} />
        <TroubleLine acts={acts} />
        {!ended && (
          <CueCard
            state={onDesk}
            idle={idleWords(view, loaded)}
            utterances={utterances}
            keys={keys.single}
            onUsed={() => answer(onDesk.cue, "used")}
            onDismissed={() => answer(onDesk.cue, "dismissed")}
            onMute={() => mute(onDesk.cue)}
            onUnmute={(one) => desk.unmute(one)}
            onSpot={goTo}
          />
        )}
        {!wide && now && pane !== "checklist" && (
          <p className="now-line" data-testid="now-line">
            <strong>Now:</strong> {now.item.label}
            <span className="soft num">
              {lines.done} of {lines.of}
            </span>
          </p>
        )}
      </div>
      {!wide && (
        <PaneTabs
          pane={pane}
          onPane={setPane}
          panes={[
            ...(ended ? [{ name: "notes" as const, label: "Notes" }] : []),
            { name: "talk", label: "Talk" },
            { name: "checklist", label: lines.of > 0 ? `Checklist ${lines.done}/${lines.of}` : "Checklist" },
            { name: "knowledge", label: "Knowledge", mark: knowledge.passage !== null && pane !== "knowledge" },
          ]}
        />
      )}
      <div className="agent-body">
        {ended && (
          <Pane name="notes" title="Notes" shown={wide || pane === "notes"} tabbed={!wide}>
            <NotesPane
              editing={notes}
              suggested={guidance.disposition}
              copied={notesCopy.copied}
              onCopy={() => void copyNotes()}
            />
          </Pane>
        )}
        <Pane name="talk" title="Talk" shown={wide || pane === "talk"} tabbed={!wide}>
          <Talk
            view={view}
            originMs={summary?.startedAtMs ?? null}
            loaded={loaded}
            problem={problem}
            spot={spot}
            onMask={mask}
          />
        </Pane>
        <Pane name="checklist" title="Checklist" shown={wide || pane === "checklist"} tabbed={!wide}>
          <ChecklistPane list={guidance.checklist} lines={lines} ended={ended} onTick={tick} onSpot={goTo} />
        </Pane>
        <Pane name="knowledge" title="Knowledge" shown={wide || pane === "knowledge"} tabbed={!wide}>
          <KnowledgePane
            knowledge={knowledge}
            keys={keys.single}
            copied={passageCopy.copied}
            searchField={searchField}
            onCopy={() => void copyPassage()}
          />
        </Pane>
      </div>
      <StatusLine view={view} connection={connection} onRetry={retryNow} />
    </main>
  );
}

/** The pane shown where there is room for one: the talk, and the notes once the call is over. */
function usePane(ended: boolean): { pane: PaneName; setPane: (pane: PaneName) => void } {
  const [chosen, setChosen] = useState<{ readonly pane: PaneName; readonly ended: boolean }>({ pane: "talk", ended });
  const pane = chosen.ended === ended ? chosen.pane : ended ? "notes" : "talk";
  const setPane = useCallback((next: PaneName) => setChosen({ pane: next, ended }), [ended]);
  return { pane, setPane };
}

function idleWords(view: CallView, loaded: boolean): string {
  if (!loaded) return "Loading the call";
  switch (view.phase) {
    case "connected":
      return "Nothing to do now. What helps comes here.";
    case "held":
      return "The customer is on hold.";
    default:
      return "The call has not reached an agent yet.";
  }
}
