"""``/v1/live`` as it is pinned, on a real server: resume, order, heartbeat, close codes, clients that are too slow."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial as bound
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.events.catalogue import CallEnded
from cueline.events.records import NewEvent
from tests.installation import Installation, Live, eventually, installation, partial, timed, utterance, warning

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(60)]


@pytest.fixture
async def cueline(database_url: str) -> AsyncIterator[Installation]:
    async with installation(database_url) as running:
        yield running


async def closed_with(live: Any) -> tuple[int, str]:
    """Reads until the server closes; the close code and its reason."""
    with suppress(ConnectionClosed):
        while True:
            await live.recv()
    return live.close_code, live.close_reason


async def test_a_whole_call_from_its_start_and_then_live(cueline: Installation) -> None:
    worker = await cueline.worker()
    await worker.say(0, 1)
    async with cueline.live(worker.call) as live:
        assert [event["sequence"] for event in await live.committed(3)] == [1, 2, 3]
        await worker.say(2)
        [event] = await live.committed(1)
    stored = (await cueline.http.get(f"/v1/calls/{worker.call}/events")).json()["events"]
    assert event == stored[-1]
    assert (event["sequence"], event["text"]) == (4, "utterance number 2")


@pytest.mark.parametrize("resume", [None, 0, 1, 4, 6])
async def test_resume_gives_what_comes_after(cueline: Installation, resume: int | None) -> None:
    worker = await cueline.worker()
    await worker.say(0, 1, 2, 3, 4)
    async with cueline.live(worker.call, resume=resume) as live:
        await worker.say(5)
        rest = await live.committed(7 - (resume or 0))
    assert [event["sequence"] for event in rest] == list(range((resume or 0) + 1, 8))


async def test_resume_across_pages_of_the_store(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueline.delivery.stage.PAGE", 4)
    worker = await cueline.worker()
    for ordinal in range(0, 30, 10):
        await worker.commit(*(utterance(worker.call, ordinal + each) for each in range(10)))
    async with cueline.live(worker.call, resume=3) as live:
        assert [event["sequence"] for event in await live.committed(28)] == list(range(4, 32))


async def test_nothing_is_missed_or_repeated_while_events_are_being_committed(cueline: Installation) -> None:
    """Clients come at any moment of a busy call, some published late, with transient events in between."""
    worker = await cueline.worker()
    count = 60

    async def speak() -> None:
        for ordinal in range(count):
            await cueline.publish(worker.call, partial(worker.call, ordinal, 1), sequence=ordinal + 1)
            # Every fifth is committed and not published: the outbox's sweeper would bring it much later.
            await worker.commit(utterance(worker.call, ordinal), publish=ordinal % 5 != 3)
            await cueline.publish(worker.call, timed(worker.call, ordinal, committed=1.5), sequence=ordinal + 2)

    async def listen(resume: int | None) -> list[int]:
        async with cueline.live(worker.call, resume=resume) as live:
            return [event["sequence"] for event in await live.committed(count + 1 - (resume or 0))]

    async with asyncio.TaskGroup() as tasks:
        speaking = tasks.create_task(speak())
        listening = []
        for resume in (None, 0, 1, None, 1):
            listening.append((resume or 0, tasks.create_task(listen(resume))))
            await worker_progress(cueline, worker.call, len(listening) * 8)
        await speaking
        await worker.commit(warning())  # published: whoever lacks an unpublished one before it now learns of it
    for resume, task in listening:
        assert task.result() == list(range(resume + 1, count + 2))


async def worker_progress(cueline: Installation, call: str, sequence: int) -> None:
    """Waits until the call has that many events."""

    async def there() -> bool:
        return bool((await cueline.http.get(f"/v1/calls/{call}")).json()["sequence"] >= sequence)

    await eventually(there)


async def test_a_client_that_comes_back_again_and_again_gets_each_event_once(cueline: Installation) -> None:
    worker = await cueline.worker()
    await worker.say(*range(20))
    seen: list[int] = []
    while len(seen) < 21:
        async with cueline.live(worker.call, resume=seen[-1] if seen else None) as live:
            seen += [event["sequence"] for event in await live.committed(3)]
    assert seen == list(range(1, 22))


async def test_partials_and_timings_come_in_between_and_carry_the_last_sequence(cueline: Installation) -> None:
    worker = await cueline.worker()
    async with cueline.live(worker.call) as live:
        await live.committed(1)
        await cueline.publish(worker.call, partial(worker.call, 0, 1, "hello th"), sequence=1)
        revised = await live.next()
        await worker.say(0)
        committed = await live.next()
        await cueline.publish(worker.call, timed(worker.call, 0, committed=3.5), sequence=2)
        measured = await live.until("UtteranceTimed")
    name = f"{worker.call}.c0"
    head = {"tenant": "default", "callId": worker.call}
    assert revised == {
        **head, "sequence": 1, "kind": "PartialRevised", "atMs": 0, "utteranceId": name, "epoch": 1, "revision": 1,
        "channel": "customer", "speaker": "customer", "startedMs": 0, "text": "hello th", "masks": [],
    }  # fmt: skip
    assert (committed["kind"], committed["utteranceId"], committed["sequence"]) == ("UtteranceCommitted", name, 2)
    assert (measured["utteranceId"], measured["stages"]) == (name, {"committed": 3.5})


async def test_delivery_is_measured_at_the_first_client_told_to_all_and_kept(cueline: Installation) -> None:
    worker = await cueline.worker()
    name = f"{worker.call}.c0"
    process = cueline.served.process
    async with cueline.live(worker.call) as one, cueline.live(worker.call) as two:
        await one.committed(1)
        await two.committed(1)
        process.deliverable.await_delivery(msgspec.convert(name, str), process.clock.precise_ms() - 40)
        await worker.say(0)
        told = [await live.until("UtteranceTimed") for live in (one, two)]
    assert told[0] == told[1]
    assert told[0]["stages"]["delivered"] >= 40

    async def kept() -> list[dict[str, Any]]:  # the feed keeps them when its client has gone
        return list((await cueline.http.get(f"/v1/calls/{worker.call}/timings")).json()["timings"])

    assert await eventually(kept) == [{"utteranceId": name, "stages": told[0]["stages"]}]


async def test_two_clients_see_the_same(cueline: Installation) -> None:
    worker = await cueline.worker()
    async with cueline.live(worker.call) as one, cueline.live("contact-1") as two:
        await worker.say(0, 1, 2)
        assert await one.committed(4) == await two.committed(4)


async def test_one_call_s_events_reach_nobody_else(cueline: Installation) -> None:
    mine, other = await cueline.worker("mine"), await cueline.worker("other")
    async with cueline.live(mine.call) as live:
        await other.say(0, 1)
        await mine.say(0)
        assert {event["callId"] for event in await live.committed(2)} == {mine.call}


async def test_an_amended_text_is_what_comes(cueline: Installation) -> None:
    """The text is stored once and rendered when it is read: whoever resumes gets it as it stands now."""
    worker = await cueline.worker()
    await worker.say(0)
    await cueline.served.process.database.statement(
        "UPDATE utterances SET text = 'utterance [NUMBER]' WHERE call_id = $1", worker.call
    )
    async with cueline.live(worker.call, resume=1) as live:
        [event] = await live.committed(1)
    assert event["text"] == "utterance [NUMBER]"


async def test_a_call_that_is_over_is_told_to_its_end(cueline: Installation) -> None:
    worker = await cueline.worker()
    await worker.commit(utterance(worker.call, 0), NewEvent(at_ms=5_000, item=CallEnded(reason="disconnected")))
    async with cueline.live(worker.call) as live:
        assert (await live.committed(3))[-1]["kind"] == "CallEnded"


async def test_heartbeats_tell_the_newest_sequence(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueline.delivery.stage.HEARTBEAT_S", 0.05)
    monkeypatch.setattr("cueline.delivery.stage.POLL_S", 0.02)
    worker = await cueline.worker()
    await worker.say(0)
    async with cueline.live(worker.call) as live:
        await live.committed(2)
        assert await live.until("Heartbeat") == {"kind": "Heartbeat", "sequence": 2}
        await worker.say(1)
        while (await live.until("Heartbeat"))["sequence"] < 3:
            pass


async def test_what_the_bus_lost_is_read_from_the_store(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker died between commit and publication, and the sweeper is not there: the feed looks for itself."""
    monkeypatch.setattr("cueline.delivery.stage.RECHECK_S", 0.05)
    monkeypatch.setattr("cueline.delivery.stage.POLL_S", 0.02)
    worker = await cueline.worker()
    async with cueline.live(worker.call) as live:
        await live.committed(1)
        await worker.commit(utterance(worker.call, 0), publish=False)
        assert [event["sequence"] for event in await live.committed(1)] == [2]


