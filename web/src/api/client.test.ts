import { expect, it, vi } from "vitest";
import { ApiError, restApi } from "./client";

const answer = (status: number, body: unknown): typeof fetch =>
  vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status })));

it("asks for what it was told to, on this origin, with the cookie", async () => {
  const request = answer(200, { calls: [] });
  await restApi(() => undefined, request).calls({ live: false, limit: 50, beforeMs: 7 });
  expect(request).toHaveBeenCalledWith(
    "/v1/calls?live=false&limit=50&beforeMs=7",
    expect.objectContaining({ credentials: "same-origin" }),
  );
});

it("escapes ids in addresses", async () => {
  const request = answer(200, {});
  await restApi(() => undefined, request).call("a/b?c");
  expect(request).toHaveBeenCalledWith("/v1/calls/a%2Fb%3Fc", expect.anything());
});

it("tells of a 401 and passes on what the problem document says", async () => {
  const signedOut = vi.fn();
  const api = restApi(signedOut, answer(401, { title: "Access token needed", status: 401, detail: "no token" }));
  await expect(api.system()).rejects.toMatchObject({ status: 401, title: "Access token needed", detail: "no token" });
  expect(signedOut).toHaveBeenCalledOnce();
});

it("makes sense of an error that is no problem document, and of no answer at all", async () => {
  const page: typeof fetch = () => Promise.resolve(new Response("<html>", { status: 502 }));
  await expect(restApi(() => undefined, page).system()).rejects.toMatchObject({ status: 502 });
  const none: typeof fetch = () => Promise.reject(new TypeError("network"));
  const error: unknown = await restApi(() => undefined, none)
    .system()
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 0 });
});

it("publishes and tries a policy under its profile's address", async () => {
  const request = answer(200, { turns: [{ role: "agent", text: "x", masks: [] }] });
  const api = restApi(() => undefined, request);
  const policy = {
    off: [],
    minimumDigits: 3,
    names: true,
    benignWords: [],
    languages: ["en"],
    maskStyle: "type",
  } as const;
  await api.publishPolicy("a b", { policy, basedOn: 2, note: "why" });
  expect(request).toHaveBeenCalledWith(
    "/v1/redaction/policies/a%20b",
    expect.objectContaining({ method: "PUT", body: JSON.stringify({ policy, basedOn: 2, note: "why" }) }),
  );
  expect(await api.tryPolicy({ policy, turns: [{ role: "agent", text: "x" }] })).toHaveLength(1);
  expect(request).toHaveBeenLastCalledWith("/v1/redaction/try", expect.objectContaining({ method: "POST" }));
});

it("searches by what is asked for alone", async () => {
  const request = answer(200, { calls: [], matches: [] });
  await restApi(() => undefined, request).search(
    {
      q: "late fee",
      reason: "refund",
      agent: null,
      team: null,
      label: "",
      verification: null,
      live: false,
      fromMs: 5,
      toMs: null,
    },
    50,
    7,
  );
  expect(request).toHaveBeenCalledWith(
    "/v1/calls?limit=50&q=late+fee&reason=refund&live=false&fromMs=5&beforeMs=7",
    expect.anything(),
  );
});

it("takes an answer without content for what it is", async () => {
  const request: typeof fetch = () => Promise.resolve(new Response(null, { status: 204 }));
  await expect(restApi(() => undefined, request).removePerson("maria")).resolves.toBeUndefined();
});

it("tells the server what the agent made of a cue, and of the words to mask", async () => {
  const request = answer(200, { sequence: 7 });
  const api = restApi(() => undefined, request);
  await api.answerCue("c/1", "cue 1", "used", "maria");
  const body = JSON.stringify({ answer: "used", by: "maria" });
  expect(request).toHaveBeenCalledWith(
    "/v1/calls/c%2F1/cues/cue%201/answer",
    expect.objectContaining({ method: "POST", body }),
  );
  await api.mask("c", "u.c1", { start: 3, end: 8 }, "maria");
  expect(request).toHaveBeenLastCalledWith(
    "/v1/calls/c/utterances/u.c1/mask",
    expect.objectContaining({ body: JSON.stringify({ start: 3, end: 8, by: "maria" }) }),
  );
  await api.raiseHand("c", false, "maria");
  expect(request).toHaveBeenLastCalledWith("/v1/calls/c/hand?by=maria", expect.objectContaining({ method: "DELETE" }));
});

it("saves views and exports what a search finds; a refusal is told", async () => {
  const request = answer(200, { name: "Late fees", filters: {}, changedAtMs: 1 });
  const api = restApi(() => undefined, request);
  const filters = {
    q: "late",
    reason: null,
    agent: null,
    team: null,
    label: null,
    verification: null,
    state: null,
    fromDay: null,
    toDay: null,
  };
  await api.putView("Late fees", filters);
  expect(request).toHaveBeenCalledWith(
    "/v1/views/Late%20fees?by=supervisor",
    expect.objectContaining({ method: "PUT", body: JSON.stringify(filters) }),
  );
  const search = {
    q: "late",
    reason: null,
    agent: null,
    team: null,
    label: null,
    verification: null,
    live: null,
    fromMs: null,
    toMs: 9,
  };
  const file = await api.exportCalls(search, "jsonl");
  expect(await file.text()).toContain("Late fees");
  expect(request).toHaveBeenLastCalledWith("/v1/exports/calls.jsonl?by=supervisor&q=late&toMs=9", expect.anything());
  const refusing = restApi(() => undefined, answer(400, { title: "Bad request", detail: "q: a word is needed" }));
  await expect(refusing.exportCalls(search, "csv")).rejects.toMatchObject({ detail: "q: a word is needed" });
});
