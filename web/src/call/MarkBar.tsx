import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState, type MouseEvent, type ReactNode, type RefObject } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import type { ReportMask } from "../generated/rest";
import { markedIn, type Marked } from "./marked";
import "./marks.css";

/** Whoever works on this page, as far as it knows: there are no accounts yet. */
const BY = "supervisor";

const PROBLEMS: readonly { readonly problem: ReportMask["problem"]; readonly words: string }[] = [
  { problem: "harmless", words: "It hides what is harmless" },
  { problem: "incomplete", words: "Something beside it is readable" },
  { problem: "wrong_type", words: "It is something else" },
];

interface Props {
  readonly callId: string;
  readonly root: RefObject<HTMLDivElement | null>;
  readonly onMasked: () => void;
}

/** What can be done with what is marked in the transcript: mask words for good, or report a mask that is wrong. */
export function MarkBar({ callId, root, onMasked }: Props): ReactNode {
  const api = useApi();
  const [marked, setMarked] = useState<Marked | null>(null);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ readonly type: "success" | "error"; readonly words: string } | null>(null);
  useEffect(() => {
    const look = (): void => {
      const found = root.current && markedIn(root.current);
      setMarked(found);
      if (found) setTold(null);
    };
    document.addEventListener("selectionchange", look);
    return () => document.removeEventListener("selectionchange", look);
  }, [root]);

  const run = (act: () => Promise<unknown>, words: string): void => {
    setBusy(true);
    act()
      .then(
        () => {
          setTold({ type: "success", words });
          window.getSelection()?.removeAllRanges();
        },
        (error: unknown) => setTold({ type: "error", words: problemWords(error) }),
      )
      .finally(() => setBusy(false));
  };
  if (!marked && !told) return null;
  return (
    // Pressing a button must not take the marking away before it is used.
    <div
      className="mark-bar"
      role="toolbar"
      aria-label="What is marked"
      data-testid="mark-bar"
      onMouseDown={(event: MouseEvent) => event.preventDefault()}
    >
      {marked?.kind === "words" && (
        <>
          <Button
            variant="primary"
            loading={busy}
            onClick={() =>
              run(async () => {
                await api.mask(callId, marked.utteranceId, marked.span, BY);
                onMasked();
              }, "Masked, for everybody and for good. The recording follows.")
            }
          >
            Mask this
          </Button>
          <span className="soft">For good, in text and recording.</span>
        </>
      )}
      {marked?.kind === "mask" && (
        <>
          <strong>This mask is wrong:</strong>
          {PROBLEMS.map(({ problem, words }) => (
            <Button
              key={problem}
              disabled={busy}
              onClick={() =>
                run(
                  () =>
                    api.reportMask(callId, {
                      utteranceId: marked.utteranceId,
                      start: marked.start,
                      end: marked.end,
                      problem,
                      shouldBe: null,
                      note: "",
                      by: BY,
                    }),
                  "Reported, for review. The mask stays: what it hides is kept nowhere.",
                )
              }
            >
              {words}
            </Button>
          ))}
        </>
      )}
      {told && (
        <span role={told.type === "error" ? "alert" : "status"}>
          <StatusIndicator type={told.type}>{told.words}</StatusIndicator>
        </span>
      )}
    </div>
  );
}
