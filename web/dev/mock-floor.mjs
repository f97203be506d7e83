/**
 * A stand-in for Cueline's server, for work on the supervisor's pages alone: a floor of many live calls that change,
 * calls with guidance, people, rules. State lasts as long as the process.
 *
 *   npx vite build --outDir /tmp/web && node dev/mock-floor.mjs [--port 8775] [--root /tmp/web] [--calls 500] [--rate 2]
 *
 *   --rate N    changes a second     --burst N   rows in each change
 *   POST /dev/cut        cuts every WebSocket
 *   POST /dev/change     {"callId": ..., "need": ...}: sets fields of a row
 *   POST /dev/gone       {"callId": ...}: the call ends
 */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { WebSocketServer } from "ws";
import { checked, guidanceOf, NOTES, NOTES_SHAPE, PEOPLE, REASONS, RULES, SHADOW } from "./floor-fixture.mjs";
import { LENGTH_MS, timeline } from "./fixture.mjs";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "8775" },
    root: { type: "string", default: join(dirname(fileURLToPath(import.meta.url)), "../../src/cueline/delivery/web") },
    calls: { type: "string", default: "40" },
    rate: { type: "string", default: "2" },
    burst: { type: "string", default: "6" },
    bare: { type: "boolean", default: false },
  },
});
const root = normalize(options.root);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const TRANSIENT = new Set(["PartialRevised", "UtteranceTimed", "LagMeasured"]);

let seed = 7;
const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const pick = (items) => items[Math.floor(chance() * items.length)];

const rows = new Map();
const people = new Map(PEOPLE.map((person) => [person.username, person]));
const versions = [
  { document: RULES, note: "Verification sooner", by: "access token", atMs: Date.now() - 86_400_000 },
  { document: RULES, note: "", by: null, atMs: null },
];
let draft = null;
const floorSockets = new Set();
const callSockets = new Set();

const FACTORS = [
  [45, "hand raised", (row) => (row.handRaisedMs = 40_000)],
  [35, "open alert", (row) => raise(row)],
  [28, "customer angry for 2 min", (row) => feel(row, -0.8)],
  [14, "customer unhappy", (row) => feel(row, -0.45)],
  [12, "silence on the line", (row) => (row.deadAirSinceMs = 60_000)],
  [6, "not done: Verify the caller", () => undefined],
];

function raise(row) {
  row.alertsOpen = 1;
  row.alerts = [{ cueId: `${row.callId}.alert`, text: "Customer speaks of lawyers", raisedMs: 30_000 }];
}

function feel(row, value) {
  row.sentiment = value;
  row.sentimentPoints = [...row.sentimentPoints, { atMs: Date.now() - row.startedAtMs, value }].slice(-12);
}

function born(index) {
  const person = pick(PEOPLE.filter((each) => each.role === "agent"));
  const startedAtMs = Date.now() - Math.floor(chance() * 14 * 60_000) - 20_000;
  const row = {
    callId: `call_${String(index).padStart(4, "0")}`,
    contactId: `0b7e-${index}`,
    title: null,
    profile: "banking",
    phase: chance() < 0.08 ? "held" : chance() < 0.05 ? "queued" : "connected",
    agentId: person.username,
    agentName: person.name,
    team: person.team,
    reason: chance() < 0.12 ? null : pick(REASONS),
    startedAtMs,
    heardMs: Date.now() - startedAtMs,
    sentiment: null,
    sentimentPoints: [],
    alertsOpen: 0,
    alerts: [],
    handRaisedMs: null,
    deadAirSinceMs: null,
    need: 0,
    why: "nothing unusual",
  };
  let value = 0.2;
  for (let at = 0; at < 8; at += 1) {
    value = Math.max(-1, Math.min(1, value + (chance() - 0.5) * 0.7));
    row.sentimentPoints.push({ atMs: at * 20_000, value });
  }
  row.sentiment = value;
  judge(row);
  rows.set(row.callId, row);
}

function judge(row) {
  Object.assign(row, { need: 0, why: "nothing unusual", alertsOpen: 0, alerts: [], handRaisedMs: null });
  if (chance() < 0.7) return;
  const found = FACTORS.filter(() => chance() < 0.22);
  for (const [weight, , change] of found) {
    row.need = Math.min(100, row.need + weight);
    change(row);
  }
  if (found.length > 0)
    row.why = found
      .map(([, words]) => words)
      .slice(0, 3)
      .join(", ");
}

