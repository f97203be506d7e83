"""Notes over the REST interface, on a real server, and what other systems are told of them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from cueline.guidance.notes.shape import DEFAULT_SHAPE
from cueline.kernel.errors import ConfigurationError, UnavailableError
from cueline.kernel.ids import CallId
from tests.conformance.test_rest import assert_problem
from tests.installation import Installation, installation

pytestmark = pytest.mark.component("postgres")

SECRET = "secret-that-nobody-may-see"
GOOD = {"reason": "Lost card", "summary": "A new card was ordered.", "outcome": "done", "actions": ["Ordered a card"]}


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


async def put(cueline: Installation, call: str, fields: dict[str, Any], *, on: int, **more: Any) -> Any:
    return await cueline.http.put(f"/v1/calls/{call}/notes", json={"fields": fields, "basedOn": on, **more})


async def kinds_of(cueline: Installation, call: CallId) -> list[tuple[str, Any]]:
    process = cueline.served.process
    events = await process.calls.events(process.tenant, call, after=0, limit=100)
    return [(type(each.payload).__name__, each.payload) for each in events]


async def test_the_shape_of_a_profile(cueline: Installation) -> None:
    answer = await cueline.http.get("/v1/notes/shape?profile=banking")
    assert answer.status_code == 200
    body = answer.json()
    assert body["profile"] == "banking"
    assert [field["name"] for field in body["fields"]] == [field.name for field in DEFAULT_SHAPE.fields]
    assert body["fields"][4] == {
        "name": "outcome", "label": "Outcome", "kind": "choice", "required": True, "lengthMax": 500, "linesMax": 12,
        "choices": ["done", "pending", "refused", "escalated", "unclear"],
    }  # fmt: skip
    assert (await cueline.http.get("/v1/notes/shape")).json()["profile"] == "default"


async def test_notes_are_written_read_and_told(cueline: Installation) -> None:
    call = await cueline.offer()
    empty = (await cueline.http.get(f"/v1/calls/{call}/notes")).json()
    assert empty == {"newest": None, "versions": []}
    first = await put(cueline, "contact-1", GOOD, on=0, by="ann")
    assert first.status_code == 200, first.text
    written = first.json()
    # What is left out is there, empty.
    assert written["fields"] == {
        **GOOD, "promises": [], "follow_ups": [], "amounts": [], "dates": [], "accounts": [], "disposition": "",
    }  # fmt: skip
    assert (written["version"], written["by"]) == (1, "ann")
    second = (await put(cueline, call, {**GOOD, "outcome": "pending"}, on=1)).json()
    assert (second["version"], second["by"], second["fields"]["outcome"]) == (2, "agent", "pending")
    read = (await cueline.http.get(f"/v1/calls/{call}/notes")).json()
    assert read == {"newest": second, "versions": [second, written]}
    told = [payload for kind, payload in await kinds_of(cueline, call) if kind == "NotesWritten"]
    assert [(each.version, each.by) for each in told] == [(1, "ann"), (2, "agent")]


async def test_what_rests_on_an_older_version_is_a_conflict(cueline: Installation) -> None:
    call = await cueline.offer()
    await put(cueline, call, GOOD, on=0)
    body = assert_problem(await put(cueline, call, GOOD, on=0), 409, "notes_conflict")
    assert "version 1" in body["detail"]


@pytest.mark.parametrize(("fields", "field"), [
    ({**GOOD, "outcome": SECRET}, "fields.outcome"),
    ({**GOOD, "reason": " "}, "fields.reason"),
    ({**GOOD, "reason": SECRET * 20}, "fields.reason"),
    ({**GOOD, "actions": SECRET}, "fields.actions"),
    ({**GOOD, "amounts": [SECRET] * 20}, "fields.amounts"),
    ({**GOOD, SECRET: "x"}, "fields"),
    ({**GOOD, "summary": [SECRET]}, "fields.summary"),
    ({**GOOD, "summary": 5}, "fields"),
    ({**GOOD, "summary": SECRET * 1_000}, "fields"),
    ({"outcome": "done"}, "fields.summary"),
])  # fmt: skip
async def test_what_does_not_fit_is_told_by_its_field(
    cueline: Installation, fields: dict[str, Any], field: str
) -> None:
    call = await cueline.offer()
    answer = await put(cueline, call, fields, on=0)
    code = answer.json()["type"].rpartition(":")[2]
    assert code in {"notes_invalid", "bad_input"}
    body = assert_problem(answer, 400, code)
    assert field in body["detail"]
    assert SECRET not in answer.text
    assert (await cueline.http.get(f"/v1/calls/{call}/notes")).json()["versions"] == []


async def test_what_is_refused(cueline: Installation) -> None:
    call = await cueline.offer()
    for answer, status in (
        (await cueline.http.get("/v1/calls/none/notes"), 404),
        (await put(cueline, "none", GOOD, on=0), 404),
        (await put(cueline, call, GOOD, on=-1), 400),
        (await put(cueline, call, GOOD, on=2**31), 400),
        (await put(cueline, call, GOOD, on=0, by=""), 400),
        (await put(cueline, call, GOOD, on=0, by="a\nb"), 400),
        (await put(cueline, call, GOOD, on=0, version=1), 400),
        (await cueline.http.get("/v1/notes/shape?profile=a.b"), 400),
        (await cueline.http.delete(f"/v1/calls/{call}/notes"), 405),
    ):
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"].startswith("application/problem+json")


async def test_a_store_that_is_away_is_no_fault_of_ours(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    call = await cueline.offer()

    async def away(*_: object) -> None:
        raise UnavailableError("PostgreSQL is away")

    monkeypatch.setattr(cueline.served.process.notes, "versions", away)
    assert_problem(await cueline.http.get(f"/v1/calls/{call}/notes"), 503, "unavailable")


async def test_notes_that_were_made_stand_once(cueline: Installation) -> None:
    await cueline.offer()
    process = cueline.served.process
    record = await process.calls.find(process.tenant, "contact-1")
    assert record is not None
    assert await process.notes.of_contact(process.tenant, "contact-1") is None
    assert await process.notes.keep_made(process.tenant, record, {"reason": "first"}) == 1
    assert await process.notes.keep_made(process.tenant, record, {"reason": "again"}) == 1
    assert await process.notes.of_contact(process.tenant, "contact-1") == {"reason": "first"}
    assert await process.notes.of_contact(process.tenant, "nobody") is None


async def test_shapes_come_from_a_file(database_url: str, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.json"
    shapes.write_text('{"banking": {"fields": [{"name": "ticket", "label": "Ticket", "required": true}]}}')
    async with installation(database_url, notes_shapes=shapes) as cueline:
        fields = (await cueline.http.get("/v1/notes/shape?profile=banking")).json()["fields"]
        assert [field["name"] for field in fields] == ["ticket"]
        call = await cueline.offer(profile="banking")
        assert_problem(await put(cueline, call, GOOD, on=0), 400, "notes_invalid")
        assert (await put(cueline, call, {"ticket": "T-1"}, on=0)).status_code == 200
    for bad in ("{", tmp_path / "none.json"):
        shapes.write_text("{")
        with pytest.raises(ConfigurationError):
            async with installation(database_url, notes_shapes=shapes if bad == "{" else bad):
                pass


async def test_a_webhook_is_told(database_url: str) -> None:
    seen: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def take(request: web.Request) -> web.Response:
        assert request.headers["Cueline-Signature"].startswith("v1=")
        await seen.put(await request.json())
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    more = {"webhook_url": SecretStr(url), "webhook_secret": SecretStr(SECRET)}
    async with installation(database_url, roles=("gateway", "keeper"), **more) as cueline, asyncio.timeout(20):
        call = await cueline.offer()
        await put(cueline, call, GOOD, on=0, by="ann")
        body = await seen.get()
        assert (body["kind"], body["callId"], body["contactId"]) == ("NotesWritten", call, "contact-1")
        assert (body["version"], body["by"], body["fields"]["reason"]) == (1, "ann", "Lost card")
        metrics = (await cueline.http.get("/metrics")).text
        assert "cueline_deliveries_delivered_total" in metrics
    await runner.cleanup()


async def test_a_webhook_without_a_secret_is_refused_at_the_start(database_url: str) -> None:
    with pytest.raises(BaseException) as refused:  # noqa: PT011 - alone or in a group
        async with installation(database_url, roles=("keeper",), webhook_url=SecretStr("https://host/x")):
            pass
    found = refused.value.exceptions[0] if isinstance(refused.value, BaseExceptionGroup) else refused.value
    assert "CUELINE_WEBHOOK_SECRET" in str(found)
