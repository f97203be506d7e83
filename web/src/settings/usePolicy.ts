import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "../api/client";
import type { PolicyFields } from "../generated/rest";
import type { Draft, Editing, Editor, Standing, Version } from "./editor";

/** Where policies of one kind come from and go to. It must stay the same object for as long as the page is open. */
export interface Source<F> {
  /** What edits are kept under in this browser tab, before the profile's name. */
  readonly key: string;
  readonly editing: Editing<F>;
  readonly inForce: (profile: string) => Promise<Standing<F>>;
  /** Newest first; none where the profile follows `default`. */
  readonly versions: (profile: string) => Promise<readonly Version<F>[]>;
  readonly publish: (profile: string, body: Pick<Draft<F>, "policy" | "basedOn" | "note">) => Promise<Standing<F>>;
}

export interface Policy<F = PolicyFields> {
  /** Null until the first answer. */
  readonly editor: Editor<F> | null;
  readonly versions: readonly Version<F>[];
  /** Why it cannot be shown. */
  readonly problem: unknown;
  readonly publishing: boolean;
  /** Why the last publishing failed, until something is edited. */
  readonly refused: unknown;
  /** The version that was just published, until something is edited. */
  readonly publishedVersion: number | null;
  readonly edit: (policy: F) => void;
  readonly note: (text: string) => void;
  readonly discard: () => void;
  readonly restore: (version: Version<F>) => void;
  readonly rebase: () => void;
  readonly publish: () => void;
  readonly readAgain: () => void;
}

function kept(key: string): string | null {
  try {
    return window.sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, draft: string | null): void {
  try {
    if (draft === null) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, draft);
  } catch {
    // Storage is off in this browser: the edits hold until the page is closed.
  }
}

/**
 * The policy of one profile, edited. What is not published stays in this browser tab. What is in force is read again
 * when the page comes back into view, so that another's version is seen before one publishes.
 */
export function usePolicy<F>(source: Source<F>, profile: string, onPublished: () => void): Policy<F> {
  const { editing } = source;
  const key = source.key + profile;
  const [editor, setEditor] = useState<Editor<F> | null>(null);
  const [versions, setVersions] = useState<readonly Version<F>[]>([]);
  const [problem, setProblem] = useState<unknown>(null);
  const [publishing, setPublishing] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const [publishedVersion, setPublishedVersion] = useState<number | null>(null);
  const gone = useRef(false);

  const readAgain = useCallback(() => {
    Promise.all([source.inForce(profile), source.versions(profile)]).then(
      ([inForce, own]) => {
        if (gone.current) return;
        setVersions(own);
        setProblem(null);
        setEditor((before) =>
          before ? editing.readAgain(before, inForce) : editing.opened(inForce, editing.parsedDraft(kept(key))),
        );
      },
      (error: unknown) => {
        if (!gone.current) setProblem(error);
      },
    );
  }, [source, editing, key, profile]);

  useEffect(() => {
    gone.current = false;
    readAgain();
    const seen = (): void => {
      if (!document.hidden) readAgain();
    };
    document.addEventListener("visibilitychange", seen);
    return () => {
      gone.current = true;
      document.removeEventListener("visibilitychange", seen);
    };
  }, [readAgain]);

  useEffect(() => {
    if (editor) keep(key, editing.stored(editor));
  }, [editor, editing, key]);

  const change = (next: (before: Editor<F>) => Editor<F>): void => {
    setEditor((before) => before && next(before));
    setRefused(null);
    setPublishedVersion(null);
  };

  const publish = (): void => {
    if (!editor || publishing) return;
    const { basedOn, policy, note } = editor.draft;
    setPublishing(true);
    setRefused(null);
    source.publish(profile, { policy, basedOn, note: note.trim() }).then(
      (inForce) => {
        keep(key, null);
        onPublished();
        if (gone.current) return;
        setPublishing(false);
        setEditor(editing.published(inForce));
        setPublishedVersion(inForce.version);
        readAgain();
      },
      (error: unknown) => {
        if (gone.current) return;
        setPublishing(false);
        if (error instanceof ApiError && error.status === 409) readAgain();
        setRefused(error);
      },
    );
  };

  return {
    editor,
    versions,
    problem,
    publishing,
    refused,
    publishedVersion,
    edit: (policy) => change((before) => editing.edited(before, policy)),
    note: (text) => change((before) => editing.noted(before, text)),
    discard: () => change(editing.discarded),
    restore: (version) => change((before) => editing.restored(before, version)),
    rebase: () => change(editing.rebased),
    publish,
    readAgain,
  };
}