function tell(changed, gone = []) {
  for (const socket of floorSockets) {
    socket.revision += 1;
    const message = { kind: "FloorChanged", atMs: Date.now(), revision: socket.revision, rows: changed, gone };
    socket.send(JSON.stringify(message));
  }
}

const ordered = () => [...rows.values()].sort((a, b) => b.need - a.need || a.startedAtMs - b.startedAtMs);

/** Events of a call as far as it has come; the script is played on at the pace of the clock. */
const calls = new Map();
function eventsOf(callId) {
  const known = calls.get(callId);
  if (known) return known;
  const past = callId.startsWith("past");
  const startedAtMs = past ? Date.now() - 3_600_000 : Date.now() - 48_000;
  const call = { startedAtMs, events: [], waiting: [], timings: new Map(), notes: null };
  calls.set(callId, call);
  const script = [...timeline({ source: "recognised", seed: 3 }), ...guidanceOf(callId)].sort(
    (a, b) => a.sendMs - b.sendMs,
  );
  for (const item of script) {
    if (past || item.sendMs < 48_000) add(callId, item.payload, item.atMs);
    else setTimeout(() => add(callId, item.payload, item.atMs), item.sendMs - 48_000);
  }
  return call;
}

function add(callId, payload, atMs = Date.now() - eventsOf(callId).startedAtMs) {
  const call = eventsOf(callId);
  const transient = TRANSIENT.has(payload.kind);
  const sequence = call.events.length + (transient ? 0 : 1);
  const event = { tenant: "default", callId, sequence, atMs, ...payload };
  if (payload.kind === "UtteranceTimed") call.timings.set(payload.utteranceId, payload.stages);
  if (!transient) call.events.push(event);
  for (const socket of callSockets) if (socket.callId === callId && socket.resumed) socket.send(JSON.stringify(event));
  return event.sequence;
}

function summaryOf(callId) {
  const call = eventsOf(callId);
  const row = rows.get(callId);
  const past = callId.startsWith("past");
  const number = Number(callId.replace(/\D/g, ""));
  return {
    callId,
    contactId: `${callId}-4f6a`,
    phase: past ? "ended" : (row?.phase ?? "ended"),
    sequence: call.events.length,
    startedAtMs: past ? Date.now() - 3_600_000 * (number + 1) : call.startedAtMs,
    createdAtMs: past ? Date.now() - 3_600_000 * (number + 1) : call.startedAtMs,
    endedAtMs: null,
    durationMs: past ? LENGTH_MS : null,
    agentId: row?.agentId ?? PEOPLE[number % 5].username,
    customerEndpoint: `+1 *** ** ${10 + (number % 80)}`,
    profile: "banking",
    title: null,
    recogniser: "PocketSphinx",
    recogniserSource: "recognised",
    endReason: past ? "disconnected" : null,
    utterances: 19,
    warnings: number % 7 === 0 ? 1 : 0,
    masks: 3,
    reason: row?.reason ?? REASONS[number % REASONS.length],
    disposition: past ? "card_blocked" : null,
    labels: number % 3 === 0 ? ["vip"] : [],
    sentiment: ((number * 37) % 200) / 100 - 1,
    alerts: row?.alertsOpen ?? (number % 5 === 0 ? 1 : 0),
    cues: number % 4,
    handRaised: row ? row.handRaisedMs !== null : false,
  };
}

