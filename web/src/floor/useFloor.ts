import { useEffect, useSyncExternalStore, useMemo } from "react";
import type { Api } from "../api/client";
import { useApi } from "../api/context";
import { floorSurroundings } from "../live/browser";
import { LiveConnection, type ConnectionStatus, type Surroundings } from "../live/connection";
import { EMPTY_FLOOR, reconnecting, take, type Floor, type FloorMessage } from "./feed";

export interface FloorState {
  readonly floor: Floor;
  readonly connection: ConnectionStatus;
  /** The rows have come once: from then on an empty floor is empty. */
  readonly loaded: boolean;
}

const BATCH_MS = 50;

/** One socket for all rows, for as long as the page stands. */
class FloorFeed {
  private state: FloorState = { floor: EMPTY_FLOOR, connection: { state: "idle" }, loaded: false };
  private readonly watchers = new Set<() => void>();
  private connection: LiveConnection<FloorMessage> | null = null;
  private arrived: FloorMessage[] = [];
  private cancelFlush: (() => void) | null = null;
  private readonly around: Surroundings;

  constructor(api: Api) {
    this.around = floorSurroundings(api);
  }

  open(): void {
    this.connection = new LiveConnection<FloorMessage>(this.around, {
      onEvent: (message) => this.receive(message),
      onStatus: (connection) => this.connected(connection),
      onHeartbeat: () => undefined,
      sequence: () => this.state.floor.revision,
      resumes: false,
    });
    this.connection.start();
  }

  close(): void {
    this.cancelFlush?.();
    this.cancelFlush = null;
    this.connection?.stop();
    this.connection = null;
  }

  readonly retryNow = (): void => this.connection?.retryNow();
  readonly snapshot = (): FloorState => this.state;
  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  private receive(message: FloorMessage): void {
    this.arrived.push(message);
    if (this.around.timersAreSlow()) this.flush();
    else this.cancelFlush ??= this.around.after(BATCH_MS, () => this.flush());
  }

  private flush(): void {
    this.cancelFlush?.();
    this.cancelFlush = null;
    const floor = take(this.state.floor, this.arrived.splice(0));
    this.change({ floor, loaded: this.state.loaded || floor.revision !== null });
  }

  private connected(connection: ConnectionStatus): void {
    if (connection.state !== "live") {
      this.arrived = [];
      this.change({ connection, floor: reconnecting(this.state.floor) });
    } else this.change({ connection });
  }

  private change(part: Partial<FloorState>): void {
    this.state = { ...this.state, ...part };
    for (const watcher of this.watchers) watcher();
  }
}

export function useFloor(): FloorState & { readonly retryNow: () => void } {
  const api = useApi();
  const feed = useMemo(() => new FloorFeed(api), [api]);
  const state = useSyncExternalStore(feed.subscribe, feed.snapshot);
  useEffect(() => {
    feed.open();
    window.addEventListener("online", feed.retryNow);
    return () => {
      window.removeEventListener("online", feed.retryNow);
      feed.close();
    };
  }, [feed]);
  return { ...state, retryNow: feed.retryNow };
}
