"""A recording whose worker died before it could seal it, on a real PostgreSQL and in a real folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cueline.archive.adapters.objects import FolderObjects
from cueline.archive.layout import manifest_key
from cueline.archive.manifest import open_manifest
from cueline.archive.stage import Archive, ArchiveCounters
from cueline.bus.memory import MemoryEventLog
from cueline.events.catalogue import CallEnded
from cueline.events.checkpoint import Checkpoint
from cueline.events.recording import RecordingGap
from cueline.events.records import CallCommit, ClaimedCall, NewCall, NewEvent
from cueline.kernel.clock import VirtualClock
from cueline.kernel.ids import ContactId, TenantId, WorkerId, call_id
from cueline.roles.left_recordings import LEFT_AFTER_S, LeftRecordings
from cueline.security.keys import LocalKeyRing
from cueline.storage.calls import PostgresCalls
from cueline.storage.counters import StorageCounters
from cueline.storage.engine import Database
from cueline.storage.leases import PostgresLeaseBook
from cueline.storage.outbox import Outbox
from cueline.storage.recordings import PostgresRecordings
from cueline.storage.writer import PostgresCallWriter

pytestmark = pytest.mark.component("postgres")

TENANT = TenantId("default")
CALL = call_id(TENANT, ContactId("contact-1"))


class World:
    def __init__(self, url: str, folder: Path) -> None:
        self.database = Database(url, pool_size=4)
        self.clock = VirtualClock(epoch_origin_ms=1_700_000_000_000)
        self.counters = StorageCounters()
        self.outbox = Outbox(self.database, MemoryEventLog(), self.counters)
        self.book = PostgresRecordings(self.database)
        self.objects, self.keys = FolderObjects(folder / "objects"), LocalKeyRing(folder / "keys.json", self.clock)
        archive = Archive(
            objects=self.objects,
            keys=self.keys,
            book=self.book,
            codec="flac",
            counters=ArchiveCounters(),
            clock=self.clock,
        )
        self.keeper = LeftRecordings(archive, self.book, TENANT)

    async def claimed(self) -> ClaimedCall:
        calls = PostgresCalls(self.database, self.outbox, clock=self.clock)
        await calls.offer(NewCall(TENANT, CALL, ContactId("contact-1"), "arn", None, 1_700_000_000_000))
        leases = PostgresLeaseBook(self.database, tenant=TENANT, worker=WorkerId("w"), clock=self.clock)
        [claimed] = await leases.claim(limit=1)
        _, wrapped = await self.keys.new_data_key(TENANT)
        await self.book.begin(TENANT, CALL, epoch=claimed.epoch, codec="flac", key=wrapped)
        return claimed

    async def end(self, claimed: ClaimedCall) -> None:
        writer = PostgresCallWriter(
            self.database, self.outbox, tenant=TENANT, call_id=CALL, epoch=claimed.epoch, clock=self.clock,
            counters=self.counters,
        )  # fmt: skip
        ended = NewEvent(at_ms=25_000, item=CallEnded(reason="failed"))
        await writer.commit(CallCommit(number=1, events=(ended,), checkpoint=Checkpoint()))

    def wait_s(self, seconds: float) -> None:
        self.clock.advance_to(self.clock.monotonic_ms() + int(seconds * 1_000))


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(database_url, tmp_path)
    try:
        yield made
    finally:
        await made.database.close()


async def test_what_was_left_is_sealed_and_its_end_stated_as_lost(world: World) -> None:
    claimed = await world.claimed()
    world.wait_s(10 * LEFT_AFTER_S)
    await world.keeper.seal()  # the call goes on: nothing is left yet
    await world.end(claimed)
    world.wait_s(LEFT_AFTER_S - 1)
    await world.keeper.seal()  # its worker may still be at it
    found = await world.book.find(TENANT, CALL)
    assert found is not None
    assert found.state == "recording"
    world.wait_s(2)
    await world.keeper.seal()
    found = await world.book.find(TENANT, CALL)
    assert found is not None
    assert (found.state, found.position) == ("sealed", 25_000 * 8)
    assert found.key is not None
    key = await world.keys.unwrap(TENANT, found.key)
    body = await world.objects.get(manifest_key(TENANT, CALL, 0))
    manifest = open_manifest(body, tenant=TENANT, call_id=CALL, revision=0, data_key=key)
    assert manifest.samples == 25_000 * 8
    assert manifest.gaps == (RecordingGap(0, 25_000 * 8, "lost"),)
    await world.keeper.seal()
    assert await world.book.find(TENANT, CALL) == found
