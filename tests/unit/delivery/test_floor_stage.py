"""The floor's keeper: stores that go away, events that were missed, pages that are slow."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest

from cueline.bus.memory import MemoryEventLog
from cueline.delivery import floor_stage
from cueline.delivery.backlog import SlowClientError
from cueline.delivery.floor_stage import FloorFeed, FloorKeeper
from cueline.events.catalogue import Envelope, EventPayload
from cueline.events.guidance import HandLowered, HandRaised
from cueline.events.people import PersonRecord
from cueline.events.records import CallRecord
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import CallId, TenantId
from cueline.ops.system_clock import SystemClock
from tests.installation import eventually
from tests.unit.delivery.test_floor import record

TENANT = TenantId("default")


class Stores:
    """Calls and people as the stores have them (``CallArchive`` and ``Directory``, as far as the floor asks)."""

    def __init__(self) -> None:
        self.log: dict[CallId, list[Envelope]] = {}
        self.records: dict[CallId, CallRecord] = {}
        self.away = False
        self.reads = 0
        self.everybody_is = [PersonRecord("jo", "Jo", "agent", "cards")]

    def add(self, name: str) -> CallId:
        call = record(name, sequence=0)
        self.records[call.call_id] = call
        self.log[call.call_id] = []
        return call.call_id

    def commit(self, call: CallId, payload: EventPayload) -> Envelope:
        sequence = len(self.log[call]) + 1
        envelope = Envelope(TENANT, call, sequence, sequence * 100, payload)
        self.log[call].append(envelope)
        self.records[call] = msgspec.structs.replace(self.records[call], sequence=sequence)
        return envelope

    def _here(self) -> None:
        self.reads += 1
        if self.away:
            raise UnavailableError("away")

    async def everybody(self, tenant: TenantId) -> list[PersonRecord]:
        self._here()
        return self.everybody_is

    async def list_calls(self, tenant: TenantId, **_: Any) -> list[CallRecord]:
        self._here()
        return list(self.records.values())

    async def find(self, tenant: TenantId, call: CallId) -> CallRecord | None:
        self._here()
        return self.records.get(call)

    async def guidance(self, tenant: TenantId, call: CallId, *, after: int, limit: int) -> list[Envelope]:
        self._here()
        return [each for each in self.log[call] if each.sequence > after][:limit]

    events = guidance


class Page:
    """A socket that takes what it is sent for as long as it is open."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.says: asyncio.Queue[str] = asyncio.Queue()
        self.open = asyncio.Event()
        self.open.set()

    async def send_text(self, text: str) -> None:
        await self.open.wait()
        self.sent.put_nowait(msgspec.json.decode(text))

    async def receive_text(self) -> str:
        return await self.says.get()

    async def next(self) -> dict[str, Any]:
        return await asyncio.wait_for(self.sent.get(), 5)


@pytest.fixture
def stores(monkeypatch: pytest.MonkeyPatch) -> Stores:
    monkeypatch.setattr(floor_stage, "TICK_S", 0.01)
    monkeypatch.setattr(floor_stage, "AGAIN_S", 0.01)
    return Stores()


@asynccontextmanager
async def keeping(stores: Stores, log: MemoryEventLog) -> AsyncIterator[FloorKeeper]:
    keeper = FloorKeeper(tenant=TENANT, archive=stores, people=stores, bus=log, clock=SystemClock())  # type: ignore[arg-type]
    running = asyncio.create_task(keeper.run())
    try:
        yield keeper
    finally:
        running.cancel()
        await asyncio.wait([running])
    assert running.cancelled()


@asynccontextmanager
async def shown(keeper: FloorKeeper) -> AsyncIterator[Page]:
    page = Page()
    feed = asyncio.create_task(FloorFeed(keeper=keeper, socket=page, clock=SystemClock()).run())
    try:
        yield page
    finally:
        feed.cancel()
        await asyncio.wait([feed])


