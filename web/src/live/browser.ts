/** The browser's own socket, timers and chance, as the state machine wants them. */

import { ApiError, type Api } from "../api/client";
import type { Socket, Surroundings } from "./connection";

function after(ms: number, run: () => void): () => void {
  const timer = window.setTimeout(run, ms);
  return () => window.clearTimeout(timer);
}

/** For a call's events. */
export const browserSurroundings = (api: Api, callId: string): Surroundings =>
  surroundings(() => api.liveToken(callId), "/v1/live");

/** For the rows of the floor. */
export const floorSurroundings = (api: Api): Surroundings => surroundings(() => api.floorToken(), "/v1/floor/live");

function surroundings(freshToken: () => Promise<string>, path: string): Surroundings {
  return {
    token: async () => {
      try {
        return { token: await freshToken() };
      } catch (error) {
        const status = error instanceof ApiError ? error.status : 0;
        if (status === 401 || status === 403) return { refused: "unauthorised" };
        return { refused: status === 404 ? "unknown" : "unreachable" };
      }
    },
    open: (token) => browserSocket(path, token),
    nowMs: () => Date.now(),
    after,
    chance: () => Math.random(),
    timersAreSlow: () => document.hidden,
  };
}

function browserSocket(path: string, token: string): Socket {
  const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(`${scheme}//${window.location.host}${path}?token=${encodeURIComponent(token)}`);
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
