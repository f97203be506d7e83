/** The browser's own socket, timers and chance, as the state machine wants them. */

import { ApiError, type Api } from "../api/client";
import type { Socket, Surroundings } from "./connection";

function after(ms: number, run: () => void): () => void {
  const timer = window.setTimeout(run, ms);
  return () => window.clearTimeout(timer);
}

export function browserSurroundings(api: Api, callId: string): Surroundings {
  return {
    token: async () => {
      try {
        return { token: await api.liveToken(callId) };
      } catch (error) {
        const status = error instanceof ApiError ? error.status : 0;
        if (status === 401 || status === 403) return { refused: "unauthorised" };
        return { refused: status === 404 ? "unknown" : "unreachable" };
      }
    },
    open: (token) => browserSocket(token),
    nowMs: () => Date.now(),
    after,
    chance: () => Math.random(),
    timersAreSlow: () => document.hidden,
  };
}

function browserSocket(token: string): Socket {
  const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(`${scheme}//${window.location.host}/v1/live?token=${encodeURIComponent(token)}`);
  const adapter: Socket = {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  socket.addEventListener("open", () => adapter.onopen?.());
  socket.addEventListener("message", (message) => adapter.onmessage?.(String(message.data)));
  socket.addEventListener("close", (closed) => adapter.onclose?.(closed.code));
  return adapter;
}
