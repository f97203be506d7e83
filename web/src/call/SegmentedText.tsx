import Icon from "@cloudscape-design/components/icon";
import { useMemo, type ReactNode } from "react";
import type { Mask } from "../generated/events";
import { timedSegments, type Word } from "../player/speech";
import { placesOf } from "./places";

const NO_WORDS: readonly Word[] = [];

interface Props {
  readonly text: string;
  readonly masks: readonly Mask[];
  /** With their times, where each of them can be heard. */
  readonly words?: readonly Word[];
}

/** Redacted text with its masks as pills and what is being checked as "...". */
export function SegmentedText({ text, masks, words = NO_WORDS }: Props): ReactNode {
  const parts = useMemo(() => timedSegments(text, masks, words), [text, masks, words]);
  const places = useMemo(() => placesOf(parts, masks), [parts, masks]);
  return parts.map((part, index) => {
    const { from, to } = places[index] ?? { from: 0, to: 0 };
    const timed = part.atMs === undefined ? {} : { "data-word": part.word, "data-at": part.atMs };
    switch (part.kind) {
      case "text":
        return (
          <span key={index} className={part.atMs === undefined ? undefined : "word"} data-from={from} {...timed}>
            {part.text}
          </span>
        );
      case "mask":
        return (
          <span
            key={index}
            className="mask"
            data-testid="mask"
            data-type={part.type}
            data-mask-from={from}
            data-mask-to={to}
            {...timed}
          >
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