function search(query) {
  const ids = [...Array(24).keys()].map((number) => `past${number}`);
  const live = query.get("live");
  const all = [...(live === "false" ? [] : [...rows.keys()].slice(0, 8)), ...(live === "true" ? [] : ids)];
  const found = all
    .map(summaryOf)
    .filter((call) => !query.get("reason") || call.reason === query.get("reason"))
    .filter((call) => !query.get("agent") || call.agentId === query.get("agent"))
    .filter((call) => !query.get("label") || call.labels.includes(query.get("label")))
    .filter((call) => call.startedAtMs >= Number(query.get("fromMs") ?? 0))
    .filter((call) => call.startedAtMs < Number(query.get("toMs") ?? Infinity))
    .filter((call) => call.startedAtMs < Number(query.get("beforeMs") ?? Infinity));
  const q = query.get("q")?.toLowerCase();
  const matches = [];
  const calls = found.filter((call) => {
    if (!q) return true;
    const said = eventsOf(call.callId).events.filter((event) => event.kind === "UtteranceCommitted");
    const hits = said.filter((event) => event.text.toLowerCase().includes(q)).slice(0, 3);
    for (const { utteranceId, speaker, startedMs, text } of hits) {
      const start = text.toLowerCase().indexOf(q);
      matches.push({
        callId: call.callId,
        utteranceId,
        speaker,
        startedMs,
        text,
        found: [{ start, end: start + q.length }],
      });
    }
    return hits.length > 0;
  });
  return { calls: calls.slice(0, Number(query.get("limit") ?? 50)), matches };
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
  const { method } = request;
  const parts = url.pathname.split("/").slice(2).map(decodeURIComponent);
  const data = body ? JSON.parse(body) : null;
  if (!/cueline=dev/.test(request.headers.cookie ?? "")) return problem(response, 401, "Not signed in", "");
  switch (parts[0]) {
    case "system":
      return json(response, { version: "0.1.0", demo: false, recogniser: null });
    case "live-token":
      return json(response, { token: data.floor ? "floor" : data.callId, expiresInS: 60 }, 201);
    case "floor":
      return json(response, { kind: "FloorSnapshot", atMs: Date.now(), revision: 0, rows: ordered() });
    case "people":
      if (method === "PUT") people.set(parts[1], { username: parts[1], ...data });
      if (method === "DELETE") people.delete(parts[1]);
      if (method === "DELETE") return response.writeHead(204).end();
      if (method === "PUT") return json(response, people.get(parts[1]));
      return json(response, {
        people: [...people.values()].sort((a, b) => (a.username < b.username ? -1 : 1)),
        teams: [...new Set([...people.values()].map((person) => person.team).filter(Boolean))].sort(),
      });
    case "notes":
      return json(response, NOTES_SHAPE);
    case "rules":
      return ruleRoutes(response, method, parts.slice(1), data);
    case "calls":
      return parts[1]
        ? callRoutes(response, method, parts[1], parts.slice(2), url, data)
        : json(response, search(url.searchParams));
    default:
      return problem(response, 404, "Unknown path", "");
  }
}

function callRoutes(response, method, id, [part, ...more], url, data) {
  const call = eventsOf(id);
  const row = rows.get(id);
  switch (part) {
    case undefined:
      return json(response, summaryOf(id));
    case "timings":
      return json(response, { timings: [...call.timings].map(([utteranceId, stages]) => ({ utteranceId, stages })) });
    case "events": {
      const after = Number(url.searchParams.get("after") ?? 0);
      const limit = Number(url.searchParams.get("limit") ?? 1000);
      const events = call.events.filter((event) => event.sequence > after);
      return json(response, { events: events.slice(0, limit), more: events.length > limit });
    }
    case "notes":
      return json(response, { newest: NOTES, versions: [NOTES] });
    case "whispers":
      return json(response, { sequence: add(id, { kind: "WhisperSent", text: data.text, by: data.by }) });
    case "hand":
      if (row) Object.assign(row, { handRaisedMs: null });
      if (row) tell([row]);
      return json(response, { sequence: add(id, { kind: "HandLowered", by: "supervisor" }) });
    case "alerts":
      if (row) Object.assign(row, { alertsOpen: 0, alerts: [] });
      if (row) tell([row]);
      return json(response, { sequence: add(id, { kind: "AlertAcknowledged", cueId: more[0], by: "supervisor" }) });
    default:
      return problem(response, 404, "Unknown path", "");
  }
}

