/** The policy of one profile while it is edited: what is in force, and what is not published yet. Pure. */

import type { PolicyFields, PolicyInForce, PolicyVersion } from "../generated/rest";
import { changes, merged, parsedPolicy, samePolicy, type Change } from "./policy";

export const NOTE_MAX = 500;

export interface Draft {
  /** The version that the edits began from, and what it said. */
  readonly basedOn: number;
  readonly base: PolicyFields;
  readonly policy: PolicyFields;
  readonly note: string;
}

export interface Editor {
  readonly inForce: PolicyInForce;
  readonly draft: Draft;
  /** The edits were made before the page was loaded. */
  readonly kept: boolean;
}

const fresh = (inForce: PolicyInForce): Draft => ({
  basedOn: inForce.version,
  base: inForce.policy,
  policy: inForce.policy,
  note: "",
});

/** The page opens, perhaps with edits that the browser kept. */
export function opened(inForce: PolicyInForce, stored: Draft | null): Editor {
  if (!stored || samePolicy(stored.base, stored.policy)) {
    return { inForce, draft: { ...fresh(inForce), note: stored?.note ?? "" }, kept: false };
  }
  return { inForce, draft: stored, kept: true };
}

export const edits = (editor: Editor): Change[] => changes(editor.draft.base, editor.draft.policy);

export const isEdited = (editor: Editor): boolean => edits(editor).length > 0;

/** Whether there is something to publish: edits, or a profile that has no policy of its own yet. */
export const canPublish = (editor: Editor): boolean =>
  (isEdited(editor) || editor.inForce.inherited) && !isOvertaken(editor);

/** Somebody published another version while this one was edited. */
export const isOvertaken = (editor: Editor): boolean => editor.draft.basedOn !== editor.inForce.version;

export function edited(editor: Editor, policy: PolicyFields): Editor {
  return { ...editor, draft: { ...editor.draft, policy } };
}

export function noted(editor: Editor, note: string): Editor {
  return { ...editor, draft: { ...editor.draft, note } };
}

export function discarded(editor: Editor): Editor {
  return { ...editor, draft: fresh(editor.inForce), kept: false };
}

/** An old version is put into the form; publishing makes it the newest. */
export function restored(editor: Editor, version: PolicyVersion): Editor {
  const draft = { ...fresh(editor.inForce), policy: version.policy, note: `Restores version ${version.version}` };
  return { ...editor, draft, kept: false };
}

/** What is in force was read again: taken over where nothing was edited, else the edits stay and are overtaken. */
export function readAgain(editor: Editor, inForce: PolicyInForce): Editor {
  if (inForce.version === editor.inForce.version && inForce.inherited === editor.inForce.inherited) return editor;
  if (isEdited(editor)) return { ...editor, inForce };
  return { ...editor, inForce, draft: { ...fresh(inForce), note: editor.draft.note } };
}

/** The edits, made on what is in force now. */
export function rebased({ inForce, draft, kept }: Editor): Editor {
  const policy = merged(draft.base, draft.policy, inForce.policy);
  return { inForce, kept, draft: { basedOn: inForce.version, base: inForce.policy, policy, note: draft.note } };
}

export function published(inForce: PolicyInForce): Editor {
  return { inForce, draft: fresh(inForce), kept: false };
}

/** What a browser keeps of it; null where there is nothing to keep. */
export function stored(editor: Editor): string | null {
  return isEdited(editor) || editor.draft.note !== "" ? JSON.stringify(editor.draft) : null;
}

/** What a browser kept; null where it is not to be understood, such as after an update. */
export function parsedDraft(raw: string | null): Draft | null {
  if (raw === null) return null;
  try {
    const { basedOn, base, policy, note } = JSON.parse(raw) as Record<string, unknown>;
    const [from, to] = [parsedPolicy(base), parsedPolicy(policy)];
    if (typeof basedOn !== "number" || typeof note !== "string" || !from || !to) return null;
    return { basedOn, base: from, policy: to, note };
  } catch {
    return null;
  }
}

export interface VersionRow {
  readonly version: PolicyVersion;
  /** What it changed, in words; null where the version before it is not known here. */
  readonly changed: readonly Change[] | null;
  /** It says what is in force already. */
  readonly sameAsInForce: boolean;
}

/** Versions, newest first, each compared with the one that it followed. */
export function versionRows(versions: readonly PolicyVersion[], inForce: PolicyInForce): VersionRow[] {
  return versions.map((version, index) => {
    const before = versions[index + 1];
    return {
      version,
      changed: before ? changes(before.policy, version.policy) : null,
      sameAsInForce: samePolicy(version.policy, inForce.policy),
    };
  });
}

const PROFILE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** What is wrong with a profile's name; null where nothing is. */
export function profileProblem(name: string): string | null {
  if (PROFILE.test(name)) return null;
  if (name === "") return "Type the profile's name.";
  return "Letters, digits, - and _ only, up to 64, and a letter or digit first.";
}
