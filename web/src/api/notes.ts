/** A call's notes, over REST. */

import type { CallNotes, NotesFields, NotesVersion, PutNotes } from "../generated/rest";
import type { Ask } from "./client";

export type NotesShape = NotesFields;
export type StoredNotes = NotesVersion;

export interface NotesApi {
  readonly notesShape: (profile: string) => Promise<NotesFields>;
  /** The newest version; null while there is none. */
  readonly notes: (callId: string) => Promise<NotesVersion | null>;
  readonly saveNotes: (callId: string, body: PutNotes) => Promise<NotesVersion>;
}

export function notesApi(ask: Ask): NotesApi {
  const path = (callId: string): string => `/v1/calls/${encodeURIComponent(callId)}/notes`;
  return {
    notesShape: (profile) => ask(`/v1/notes/shape?profile=${encodeURIComponent(profile)}`),
    notes: async (callId) => (await ask<CallNotes>(path(callId))).newest,
    saveNotes: (callId, body) => ask(path(callId), { method: "PUT", body: JSON.stringify(body) }),
  };
}
