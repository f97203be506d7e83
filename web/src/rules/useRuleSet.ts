import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiError } from "../api/client";
import { useApi } from "../api/context";
import type { RuleCheck, RuleDocument, RuleSetDraft, RuleSetHead } from "../api/rules";
import { begun, redone, undone, wrote, type History } from "./history";
import { parsed, placed, written, type PlacedProblem } from "./text";

export interface RuleSet {
  /** Null until it was read. */
  readonly text: string | null;
  /** What the text says; null where it cannot be read. */
  readonly document: RuleDocument | null;
  readonly basedOn: number;
  readonly versions: readonly RuleSetHead[];
  readonly check: RuleCheck | null;
  readonly problems: readonly PlacedProblem[];
  /** The text is not what the server keeps. */
  readonly edited: boolean;
  /** The server keeps a draft. */
  readonly saved: boolean;
  readonly checking: boolean;
  /** Why it cannot be shown. */
  readonly missing: string | null;
  readonly busy: "saving" | "publishing" | "rolling back" | "discarding" | null;
  readonly refused: string | null;
  /** What was done last, in words. */
  readonly done: string | null;
  /** The version that somebody published meanwhile. */
  readonly overtakenBy: number | null;
  /** Changes of one group that follow each other without a pause are undone together. */
  readonly type: (text: string, group?: string) => void;
  /** Null where there is nothing to go back to, or forth. */
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  readonly save: () => Promise<boolean>;
  readonly publish: (note: string) => void;
  readonly discard: () => void;
  readonly rollBack: (version: number, note: string) => void;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}

const CHECK_AFTER_MS = 400;

export function words(error: unknown): string {
  return error instanceof ApiError ? error.detail || error.title : "The answer made no sense.";
}

/** The name of a rule set that nobody knows yet begins it. */
function beginning(name: string): RuleSetDraft {
  return {
    name,
    basedOn: 0,
    saved: false,
    changedBy: null,
    changedAtMs: null,
    document: { name, title: name, rules: [] },
    sentences: [],
    problems: [],
  };
}

