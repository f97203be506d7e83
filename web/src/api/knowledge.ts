/** The company's own documents, over REST. */

import type { KnowledgeDocument, KnowledgeDocuments, UploadedDocument } from "../generated/rest";
import type { Ask } from "./client";

export interface KnowledgeApi {
  readonly documents: () => Promise<readonly KnowledgeDocument[]>;
  /** The kind is told by the file's name. */
  readonly uploadDocument: (file: File) => Promise<UploadedDocument>;
  readonly removeDocument: (documentId: string) => Promise<void>;
}

/** A large PDF takes its time. */
const UPLOAD_TIMEOUT_MS = 90_000;

export function knowledgeApi(ask: Ask): KnowledgeApi {
  const root = "/v1/knowledge/documents";
  return {
    documents: async () => (await ask<KnowledgeDocuments>(root)).documents,
    uploadDocument: (file) => {
      const query = new URLSearchParams({ name: file.name, modifiedAtMs: String(Math.max(0, file.lastModified)) });
      return ask(`${root}?${query.toString()}`, {
        method: "POST",
        body: file,
        signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
      });
    },
    removeDocument: (documentId) => ask(`${root}/${encodeURIComponent(documentId)}`, { method: "DELETE" }),
  };
}