function ruleRoutes(response, method, [name, part], data) {
  if (options.bare) return problem(response, 404, "Unknown path", "");
  const inForce = versions.length - 1;
  const head = (version) => {
    const { document, note, by, atMs } = versions.at(-1 - version);
    return {
      name: "banking",
      title: document.title ?? "banking",
      version,
      note,
      changedBy: by,
      changedAtMs: atMs,
      rules: document.rules?.length ?? 0,
      checklists: 1,
      dispositions: 1,
      draft: draft !== null,
    };
  };
  const publish = (document, note) => {
    versions.unshift({ document, note, by: "access token", atMs: Date.now() });
    draft = null;
    return json(response, { ...head(versions.length - 1), document, ...checked(document) });
  };
  if (name === undefined) return json(response, { sets: [head(inForce)] });
  if (name === "check") return json(response, checked(data.document));
  if (name !== "banking") return problem(response, 404, "Not found", "No rule set has this name.");
  if (part === "versions") return json(response, { versions: versions.map((_, index) => head(inForce - index)) });
  if (part === "shadow") return json(response, { report: SHADOW });
  if (part === "rollback") return publish(versions.at(-1 - data.version).document, data.note);
  if (part === "publish") {
    if (data.basedOn !== inForce) return problem(response, 409, "Changed meanwhile", "Another version is in force.");
    return publish(draft, data.note);
  }
  if (method === "DELETE") draft = null;
  if (method === "DELETE") return response.writeHead(204).end();
  if (method === "PUT" && data.basedOn !== inForce)
    return problem(response, 409, "Changed meanwhile", "Another version is in force.");
  if (method === "PUT") draft = data.document;
  const document = draft ?? versions[0].document;
  const { by, atMs } = versions[0];
  const saved = draft !== null;
  return json(response, {
    name,
    basedOn: inForce,
    saved,
    changedBy: by,
    changedAtMs: atMs,
    document,
    ...checked(document),
  });
}

function dev(response, url, body) {
  const data = body ? JSON.parse(body) : {};
  const row = rows.get(data.callId);
  if (url.pathname === "/dev/cut") for (const socket of [...floorSockets, ...callSockets]) socket.close(1012);
  if (url.pathname === "/dev/change" && row) tell([Object.assign(row, data)]);
  if (url.pathname === "/dev/gone" && rows.delete(data.callId)) tell([], [data.callId]);
  json(response, [...rows.values()].length);
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
    response.writeHead(404).end("Not built: run vite build first.");
  }
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  let body = "";
  for await (const chunk of request) body += chunk;
  if (url.pathname.startsWith("/v1/")) rest(request, response, url, body);
  else if (url.pathname.startsWith("/dev/")) dev(response, url, body);
  else await file(response, url);
});

const sockets = new WebSocketServer({ noServer: true });
server.on("upgrade", (request, socket, head) => {
  const url = new URL(request.url, "http://localhost");
  sockets.handleUpgrade(request, socket, head, (opened) => {
    if (url.pathname === "/v1/floor/live") watchFloor(opened);
    else watchCall(opened, url.searchParams.get("token"));
  });
});

function watchFloor(socket) {
  socket.revision = 1;
  floorSockets.add(socket);
  socket.on("close", () => floorSockets.delete(socket));
  socket.send(JSON.stringify({ kind: "FloorSnapshot", atMs: Date.now(), revision: 1, rows: ordered() }));
}

function watchCall(socket, callId) {
  socket.callId = callId;
  callSockets.add(socket);
  socket.on("close", () => callSockets.delete(socket));
  socket.on("message", (raw) => {
    const message = JSON.parse(String(raw));
    if (!("resume" in message)) return;
    for (const event of eventsOf(callId).events)
      if (event.sequence > (message.resume ?? 0)) socket.send(JSON.stringify(event));
    socket.resumed = true;
  });
}

for (let index = 0; index < Number(options.calls); index += 1) born(index);
if (Number(options.rate) > 0) {
  setInterval(
    () => {
      const changed = [...Array(Number(options.burst))].map(() => pick([...rows.values()]));
      for (const row of changed) {
        feel(row, Math.max(-1, Math.min(1, (row.sentiment ?? 0) + (chance() - 0.5) * 0.5)));
        if (chance() < 0.4) judge(row);
      }
      if (changed.length > 0) tell([...new Set(changed)]);
    },
    1000 / Number(options.rate),
  );
}
server.listen(Number(options.port), "127.0.0.1", () => {
  console.log(`Mock ready: http://127.0.0.1:${options.port}/floor?token=dev`);
});
