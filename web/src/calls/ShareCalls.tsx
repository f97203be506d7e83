import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { ExportFormat } from "../api/history";
import { isFiltered, queryOf, searchOf, type CallFilter } from "./filters";

/** Who may sign in here finds the same calls at this address. */
export function linkOf(filter: CallFilter): string {
  const query = queryOf(filter);
  return `${window.location.origin}/${query === "" ? "" : `?${query}`}`;
}

interface Props {
  readonly filter: CallFilter;
  /** Told in words when there is no file. */
  readonly onProblem: (problem: string | null) => void;
}

/** What the filters find, for others: as a link, or as a file. */
export function ShareCalls({ filter, onProblem }: Props): ReactNode {
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const save = (format: ExportFormat): void => {
    setBusy(true);
    onProblem(null);
    api
      .exportCalls(searchOf(filter), format)
      .then(
        (file) => download(file, `calls.${format}`),
        (error: unknown) => onProblem(problemWords(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      {isFiltered(filter) && (
        <CopyToClipboard
          variant="button"
          copyButtonText="Copy link"
          copyButtonAriaLabel="Copy link to these calls"
          textToCopy={linkOf(filter)}
          copySuccessText="Copied: whoever may sign in here finds the same calls"
          copyErrorText="Could not be copied"
        />
      )}
      <ButtonDropdown
        loading={busy}
        loadingText="Writing the file"
        expandToViewport
        items={[
          {
            text: "The newest 10,000 of these calls, as redacted",
            items: [
              { id: "csv", text: "CSV", secondaryText: "For spreadsheets: a line for each call" },
              { id: "jsonl", text: "JSON Lines", secondaryText: "For programs: with the words that were found" },
            ],
          },
        ]}
        onItemClick={({ detail }) => save(detail.id === "csv" ? "csv" : "jsonl")}
      >
        Export
      </ButtonDropdown>
    </>
  );
}

function download(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken the file up by then.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
