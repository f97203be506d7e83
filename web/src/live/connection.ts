/**
 * A live connection, of one call or of the floor: a state machine over a WebSocket. Socket, timers, clock and chance are handed in, so
 * that every path runs in a test without waiting.
 *
 *   idle -> connecting -> live -> waiting -> connecting ...      stopped: only a person can help
 *
 * Each connection begins with a fresh token and, for a call, `{"resume": sequence}`. Once a second the client says how far it is
 * (`{"ack": sequence}`), from which the server measures this client's lag. A server that says nothing for longer than
 * two heartbeats is taken for gone.
 */

import type { CallEvent } from "../generated/events";

export type ConnectionStatus =
  | { readonly state: "idle" }
  | { readonly state: "connecting"; readonly attempt: number }
  | { readonly state: "live" }
  | { readonly state: "waiting"; readonly untilMs: number; readonly why: string }
  | { readonly state: "stopped"; readonly why: string };

/** As much of a WebSocket as is used. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((text: string) => void) | null;
  onclose: ((code: number) => void) | null;
}

/** What a failed request for a token means. */
export type TokenRefusal = "unauthorised" | "unknown" | "unreachable";

export interface Surroundings {
  /** A fresh token, or why there is none. Never rejects. */
  readonly token: () => Promise<{ readonly token: string } | { readonly refused: TokenRefusal }>;
  readonly open: (token: string) => Socket;
  readonly nowMs: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
  /** In [0, 1). */
  readonly chance: () => number;
  /** Browsers let the timers of a hidden page run seldom: then nothing may wait for one. */
  readonly timersAreSlow: () => boolean;
}

export interface Listener<Message extends { readonly kind: string } = CallEvent> {
  readonly onEvent: (event: Message) => void;
  readonly onStatus: (status: ConnectionStatus) => void;
  /** The server's last committed sequence, every 15 s: above ours, something was missed. */
  readonly onHeartbeat: (sequence: number) => void;
  /** The last committed sequence up to which nothing is missing; null before the first. */
  readonly sequence: () => number | null;
  /** Whether a connection begins by saying from where to go on; otherwise the server begins with all there is. */
  readonly resumes: boolean;
}

export const FIRST_DELAY_MS = 500;
export const LAST_DELAY_MS = 10_000;
export const ACK_EVERY_MS = 1000;
export const SILENCE_MS = 35_000;
/** A connection that stood this long was a good one: the next back-off begins anew. */
export const GOOD_AFTER_MS = 5000;

const FINAL_CLOSES: Readonly<Record<number, string>> = {
  1008: "The server knows another history of this call: reload the page",
  4403: "You are not allowed to see this call",
  4404: "This call is not known here",
};

const CLOSE_WORDS: Readonly<Record<number, string>> = {
  4401: "the pass had run out",
  4408: "this page could not keep up",
  4429: "too many pages are open",
};

/** Doubles from 0.5 s to 10 s; the upper half is left to chance so that pages do not come back all at once. */
export function backOffMs(attempt: number, chance: number): number {
  const ceiling = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling * (0.5 + chance / 2));
}

export class LiveConnection<Message extends { readonly kind: string } = CallEvent> {
  private socket: Socket | null = null;
  private attempt = 0;
  private acked: number | null = null;
  private cancels: (() => void)[] = [];
  private cancelWatch: (() => void) | null = null;
  private status: ConnectionStatus = { state: "idle" };

  constructor(
    private readonly around: Surroundings,
    private readonly listener: Listener<Message>,
  ) {}

  start(): void {
    if (this.status.state === "idle") void this.connect();
  }

  /** Ends the connection for good; nothing is reported any more. */
  stop(): void {
    this.leave();
    this.status = { state: "stopped", why: "closed" };
  }

  /** Tries at once instead of waiting out the back-off: the network came back, or a person asked. */
  retryNow(): void {
    if (this.status.state !== "waiting") return;
    this.leave();
    void this.connect();
  }

  private async connect(): Promise<void> {
    this.become({ state: "connecting", attempt: this.attempt });
    const answer = await this.around.token();
    if (this.current().state !== "connecting") return;
    if ("token" in answer) this.open(answer.token);
    else if (answer.refused === "unreachable") this.retry("the server does not answer");
    else if (answer.refused === "unknown") this.become({ state: "stopped", why: "This call is not known here" });
    else this.become({ state: "stopped", why: "This page is no longer signed in" });
  }

  private open(token: string): void {
    const socket = this.around.open(token);
    this.socket = socket;
    this.watch();
    socket.onopen = () => {
      this.acked = this.listener.sequence();
      if (this.listener.resumes) socket.send(JSON.stringify({ resume: this.acked }));
      this.become({ state: "live" });
      this.later(GOOD_AFTER_MS, () => (this.attempt = 0));
      this.tick(socket);
      this.watch();
    };
    socket.onmessage = (text) => {
      this.watch();
      const message = parse(text);
      if (message?.kind === "Heartbeat") this.listener.onHeartbeat((message as Heartbeat).sequence);
      else if (message) this.listener.onEvent(message as Message);
      if (this.around.timersAreSlow()) this.acknowledge(socket);
    };
    socket.onclose = (code) => {
      const final = FINAL_CLOSES[code];
      if (final === undefined) this.retry(CLOSE_WORDS[code] ?? "the connection was cut");
      else {
        this.leave();
        this.become({ state: "stopped", why: final });
      }
    };
  }

  private tick(socket: Socket): void {
    this.later(ACK_EVERY_MS, () => {
      this.acknowledge(socket);
      this.tick(socket);
    });
  }

  private acknowledge(socket: Socket): void {
    const sequence = this.listener.sequence();
    if (sequence === null || sequence === this.acked) return;
    this.acked = sequence;
    socket.send(JSON.stringify({ ack: sequence }));
  }

  private watch(): void {
    this.cancelWatch?.();
    this.cancelWatch = this.around.after(SILENCE_MS, () => this.retry("the server went silent"));
  }

  private retry(why: string): void {
    this.leave();
    const delay = backOffMs(this.attempt, this.around.chance());
    this.attempt += 1;
    this.become({ state: "waiting", untilMs: this.around.nowMs() + delay, why });
    this.later(delay, () => void this.connect());
  }

  /** Lets go of socket and timers. */
  private leave(): void {
    this.cancelWatch?.();
    this.cancelWatch = null;
    for (const cancel of this.cancels.splice(0)) cancel();
    const { socket } = this;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private later(ms: number, run: () => void): void {
    const cancel = this.around.after(ms, () => {
      this.cancels = this.cancels.filter((other) => other !== cancel);
      run();
    });
    this.cancels.push(cancel);
  }

  private current(): ConnectionStatus {
    return this.status;
  }

  private become(status: ConnectionStatus): void {
    this.status = status;
    this.listener.onStatus(status);
  }
}

interface Heartbeat {
  readonly kind: "Heartbeat";
  readonly sequence: number;
}

/** A message, or null for what is none. */
function parse(text: string): { readonly kind: string } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "kind" in value ? (value as { kind: string }) : null;
  } catch {
    return null;
  }
}
