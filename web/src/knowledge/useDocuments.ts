import { useCallback, useEffect, useState } from "react";
import { ApiError } from "../api/client";
import { useApi } from "../api/context";
import type { KnowledgeDocument } from "../generated/rest";
import { FILES_MAX, refusal, sentence, type Upload } from "./uploads";

export interface Documents {
  /** Null until they were read. */
  readonly documents: readonly KnowledgeDocument[] | null;
  readonly problem: string | null;
  readonly uploads: readonly Upload[];
  readonly readAgain: () => void;
  readonly upload: (files: readonly File[]) => void;
  readonly remove: (document: KnowledgeDocument) => Promise<void>;
}

export const problemWords = (error: unknown): string =>
  sentence(error instanceof ApiError ? error.detail || error.title : "The answer made no sense.");

/** The documents, and files that are brought to them one after the other. */
export function useDocuments(): Documents {
  const api = useApi();
  const [documents, setDocuments] = useState<readonly KnowledgeDocument[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const readAgain = useCallback(() => {
    api.documents().then(
      (found) => {
        setDocuments(found);
        setProblem(null);
      },
      (error: unknown) => setProblem(problemWords(error)),
    );
  }, [api]);
  useEffect(readAgain, [readAgain]);

  const bring = async (files: readonly File[]): Promise<void> => {
    const told = (at: number, state: Upload["state"], words: string): void =>
      setUploads((before) => before.map((each, index) => (index === at ? { ...each, state, told: words } : each)));
    for (const [at, file] of files.entries()) {
      const refused = refusal(file);
      if (refused !== null) {
        told(at, "failed", refused);
        continue;
      }
      told(at, "loading", "Loading");
      try {
        const { document, replaced } = await api.uploadDocument(file);
        const passages = document.passages === 1 ? "1 passage" : `${document.passages} passages`;
        told(at, "done", `${passages}${replaced ? ", in the place of the one before" : ""}`);
      } catch (error) {
        told(at, "failed", problemWords(error));
      }
    }
    readAgain();
  };
  return {
    documents,
    problem,
    uploads,
    readAgain,
    upload: (files) => {
      const some = files.slice(0, FILES_MAX);
      setUploads(some.map(({ name }) => ({ name, state: "waiting", told: "Waiting" })));
      void bring(some);
    },
    remove: async (document) => {
      await api.removeDocument(document.documentId);
      readAgain();
    },
  };
}
