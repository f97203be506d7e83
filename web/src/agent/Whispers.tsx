import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import { useState, type ReactNode } from "react";
import { clock } from "../format/time";
import type { WhisperState } from "../generated/rest";

/** What the supervisor writes: the newest unread line, and how many came before it. */
export function Whispers({ whispers }: { readonly whispers: readonly WhisperState[] }): ReactNode {
  const [seen, setSeen] = useState(0);
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
          <Button onClick={() => setSeen(whispers.length)}>Got it</Button>
        </div>
      )}
    </div>
  );
}
