import { beforeEach, describe, expect, it } from "vitest";
import type { CallEvent } from "../generated/events";
import {
  ACK_EVERY_MS,
  backOffMs,
  FIRST_DELAY_MS,
  GOOD_AFTER_MS,
  LAST_DELAY_MS,
  LiveConnection,
  SILENCE_MS,
  type ConnectionStatus,
  type Socket,
  type TokenRefusal,
} from "./connection";

class FakeSocket implements Socket {
  readonly sent: unknown[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((text: string) => void) | null = null;
  onclose: ((code: number) => void) | null = null;
  constructor(readonly token: string) {}
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
}

/** A page with a clock of its own, a server that hands out tokens, and every socket that was opened. */
class World {
  nowMs = 0;
  timers: { atMs: number; run: () => void }[] = [];
  sockets: FakeSocket[] = [];
  tokens = 0;
  refused: TokenRefusal | null = null;
  slowTimers = false;
  sequence: number | null = null;
  events: CallEvent[] = [];
  heartbeats: number[] = [];
  statuses: ConnectionStatus[] = [];
  readonly connection = new LiveConnection(
    {
      token: () => Promise.resolve(this.refused ? { refused: this.refused } : { token: `t${++this.tokens}` }),
      open: (token) => {
        const socket = new FakeSocket(token);
        this.sockets.push(socket);
        return socket;
      },
      nowMs: () => this.nowMs,
      after: (ms, run) => {
        const timer = { atMs: this.nowMs + ms, run };
        this.timers.push(timer);
        return () => (this.timers = this.timers.filter((other) => other !== timer));
      },
      chance: () => 0.999_999,
      timersAreSlow: () => this.slowTimers,
    },
    {
      onEvent: (event) => {
        this.events.push(event);
        this.sequence = event.sequence;
      },
      onStatus: (status) => this.statuses.push(status),
      onHeartbeat: (sequence) => this.heartbeats.push(sequence),
      sequence: () => this.sequence,
      resumes: true,
    },
  );

