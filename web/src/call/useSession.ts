import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useApi } from "../api/context";
import { browserSurroundings } from "../live/browser";
import { CallSession, type SessionState } from "./session";

interface Held {
  readonly state: SessionState;
  readonly retryNow: () => void;
  /** Reads what was committed since, also of a call that is over. */
  readonly readNow: () => Promise<void>;
}

/** The session of a call for as long as the component stands; a network that comes back is used at once. */
export function useSession(callId: string): Held {
  const api = useApi();
  const holder = useMemo(
    () => new SessionHolder(() => new CallSession(callId, api, browserSurroundings(api, callId))),
    [api, callId],
  );
  const state = useSyncExternalStore(holder.subscribe, holder.snapshot);
  useEffect(() => {
    holder.open();
    window.addEventListener("online", holder.retryNow);
    return () => {
      window.removeEventListener("online", holder.retryNow);
      holder.close();
    };
  }, [holder]);
  return { state, retryNow: holder.retryNow, readNow: holder.readNow };
}

/** A session can be closed once only, a component may be mounted again: each mount gets a session of its own. */
class SessionHolder {
  private session: CallSession;
  private readonly watchers = new Set<() => void>();
  private unsubscribe: (() => void) | null = null;

  constructor(private readonly make: () => CallSession) {
    this.session = make();
  }

  open(): void {
    this.unsubscribe = this.session.subscribe(() => {
      for (const watcher of this.watchers) watcher();
    });
    void this.session.open();
  }

  close(): void {
    this.unsubscribe?.();
    this.session.close();
    this.session = this.make();
  }

  readonly retryNow = (): void => this.session.retryNow();
  readonly readNow = (): Promise<void> => this.session.readNow();
  readonly snapshot = (): SessionState => this.session.snapshot();
  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };
}
