"""The REST interface as it is pinned, on a real server: the product's own ``serve``, uvicorn, PostgreSQL."""

import asyncio
import http.client
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import msgspec
import pytest

from tests.installation import START_MS, TOKEN, Installation, installation, start_body, utterance, warning

pytestmark = pytest.mark.component("postgres")

SUMMARY_FIELDS = {
    "callId", "contactId", "phase", "sequence", "startedAtMs", "createdAtMs", "endedAtMs", "durationMs", "agentId",
    "customerEndpoint", "profile", "title", "recogniser", "recogniserSource", "endReason", "utterances", "warnings",
    "masks", "reason", "disposition", "labels", "sentiment", "alerts", "cues", "handRaised", "verification",
    "legalHold", "textDeletedAtMs",
}  # fmt: skip


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


def assert_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """RFC 9457: the media type, and the members that we promise."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == {"type", "title", "status", "detail"}
    assert (body["type"], body["status"]) == (f"urn:cueline:problem:{code}", status)
    assert body["title"]
    assert body["detail"]
    return body


async def test_a_call_is_created_once_and_known_from_then_on(cueline: Installation) -> None:
    first = await cueline.http.post("/v1/calls", json=start_body())
    again = await cueline.http.post("/v1/calls", json=start_body(streamArn="arn:another", startTimestampMs=5))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    call = first.json()
    assert set(call) == SUMMARY_FIELDS
    expected = {"contactId": "contact-1", "phase": "offered", "sequence": 1, "startedAtMs": START_MS,
                "title": "A test call", "profile": "default", "endedAtMs": None, "utterances": 0}  # fmt: skip
    assert {key: call[key] for key in expected} == expected
    for name in (call["callId"], "contact-1"):
        assert (await cueline.http.get(f"/v1/calls/{name}")).json() == call


async def test_a_customers_number_is_shown_by_its_last_two_digits(cueline: Installation) -> None:
    await cueline.offer()
    everything = [(await cueline.http.get(path)).text for path in ("/v1/calls", "/v1/calls/contact-1")]
    assert all("2025550142" not in text and "+1202" not in text for text in everything)
    assert (await cueline.http.get("/v1/calls/contact-1")).json()["customerEndpoint"].endswith(" 42")


async def test_only_what_the_contract_requires_is_required(cueline: Installation) -> None:
    least = {"contactId": "c-2", "streamArn": "arn:x", "startTimestampMs": START_MS}
    assert (await cueline.http.post("/v1/calls", json=least)).status_code == 201
    whole = start_body("c-3", profile="banking", attributes={"language": "en", "ключ": "значение"})
    assert (await cueline.http.post("/v1/calls", json=whole)).json()["profile"] == "banking"


async def test_calls_are_listed_newest_first_and_in_pages(cueline: Installation) -> None:
    for number in range(5):
        await cueline.offer(f"contact-{number}")
    whole = (await cueline.http.get("/v1/calls")).json()["calls"]
    assert {call["contactId"] for call in whole} == {f"contact-{number}" for number in range(5)}
    records = await cueline.served.process.calls.list_calls(
        cueline.served.process.tenant, live=None, limit=10, before_ms=None
    )
    created = {record.contact_id: record.created_at_ms for record in records}
    times = [created[call["contactId"]] for call in whole]
    assert times == sorted(times, reverse=True)
    seen: list[str] = []
    before: dict[str, int] = {}
    while page := (await cueline.http.get("/v1/calls", params={"limit": 2, **before})).json()["calls"]:
        seen += [call["contactId"] for call in page]
        before = {"beforeMs": created[page[-1]["contactId"]]}
    assert seen == [call["contactId"] for call in whole]


async def test_live_and_past_calls_are_told_apart(cueline: Installation) -> None:
    from cueline.events.catalogue import CallEnded  # noqa: PLC0415
    from cueline.events.records import NewEvent  # noqa: PLC0415

    await cueline.offer("going-on")
    worker = await cueline.worker("over")
    await worker.commit(NewEvent(at_ms=9_000, item=CallEnded(reason="disconnected")))
    listed = {
        live: [call["contactId"] for call in (await cueline.http.get(f"/v1/calls?live={live}")).json()["calls"]]
        for live in ("true", "false")
    }
    assert listed == {"true": ["going-on"], "false": ["over"]}
    over = (await cueline.http.get("/v1/calls/over")).json()
    assert (over["phase"], over["endReason"], over["durationMs"]) == ("ended", "disconnected", 9_000)
    assert over["endedAtMs"] > START_MS


CONTACT_EVENTS = [
    ({"type": "QUEUED"}, "CallQueued", {}, "queued"),
    ({"type": "CONNECTED_TO_AGENT", "agent": {"arn": "arn:a", "username": "jo"}}, "AgentConnected",
     {"agentId": "jo"}, "connected"),
    ({"type": "CONNECTED_TO_AGENT", "agent": {"arn": "arn:a"}}, "AgentConnected", {"agentId": "arn:a"}, "connected"),
    ({"type": "CONNECTED_TO_AGENT"}, "AgentConnected", {"agentId": "unknown"}, "connected"),
    ({"type": "HOLD"}, "HoldStarted", {}, "held"),
    ({"type": "RESUME"}, "HoldEnded", {}, "connected"),
    ({"type": "TRANSFERRED", "nextContactId": "c-next"}, "CallTransferred", {"nextContactId": "c-next"}, None),
    ({"type": "TRANSFERRED"}, "CallTransferred", {"nextContactId": None}, None),
]  # fmt: skip


@pytest.mark.parametrize("clock", ["epoch", "media"])
async def test_contact_events_of_every_type(cueline: Installation, clock: str) -> None:
    call = await cueline.offer()
    offset = START_MS if clock == "epoch" else 0
    for number, (body, kind, payload, phase) in enumerate(CONTACT_EVENTS, start=1):
        at_ms = number * 1_000
        for _ in range(2):  # they may come twice
            answer = await cueline.http.post("/v1/calls/contact-1/events", json={**body, "atMs": offset + at_ms})
            assert answer.status_code == 202, answer.text
        if phase:
            assert answer.json()["phase"] == phase
        events = (await cueline.http.get(f"/v1/calls/{call}/events")).json()["events"]
        head = {"tenant": "default", "callId": call, "sequence": number + 1, "kind": kind, "atMs": at_ms}
        assert events[-1] == {**head, **payload}
    assert len(events) == len(CONTACT_EVENTS) + 1


async def test_the_contacts_end_is_noted_for_the_worker_and_is_no_event(cueline: Installation) -> None:
    call = await cueline.offer()
    calls, tenant = cueline.served.process.calls, cueline.served.process.tenant
    for at_ms in (4_000, START_MS + 9_000):  # the first stands
        answer = await cueline.http.post(f"/v1/calls/{call}/events", json={"type": "DISCONNECTED", "atMs": at_ms})
        assert answer.status_code == 202
    assert (await calls.standing(tenant, call)).disconnected_at_ms == START_MS + 4_000
    assert len((await cueline.http.get(f"/v1/calls/{call}/events")).json()["events"]) == 1


async def test_events_come_in_order_and_in_pages(cueline: Installation) -> None:
    worker = await cueline.worker()
    await worker.say(0, 1, 2)
    await worker.commit(utterance(worker.call, 3, "my card is [NUMBER]"), warning())
    path = f"/v1/calls/{worker.call}/events"
    whole = (await cueline.http.get(path)).json()
    assert [event["sequence"] for event in whole["events"]] == [1, 2, 3, 4, 5, 6]
    assert whole["more"] is False
    assert whole["events"][4] == {
        "tenant": "default", "callId": worker.call, "sequence": 5, "kind": "UtteranceCommitted", "atMs": 3_000,
        "utteranceId": f"{worker.call}.c3", "channel": "customer", "speaker": "customer", "startedMs": 3_000,
        "endedMs": 3_900, "text": "my card is [NUMBER]",
        "words": [{"text": word, "startMs": 3_000 + place * 100, "endMs": 3_090 + place * 100}
                  for place, word in enumerate(["my", "card", "is", "[NUMBER]"])],
        "masks": [{"start": 11, "end": 19, "type": "NUMBER"}], "loudnessDb": None,
    }  # fmt: skip
    paged: list[dict[str, Any]] = []
    more = True
    while more:
        after = paged[-1]["sequence"] if paged else 0
        page = (await cueline.http.get(path, params={"after": after, "limit": 4})).json()
        paged, more = paged + page["events"], page["more"]
    assert paged == whole["events"]
    assert (await cueline.http.get(path, params={"after": 6})).json() == {"events": [], "more": False}


async def test_timings_hold_what_was_measured_and_nothing_else(cueline: Installation) -> None:
    from cueline.events.records import UtteranceTimes  # noqa: PLC0415
    from cueline.kernel.ids import UtteranceId  # noqa: PLC0415

    worker = await cueline.worker()
    await worker.say(0)
    name = UtteranceId(f"{worker.call}.c0")
    for stages in ({"committed": 12.5}, {"delivered": 14.25}):
        times = UtteranceTimes(call_id=worker.call, utterance_id=name, stages=stages)
        await cueline.served.process.save_times([times])
    answer = await cueline.http.get("/v1/calls/contact-1/timings")
    assert answer.json() == {"timings": [{"utteranceId": name, "stages": {"committed": 12.5, "delivered": 14.25}}]}


async def test_live_tokens_are_short_lived_and_for_one_call(cueline: Installation) -> None:
    call = await cueline.offer()
    for name in (call, "contact-1"):
        answer = await cueline.http.post("/v1/live-token", json={"callId": name})
        assert (answer.status_code, answer.json()["expiresInS"]) == (201, 60)
        assert TOKEN not in answer.text


async def test_facts_of_the_installation(cueline: Installation) -> None:
    facts = (await cueline.http.get("/v1/system")).json()
    assert (set(facts), facts["demo"]) == ({"version", "demo", "recogniser"}, False)


VALID = msgspec.json.encode(start_body()).decode()
BAD_BODIES = {
    "no JSON": "{",
    "no object": "[]",
    "nothing": "",
    "unknown field": VALID[:-1] + ', "surprise": 1}',
    "missing field": '{"contactId": "c"}',
    "wrong type": VALID.replace('"contactId":"contact-1"', '"contactId":7'),
    "bad contact id": VALID.replace("contact-1", "../../etc"),
    "contact id too long": VALID.replace("contact-1", "c" * 129),
    "negative time": VALID.replace(str(START_MS), "-1"),
    "time beyond reason": VALID.replace(str(START_MS), "99999999999999999999"),
    "fragment number": VALID.replace('"91343852333181432392682062607743920146385429391"', '"0x11"'),
    "NUL in text": VALID.replace("A test call", "\\u0000"),
    "NUL in stream": VALID.replace("stream/s/1", "\\u0000"),
    "lone surrogate": VALID.replace("A test call", "\\ud800"),
    "not UTF-8": VALID.replace("A test call", "�"),
    "too many attributes": VALID.replace('"title"', ",".join(f'"k{n}":"v"' for n in range(129)) + ',"title"'),
}


@pytest.mark.parametrize("name", BAD_BODIES)
async def test_a_bad_body_is_a_problem_that_quotes_nothing(cueline: Installation, name: str) -> None:
    raw = BAD_BODIES[name].encode().replace("�".encode(), b"\xff\xfe")
    answer = await cueline.http.post("/v1/calls", content=raw, headers={"content-type": "application/json"})
    body = assert_problem(answer, 400, answer.json()["type"].rsplit(":", 1)[1])
    assert "surprise" not in body["detail"] or name == "unknown field"
    assert (await cueline.http.get("/v1/calls")).json()["calls"] == []


async def test_a_problem_names_the_field_and_never_its_value(cueline: Installation) -> None:
    answer = await cueline.http.post("/v1/calls", json=start_body(profile="4539 1488 0343 6467"))
    body = assert_problem(answer, 400, "bad_input")
    assert "4539" not in answer.text
    assert "profile" in body["detail"]


REFUSED = [
    ("GET", "/v1/calls/nobody", None, 404, "unknown_call"),
    ("GET", "/v1/calls/nobody/events", None, 404, "unknown_call"),
    ("GET", "/v1/calls/nobody/timings", None, 404, "unknown_call"),
    ("GET", f"/v1/calls/{'x' * 200}", None, 404, "unknown_call"),
    ("GET", "/v1/calls/%00", None, 404, "unknown_call"),
    ("POST", "/v1/live-token", {"callId": "nobody"}, 404, "unknown_call"),
    ("POST", "/v1/live-token", {"callId": ""}, 400, "bad_input"),
    ("POST", "/v1/calls/nobody/events", {"type": "HOLD", "atMs": 1}, 404, "unknown_call"),
    ("POST", "/v1/calls/contact-1/events", {"type": "DANCE", "atMs": 1}, 400, "bad_input"),
    ("POST", "/v1/calls/contact-1/events", {"type": "HOLD"}, 400, "bad_input"),
    ("POST", "/v1/calls/contact-1/events", {"type": "HOLD", "atMs": "now"}, 400, "bad_input"),
    ("POST", "/v1/calls/contact-1/events",
     {"type": "CONNECTED_TO_AGENT", "atMs": 1, "agent": {"username": "a\x00b"}}, 400, "value_not_storable"),
    ("GET", "/v1/calls?limit=0", None, 400, "bad_input"),
    ("GET", "/v1/calls?limit=201", None, 400, "bad_input"),
    ("GET", "/v1/calls?limit=many", None, 400, "bad_input"),
    ("GET", "/v1/calls?beforeMs=-1", None, 400, "bad_input"),
    ("GET", f"/v1/calls?beforeMs={2**70}", None, 400, "bad_input"),
    ("GET", "/v1/calls/contact-1/events?after=-1", None, 400, "bad_input"),
    ("GET", f"/v1/calls/contact-1/events?after={2**63}", None, 400, "bad_input"),
    ("GET", "/v1/calls/contact-1/events?limit=1001", None, 400, "bad_input"),
    ("DELETE", "/v1/calls", None, 405, "http_405"),
    ("PUT", "/v1/calls/contact-1", {}, 405, "http_405"),
    ("GET", "/v1/live-token", None, 405, "http_405"),
    ("POST", "/v1/system", {}, 405, "http_405"),
    ("GET", "/v1/nothing", None, 404, "http_404"),
    ("GET", "/v1", None, 404, "http_404"),
    ("POST", "/", {}, 405, "http_405"),
]  # fmt: skip


async def test_what_is_refused_is_a_problem_document(cueline: Installation) -> None:
    await cueline.offer()
    for method, path, body, status, code in REFUSED:
        answer = await cueline.http.request(method, path, json=body)
        assert answer.status_code == status, f"{method} {path[:60]}: {answer.status_code} {answer.text[:200]}"
        assert_problem(answer, status, code)
        assert bool(answer.headers.get("allow")) == (status == 405)  # RFC 9110, 15.5.6


@pytest.mark.parametrize("chunked", [False, True])
async def test_too_large_a_body_is_refused(cueline: Installation, chunked: bool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b'"' + b"x" * 65_536

    content = pieces() if chunked else b'"' + b"x" * 300_000
    answer = await cueline.http.post("/v1/calls", content=content, headers={"content-type": "application/json"})
    assert_problem(answer, 413, "http_413")


PATHS = [
    "/v1/system", "/v1/calls", "/v1/calls/contact-1", "/v1/calls/contact-1/events", "/v1/calls/contact-1/timings",
    "/v1/live-token", "/v1/live", "/v1/nothing", "/metrics", "/schema/openapi.json", "/", "/calls/x",
    "/assets/index.js", "/healthz/", "/readyz/x", "//healthz",
]  # fmt: skip


async def test_without_the_token_only_health_is_served(cueline: Installation) -> None:
    await cueline.offer()
    wrong: list[dict[str, Any]] = [
        {},
        {"headers": {"Authorization": "Bearer wrong"}},
        {"headers": {"Authorization": f"Basic {TOKEN}"}},
        {"headers": {"Authorization": f"Bearer {TOKEN}x"}},
        {"headers": {"Authorization": "Bearer " + "t" * 9_000}},
        {"headers": {"Authorization": b"Bearer \xff\xfe"}},
        {"params": {"token": "wrong"}},
        {"params": {"Token": TOKEN}},
        {"params": {f"p{number}": "" for number in range(50)}},
        {"headers": {"Cookie": "cueline_access=wrong"}},
        {"headers": {"Cookie": 'cueline_access="\\'}},
        {"headers": {"Cookie": f"other={TOKEN}"}},
    ]
    async with httpx.AsyncClient(base_url=cueline.base_url) as stranger:
        for given in wrong:
            for path in PATHS if not given else ("/v1/calls", "/"):
                answer = await stranger.get(path, **given)
                assert answer.status_code == 401, f"{path} {given}: {answer.status_code}"
                assert answer.headers["www-authenticate"] == "Bearer"
                assert "contact-1" not in answer.text
                assert "set-cookie" not in answer.headers
        assert_problem(await stranger.get("/v1/calls"), 401, "token")
        assert_problem(await stranger.post("/v1/calls", json=start_body("c-9")), 401, "token")
        assert "needs its key" in (await stranger.get("/calls/x")).text
        for path in ("/healthz", "/readyz"):
            assert (await stranger.get(path)).status_code == 200
    assert (await cueline.http.get("/v1/calls/c-9")).status_code == 404
    assert b'cueline_refused_total{reason="token"}' in (await cueline.http.get("/metrics")).content


@pytest.mark.component("web")
async def test_the_token_opens_by_header_address_and_cookie(cueline: Installation) -> None:
    ways: list[dict[str, Any]] = [
        {"headers": {"Authorization": f"Bearer {TOKEN}"}},
        {"headers": {"Authorization": f"bearer  {TOKEN}"}},
        {"params": {"token": TOKEN}},
        {"headers": {"Cookie": f"a=b; cueline_access={TOKEN}"}},
    ]
    for way in ways:
        async with httpx.AsyncClient(base_url=cueline.base_url) as client:
            answer = await client.get("/v1/calls", **way)
            assert answer.status_code == 200, way
            assert "set-cookie" not in answer.headers
    async with httpx.AsyncClient(base_url=cueline.base_url) as client:
        page = await client.get("/", params={"token": TOKEN})
        assert page.status_code == 200
        cookie = page.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert (await client.get("/v1/calls")).status_code == 200  # by the cookie that the page was given


@pytest.mark.component("web")
async def test_pages_have_their_headers_and_addresses(cueline: Installation) -> None:
    index = await cueline.http.get("/")
    assert index.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in index.headers["content-security-policy"]
    assert (index.headers["x-content-type-options"], index.headers["cache-control"]) == ("nosniff", "no-store")
    assert (await cueline.http.get("/calls/call_1")).text == index.text
    asset = index.text.split('src="/', 1)[1].split('"', 1)[0]
    script = await cueline.http.get(f"/{asset}")
    assert (script.status_code, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert "immutable" in script.headers["cache-control"]
    assert_problem(await cueline.http.get("/assets/missing.js"), 404, "http_404")


TRAVERSALS = [
    "/../adapters/web.py", "/../../cli.py", "/%2e%2e/adapters/web.py", "/..%2fadapters%2fweb.py",
    "/assets/../../adapters/web.py", "/assets/..%2f..%2f..%2f..%2f..%2fpyproject.toml", "//etc/passwd",
    "/%2fetc%2fpasswd", "/..%5cadapters%5cweb.py", "/assets/%00.js", "/" + "a" * 5_000 + ".js",
    "/" + "../" * 20 + "etc/passwd",
]  # fmt: skip


@pytest.mark.component("web")
@pytest.mark.parametrize("path", TRAVERSALS, ids=range(len(TRAVERSALS)))
async def test_nothing_outside_the_web_folder_is_served(cueline: Installation, path: str) -> None:
    status, body = await asyncio.to_thread(_raw_get, cueline.base_url, path)
    assert status in {200, 400, 404}
    index = (await cueline.http.get("/")).content
    assert body == index if status == 200 else b"import" not in body


def _raw_get(base_url: str, path: str) -> tuple[int, bytes]:
    """A request whose path nobody tidies up on the way."""
    where = urlsplit(base_url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=10)
    try:
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.putheader("Authorization", f"Bearer {TOKEN}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


async def test_health_is_about_this_process_and_readiness_about_its_parts(cueline: Installation) -> None:
    assert (await cueline.http.get("/healthz")).json()["status"] == "alive"
    assert (await cueline.http.get("/readyz")).json() == {"status": "ready", "faults": []}
    cueline.served.process.health.draining = True
    unready = await cueline.http.get("/readyz")
    assert (unready.status_code, unready.json()) == (503, {"status": "unready", "faults": ["draining"]})


async def test_without_postgresql_the_answer_is_unavailable_and_not_a_fault(
    cueline: Installation, database_url: str
) -> None:
    name = urlsplit(database_url).path.strip("/")
    administration = await asyncpg.connect(database_url.replace(f"/{name}", "/postgres"))
    try:
        await administration.execute(f"DROP DATABASE {name} WITH (FORCE)")
        assert_problem(await cueline.http.get("/v1/calls"), 503, "database_refused")
        assert (await cueline.http.get("/readyz")).json()["faults"] == ["postgresql"]
        assert (await cueline.http.get("/healthz")).status_code == 200
    finally:
        await administration.execute(f"CREATE DATABASE {name}")  # for the fixture to drop
        await administration.close()


async def test_metrics_count_what_happened_and_name_nobody(cueline: Installation) -> None:
    await cueline.offer()
    answer = await cueline.http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "cueline_stage_milliseconds" in answer.text
    assert "contact-1" not in answer.text
