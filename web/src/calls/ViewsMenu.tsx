import ButtonDropdown, { type ButtonDropdownProps } from "@cloudscape-design/components/button-dropdown";
import { useState, type ReactNode } from "react";
import { isFiltered, queryOf, type CallFilter } from "./filters";
import { KeepViews } from "./KeepViews";
import { SaveView } from "./SaveView";
import { useViews } from "./useViews";
import { filterOfView, shownView } from "./views";

interface Props {
  readonly filter: CallFilter;
  readonly onChoose: (filter: CallFilter) => void;
}

const VIEW = "view ";

/** Filters under names of one's own: chosen, saved, removed. */
export function ViewsMenu({ filter, onChoose }: Props): ReactNode {
  const views = useViews();
  const [open, setOpen] = useState<"save" | "keep" | null>(null);
  const known = views.views ?? [];
  const shown = shownView(known, filter);
  const chosen = (id: string): void => {
    const view = known.find((one) => VIEW + one.name === id);
    if (view) onChoose(filterOfView(view.filters));
    else if (id === "again") views.readAgain();
    else setOpen(id === "save" ? "save" : "keep");
  };
  return (
    <>
      <ButtonDropdown
        items={itemsOf(views, shown?.name ?? null, filter)}
        onItemClick={({ detail }) => chosen(detail.id)}
        expandToViewport
      >
        {shown ? shown.name : "Views"}
      </ButtonDropdown>
      {open === "save" && <SaveView filter={filter} views={known} onSave={views.save} onDone={() => setOpen(null)} />}
      {open === "keep" && <KeepViews views={known} onRemove={views.remove} onDone={() => setOpen(null)} />}
    </>
  );
}

function itemsOf(
  { views, problem }: ReturnType<typeof useViews>,
  shown: string | null,
  filter: CallFilter,
): ButtonDropdownProps.Items {
  const known = (views ?? []).map((view): ButtonDropdownProps.CheckboxItem => ({
    id: VIEW + view.name,
    text: view.name,
    itemType: "checkbox",
    checked: view.name === shown,
    disabled: queryOf(filterOfView(view.filters)) === "",
  }));
  const state: ButtonDropdownProps.Item[] =
    problem !== null
      ? [{ id: "again", text: "Your views could not be read: try again", iconName: "refresh" }]
      : views === null
        ? [{ id: "none", text: "Reading your views", disabled: true }]
        : [];
  const unsaved = isFiltered(filter) && shown === null;
  return [
    ...(known.length > 0 || state.length > 0 ? [{ text: "Your views", items: [...known, ...state] }] : []),
    {
      id: "save",
      text: "Save these filters",
      iconName: "add-plus",
      disabled: !unsaved,
      disabledReason: shown ? `They are saved as ${shown}` : "Filter the calls first",
    },
    ...(known.length > 0 ? [{ id: "keep", text: "Share or remove views", iconName: "edit" as const }] : []),
  ];
}
