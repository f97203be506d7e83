/** A call's notes, over REST. */

import type { Ask } from "./client";

export interface FieldShape {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "lines" | "choice";
  readonly required: boolean;
  readonly lengthMax: number;
  readonly linesMax: number;
  readonly choices: readonly string[];
}

export interface NotesShape {
  readonly fields: readonly FieldShape[];
}

export interface StoredNotes {
  readonly version: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly by: string | null;
  readonly atMs: number;
}

export interface NotesApi {
  readonly notesShape: (profile: string) => Promise<NotesShape>;
  /** The newest version; null while there is none. */
  readonly notes: (callId: string) => Promise<StoredNotes | null>;
  readonly saveNotes: (
    callId: string,
    fields: Readonly<Record<string, unknown>>,
    basedOn: number,
    by: string,
  ) => Promise<StoredNotes>;
}

export function notesApi(ask: Ask): NotesApi {
  const path = (callId: string): string => `/v1/calls/${encodeURIComponent(callId)}/notes`;
  return {
    notesShape: (profile) => ask(`/v1/notes/shape?profile=${encodeURIComponent(profile)}`),
    notes: async (callId) => (await ask<{ newest: StoredNotes | null }>(path(callId))).newest,
    saveNotes: (callId, fields, basedOn, by) =>
      ask(path(callId), { method: "PUT", body: JSON.stringify({ fields, basedOn, by }) }),
  };
}
