import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { problemWords } from "../api/client";
import { useApi } from "../api/context";
import { navigate } from "../shell/router";
import { AgentCall } from "./AgentCall";
import { besideOf, pick, type Current, type Picked } from "./pick";

const POLL_MS = 2000;

/** The agent named in the address (`/agent?as=maria`); without one it is whoever took the newest call. */
function namedAgent(): string | null {
  return new URLSearchParams(window.location.search).get("as");
}

/** The agent's screen: of the call in the address, or of the newest call, and then the next. */
export function AgentPage({ callId }: { readonly callId: string | null }): ReactNode {
  return callId === null ? <NextCall agent={namedAgent()} /> : <AgentCall key={callId} callId={callId} agent={null} />;
}

function NextCall({ agent }: { readonly agent: string | null }): ReactNode {
  const api = useApi();
  const [picked, setPicked] = useState<Picked>({ callId: null, next: null });
  const [ended, setEnded] = useState(false);
  const [unsaved, setUnsaved] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const shown = picked.callId;
  const beside = useRef<{ readonly of: string; readonly calls: ReadonlySet<string> } | null>(null);
  useEffect(() => {
    // While a call goes on there is nothing to look for.
    if (shown !== null && !ended) return undefined;
    let gone = false;
    let timer = 0;
    const ask = async (): Promise<void> => {
      try {
        const calls = await api.liveCalls(agent);
        if (gone) return;
        if (shown !== null && beside.current?.of !== shown) {
          beside.current = { of: shown, calls: besideOf(calls, agent) };
        }
        const current: Current | null =
          shown === null ? null : { callId: shown, ended, unsaved, beside: beside.current?.calls ?? new Set() };
        const next = pick(current, calls, agent);
        setPicked((before) => (before.callId === next.callId && before.next === next.next ? before : next));
        if (next.callId !== shown) setEnded(false);
        setProblem(null);
      } catch (error) {
        if (!gone) setProblem(problemWords(error));
      }
      if (!gone) timer = window.setTimeout(() => void ask(), POLL_MS);
    };
    void ask();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [api, agent, shown, ended, unsaved]);
  const over = useCallback(() => setEnded(true), []);

  if (shown === null) return <Waiting agent={agent} problem={problem} />;
  const { next } = picked;
  return (
    <AgentCall
      key={shown}
      callId={shown}
      agent={agent}
      onEnded={over}
      onUnsaved={setUnsaved}
      offer={
        next !== null && (
          <div className="notice" role="status" data-testid="next-call">
            <span className="notice-words">
              {unsaved
                ? "The next call is here. The notes of this one are not saved; this browser keeps them."
                : "Another call is going on."}
            </span>
            <Button
              variant="primary"
              onClick={() => {
                setEnded(false);
                setPicked({ callId: next, next: null });
              }}
            >
              {unsaved ? "Go to the next call" : "Go to it"}
            </Button>
          </div>
        )
      }
    />
  );
}

function Waiting({ agent, problem }: { readonly agent: string | null; readonly problem: string | null }): ReactNode {
  useEffect(() => {
    document.title = "Waiting · Cueline";
  }, []);
  return (
    <main className="agent-waiting" data-testid="agent-waiting">
      <Box variant="h1">Waiting for the next call</Box>
      <p className="soft">
        {agent === null
          ? "It opens here by itself as soon as an agent takes it."
          : `It opens here by itself as soon as ${agent} takes it.`}
      </p>
      {problem !== null && <StatusIndicator type="warning">{problem} Trying again.</StatusIndicator>}
      <Button variant="link" onClick={() => navigate("/")}>
        See past calls
      </Button>
    </main>
  );
}
