import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "../api/client";
import { useApi } from "../api/context";
import type { PolicyFields, PolicyVersion } from "../generated/rest";
import * as editing from "./editor";
import type { Editor } from "./editor";

export interface Policy {
  /** Null until the first answer. */
  readonly editor: Editor | null;
  readonly versions: readonly PolicyVersion[];
  /** Why it cannot be shown. */
  readonly problem: unknown;
  readonly publishing: boolean;
  /** Why the last publishing failed, until something is edited. */
  readonly refused: unknown;
  /** The version that was just published, until something is edited. */
  readonly publishedVersion: number | null;
  readonly edit: (policy: PolicyFields) => void;
  readonly note: (text: string) => void;
  readonly discard: () => void;
  readonly restore: (version: PolicyVersion) => void;
  readonly rebase: () => void;
  readonly publish: () => void;
  readonly readAgain: () => void;
}

const KEY = "cueline.redaction.";

function kept(profile: string): string | null {
  try {
    return window.sessionStorage.getItem(KEY + profile);
  } catch {
    return null;
  }
}

function keep(profile: string, draft: string | null): void {
  try {
    if (draft === null) window.sessionStorage.removeItem(KEY + profile);
    else window.sessionStorage.setItem(KEY + profile, draft);
  } catch {
    // Storage is off in this browser: the edits hold until the page is closed.
  }
}

/**
 * The policy of one profile, edited. What is not published stays in this browser tab. What is in force is read again
 * when the page comes back into view, so that another's version is seen before one publishes.
 */
export function usePolicy(profile: string, onPublished: () => void): Policy {
  const api = useApi();
  const [editor, setEditor] = useState<Editor | null>(null);
  const [versions, setVersions] = useState<readonly PolicyVersion[]>([]);
  const [problem, setProblem] = useState<unknown>(null);
  const [publishing, setPublishing] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const [publishedVersion, setPublishedVersion] = useState<number | null>(null);
  const gone = useRef(false);

  const readAgain = useCallback(() => {
    Promise.all([api.policy(profile), api.policyVersions(profile)]).then(
      ([inForce, own]) => {
        if (gone.current) return;
        setVersions(own);
        setProblem(null);
        setEditor((before) =>
          before ? editing.readAgain(before, inForce) : editing.opened(inForce, editing.parsedDraft(kept(profile))),
        );
      },
      (error: unknown) => {
        if (!gone.current) setProblem(error);
      },
    );
  }, [api, profile]);

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
    if (editor) keep(profile, editing.stored(editor));
  }, [editor, profile]);

  const change = (next: (before: Editor) => Editor): void => {
    setEditor((before) => before && next(before));
    setRefused(null);
    setPublishedVersion(null);
  };

  const publish = (): void => {
    if (!editor || publishing) return;
    const { basedOn, policy, note } = editor.draft;
    setPublishing(true);
    setRefused(null);
    api.publishPolicy(profile, { policy, basedOn, note: note.trim() }).then(
      (inForce) => {
        keep(profile, null);
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
