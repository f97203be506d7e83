import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useRef, useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import { TimeMark } from "../call/TimeMark";
import type { WhisperState } from "../generated/rest";

export const WHISPER_MAX = 500;

interface Props {
  readonly callId: string;
  readonly sent: readonly WhisperState[];
  readonly originMs: number | null;
  readonly ended: boolean;
}

/** A line to the agent, which the customer does not hear. Enter sends it. */
export function Whisper({ callId, sent, originMs, ended }: Props): ReactNode {
  const api = useApi();
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef<string | null>(null);
  const send = (): void => {
    const line = text.trim();
    if (line === "" || sending || ended) return;
    // The same message keeps its key, so that trying again does not send it twice.
    key.current ??= crypto.randomUUID();
    setSending(true);
    setProblem(null);
    api.whisper(callId, line, key.current).then(
      () => {
        key.current = null;
        setText("");
        setSending(false);
      },
      (error: unknown) => {
        setSending(false);
        setProblem(`Not sent. ${problemWords(error)}`);
      },
    );
  };
  return (
    <section className="whisper" aria-label="Whisper to the agent">
      {sent.length > 0 && (
        <ul className="whispers small" aria-label="Sent to the agent">
          {sent.slice(-3).map((whisper, index) => (
            <li key={`${whisper.atMs}-${index}`}>
              <TimeMark atMs={whisper.atMs} originMs={originMs} /> <span className="break">{whisper.text}</span>
            </li>
          ))}
        </ul>
      )}
      <FormField label="Whisper to the agent" description="The customer does not hear it." errorText={problem} stretch>
        <div className="in-line">
          <div className="grow">
            <Textarea
              value={text}
              rows={2}
              disabled={ended}
              placeholder={ended ? "The call has ended" : "Say it in one line"}
              onChange={({ detail }) => {
                key.current = null;
                setText(Array.from(detail.value).slice(0, WHISPER_MAX).join(""));
              }}
              onKeyDown={(event) => {
                const { key: pressed, shiftKey, isComposing } = event.detail;
                if (pressed !== "Enter" || shiftKey || isComposing) return;
                event.preventDefault();
                send();
              }}
            />
          </div>
          <Button onClick={send} loading={sending} loadingText="Sending" disabled={ended || text.trim() === ""}>
            Send
          </Button>
        </div>
      </FormField>
    </section>
  );
}
