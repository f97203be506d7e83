/**
 * One open call page's data: what was stored is read over REST in large pages, what comes is taken from the live
 * connection, and what was missed or amended is read again. Events are handed on in batches, so that a burst of
 * thousands draws once.
 */

import { ApiError, type Api } from "../api/client";
import type { CallEvent } from "../generated/events";
import type { CallSummary } from "../generated/rest";
import { LiveConnection, type ConnectionStatus, type Surroundings } from "../live/connection";
import { EMPTY_VIEW, hasGap, reduce, refresh, withTimings, type CallView } from "./view";

export interface SessionState {
  readonly summary: CallSummary | null;
  readonly view: CallView;
  readonly connection: ConnectionStatus;
  /** Why the call cannot be shown at all. */
  readonly problem: ApiError | null;
  /** The stored events have been read: from here on what comes is new. */
  readonly loaded: boolean;
}

/** As much of the server as a session reads. */
export type CallReading = Pick<Api, "call" | "events" | "timings" | "guidance">;

export const PAGE = 1000;
export const BATCH_MS = 30;
/** Measured stages of the last utterances are stored a moment after the call's end. */
const TIMINGS_SETTLE_MS = 1500;
const REPAIR_RETRY_MS = 2000;

export class CallSession {
  private state: SessionState = {
    summary: null,
    view: EMPTY_VIEW,
    connection: { state: "idle" },
    problem: null,
    loaded: false,
  };
  private readonly watchers = new Set<() => void>();
  private readonly connection: LiveConnection;
  private waiting: CallEvent[] = [];
  private cancelFlush: (() => void) | null = null;
  private cancelRetry: (() => void) | null = null;
  private repairing = false;
  private missedUpTo = 0;
  private closed = false;

  constructor(
    private readonly callId: string,
    private readonly api: CallReading,
    private readonly around: Surroundings,
  ) {
    this.connection = new LiveConnection(around, {
      onEvent: (event) => this.receive(event),
      onStatus: (status) => this.connected(status),
      onHeartbeat: (sequence) => {
        this.missedUpTo = Math.max(this.missedUpTo, sequence);
        void this.repair();
      },
      sequence: () => this.state.view.sequence || null,
      resumes: true,
    });
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly snapshot = (): SessionState => this.state;

  /** Reads the call and, while it goes on, follows it. */
  async open(): Promise<void> {
    try {
      const [summary, timings] = await Promise.all([this.api.call(this.callId), this.api.timings(this.callId)]);
      this.change({ summary, view: withTimings(this.state.view, timings) });
      await this.readOn();
      this.change({ loaded: true });
    } catch (error) {
      this.failed(error);
      return;
    }
    if (!this.closed && this.state.view.phase !== "ended") this.connection.start();
  }

  close(): void {
    this.closed = true;
    this.cancelFlush?.();
    this.cancelRetry?.();
    this.connection.stop();
  }

  retryNow(): void {
    this.connection.retryNow();
  }

  /** Reads what was committed since: for what this page itself changed in a call that nobody follows any more. */
  async readNow(): Promise<void> {
    this.missedUpTo = Math.max(this.missedUpTo, this.state.view.sequence + 1);
    await this.repair();
  }

  private failed(error: unknown): void {
    if (error instanceof ApiError && (error.status === 0 || error.status >= 500)) {
      this.cancelRetry = this.around.after(REPAIR_RETRY_MS, () => void this.open());
    }
    this.change({ problem: error instanceof ApiError ? error : new ApiError(0, "Unexpected fault", String(error)) });
  }

  /** All stored events after the last one known. */
  private async readOn(): Promise<void> {
    for (let more = true; more && !this.closed;) {
      const page = await this.api.events(this.callId, this.state.view.sequence, PAGE);
      const before = this.state.view.sequence;
      this.change({ view: reduce(this.state.view, page.events), problem: null });
      more = page.more && this.state.view.sequence > before;
    }
  }

  private receive(event: CallEvent): void {
    this.waiting.push(event);
    if (this.around.timersAreSlow()) this.flush();
    else this.cancelFlush ??= this.around.after(BATCH_MS, () => this.flush());
  }

  private flush(): void {
    this.cancelFlush?.();
    this.cancelFlush = null;
    const before = this.state.view;
    this.change({ view: reduce(before, this.waiting.splice(0)) });
    if (before.phase !== "ended" && this.state.view.phase === "ended") {
      this.around.after(TIMINGS_SETTLE_MS, () => void this.readAgain());
    }
    void this.repair();
  }

  private connected(connection: ConnectionStatus): void {
    const again = connection.state === "live" && this.state.connection.state === "connecting";
    this.change({ connection });
    // Measurements are not repeated on resume: read what was stored meanwhile.
    if (again && this.state.view.utterances.size > 0) void this.readAgain();
  }

  private async readAgain(): Promise<void> {
    try {
      const [summary, timings] = await Promise.all([this.api.call(this.callId), this.api.timings(this.callId)]);
      this.change({ summary, view: withTimings(this.state.view, timings) });
    } catch {
      // Only figures are older than they could be; the connection's state is told by its own line.
    }
  }

  /** Closes gaps and reads amended texts, one repair at a time; tries again later when the server does not answer. */
  private async repair(): Promise<void> {
    if (this.repairing || this.closed || !this.needsRepair()) return;
    this.repairing = true;
    try {
      if (hasGap(this.state.view) || this.missedUpTo > this.state.view.sequence) {
        await this.readOn();
        this.missedUpTo = this.state.view.sequence;
      }
      await this.readAmended();
    } catch {
      this.cancelRetry = this.around.after(REPAIR_RETRY_MS, () => void this.repair());
    } finally {
      this.repairing = false;
    }
  }

  /** Texts that were changed and the places in them that guidance stands on, shown together. */
  private async readAmended(): Promise<void> {
    const { amended } = this.state.view;
    if (amended.size === 0) return;
    const pages = await Promise.all([...amended.values()].map((after) => this.api.events(this.callId, after - 1, 1)));
    const guidance = await this.api.guidance(this.callId);
    this.change({
      view: refresh(
        this.state.view,
        pages.flatMap((page) => page.events),
        guidance,
      ),
    });
  }

  private needsRepair(): boolean {
    const { view } = this.state;
    return hasGap(view) || view.amended.size > 0 || this.missedUpTo > view.sequence;
  }

  private change(part: Partial<SessionState>): void {
    if (this.closed) return;
    this.state = { ...this.state, ...part };
    for (const watcher of this.watchers) watcher();
  }
}