async def raised(keeper: FloorKeeper, *at_ms: int) -> bool:
    """Whether these are the times at which the hands of all rows went up."""
    return [row.hand_raised_ms for row in (await keeper.snapshot()).rows] == list(at_ms)


async def test_events_reach_the_rows_and_the_pages(stores: Stores) -> None:
    log, call = MemoryEventLog(), stores.add("a")
    async with keeping(stores, log) as keeper, shown(keeper) as page:
        first = await page.next()
        assert [(row["contactId"], row["team"]) for row in first["rows"]] == [("a", "cards")]
        await log.publish(stores.commit(call, HandRaised("jo")))
        changed = await page.next()
        assert (changed["kind"], changed["rows"][0]["handRaisedMs"]) == ("FloorChanged", 100)


async def test_a_store_that_was_away_is_read_when_it_is_back(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor_stage, "READY_TIMEOUT_S", 0.05)
    log, call = MemoryEventLog(), stores.add("a")
    stores.commit(call, HandRaised("jo"))
    stores.away = True
    async with keeping(stores, log) as keeper:
        with pytest.raises(UnavailableError, match="still being read"):
            await keeper.snapshot()
        stores.away = False
        monkeypatch.setattr(floor_stage, "READY_TIMEOUT_S", 5)
        assert (await keeper.snapshot()).rows[0].hand_raised_ms == 100
        # It goes away in the middle: an event whose forerunner was missed asks for it in vain.
        stores.commit(call, HandLowered("jo"))
        stores.away = True
        await log.publish(stores.commit(call, HandRaised("al")))
        await asyncio.sleep(0.05)
        stores.away = False
        await eventually(lambda: raised(keeper, 300))


async def test_events_that_were_dropped_are_read_from_the_store(stores: Stores) -> None:
    log = MemoryEventLog(queue_bound=2)
    calls = [stores.add(name) for name in "abcdef"]
    async with keeping(stores, log) as keeper:
        await keeper.snapshot()
        for call in calls:
            await log.publish(stores.commit(call, HandRaised("jo")))
        await eventually(lambda: raised(keeper, *[100] * 6))


async def test_a_log_that_is_closed_does_not_keep_the_loop_busy(stores: Stores) -> None:
    log = MemoryEventLog()
    async with keeping(stores, log) as keeper:
        await keeper.snapshot()
        await log.close()
        async with asyncio.timeout(1):
            await asyncio.sleep(0.05)


async def test_a_page_whose_socket_takes_nothing_gets_the_newest_state_and_then_goes(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, call = MemoryEventLog(), stores.add("a")
    async with keeping(stores, log) as keeper, shown(keeper) as page:
        await page.next()
        page.open.clear()
        for number in range(20):
            await log.publish(stores.commit(call, HandRaised("jo") if number % 2 == 0 else HandLowered("jo")))
            await asyncio.sleep(0.02)
        page.open.set()
        messages = [await page.next()]
        async with asyncio.timeout(5):
            while messages[-1]["rows"][0]["handRaisedMs"] is not None:
                messages.append(await page.next())
        assert len(messages) <= 3
    monkeypatch.setattr(floor_stage, "SEND_TIMEOUT_S", 0.05)
    async with keeping(stores, log) as keeper:
        page = Page()
        page.open.clear()
        with pytest.raises(ExceptionGroup) as raised:
            await FloorFeed(keeper=keeper, socket=page, clock=SystemClock()).run()
        assert raised.group_contains(SlowClientError)


async def test_people_who_changed_change_their_rows(stores: Stores) -> None:
    log = MemoryEventLog()
    stores.add("a")
    async with keeping(stores, log) as keeper, shown(keeper) as page:
        await page.next()
        stores.everybody_is = [PersonRecord("jo", "Jo Doe", "agent", "loans")]
        await keeper.people_changed()
        [row] = (await page.next())["rows"]
        assert (row["agentName"], row["team"]) == ("Jo Doe", "loans")
