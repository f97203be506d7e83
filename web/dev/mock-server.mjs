/**
 * A stand-in for Cueline's server, for work on the page alone: the built files, the REST calls that the page makes,
 * and a live call over the WebSocket that begins anew whenever it has ended.
 *
 *   npm run build && npm run mock -- [--port 8765] [--empty] [--long N] [--quiet] [--speed X] [--source recognised]
 *     [--files DIR]
 *
 *   POST /dev/cut          cuts every WebSocket          POST /dev/cut?code=4408   with that close code
 *   POST /dev/refuse?s=8   gives no live token for 8 s   POST /dev/gap             leaves out one committed event
 */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { WebSocketServer } from "ws";
import { LENGTH_MS, timeline } from "./fixture.mjs";
import { answerForAll, answerForCall, madeNotes } from "./guidance.mjs";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "8765" },
    empty: { type: "boolean", default: false },
    long: { type: "string", default: "0" },
    speed: { type: "string", default: "1" },
    source: { type: "string", default: "script" },
    quiet: { type: "boolean", default: false },
    files: { type: "string" },
  },
});
const speed = Number(options.speed);
const root = options.files ?? join(dirname(fileURLToPath(import.meta.url)), "../../src/cueline/delivery/web");
const TRANSIENT = new Set(["PartialRevised", "UtteranceTimed", "LagMeasured"]);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

const calls = new Map();
const sockets = new Set();
let refuseUntil = 0;
let gaps = 0;

function begin(id, startedAtMs, more = {}) {
  const call = {
    summary: {
      callId: id,
      contactId: `${id}-4f6a-9c1e`,
      phase: "offered",
      sequence: 0,
      startedAtMs,
      createdAtMs: startedAtMs,
      endedAtMs: null,
      durationMs: null,
      agentId: null,
      customerEndpoint: "+1 *** ** 42",
      profile: "default",
      recogniser: null,
      recogniserSource: null,
      endReason: null,
      utterances: 0,
      warnings: 0,
      masks: 0,
      title: null,
      reason: null,
      disposition: null,
      labels: [],
      sentiment: null,
      alerts: 0,
      cues: 0,
      handRaised: false,
      ...more,
    },
    events: [],
    timings: new Map(),
  };
  calls.set(id, call);
  return call;
}

/** Adds an event to a call: numbers it, keeps it, sums it up, sends it. */
function add(call, payload, atMs, pushed) {
  const { summary } = call;
  const transient = TRANSIENT.has(payload.kind);
  if (!transient) summary.sequence += 1;
  const event = {
    tenant: "default",
    callId: summary.callId,
    sequence: summary.sequence,
    kind: payload.kind,
    atMs,
    ...payload,
  };
  if (payload.kind === "UtteranceTimed") call.timings.set(payload.utteranceId, payload.stages);
  if (!transient) call.events.push(event);
  sum(summary, payload, atMs);
  if (payload.kind === "CallEnded")
    setTimeout(() => add(call, madeNotes(summary.callId), atMs, pushed), pushed ? 1500 : 0);
  if (!pushed) return event;
  if (!transient && gaps > 0) gaps -= 1;
  else
    for (const socket of sockets)
      if (socket.callId === summary.callId && socket.resumed) socket.send(JSON.stringify(event));
  return event;
}

function sum(summary, payload, atMs) {
  const phases = {
    CallStarted: "system",
    CallQueued: "queued",
    AgentConnected: "connected",
    HoldStarted: "held",
    HoldEnded: "connected",
    CallEnded: "ended",
  };
  summary.phase = phases[payload.kind] ?? summary.phase;
  if (payload.kind === "AgentConnected") summary.agentId = payload.agentId;
  if (payload.kind === "CallWarned") summary.warnings += 1;
  if (payload.kind === "RecogniserStarted")
    Object.assign(summary, { recogniser: payload.label, recogniserSource: payload.source });
  if (payload.kind === "UtteranceCommitted") {
    summary.utterances += 1;
    summary.masks += payload.masks.length;
  }
  if (payload.kind === "CallEnded") {
    Object.assign(summary, { endReason: payload.reason, durationMs: atMs, endedAtMs: summary.startedAtMs + atMs });
  }
}

