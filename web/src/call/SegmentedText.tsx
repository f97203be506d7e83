import Icon from "@cloudscape-design/components/icon";
import { useMemo, type ReactNode } from "react";
import type { Mask } from "../generated/events";
import { segments } from "./segments";

/** Redacted text with its masks as pills and what is being checked as "...". */
export function SegmentedText({ text, masks }: { text: string; masks: readonly Mask[] }): ReactNode {
  const parts = useMemo(() => segments(text, masks), [text, masks]);
  return parts.map((part, index) => {
    switch (part.kind) {
      case "text":
        return <span key={index}>{part.text}</span>;
      case "mask":
        return (
          <span key={index} className="mask" data-testid="mask" data-type={part.type}>
            <Icon name="lock-private" size="small" />
            {part.words}
          </span>
        );
      case "hold":
        return (
          <span
            key={index}
            className="hold"
            data-testid="hold"
            role="img"
            aria-label="held back while it is checked"
            title="Held back while it is checked"
          >
            ...
          </span>
        );
    }
  });
}
