/** The transcript's rows: utterances, notes between them, and system audio gathered into thin lines. Pure. */

import type { Note, Utterance } from "./view";

export type Row =
  | { readonly kind: "utterance"; readonly key: string; readonly utterance: Utterance }
  | { readonly kind: "system"; readonly key: string; readonly utterances: readonly Utterance[] }
  | { readonly kind: "note"; readonly key: string; readonly note: Note };

type Item = { readonly at: number; readonly rank: number } & (
  { readonly utterance: Utterance } | { readonly note: Note }
);

/**
 * In reading order: by when each began. Neighbouring system utterances (prompts, queue music) make one row, whose key
 * is that of its first, so that it keeps its place while it grows. A partial without text has no row.
 */
export function rowsOf(utterances: ReadonlyMap<string, Utterance>, notes: readonly Note[]): Row[] {
  const spoken = [...utterances.values()].filter((utterance) => utterance.text !== "");
  const items: Item[] = [
    ...spoken.map((utterance) => ({ at: utterance.startedMs, rank: 1, utterance })),
    // The end is last, whatever was still being written down when it came.
    ...notes.map((note) => ({ at: note.kind === "end" ? Infinity : note.atMs, rank: 0, note })),
  ];
  items.sort((a, b) => a.at - b.at || a.rank - b.rank);
  const rows: Row[] = [];
  for (const item of items) {
    if ("note" in item) {
      rows.push({ kind: "note", key: `note-${item.note.sequence}`, note: item.note });
      continue;
    }
    const { utterance } = item;
    const last = rows.at(-1);
    if (utterance.speaker !== "system") rows.push({ kind: "utterance", key: utterance.id, utterance });
    else if (last?.kind === "system") rows[rows.length - 1] = { ...last, utterances: [...last.utterances, utterance] };
    else rows.push({ kind: "system", key: `system-${utterance.id}`, utterances: [utterance] });
  }
  return rows;
}
