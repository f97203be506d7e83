"""A small world on a fresh database: clock, bus, stores, and short ways to make what tests commit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from cueline.bus.memory import MemoryEventLog
from cueline.events.catalogue import CallWarned, Envelope
from cueline.events.checkpoint import ChannelProgress, Checkpoint
from cueline.events.records import CallCommit, ClaimedCall, NewCall, NewEvent, NewUtterance
from cueline.events.redacted import Mask, RedactedText, RedactedWord
from cueline.kernel.clock import VirtualClock
from cueline.kernel.ids import CallId, Channel, ContactId, TenantId, WorkerId, call_id, utterance_id
from cueline.storage.calls import PostgresCalls
from cueline.storage.counters import StorageCounters
from cueline.storage.engine import Database
from cueline.storage.leases import PostgresLeaseBook
from cueline.storage.outbox import Outbox
from cueline.storage.writer import PostgresCallWriter

TENANT = TenantId("default")


def new_call(contact: str = "contact-1", tenant: TenantId = TENANT) -> NewCall:
    return NewCall(
        tenant=tenant,
        call_id=call_id(tenant, ContactId(contact)),
        contact_id=ContactId(contact),
        stream_arn="arn:aws:kinesisvideo:eu-central-1:123456789012:stream/s/1",
        start_fragment_number="91343852333181432392682062607743920146385429391",
        start_timestamp_ms=1_700_000_000_000,
        customer_endpoint="+4930123456",
        attributes={"language": "en"},
    )


def utterance(call: CallId, ordinal: int, *, channel: Channel = "customer", text: str = "hello [NUMBER]") -> NewEvent:
    words = tuple(
        RedactedWord(text=word, start_ms=ordinal * 1000 + place * 100, end_ms=ordinal * 1000 + place * 100 + 90)
        for place, word in enumerate(text.split())
    )
    at = text.find("[NUMBER]")
    masks = (Mask(start=at, end=at + 8, type="NUMBER"),) if at >= 0 else ()
    return NewEvent(
        at_ms=ordinal * 1000 + 900,
        item=NewUtterance(
            utterance_id=utterance_id(call, channel, ordinal),
            channel=channel,
            ordinal=ordinal,
            speaker="customer" if channel == "customer" else "agent",
            started_ms=ordinal * 1000,
            ended_ms=ordinal * 1000 + 900,
            content=RedactedText(text=text, words=words, masks=masks),
            loudness_db=-20.5,
        ),
    )


def warning(at_ms: int = 10) -> NewEvent:
    return NewEvent(at_ms=at_ms, item=CallWarned(code="audio_gap", message="2 s of audio are missing"))


def commit(number: int, *events: NewEvent, settled: int = 0) -> CallCommit:
    return CallCommit(
        number=number, events=events, checkpoint=Checkpoint(origin_producer_ms=1_700_000_000_500,
                                                            customer=ChannelProgress(settled=settled)),
    )  # fmt: skip


class BrokenLog(MemoryEventLog):
    """An event log that refuses while ``broken`` is set, and keeps what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.broken = False
        self.published: list[Envelope] = []

    async def publish(self, envelope: Envelope) -> None:
        if self.broken:
            raise ConnectionResetError
        self.published.append(envelope)
        await super().publish(envelope)


class PublishingWriter(PostgresCallWriter):
    """Commits and publishes in one go, as the conversation does."""

    async def commit(self, commit: CallCommit) -> tuple[Envelope, ...]:
        envelopes = await super().commit(commit)
        await self.clear(await self.publish(envelopes))
        return envelopes


@dataclass
class World:
    url: str
    database: Database
    clock: VirtualClock = field(default_factory=lambda: VirtualClock(epoch_origin_ms=1_700_000_000_000))
    log: BrokenLog = field(default_factory=BrokenLog)
    counters: StorageCounters = field(default_factory=StorageCounters)
    sleeps: list[float] = field(default_factory=list)
    slept: asyncio.Event = field(default_factory=asyncio.Event)
    may_wake: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_wake.set()
        self.outbox = Outbox(self.database, self.log, self.counters)
        self.calls = PostgresCalls(self.database, self.outbox, clock=self.clock)

    def book(self, worker: str = "worker-1") -> PostgresLeaseBook:
        return PostgresLeaseBook(self.database, tenant=TENANT, worker=WorkerId(worker), clock=self.clock)

    def writer(
        self, claimed: ClaimedCall, *, database: Database | None = None, retry_s: float = 60.0
    ) -> PublishingWriter:
        return PublishingWriter(
            database or self.database, self.outbox, tenant=claimed.record.tenant, call_id=claimed.record.call_id,
            epoch=claimed.epoch, clock=self.clock, counters=self.counters, retry_s=retry_s, sleep=self.sleep,
        )  # fmt: skip

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.slept.set()
        await self.may_wake.wait()
        self.clock.advance_to(self.clock.monotonic_ms() + int(seconds * 1000))

    async def claimed(self, contact: str = "contact-1") -> ClaimedCall:
        await self.calls.offer(new_call(contact))
        [claimed] = await self.book().claim(limit=1)
        return claimed

    async def value(self, sql: str, *arguments: object) -> object:
        rows = await self.database.statement(sql, *arguments)
        return rows[0][0] if rows else None


@asynccontextmanager
async def _world_on(url: str) -> AsyncIterator[World]:
    database = Database(url, pool_size=8)
    try:
        yield World(url, database)
    finally:
        await database.close()


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with _world_on(database_url) as world:
        yield world


@pytest.fixture
def world_on() -> Callable[[str], AbstractAsyncContextManager[World]]:
    """A world on a database of the test's own."""
    return _world_on


@pytest.fixture
def make() -> SimpleNamespace:
    """Short ways to make calls, events and commits."""
    return SimpleNamespace(tenant=TENANT, call=new_call, utterance=utterance, warning=warning, commit=commit)