async def test_close_codes_of_what_is_refused(cueline: Installation) -> None:
    call = await cueline.offer()
    good = await cueline.live_url(call)
    address = good.partition("?")[0]
    for url in (address, f"{address}?token=nonsense", f"{address}?token=", f"{good}x", good.replace("token=", "t=")):
        async with connect(url) as socket_:
            assert await closed_with(socket_) == (4401, "token"), url
    await cueline.served.process.database.statement("DELETE FROM calls WHERE call_id = $1", call)
    async with connect(good) as socket_:
        assert await closed_with(socket_) == (4404, "unknown call")


BAD_FIRST = [
    "", "{", "[]", "null", '"resume"', "{}", '{"resume": -1}', '{"resume": "1"}', '{"resume": 1.5}', '{"ack": 1}',
    '{"resume": 2}', '{"resume": 1000000000000000000000}', '{"resume": ' + " " * 2_000 + "null}", b'{"resume": null}',
    b"\xff\xfe",
]  # fmt: skip


@pytest.mark.parametrize("message", BAD_FIRST, ids=range(len(BAD_FIRST)))
async def test_a_bad_first_message_closes(cueline: Installation, message: str | bytes) -> None:
    async with connect(await cueline.live_url(await cueline.offer())) as socket_:
        await socket_.send(message)
        assert await closed_with(socket_) == (1008, "bad message")