/** One rule set: its text with what is wrong with it as it is typed, its draft, its versions. */
export function useRuleSet(name: string): RuleSet {
  const api = useApi();
  const [history, setHistory] = useState<History | null>(null);
  const text = history?.now ?? null;
  const [kept, setKept] = useState<{ text: string; basedOn: number; saved: boolean } | null>(null);
  const [versions, setVersions] = useState<readonly RuleSetHead[]>([]);
  const [missing, setMissing] = useState<string | null>(null);
  const [busy, setBusy] = useState<RuleSet["busy"]>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [overtakenBy, setOvertakenBy] = useState<number | null>(null);
  const gone = useRef(false);

  const take = useCallback((draft: RuleSetDraft) => {
    const shown = written(draft.document);
    setHistory((before) => (before ? wrote(before, shown, null, Date.now()) : begun(shown)));
    setKept({ text: shown, basedOn: draft.basedOn, saved: draft.saved });
    setOvertakenBy(null);
  }, []);
  const readVersions = useCallback(
    (): Promise<readonly RuleSetHead[]> =>
      api
        .ruleVersions(name)
        .catch((error: unknown) => unknownIs<readonly RuleSetHead[]>(error, []))
        .then((found) => {
          if (!gone.current) setVersions(found);
          return found;
        }),
    [api, name],
  );
  const read = useCallback((): Promise<void> => {
    const draft = api.ruleDraft(name).catch((error: unknown) => unknownIs(error, beginning(name)));
    return Promise.all([draft, readVersions()]).then(
      ([found]) => {
        if (!gone.current) take(found);
      },
      (error: unknown) => {
        if (!gone.current) setMissing(words(error));
      },
    );
  }, [api, name, readVersions, take]);
  useEffect(() => {
    gone.current = false;
    void read();
    return () => {
      gone.current = true;
    };
  }, [read]);

  const { check, checking } = useCheck(text);
  const reading = useMemo(() => (text === null ? null : parsed(text)), [text]);
  const problems = useMemo(() => {
    if (reading?.fault) return [reading.fault];
    return text === null || !check ? [] : placed(text, check.problems);
  }, [reading, text, check]);

  /** Does something with the server, and tells of it. */
  const act = async (what: NonNullable<RuleSet["busy"]>, ask: () => Promise<string | null>): Promise<boolean> => {
    setBusy(what);
    setRefused(null);
    setDone(null);
    try {
      const told = await ask();
      if (!gone.current) setDone(told);
      return true;
    } catch (error) {
      if (gone.current) return false;
      setRefused(words(error));
      if (error instanceof ApiError && error.status === 409) setOvertakenBy((await readVersions())[0]?.version ?? null);
      return false;
    } finally {
      if (!gone.current) setBusy(null);
    }
  };
  const keep = async (): Promise<number> => {
    if (!reading?.document || text === null || !kept)
      throw new ApiError(0, "It cannot be read", "Mend the text first.");
    const draft = await api.saveRuleDraft(name, reading.document, kept.basedOn);
    if (!gone.current) setKept({ text, basedOn: draft.basedOn, saved: true });
    return draft.basedOn;
  };
  const edited = kept !== null && text !== kept.text;
  const move = (to: (history: History) => History): void => {
    setHistory((before) => before && to(before));
    setRefused(null);
    setDone(null);
  };

  return {
    text,
    document: reading?.document ?? null,
    basedOn: kept?.basedOn ?? 0,
    versions,
    check,
    problems,
    edited,
    saved: kept?.saved ?? false,
    checking,
    missing,
    busy,
    refused,
    done,
    overtakenBy,
    type: (next, group = "text") => move((before) => wrote(before, next, group, Date.now())),
    undo: history && history.past.length > 0 ? () => move(undone) : null,
    redo: history && history.future.length > 0 ? () => move(redone) : null,
    save: () =>
      act("saving", async () => {
        await keep();
        return "The draft is saved. Calls go on under the version in force.";
      }),
    publish: (note) =>
      void act("publishing", async () => {
        const basedOn = edited || !kept?.saved ? await keep() : kept.basedOn;
        const { version } = await api.publishRules(name, basedOn, note);
        await read();
        return `Version ${version} is published. It takes effect on the next call.`;
      }),
    discard: () =>
      void act("discarding", async () => {
        if (kept?.saved) await api.discardRuleDraft(name);
        await read();
        return "Your changes are gone; this is what is in force.";
      }),
    rollBack: (version, note) =>
      void act("rolling back", async () => {
        const published = await api.rollBackRules(name, version, note);
        await read();
        return `Version ${published.version} is published; it says what version ${version} said.`;
      }),
    keepMine: () => {
      setKept((before) => before && { ...before, basedOn: overtakenBy ?? before.basedOn });
      setOvertakenBy(null);
      setRefused(null);
    },
    takeTheirs: () =>
      void act("discarding", async () => {
        if (kept?.saved) await api.discardRuleDraft(name);
        await read();
        return null;
      }),
  };
}

/** What a server that does not know the name means. */
function unknownIs<T>(error: unknown, value: T): T {
  if (error instanceof ApiError && error.status === 404) return value;
  throw error;
}

/** What the server says of the text, a moment after the last key. */
function useCheck(text: string | null): { check: RuleCheck | null; checking: boolean } {
  const api = useApi();
  const [answer, setAnswer] = useState<{ text: string; check: RuleCheck } | null>(null);
  useEffect(() => {
    const document = text === null ? null : parsed(text).document;
    if (text === null || document === null) return undefined;
    let stale = false;
    const timer = window.setTimeout(() => {
      api.checkRules(document).then(
        (check) => {
          if (!stale) setAnswer({ text, check });
        },
        () => undefined, // Publishing tells what is wrong, should it come to that.
      );
    }, CHECK_AFTER_MS);
    return () => {
      stale = true;
      window.clearTimeout(timer);
    };
  }, [api, text]);
  return { check: answer?.check ?? null, checking: answer?.text !== text };
}
