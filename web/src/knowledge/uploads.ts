/** Files on their way into the knowledge base. Pure. */

export const FILE_MAX_BYTES = 16 * 1024 * 1024;
export const KINDS = [".md", ".markdown", ".txt", ".html", ".htm", ".xhtml", ".pdf"];
export const FILES_MAX = 50;

export interface Upload {
  readonly name: string;
  readonly state: "waiting" | "loading" | "done" | "failed";
  /** What came of it, in words. */
  readonly told: string;
}

/** Why a file need not be sent at all; null where nothing speaks against it. */
export function refusal(file: { readonly name: string; readonly size: number }): string | null {
  const lower = file.name.toLowerCase();
  if (!KINDS.some((kind) => lower.endsWith(kind))) return "Markdown, text, HTML and PDF are read; this is neither.";
  if (file.size > FILE_MAX_BYTES) return `It is larger than ${FILE_MAX_BYTES / 2 ** 20} MiB: cut it in several files.`;
  if (file.size === 0) return "There is nothing in it.";
  return null;
}

export const sentence = (text: string): string => {
  const trimmed = text.trim();
  const started = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return started === "" || /[.!?]$/.test(started) ? started : `${started}.`;
};

export function uploadsDone(uploads: readonly Upload[]): string | null {
  if (uploads.length === 0 || uploads.some(({ state }) => state === "waiting" || state === "loading")) return null;
  const done = uploads.filter(({ state }) => state === "done").length;
  const failed = uploads.length - done;
  const files = (count: number): string => (count === 1 ? "1 file" : `${count} files`);
  if (failed === 0) return `${files(done)} loaded.`;
  return done === 0 ? `${files(failed)} could not be loaded.` : `${files(done)} loaded, ${files(failed)} not.`;
}
