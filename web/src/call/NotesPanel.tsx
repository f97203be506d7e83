import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useEffect, useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { NotesShape, StoredNotes } from "../api/notes";
import { labelWords } from "../format/label";
import { Moment } from "../shell/Moment";

interface Props {
  readonly callId: string;
  readonly profile: string;
  /** Of the notes that the call's events tell of; null before there are any. */
  readonly version: number | null;
  readonly ended: boolean;
}

interface Read {
  readonly shape: NotesShape | null;
  readonly notes: StoredNotes | null;
  readonly problem: string | null;
}

/** The call's notes, to read; they are edited on the agent's screen. */
export function NotesPanel({ callId, profile, version, ended }: Props): ReactNode {
  const read = useNotes(callId, profile, version);
  if (version === null && !ended) return null;
  const notes = read?.notes;
  return (
    <Container
      header={
        <Header variant="h3" headingTagOverride="h2">
          Notes
        </Header>
      }
    >
      <div data-testid="notes">
        {version === null && <p className="soft tight">None were written for this call.</p>}
        {version !== null && !read && <p className="soft tight">Reading the notes</p>}
        {read?.problem && <p className="soft tight">The notes cannot be shown: {read.problem}</p>}
        {notes && (
          <>
            <dl className="notes-read">
              {fieldsOf(notes, read.shape).map(({ name, label, lines }) => (
                <div key={name}>
                  <dt className="small soft">{label}</dt>
                  {lines.map((line, index) => (
                    <dd key={index}>{line}</dd>
                  ))}
                </div>
              ))}
            </dl>
            <p className="soft small tight">
              Version {notes.version}, {notes.by === null ? "written from the call" : `changed by ${notes.by}`},{" "}
              <Moment epochMs={notes.atMs} />
            </p>
          </>
        )}
      </div>
    </Container>
  );
}

function useNotes(callId: string, profile: string, version: number | null): Read | null {
  const api = useApi();
  const [read, setRead] = useState<Read | null>(null);
  useEffect(() => {
    if (version === null) return undefined;
    let gone = false;
    // Without the shape the fields still have their names.
    const shape = api.notesShape(profile).catch(() => null);
    Promise.all([api.notes(callId), shape]).then(
      ([notes, known]) => {
        if (!gone) setRead({ shape: known, notes, problem: null });
      },
      (error: unknown) => {
        const problem = problemWords(error);
        if (!gone) setRead({ shape: null, notes: null, problem });
      },
    );
    return () => {
      gone = true;
    };
  }, [api, callId, profile, version]);
  return read;
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly lines: readonly string[];
}

/** Fields that say something, in the order of the shape; such as it does not know come last. */
function fieldsOf(notes: StoredNotes, shape: NotesShape | null): Field[] {
  const known = shape?.fields ?? [];
  const names = [...known.map((field) => field.name), ...Object.keys(notes.fields)];
  return [...new Set(names)]
    .map((name) => {
      const field = known.find((each) => each.name === name);
      const lines = linesOf(notes.fields[name]);
      return {
        name,
        label: field?.label ?? labelWords(name),
        lines: field?.kind === "choice" || name === "disposition" ? lines.map(labelWords) : lines,
      };
    })
    .filter((field) => field.lines.length > 0);
}

function linesOf(value: unknown): string[] {
  const lines: unknown[] = Array.isArray(value) ? value : [value];
  return lines.filter((line) => typeof line === "string").filter((line) => line.trim() !== "");
}