function past(id, minutesAgo, more, change = (event) => event) {
  const call = begin(id, Date.now() - minutesAgo * 60_000, more);
  for (const { payload, atMs } of timeline({ source: "recognised", seed: minutesAgo }).map(change)) {
    if (payload.kind !== "PartialRevised") add(call, payload, atMs, false);
  }
}

function play(number) {
  const call = begin(`call_live${number}`, Date.now(), { title: "A lost bank card" });
  for (const { sendMs, atMs, payload } of timeline({ source: options.source, seed: number })) {
    setTimeout(() => add(call, payload, atMs, true), sendMs / speed);
  }
  setTimeout(() => play(number + 1), (LENGTH_MS + 15_000) / speed);
}

function long(turns) {
  const call = begin("call_long", Date.now() - turns * 4000, { title: `A long call of ${turns} turns` });
  add(call, { kind: "CallStarted", contactId: "long", profile: "default" }, 0, false);
  add(call, { kind: "AgentConnected", agentId: "maria" }, 10, false);
  const say = (index) => {
    const speaker = index % 2 ? "agent" : "customer";
    const text = `Turn ${index + 1}. ${"We went over the bill line by line and found what was wrong with it. ".repeat(1 + (index % 3))}`;
    const at = index * 4000;
    add(
      call,
      {
        kind: "UtteranceCommitted",
        utteranceId: `l.${index}`,
        channel: speaker,
        speaker,
        startedMs: at,
        endedMs: at + 3000,
        text,
        words: [],
        masks: [],
      },
      at,
      true,
    );
    add(
      call,
      {
        kind: "UtteranceTimed",
        utteranceId: `l.${index}`,
        stages: { recogniserFinal: 120, redacted: 124, committed: 140, published: 143, delivered: 150 + (index % 60) },
      },
      at,
      true,
    );
  };
  for (let index = 0; index < turns; index += 1) say(index);
  let next = turns;
  setInterval(() => say(next++), 3000 / speed);
}

function problem(response, status, title, detail) {
  response.writeHead(status, { "Content-Type": "application/problem+json" });
  response.end(JSON.stringify({ type: "about:blank", title, status, detail }));
}

function json(response, body, status = 200) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

function rest(request, response, url, body) {
  if (!/cueline=dev/.test(request.headers.cookie ?? ""))
    return problem(response, 401, "Not signed in", "Open the address that was printed.");
  const source = options.source;
  if (url.pathname === "/v1/system")
    return json(response, {
      version: "0.1.0",
      demo: !options.quiet,
      recogniser: { name: "script", label: "Recorded words", source },
    });
  if (url.pathname === "/v1/live-token") {
    if (Date.now() < refuseUntil) return problem(response, 503, "Unavailable", "Starting.");
    return json(response, { token: JSON.parse(body).callId, expiresInS: 60 }, 201);
  }
  if (url.pathname === "/v1/calls") {
    const live = url.searchParams.get("live");
    const before = Number(url.searchParams.get("beforeMs") ?? Infinity);
    const found = [...calls.values()]
      .map((call) => call.summary)
      .filter((call) => (live === null || (call.phase !== "ended") === (live === "true")) && call.startedAtMs < before)
      .sort((a, b) => b.startedAtMs - a.startedAtMs);
    return json(response, { calls: found.slice(0, Number(url.searchParams.get("limit") ?? 50)) });
  }
  const sent = body === "" ? null : JSON.parse(body);
  const found = answerForAll(url, request.method, sent);
  if (found) return json(response, found);
  const [, , , id, part, ...parts] = url.pathname.split("/");
  const call = calls.get(id);
  if (!call) return problem(response, 404, "Unknown call", "No call has this id.");
  if (!part) return json(response, call.summary);
  const atMs = Math.min(call.summary.durationMs ?? Infinity, Date.now() - call.summary.startedAtMs);
  const done = answerForCall(call, [part, ...parts.map(decodeURIComponent)], request.method, sent, (payload) =>
    add(call, payload, atMs, true),
  );
  if (done) return json(response, done);
  // There is no audio here: `cueline up --demo` records its calls.
  if (part === "recording")
    return json(response, {
      state: "none",
      verification: null,
      mayListen: false,
      mayReview: false,
      beeps: [],
      gaps: [],
    });
  if (part === "audit") return json(response, { lines: [] });
  if (part === "timings")
    return json(response, { timings: [...call.timings].map(([utteranceId, stages]) => ({ utteranceId, stages })) });
  if (part === "events") {
    const after = Number(url.searchParams.get("after") ?? 0);
    const limit = Number(url.searchParams.get("limit") ?? 1000);
    const events = call.events.filter((event) => event.sequence > after);
    return json(response, { events: events.slice(0, limit), more: events.length > limit });
  }
  return problem(response, 404, "Unknown path", "");
}

