import type { KeyboardEvent, ReactNode } from "react";
import "./panes.css";

export type PaneName = "notes" | "talk" | "checklist" | "knowledge";

export interface Tab {
  readonly name: PaneName;
  readonly label: string;
  /** Something came there that was not seen yet. */
  readonly mark?: boolean;
}

interface TabsProps {
  readonly panes: readonly Tab[];
  readonly pane: PaneName;
  readonly onPane: (pane: PaneName) => void;
}

/** Which pane is shown where there is room for one. Arrow keys go from tab to tab. */
export function PaneTabs({ panes, pane, onPane }: TabsProps): ReactNode {
  const moved = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = panes.findIndex(({ name }) => name === pane);
    const next = panes[(at + step + panes.length) % panes.length];
    if (!next) return;
    event.preventDefault();
    onPane(next.name);
    document.getElementById(tabId(next.name))?.focus();
  };
  return (
    <div className="pane-tabs" role="tablist" aria-label="What is shown" onKeyDown={moved}>
      {panes.map(({ name, label, mark }) => (
        <button
          key={name}
          id={tabId(name)}
          type="button"
          role="tab"
          aria-selected={name === pane}
          aria-controls={paneId(name)}
          tabIndex={name === pane ? 0 : -1}
          onClick={() => onPane(name)}
        >
          {label}
          {mark && <span className="pane-mark" role="img" aria-label="has something for you" />}
        </button>
      ))}
    </div>
  );
}

interface PaneProps {
  readonly name: PaneName;
  readonly title: string;
  readonly shown: boolean;
  /** It is shown by a tab, which names it. */
  readonly tabbed: boolean;
  readonly children: ReactNode;
}

/** A part of the screen. One that is not shown stays as it is: a search or an edit is not lost by looking elsewhere. */
export function Pane({ name, title, shown, tabbed, children }: PaneProps): ReactNode {
  return (
    <section
      id={paneId(name)}
      className={`pane pane-${name}`}
      hidden={!shown}
      {...(tabbed ? { role: "tabpanel", "aria-labelledby": tabId(name) } : { "aria-label": title })}
    >
      {!tabbed && name !== "talk" && <h2 className="pane-title">{title}</h2>}
      <div className="pane-body">{children}</div>
    </section>
  );
}

const tabId = (name: PaneName): string => `tab-${name}`;
const paneId = (name: PaneName): string => `pane-${name}`;
