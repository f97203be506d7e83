/**
 * A call's notes as they are edited. Pure. Every field is edited as one text; lines stand below each other in it. Edits
 * carry the version that they began with, so that notes which somebody else saved meanwhile are never written over
 * unseen.
 */

import type { NotesField, NotesFields, NotesVersion } from "../generated/rest";

export type Values = Readonly<Record<string, string>>;

export interface Draft {
  /** The version that was edited; 0 where there was none. */
  readonly basedOn: number;
  readonly values: Values;
}

/** A stored field as a text. */
function textOf(value: NotesVersion["fields"][string] | undefined): string {
  return value === undefined || typeof value === "string" ? (value ?? "") : value.join("\n");
}

export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function draftOf(shape: NotesFields, notes: NotesVersion | null): Draft {
  const values = Object.fromEntries(shape.fields.map(({ name }) => [name, textOf(notes?.fields[name])]));
  return { basedOn: notes?.version ?? 0, values };
}

/** What is sent to the server. */
export function fieldsOf(shape: NotesFields, values: Values): Record<string, string | string[]> {
  const sent = ({ name, kind }: NotesField): string | string[] =>
    kind === "lines" ? linesOf(values[name] ?? "") : (values[name] ?? "").trim();
  return Object.fromEntries(shape.fields.map((field) => [field.name, sent(field)]));
}

/** Whether the edits would change what is stored. Blank lines and spaces at the ends are no change. */
export function isEdited(shape: NotesFields, draft: Draft, notes: NotesVersion | null): boolean {
  const stored = fieldsOf(shape, draftOf(shape, notes).values);
  return JSON.stringify(fieldsOf(shape, draft.values)) !== JSON.stringify(stored);
}

/** What is wrong with each field, in words; a field that is fine has none. Lengths count code points. */
export function faultsOf(shape: NotesFields, values: Values): Readonly<Record<string, string>> {
  const faults = shape.fields.map((field): [string, string | null] => [field.name, faultOf(field, values)]);
  return Object.fromEntries(faults.filter((each): each is [string, string] => each[1] !== null));
}

function faultOf(field: NotesField, values: Values): string | null {
  const text = (values[field.name] ?? "").trim();
  if (text === "") return field.required ? "Please fill this in." : null;
  if (field.kind === "choice") return field.choices.includes(text) ? null : "Please choose one of the list.";
  const lines = field.kind === "lines" ? linesOf(text) : [text];
  if (field.kind === "lines" && lines.length > field.linesMax) {
    return `At most ${field.linesMax} lines; these are ${lines.length}.`;
  }
  const longest = Math.max(...lines.map((line) => Array.from(line).length));
  if (longest <= field.lengthMax) return null;
  const what = field.kind === "lines" ? "characters in a line" : "characters";
  return `At most ${field.lengthMax} ${what}; these are ${longest}.`;
}

const SERVER_FAULT = /fields\.([a-z][a-z0-9_]*): ([^;]+)/g;

/** The server's own faults by field, from its problem's detail. */
export function serverFaults(detail: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...detail.matchAll(SERVER_FAULT)].map(([, name = "", fault = ""]) => [
      name,
      `${fault.charAt(0).toUpperCase()}${fault.slice(1).trim()}.`,
    ]),
  );
}

/** All notes as one text, for another system's field: what is empty is left out. */
export function copyAll(shape: NotesFields, values: Values): string {
  return shape.fields
    .flatMap(({ name, label, kind }) => {
      const text = (values[name] ?? "").trim();
      if (text === "") return [];
      if (kind !== "lines") return [`${label}: ${kind === "choice" ? choiceWords(text) : text}`];
      return [[`${label}:`, ...linesOf(text).map((line) => `- ${line}`)].join("\n")];
    })
    .join("\n");
}

/** A choice as people read it. */
export function choiceWords(choice: string): string {
  const words = choice.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Edits as they were kept, if they are that. */
export function keptDraft(value: unknown): Draft | null {
  if (typeof value !== "object" || value === null) return null;
  const { basedOn, values } = value as Record<string, unknown>;
  if (typeof basedOn !== "number" || !Number.isInteger(basedOn) || typeof values !== "object" || values === null) {
    return null;
  }
  const texts = Object.entries(values).filter((each): each is [string, string] => typeof each[1] === "string");
  return { basedOn, values: Object.fromEntries(texts) };
}

/** Kept edits over what the shape has now: fields that are gone are dropped, new ones are as they are stored. */
export function restored(shape: NotesFields, kept: Draft, notes: NotesVersion | null): Draft {
  const fresh = draftOf(shape, notes).values;
  const values = Object.fromEntries(shape.fields.map(({ name }) => [name, kept.values[name] ?? fresh[name] ?? ""]));
  return { basedOn: kept.basedOn, values };
}
