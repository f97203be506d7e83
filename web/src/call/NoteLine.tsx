import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import { memo, type ReactNode } from "react";
import { TimeMark } from "./TimeMark";
import type { Note } from "./view";

const ICONS: Readonly<Record<Note["kind"], IconProps.Name>> = {
  agent: "user-profile",
  queue: "status-pending",
  hold: "status-pending",
  resume: "status-in-progress",
  transfer: "arrow-right",
  recogniser: "refresh",
  recording: "microphone",
  warning: "status-warning",
  end: "status-stopped",
};

/** What happened between the words. */
export const NoteLine = memo(function NoteLine({ note, originMs }: { note: Note; originMs: number | null }): ReactNode {
  return (
    <li
      className={`note ${note.kind}`}
      data-testid={note.kind === "warning" ? "warning" : "note"}
      data-kind={note.kind}
    >
      <span className="note-body">
        <Icon name={ICONS[note.kind]} size="small" variant={note.kind === "warning" ? "warning" : "subtle"} />
        {note.kind === "warning" && <span className="visually-hidden">Warning: </span>}
        <span>{note.text}</span>
        <TimeMark atMs={note.atMs} originMs={originMs} />
      </span>
    </li>
  );
});