function dev(response, url) {
  if (url.pathname === "/dev/cut")
    for (const socket of sockets) socket.close(Number(url.searchParams.get("code") ?? 1012));
  if (url.pathname === "/dev/refuse") refuseUntil = Date.now() + 1000 * Number(url.searchParams.get("s") ?? 8);
  if (url.pathname === "/dev/gap") gaps += 1;
  response.end();
}

async function file(response, url) {
  const path = normalize(url.pathname);
  let name = extname(path) ? join(root, path) : join(root, "index.html");
  if (!name.startsWith(root)) name = join(root, "index.html");
  const headers = { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" };
  if (url.searchParams.has("token")) headers["Set-Cookie"] = "cueline=dev; HttpOnly; SameSite=Strict; Path=/";
  try {
    const bytes = await readFile(name);
    response.writeHead(200, headers).end(bytes);
  } catch {
    response.writeHead(404).end("Not built: run npm run build first.");
  }
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  let body = "";
  for await (const chunk of request) body += chunk;
  if (url.pathname.startsWith("/v1/")) rest(request, response, url, body);
  else if (url.pathname.startsWith("/dev/")) dev(response, url);
  else await file(response, url);
});

new WebSocketServer({ server, path: "/v1/live" }).on("connection", (socket, request) => {
  const call = calls.get(new URL(request.url, "http://localhost").searchParams.get("token"));
  if (!call) return socket.close(4404);
  socket.callId = call.summary.callId;
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
  socket.on("message", (raw) => {
    const message = JSON.parse(String(raw));
    if (!("resume" in message)) return;
    for (const event of call.events) if (event.sequence > (message.resume ?? 0)) socket.send(JSON.stringify(event));
    socket.resumed = true;
  });
});
setInterval(() => {
  for (const socket of sockets) {
    socket.send(JSON.stringify({ kind: "Heartbeat", sequence: calls.get(socket.callId).summary.sequence }));
  }
}, 15_000).unref();

if (!options.empty) {
  past("call_past1", 12, { customerEndpoint: "+44 *** ** 07" });
  past("call_past2", 95, { customerEndpoint: "+1 *** ** 19" }, (event) =>
    event.payload.kind === "CallEnded" ? { ...event, payload: { kind: "CallEnded", reason: "no_audio" } } : event,
  );
  past("call_past3", 26 * 60, { customerEndpoint: null });
  if (Number(options.long) > 0) long(Number(options.long));
}
if (!options.quiet) setTimeout(() => play(1), options.empty ? 6000 : 0);
server.listen(Number(options.port), "127.0.0.1", () => {
  console.log(`Mock ready: http://127.0.0.1:${options.port}/?token=dev`);
});
