import type { ReactNode } from "react";
import { ChecklistPane } from "./ChecklistPane";
import { KnowledgePane } from "./KnowledgePane";
import { NotesPane } from "./NotesPane";
import { Pane, PaneTabs, type PaneName, type Tab } from "./Panes";
import { Talk } from "./Talk";
import type { AgentDesk } from "./useAgentCall";

interface Props {
  readonly desk: AgentDesk;
  /** There is room for all panes beside each other. */
  readonly wide: boolean;
}

/** Talk, checklist, knowledge, and the notes once the call is over: beside each other, or one behind a tab each. */
export function AgentPanes({ desk, wide }: Props): ReactNode {
  const { state, ended, place, lines, knowledge, notes, copies, keys } = desk;
  const { summary, view, loaded, problem } = state;
  const { guidance } = view;
  const shown = (name: PaneName): { shown: boolean; tabbed: boolean } => ({
    shown: wide || place.pane === name,
    tabbed: !wide,
  });
  return (
    <>
      {!wide && <PaneTabs pane={place.pane} onPane={place.setPane} panes={tabsOf(desk)} />}
      <div className="agent-body">
        {ended && (
          <Pane name="notes" title="Notes" {...shown("notes")}>
            <NotesPane editing={notes} suggested={guidance.disposition} copy={copies.notes} />
          </Pane>
        )}
        <Pane name="talk" title="Talk" {...shown("talk")}>
          <Talk
            view={view}
            originMs={summary?.startedAtMs ?? null}
            loaded={loaded}
            problem={problem}
            spot={place.spot}
            onMask={desk.mask}
          />
        </Pane>
        <Pane name="checklist" title="Checklist" {...shown("checklist")}>
          <ChecklistPane list={guidance.checklist} lines={lines} ended={ended} onTick={desk.tick} onSpot={place.goTo} />
        </Pane>
        <Pane name="knowledge" title="Knowledge" {...shown("knowledge")}>
          <KnowledgePane
            knowledge={knowledge}
            keys={keys.single}
            copy={copies.passage}
            searchField={desk.searchField}
          />
        </Pane>
      </div>
    </>
  );
}

function tabsOf({ ended, lines, knowledge, place }: AgentDesk): Tab[] {
  const fresh = knowledge.passage !== null && place.pane !== "knowledge";
  return [
    ...(ended ? [{ name: "notes" as const, label: "Notes" }] : []),
    { name: "talk", label: "Talk" },
    { name: "checklist", label: lines.of > 0 ? `Checklist ${lines.done}/${lines.of}` : "Checklist" },
    { name: "knowledge", label: "Knowledge", mark: fresh },
  ];
}
