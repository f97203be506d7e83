import { useCallback, useEffect, useState } from "react";
import { ApiError, problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { NotesFields, NotesVersion } from "../generated/rest";
import { keep, local, readKept } from "../shell/kept";
import { draftOf, faultsOf, fieldsOf, isEdited, keptDraft, restored, serverFaults, type Draft } from "./notes";

export interface Editing {
  /** Null until shape and notes are there. */
  readonly ready: { readonly shape: NotesFields; readonly draft: Draft; readonly stored: NotesVersion | null } | null;
  /** Why they are not there yet, in words. */
  readonly waiting: string;
  readonly edited: boolean;
  /** Edits that were kept before the page was loaded are shown. */
  readonly fromBefore: boolean;
  /** False where this browser keeps nothing: then a reload would lose the edits. */
  readonly keeps: boolean;
  /** A newer version than the one that was edited, which somebody else saved. */
  readonly newer: NotesVersion | null;
  readonly faults: Readonly<Record<string, string>>;
  readonly saving: boolean;
  readonly problem: string | null;
  readonly set: (name: string, value: string) => void;
  readonly save: () => void;
  /** Drops the edits. */
  readonly takeStored: () => void;
  /** Keeps the edits, knowing of the newer version. */
  readonly keepMine: () => void;
}

const RETRY_MS = 1000;
/** Notes stand within 3 s of the end; after this time the agent writes them without. */
const GIVE_UP_MS = 8000;
const LATE_MS = 10_000;
const NO_FAULTS: Readonly<Record<string, string>> = {};

const keyOf = (callId: string): string => `cueline.notes.${callId}`;

/** The notes of a call once it is over. `version`: the newest that its events told of. */
export function useNotes(callId: string, profile: string | null, ended: boolean, version: number, by: string): Editing {
  const api = useApi();
  const [mine, setMine] = useState<Draft | null>(() => readKept(local, keyOf(callId), keptDraft));
  const [fromBefore, setFromBefore] = useState(mine !== null);
  const [keeps, setKeeps] = useState(true);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<{ readonly text: string; readonly faults: typeof NO_FAULTS } | null>(null);
  const { shape, stored, answered, waiting, took, readAgain } = useStored(callId, profile, ended, version);

  const ready =
    shape && answered ? { shape, stored, draft: mine ? restored(shape, mine, stored) : draftOf(shape, stored) } : null;
  const edited = ready !== null && mine !== null && isEdited(ready.shape, ready.draft, stored);
  const newer = edited && !saving && stored !== null && stored.version > ready.draft.basedOn ? stored : null;
  const faults = ready && tried ? faultsOf(ready.shape, ready.draft.values) : NO_FAULTS;

  const change = useCallback(
    (draft: Draft | null) => {
      setMine(draft);
      setKeeps(keep(local, keyOf(callId), draft));
      if (draft === null) setFromBefore(false);
    },
    [callId],
  );
  const set = (name: string, value: string): void => {
    if (!ready) return;
    setProblem(null);
    change({ ...ready.draft, values: { ...ready.draft.values, [name]: value } });
  };
  const save = (): void => {
    if (!ready || saving) return;
    setTried(true);
    if (Object.keys(faultsOf(ready.shape, ready.draft.values)).length > 0) return;
    setSaving(true);
    const sent = ready.draft;
    api.saveNotes(callId, { fields: fieldsOf(ready.shape, sent.values), basedOn: sent.basedOn, by }).then(
      (saved) => {
        took(saved);
        setProblem(null);
        setSaving(false);
        change(null);
      },
      async (error: unknown) => {
        const detail = error instanceof ApiError ? error.detail : "";
        // Somebody else's version came first: the person decides with it in sight.
        if (error instanceof ApiError && error.status === 409) await readAgain();
        setProblem({ text: problemWords(error), faults: serverFaults(detail) });
        setSaving(false);
      },
    );
  };
  return {
    ready,
    waiting,
    edited,
    fromBefore: fromBefore && edited,
    keeps,
    newer,
    faults: problem ? { ...faults, ...problem.faults } : faults,
    saving,
    problem: problem?.text ?? null,
    set,
    save,
    takeStored: () => {
      setProblem(null);
      change(null);
    },
    keepMine: () => {
      setProblem(null);
      if (ready && stored) change({ ...ready.draft, basedOn: stored.version });
    },
  };
}

interface Stored {
  readonly shape: NotesFields | null;
  readonly stored: NotesVersion | null;
  /** The server has said what it has, or there is nothing to wait for any more. */
  readonly answered: boolean;
  readonly waiting: string;
  readonly took: (saved: NotesVersion) => void;
  readonly readAgain: () => Promise<void>;
}

function useStored(callId: string, profile: string | null, ended: boolean, version: number): Stored {
  const api = useApi();
  const [shape, setShape] = useState<NotesFields | null>(null);
  const [stored, setStored] = useState<NotesVersion | null>(null);
  const [answered, setAnswered] = useState(false);
  const [waiting, setWaiting] = useState("The notes are being written");
  const took = useCallback(
    (saved: NotesVersion) => setStored((before) => (before && before.version >= saved.version ? before : saved)),
    [],
  );
  const readAgain = useCallback(async () => {
    const notes = await api.notes(callId).catch(() => null);
    if (notes) took(notes);
  }, [api, callId, took]);
  useEffect(() => {
    if (!ended || profile === null) return undefined;
    let gone = false;
    let timer = 0;
    const since = Date.now();
    const again = (ms: number): void => {
      timer = window.setTimeout(() => void ask(), ms);
    };
    const ask = async (): Promise<void> => {
      try {
        const [fields, notes] = await Promise.all([api.notesShape(profile), newest()]);
        if (gone) return;
        setShape(fields);
        if (notes) took(notes);
        const enough = notes !== null && notes.version >= version;
        const late = Date.now() - since > GIVE_UP_MS;
        if (enough || late) setAnswered(true);
        if (!enough) again(late ? LATE_MS : RETRY_MS);
      } catch (error) {
        if (gone) return;
        setWaiting(`The notes cannot be read: ${problemWords(error)} Trying again.`);
        again(RETRY_MS);
      }
    };
    const newest = async (): Promise<NotesVersion | null> => {
      try {
        return await api.notes(callId);
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    };
    void ask();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [api, callId, profile, ended, version, took]);
  return { shape, stored, answered, waiting, took, readAgain };
}