async def test_a_client_that_says_nothing_is_let_go(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueline.delivery.adapters.live.FIRST_MESSAGE_TIMEOUT_S", 0.05)
    async with connect(await cueline.live_url(await cueline.offer())) as socket_:
        assert await closed_with(socket_) == (1008, "bad message")


@pytest.mark.parametrize("message", ["hello", '{"resume": 1}', '{"ack": null}'])
async def test_a_bad_later_message_closes(cueline: Installation, message: str) -> None:
    async with cueline.live(await cueline.offer()) as live:
        await live.committed(1)
        await live.socket.send(message)
        assert await closed_with(live.socket) == (1008, "bad message")


async def test_too_many_sockets(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueline.roles.assemble.WebDependencies", bound(WebDependencies, max_sockets=2))
    async with installation(database_url) as cueline:
        call = await cueline.offer()
        async with cueline.live(call) as one:
            await one.committed(1)
            async with cueline.live(call) as two:
                await two.committed(1)
                async with connect(await cueline.live_url(call)) as third:
                    assert await closed_with(third) == (4429, "too many")
            await cueline.sockets(1)
            async with cueline.live(call) as again:
                assert len(await again.committed(1)) == 1


async def test_a_client_that_stops_acknowledging_is_too_slow(
    cueline: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cueline.delivery.backlog.MAX_UNACKNOWLEDGED_MS", 50)
    monkeypatch.setattr("cueline.delivery.stage.POLL_S", 0.02)
    worker = await cueline.worker()
    async with cueline.live(worker.call) as live, cueline.live(worker.call) as silent:
        await live.committed(1)
        await live.socket.send('{"ack": 1}')
        await worker.say(0)
        assert await closed_with(live.socket) == (4408, "too slow")
        # One that has never acknowledged is bounded by its socket alone.
        assert len(await silent.committed(2)) == 2
    async with cueline.live(worker.call, resume=1) as back:
        assert [event["sequence"] for event in await back.committed(1)] == [2]


async def test_a_client_that_acknowledges_stays(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueline.delivery.stage.POLL_S", 0.02)
    worker = await cueline.worker()
    async with cueline.live(worker.call) as live:
        for ordinal in range(5):
            await worker.say(ordinal)
            for event in await live.committed(2 if ordinal == 0 else 1):
                await live.socket.send(msgspec.json.encode({"ack": event["sequence"]}).decode())


async def test_a_socket_that_takes_nothing_is_too_slow(cueline: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that reads no bytes: its socket fills, the send stalls, and the server lets go of it in time."""
    monkeypatch.setattr("cueline.delivery.stage.SEND_TIMEOUT_S", 0.2)
    worker = await cueline.worker()
    url = await cueline.live_url(worker.call)
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    raw.setblocking(False)
    host, port = cueline.base_url.removeprefix("http://").split(":")
    await asyncio.get_running_loop().sock_connect(raw, (host, int(port)))
    options: dict[str, Any] = {"sock": raw, "max_queue": 1, "compression": None, "ping_interval": None}
    async with connect(url, close_timeout=0.1, **options) as socket_:
        await socket_.send('{"resume": null}')
        await socket_.recv()
        socket_.transport.pause_reading()
        for ordinal in range(120):
            await worker.commit(utterance(worker.call, ordinal, "word " * 8_000))
        await cueline.sockets(0)
        socket_.transport.abort()
    assert 'cueline_refused_total{reason="too_slow"} 1.0' in (await cueline.http.get("/metrics")).text


async def test_a_client_that_vanishes_leaves_nothing_behind(cueline: Installation) -> None:
    worker = await cueline.worker()
    for _ in range(3):
        async with cueline.live(worker.call) as live:
            await live.committed(1)
            live.socket.transport.abort()
        await worker.say(len(worker.call) + _)  # something is sent to whoever is left
    await cueline.sockets(0)
    metrics = (await cueline.http.get("/metrics")).text
    assert 'cueline_refused_total{reason="internal' not in metrics


async def test_without_postgresql_a_client_is_sent_away_to_come_back(
    cueline: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cueline.storage.errors import DatabaseUnavailableError  # noqa: PLC0415

    url = await cueline.live_url(await cueline.offer())

    async def away(*_: object, **__: object) -> None:
        raise DatabaseUnavailableError("PostgreSQL does not answer")

    monkeypatch.setattr(type(cueline.served.process.calls), "find", away)
    async with connect(url) as socket_:
        assert await closed_with(socket_) == (1001, "going away")


async def test_at_the_process_s_end_clients_are_told(database_url: str) -> None:
    async with installation(database_url) as cueline:
        worker = await cueline.worker()
        socket_ = await connect(await cueline.live_url(worker.call))
        live = Live(socket_)
        await socket_.send('{"resume": null}')
        await live.committed(1)
    assert (await closed_with(socket_))[0] in {1001, 1012}
