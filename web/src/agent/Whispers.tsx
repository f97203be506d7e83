import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import { useState, type ReactNode } from "react";
import { clock } from "../format/time";
import type { WhisperState } from "../generated/rest";
import { keep, readKept, session } from "../shell/kept";

interface Props {
  readonly callId: string;
  readonly whispers: readonly WhisperState[];
}

/** What the supervisor writes: the newest unread line, and how many came before it. */
export function Whispers({ callId, whispers }: Props): ReactNode {
  const key = `cueline.whispers.${callId}`;
  const [seen, setSeen] = useState(
    () => readKept(session, key, (value) => (typeof value === "number" ? value : null)) ?? 0,
  );
  const read = (): void => {
    setSeen(whispers.length);
    keep(session, key, whispers.length);
  };
  const unread = whispers.slice(seen);
  const newest = unread.at(-1);
  return (
    <div aria-live="polite">
      {newest && (
        <div className="notice" data-testid="whisper">
          <Icon name="contact" />
          <div className="notice-words">
            <span className="soft small">
              From {newest.by}, <span className="num">{clock(newest.atMs)}</span>
              {unread.length > 1 && ` · ${unread.length} not read`}
            </span>
            {unread.slice(-3).map((whisper) => (
              <p key={`${whisper.atMs} ${whisper.text}`} className="tight">
                {whisper.text}
              </p>
            ))}
          </div>
          <Button onClick={read}>Got it</Button>
        </div>
      )}
    </div>
  );
}
