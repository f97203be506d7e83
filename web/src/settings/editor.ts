/** The policy of one profile while it is edited: what is in force, and what is not published yet. Pure. */

import type { PolicyFields } from "../generated/rest";
import { changes, merged, parsedPolicy } from "./policy";

export const NOTE_MAX = 500;

/** One version of a profile's policy, of whichever kind. */
export interface Version<F = PolicyFields> {
  readonly profile: string;
  readonly version: number;
  readonly policy: F;
  readonly note: string;
  readonly changedBy: string | null;
  readonly changedAtMs: number | null;
}

export interface Standing<F = PolicyFields> extends Version<F> {
  readonly inherited: boolean;
}

export interface Edit {
  /** The field, or the part of it that has a switch of its own. */
  readonly id: string;
  readonly words: string;
}

export interface Draft<F = PolicyFields> {
  /** The version that the edits began from, and what it said. */
  readonly basedOn: number;
  readonly base: F;
  readonly policy: F;
  readonly note: string;
}

export interface Editor<F = PolicyFields> {
  readonly inForce: Standing<F>;
  readonly draft: Draft<F>;
  /** The edits were made before the page was loaded. */
  readonly kept: boolean;
}

export interface VersionRow<F = PolicyFields> {
  readonly version: Version<F>;
  /** What it changed, in words; null where the version before it is not known here. */
  readonly changed: readonly Edit[] | null;
  /** It says what is in force already. */
  readonly sameAsInForce: boolean;
}

/** What there is to know of a kind of policy in order to edit it. */
export interface Shape<F> {
  /** What is different in `after`, in words. */
  readonly changes: (before: F, after: F) => readonly Edit[];
  /** The edits that lead from `base` to `mine`, made on `theirs`. */
  readonly merged: (base: F, mine: F, theirs: F) => F;
  /** A policy out of what a browser kept; null where it is none. */
  readonly parsed: (value: unknown) => F | null;
}

export type Editing<F> = ReturnType<typeof editing<F>>;

/** Editing policies of one kind. */
export function editing<F>(shape: Shape<F>) {
  const fresh = (inForce: Standing<F>): Draft<F> => ({
    basedOn: inForce.version,
    base: inForce.policy,
    policy: inForce.policy,
    note: "",
  });
  const same = (one: F, other: F): boolean => shape.changes(one, other).length === 0;

  /** The page opens, perhaps with edits that the browser kept. */
  const opened = (inForce: Standing<F>, stored: Draft<F> | null): Editor<F> => {
    if (!stored || same(stored.base, stored.policy)) {
      return { inForce, draft: { ...fresh(inForce), note: stored?.note ?? "" }, kept: false };
    }
    return { inForce, draft: stored, kept: true };
  };

  const edits = (editor: Editor<F>): readonly Edit[] => shape.changes(editor.draft.base, editor.draft.policy);

  const isEdited = (editor: Editor<F>): boolean => edits(editor).length > 0;

  /** Somebody published another version while this one was edited. */
  const isOvertaken = (editor: Editor<F>): boolean => editor.draft.basedOn !== editor.inForce.version;

  /** Whether there is something to publish: edits, or a profile that has no policy of its own yet. */
  const canPublish = (editor: Editor<F>): boolean =>
    (isEdited(editor) || editor.inForce.inherited) && !isOvertaken(editor);

  const edited = (editor: Editor<F>, policy: F): Editor<F> => ({ ...editor, draft: { ...editor.draft, policy } });

  const noted = (editor: Editor<F>, note: string): Editor<F> => ({ ...editor, draft: { ...editor.draft, note } });

  const discarded = (editor: Editor<F>): Editor<F> => ({ ...editor, draft: fresh(editor.inForce), kept: false });

  /** An old version is put into the form; publishing makes it the newest. */
  const restored = (editor: Editor<F>, version: Version<F>): Editor<F> => {
    const draft = { ...fresh(editor.inForce), policy: version.policy, note: `Restores version ${version.version}` };
    return { ...editor, draft, kept: false };
  };

  /** What is in force was read again: taken over where nothing was edited, else the edits stay and are overtaken. */
  const readAgain = (editor: Editor<F>, inForce: Standing<F>): Editor<F> => {
    if (inForce.version === editor.inForce.version && inForce.inherited === editor.inForce.inherited) return editor;
    if (isEdited(editor)) return { ...editor, inForce };
    return { ...editor, inForce, draft: { ...fresh(inForce), note: editor.draft.note } };
  };

  /** The edits, made on what is in force now. */
  const rebased = ({ inForce, draft, kept }: Editor<F>): Editor<F> => {
    const policy = shape.merged(draft.base, draft.policy, inForce.policy);
    return { inForce, kept, draft: { basedOn: inForce.version, base: inForce.policy, policy, note: draft.note } };
  };

  const published = (inForce: Standing<F>): Editor<F> => ({ inForce, draft: fresh(inForce), kept: false });

  /** What a browser keeps of it; null where there is nothing to keep. */
  const stored = (editor: Editor<F>): string | null =>
    isEdited(editor) || editor.draft.note !== "" ? JSON.stringify(editor.draft) : null;

  /** What a browser kept; null where it is not to be understood, such as after an update. */
  const parsedDraft = (raw: string | null): Draft<F> | null => {
    if (raw === null) return null;
    try {
      const { basedOn, base, policy, note } = JSON.parse(raw) as Record<string, unknown>;
      const [from, to] = [shape.parsed(base), shape.parsed(policy)];
      if (typeof basedOn !== "number" || typeof note !== "string" || !from || !to) return null;
      return { basedOn, base: from, policy: to, note };
    } catch {
      return null;
    }
  };

  /** Versions, newest first, each compared with the one that it followed. */
  const versionRows = (versions: readonly Version<F>[], inForce: Standing<F>): VersionRow<F>[] =>
    versions.map((version, index) => {
      const before = versions[index + 1];
      return {
        version,
        changed: before ? shape.changes(before.policy, version.policy) : null,
        sameAsInForce: same(version.policy, inForce.policy),
      };
    });

  return {
    ...{ opened, edits, isEdited, canPublish, isOvertaken, edited, noted, discarded, restored, readAgain, rebased },
    ...{ published, stored, parsedDraft, versionRows, changes: shape.changes },
  };
}

/** Editing policies of redaction. */
export const redaction = editing<PolicyFields>({ changes, merged, parsed: parsedPolicy });

const PROFILE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** What is wrong with a profile's name; null where nothing is. */
export function profileProblem(name: string): string | null {
  if (PROFILE.test(name)) return null;
  if (name === "") return "Type the profile's name.";
  return "Letters, digits, - and _ only, up to 64, and a letter or digit first.";
}
