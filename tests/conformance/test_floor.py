"""The floor, over REST and its socket, on a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from cueline.delivery import floor_stage
from cueline.events.catalogue import CallEnded
from cueline.events.guidance import CueRaised, MomentFound
from cueline.events.records import NewEvent
from tests.conformance.test_rest import assert_problem
from tests.installation import Installation, Live, eventually, installation

pytestmark = pytest.mark.component("postgres")


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


@asynccontextmanager
async def watching(cueline: Installation, **asked: Any) -> AsyncIterator[Live]:
    answer = await cueline.http.post("/v1/live-token", json=asked or {"floor": True})
    assert answer.status_code == 201, answer.text
    address = f"{cueline.base_url.replace('http', 'ws', 1)}/v1/floor/live?token={answer.json()['token']}"
    async with connect(address, compression=None) as socket:
        yield Live(socket)


async def acknowledge(page: Live, revision: int) -> None:
    await page.socket.send(msgspec.json.encode({"ack": revision}).decode())


async def told_until_quiet(page: Live) -> int:
    """How many changes come before there is a second without any."""
    told = 0
    with suppress(TimeoutError):
        while True:
            async with asyncio.timeout(1):
                await page.until("FloorChanged")
            told += 1
    return told


async def until_closed(page: Live) -> None:
    while True:
        await page.next()


async def floor(cueline: Installation) -> list[dict[str, Any]]:
    answer = await cueline.http.get("/v1/floor")
    assert answer.status_code == 200, answer.text
    assert answer.json()["kind"] == "FloorSnapshot"
    return list(answer.json()["rows"])


async def alert(cueline: Installation, contact: str, cue_id: str = "a1") -> None:
    process = cueline.served.process
    record = await process.calls.find(process.tenant, contact)
    assert record is not None
    cue = CueRaised(cue_id, "alert", "supervisor", "Look here", "because", "r1", 90, 60_000, ())
    await process.calls.record(process.tenant, record.call_id, cue, at_ms=2_000)


async def test_a_call_comes_changes_and_goes(cueline: Installation) -> None:
    async with watching(cueline) as page:
        first = await page.next()
        assert (first["kind"], first["rows"], first["revision"]) == ("FloorSnapshot", [], 1)
        await cueline.offer(startTimestampMs=cueline.served.process.clock.epoch_ms())
        worker = await cueline.worker()
        came = await page.until("FloorChanged")
        [row] = came["rows"]
        assert (row["contactId"], row["title"], row["need"], row["why"]) == (
            "contact-1", "A test call", 0, "nothing unusual",
        )  # fmt: skip
        assert (came["revision"], came["gone"]) == (2, [])
        await cueline.http.post(f"/v1/calls/{worker.call}/hand", json={"by": "jo"})
        await alert(cueline, "contact-1")
        seen: dict[str, Any] = {}
        while not (seen.get("alertsOpen") and seen.get("handRaisedMs")):
            [seen] = (await page.until("FloorChanged"))["rows"]
        assert (seen["need"], seen["alerts"][0]["text"]) == (80, "Look here")
        assert seen["why"] == "hand raised, open alert"
        assert await floor(cueline) == [seen]
        await worker.commit(NewEvent(at_ms=9_000, item=CallEnded(reason="disconnected")))
        while not (gone := (await page.until("FloorChanged"))["gone"]):
            pass
        assert gone == [worker.call]
    assert await floor(cueline) == []


async def test_the_floor_is_ranked_and_knows_teams(cueline: Installation) -> None:
    for contact in ("one", "two"):
        await cueline.offer(contact)
    event = {"type": "CONNECTED_TO_AGENT", "atMs": 1, "agent": {"username": "jo"}}
    await cueline.http.post("/v1/calls/two/events", json=event)
    await alert(cueline, "two")
    await cueline.http.put("/v1/people/jo", json={"name": "Jo Doe", "team": "cards"})

    async def ranked() -> bool:
        rows = await floor(cueline)
        known = [(row["contactId"], row["agentName"], row["team"], row["alertsOpen"]) for row in rows]
        return known == [("two", "Jo Doe", "cards", 1), ("one", None, None, 0)]

    await eventually(ranked)
    await cueline.http.delete("/v1/people/jo")

    async def forgotten() -> bool:
        return (await floor(cueline))[0]["team"] is None

    await eventually(forgotten)


async def test_what_went_on_before_the_server_started_is_on_the_floor(database_url: str) -> None:
    async with installation(database_url) as before:
        worker = await before.worker()
        await worker.say(0, 1)
        process = before.served.process
        angry = MomentFound("m1", "sentiment", "negative", 0.9, "customer", 500, 900, None)
        await process.calls.record(process.tenant, worker.call, angry, at_ms=900)
        await alert(before, "contact-1")
        over = await before.worker("over")
        await over.commit(NewEvent(at_ms=9_000, item=CallEnded(reason="disconnected")))
    async with installation(database_url) as cueline:
        [row] = await floor(cueline)
        assert (row["sentiment"], row["alertsOpen"], row["contactId"]) == (-0.9, 1, "contact-1")
        assert row["why"] == "open alert, customer angry"


async def test_two_changes_a_second_are_the_most_that_a_page_is_told(cueline: Installation) -> None:
    await cueline.offer()
    async with watching(cueline) as page:
        await page.next()
        process = cueline.served.process
        record = await process.calls.find(process.tenant, "contact-1")
        assert record is not None
        began = asyncio.get_running_loop().time()
        for number in range(60):
            moment = MomentFound(f"m{number}", "sentiment", "negative", 0.9, "customer", number, number, None)
            await process.calls.record(process.tenant, record.call_id, moment, at_ms=number)
        messages = 0
        points: list[Any] = []
        while not points or points[-1]["atMs"] < 59:
            [row] = (await page.until("FloorChanged"))["rows"]
            points = row["sentimentPoints"]
            messages += 1
        took_s = asyncio.get_running_loop().time() - began
    assert messages <= took_s / floor_stage.TICK_S + 2
    assert len(points) == 12


async def test_tokens_are_for_one_thing(cueline: Installation) -> None:
    call = await cueline.offer()
    for asked, code in (({"callId": call}, 4403), ({"floor": True}, None)):
        async with watching(cueline, **asked) as page:
            if code is None:
                assert (await page.next())["kind"] == "FloorSnapshot"
                continue
            with pytest.raises(ConnectionClosed):
                await page.next()
            assert page.socket.close_code == code
    floor_token = (await cueline.http.post("/v1/live-token", json={"floor": True})).json()["token"]
    base = cueline.base_url.replace("http", "ws", 1)
    for address, code in (
        (f"{base}/v1/live?token={floor_token}", 4403),
        (f"{base}/v1/floor/live?token=nonsense", 4401),
        (f"{base}/v1/floor/live", 4401),
    ):
        async with connect(address) as socket:
            with pytest.raises(ConnectionClosed):
                await socket.recv()
            assert socket.close_code == code
    for bad in ({}, {"callId": call, "floor": True}, {"floor": "yes"}):
        assert_problem(await cueline.http.post("/v1/live-token", json=bad), 400, "bad_input")
    assert (await cueline.http.get("/v1/floor", headers={"Authorization": "Bearer x"})).status_code == 401


async def test_a_message_that_is_none_of_ours_closes_the_socket(cueline: Installation) -> None:
    async with watching(cueline) as page:
        await page.next()
        await page.socket.send("hello")
        with pytest.raises(ConnectionClosed):
            await page.next()
        assert page.socket.close_code == 1008


async def test_a_page_that_acknowledges_late_gets_the_newest_state_only(
    cueline: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor_stage, "ACKNOWLEDGE_TIMEOUT_S", 60.0)
    await cueline.offer()
    async with watching(cueline) as page:
        await page.next()
        await acknowledge(page, 1)
        for number in range(8):
            await alert(cueline, "contact-1", f"a{number}")
            await asyncio.sleep(floor_stage.TICK_S * 1.2)
        await acknowledge(page, 1)
        told = await told_until_quiet(page)
        assert told == floor_stage.UNACKNOWLEDGED_MAX
        await acknowledge(page, 1 + told)
        [row] = (await page.until("FloorChanged"))["rows"]
        assert row["alertsOpen"] == 8


async def test_a_page_that_stops_acknowledging_is_let_go(
    cueline: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor_stage, "ACKNOWLEDGE_TIMEOUT_S", 0.2)
    monkeypatch.setattr(floor_stage, "HEARTBEAT_S", 0.05)
    monkeypatch.setattr(floor_stage, "UNACKNOWLEDGED_MAX", 1)
    await cueline.offer()
    async with watching(cueline) as page:
        await page.next()
        await acknowledge(page, 1)
        await alert(cueline, "contact-1")
        with pytest.raises(ConnectionClosed):
            await until_closed(page)
        assert page.socket.close_code == 4408


async def test_heartbeats(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor_stage, "HEARTBEAT_S", 0.05)
    async with watching(cueline) as page:
        await page.next()
        assert await page.next() == {"kind": "Heartbeat", "sequence": 1}