  async pass(ms: number): Promise<void> {
    const until = this.nowMs + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.atMs <= until).sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.nowMs = next.atMs;
      next.run();
      await settle();
    }
    this.nowMs = until;
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }

  get status(): ConnectionStatus | undefined {
    return this.statuses.at(-1);
  }

  async live(): Promise<void> {
    this.connection.start();
    await settle();
    this.socket.onopen?.();
  }

  say(message: object): void {
    this.socket.onmessage?.(JSON.stringify(message));
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

let world: World;
beforeEach(() => {
  world = new World();
});

describe("a connection", () => {
  it("begins with a token and with where to resume", async () => {
    await world.live();
    expect(world.socket.token).toBe("t1");
    expect(world.socket.sent).toEqual([{ resume: null }]);
    expect(world.statuses.map((status) => status.state)).toEqual(["connecting", "live"]);
  });

  it("hands on events and heartbeats, and survives what is neither", async () => {
    await world.live();
    world.say({ kind: "CallQueued", sequence: 2 });
    world.say({ kind: "Heartbeat", sequence: 7 });
    world.socket.onmessage?.("no json");
    world.socket.onmessage?.("null");
    expect(world.events.map((event) => event.kind)).toEqual(["CallQueued"]);
    expect(world.heartbeats).toEqual([7]);
  });

  it("acknowledges about once a second, and only what is new", async () => {
    await world.live();
    world.say({ kind: "CallQueued", sequence: 2 });
    world.say({ kind: "HoldStarted", sequence: 3 });
    expect(world.socket.sent).toHaveLength(1);
    await world.pass(ACK_EVERY_MS * 5);
    expect(world.socket.sent.slice(1)).toEqual([{ ack: 3 }]);
  });

  it("acknowledges at once where timers are slow", async () => {
    world.slowTimers = true;
    await world.live();
    world.say({ kind: "CallQueued", sequence: 2 });
    expect(world.socket.sent.slice(1)).toEqual([{ ack: 2 }]);
  });

  it("comes back after a cut with a new token, from the last sequence seen", async () => {
    await world.live();
    world.say({ kind: "CallQueued", sequence: 5 });
    world.socket.onclose?.(1006);
    expect(world.status).toEqual({ state: "waiting", untilMs: 500, why: "the connection was cut" });
    await world.pass(500);
    world.socket.onopen?.();
    expect(world.sockets).toHaveLength(2);
    expect(world.socket.token).toBe("t2");
    expect(world.socket.sent).toEqual([{ resume: 5 }]);
    expect(world.status?.state).toBe("live");
  });

  it.each([4401, 4408, 4429, 1001, 1012])("comes back after close code %d", async (code) => {
    await world.live();
    world.socket.onclose?.(code);
    await world.pass(LAST_DELAY_MS);
    expect(world.sockets).toHaveLength(2);
  });

  it.each([4403, 4404])("stays away after close code %d", async (code) => {
    await world.live();
    world.socket.onclose?.(code);
    await world.pass(10 * LAST_DELAY_MS);
    expect(world.status?.state).toBe("stopped");
    expect(world.sockets).toHaveLength(1);
    expect(world.timers).toEqual([]);
  });

  it("waits longer each time, and begins anew after a good connection", async () => {
    world.refused = "unreachable";
    world.connection.start();
    await settle();
    await world.pass(60_000);
    const waits = world.statuses.filter((status) => status.state === "waiting");
    expect(waits.length).toBeGreaterThan(5);
    expect(waits.length).toBeLessThan(14);
    world.refused = null;
    await world.pass(LAST_DELAY_MS);
    world.socket.onopen?.();
    await world.pass(GOOD_AFTER_MS);
    world.socket.onclose?.(1006);
    expect(world.status).toMatchObject({ state: "waiting", untilMs: world.nowMs + FIRST_DELAY_MS });
  });

  it("does not begin anew when each connection is cut at once", async () => {
    await world.live();
    world.socket.onclose?.(4429);
    await world.pass(FIRST_DELAY_MS);
    world.socket.onopen?.();
    world.socket.onclose?.(4429);
    expect(world.status).toMatchObject({ untilMs: world.nowMs + 2 * FIRST_DELAY_MS });
  });

  it("takes a silent server for gone, and a heartbeat for life", async () => {
    await world.live();
    await world.pass(SILENCE_MS - 1000);
    world.say({ kind: "Heartbeat", sequence: 1 });
    await world.pass(SILENCE_MS - 1000);
    expect(world.status?.state).toBe("live");
    await world.pass(1000);
    expect(world.status).toMatchObject({ state: "waiting", why: "the server went silent" });
    expect(world.sockets[0]?.closed).toBe(true);
  });

  it("gives up on a socket that never opens", async () => {
    world.connection.start();
    await settle();
    await world.pass(SILENCE_MS);
    expect(world.status?.state).toBe("waiting");
  });

  it("tries at once when asked, only while it waits", async () => {
    await world.live();
    world.connection.retryNow();
    expect(world.sockets).toHaveLength(1);
    world.socket.onclose?.(1006);
    world.connection.retryNow();
    await settle();
    expect(world.sockets).toHaveLength(2);
    await world.pass(FIRST_DELAY_MS);
    expect(world.sockets).toHaveLength(2);
  });

  it("stops for good: no socket, no timer, no word", async () => {
    await world.live();
    const said = world.statuses.length;
    world.connection.stop();
    expect(world.socket.closed).toBe(true);
    await world.pass(LAST_DELAY_MS * 2);
    expect(world.timers).toEqual([]);
    expect(world.statuses).toHaveLength(said);
  });

  it("opens no socket when it was stopped while it waited for a token", async () => {
    world.connection.start();
    world.connection.stop();
    await settle();
    expect(world.sockets).toEqual([]);
  });

  it.each([["unauthorised"], ["unknown"]] as const)("stops when a token is refused as %s", async (refused) => {
    world.refused = refused;
    world.connection.start();
    await settle();
    expect(world.status?.state).toBe("stopped");
  });
});

it("back-off lies between half and all of 0.5 s to 10 s", () => {
  expect(backOffMs(0, 0)).toBe(250);
  expect(backOffMs(0, 1)).toBe(500);
  expect(backOffMs(3, 1)).toBe(4000);
  expect(backOffMs(400, 1)).toBe(LAST_DELAY_MS);
  expect(backOffMs(400, 0)).toBe(LAST_DELAY_MS / 2);
});
