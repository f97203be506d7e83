"""The book of recordings on a real PostgreSQL: fenced by the lease, each chunk once and in order."""

import asyncio
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from cueline.events.recording import BeepSpan, Recording, RecordingChunk, RecordingGap, WrappedKey
from cueline.events.records import ClaimedCall, LeaseLostError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.recordings import ChunkOrderError, PostgresRecordings

pytestmark = pytest.mark.component("postgres")

KEY = WrappedKey("key.1", b"\x00wrapped\xff")
OTHER = TenantId("other")


def chunk(number: int, *, revision: int = 0, position: int | None = None, samples: int = 80_000) -> RecordingChunk:
    at = number * 80_000 if position is None else position
    beeps = (BeepSpan(at + 1, at + 9, "agent"), BeepSpan(at + 1, at + 9, "customer"))
    gaps = (RecordingGap(at + 100, at + 200, "paused"),)
    return RecordingChunk(number, revision, at, samples, 1_234, f"{number:064x}", beeps, gaps)


@pytest.fixture
def book(world: Any) -> PostgresRecordings:
    return PostgresRecordings(world.database)


@pytest.fixture
async def claimed(world: Any) -> ClaimedCall:
    claimed: ClaimedCall = await world.claimed()
    return claimed


async def begin(book: PostgresRecordings, claimed: ClaimedCall, key: WrappedKey = KEY) -> Recording:
    record = claimed.record
    return await book.begin(record.tenant, record.call_id, epoch=claimed.epoch, codec="flac", key=key)


async def taken_over(world: Any, claimed: ClaimedCall) -> ClaimedCall:
    """The same call in another worker's hands."""
    await world.book().release(claimed.record.call_id, claimed.epoch)
    [again] = await world.book("worker-2").claim(limit=1)
    assert again.epoch > claimed.epoch
    return again  # type: ignore[no-any-return]


async def test_a_recording_from_its_beginning_to_its_seal(book: PostgresRecordings, claimed: ClaimedCall) -> None:
    tenant, call, epoch = claimed.record.tenant, claimed.record.call_id, claimed.epoch
    assert await book.find(tenant, call) is None
    begun = await begin(book, claimed)
    assert (begun.state, begun.codec, begun.key, begun.chunks, begun.position) == ("recording", "flac", KEY, 0, 0)
    chunks = [chunk(0), chunk(1), chunk(2, position=200_000, samples=5)]  # the gap before the third is stated in it
    for each in chunks:
        await book.add(tenant, call, each, epoch=epoch)
    assert await book.chunks(tenant, call) == chunks
    sealed = await book.seal(tenant, call, epoch=epoch, at_ms=1_700_000_000_777)
    assert (sealed.state, sealed.chunks, sealed.position) == ("sealed", 3, 200_005)
    assert (sealed.manifest_revision, sealed.sealed_at_ms) == (0, 1_700_000_000_777)
    assert await book.seal(tenant, call, epoch=epoch, at_ms=1_700_000_999_999) == sealed
    assert await book.find(tenant, call) == sealed
    with pytest.raises(ChunkOrderError):
        await book.add(tenant, call, chunk(3, position=200_005), epoch=epoch)


async def test_who_takes_over_goes_on_under_the_same_key(
    world: Any, book: PostgresRecordings, claimed: ClaimedCall
) -> None:
    tenant, call = claimed.record.tenant, claimed.record.call_id
    await begin(book, claimed)
    await book.add(tenant, call, chunk(0), epoch=claimed.epoch)
    again = await taken_over(world, claimed)
    found = await begin(book, again, WrappedKey("key.2", b"another"))
    assert (found.key, found.chunks, found.position) == (KEY, 1, 80_000)
    await book.add(tenant, call, chunk(1, revision=again.epoch - 1), epoch=again.epoch)
    # The worker before us woke up: whatever it still tries, it writes nothing.
    for attempt in (
        begin(book, claimed),
        book.add(tenant, call, chunk(1), epoch=claimed.epoch),
        book.add(tenant, call, chunk(2), epoch=claimed.epoch),
        book.seal(tenant, call, epoch=claimed.epoch, at_ms=1),
    ):
        with pytest.raises(LeaseLostError):
            await attempt
    assert [each.revision for each in await book.chunks(tenant, call)] == [0, again.epoch - 1]


async def test_a_chunk_counts_once_and_in_its_order(book: PostgresRecordings, claimed: ClaimedCall) -> None:
    tenant, call, epoch = claimed.record.tenant, claimed.record.call_id, claimed.epoch
    with pytest.raises(ChunkOrderError):
        await book.add(tenant, call, chunk(0), epoch=epoch)  # before it was begun
    await begin(book, claimed)
    await book.add(tenant, call, chunk(0), epoch=epoch)
    await book.add(tenant, call, chunk(0), epoch=epoch)  # an answer was lost
    for wrong in (
        msgspec.structs.replace(chunk(0), sha256="f" * 64),
        chunk(2),
        chunk(1, position=79_999),
    ):
        with pytest.raises(ChunkOrderError):
            await book.add(tenant, call, wrong, epoch=epoch)
    results = await asyncio.gather(*(book.add(tenant, call, chunk(1), epoch=epoch) for _ in range(5)))
    assert results == [None] * 5
    assert [each.number for each in await book.chunks(tenant, call)] == [0, 1]


async def test_another_tenant_sees_and_changes_nothing(book: PostgresRecordings, claimed: ClaimedCall) -> None:
    call, epoch = claimed.record.call_id, claimed.epoch
    before = await begin(book, claimed)
    await book.add(claimed.record.tenant, call, chunk(0), epoch=epoch)
    with pytest.raises(LeaseLostError):
        await book.begin(OTHER, call, epoch=epoch, codec="flac", key=KEY)
    with pytest.raises(LeaseLostError):
        await book.add(OTHER, call, chunk(1), epoch=epoch)
    with pytest.raises(LeaseLostError):
        await book.seal(OTHER, call, epoch=epoch, at_ms=1)
    assert await book.find(OTHER, call) is None
    assert await book.chunks(OTHER, call) == []
    assert not await book.rewrap(OTHER, call, KEY, WrappedKey("k", b"k"))
    assert not await book.replace(OTHER, call, [chunk(0, revision=1)], manifest_revision=1)
    assert await book.find(claimed.record.tenant, call) == msgspec.structs.replace(before, chunks=1, position=80_000)


async def test_chunks_are_replaced_all_or_none_and_by_one_at_a_time(
    book: PostgresRecordings, claimed: ClaimedCall
) -> None:
    tenant, call, epoch = claimed.record.tenant, claimed.record.call_id, claimed.epoch
    await begin(book, claimed)
    for number in range(3):
        await book.add(tenant, call, chunk(number), epoch=epoch)
    newer = [chunk(0, revision=1), chunk(2, revision=1)]
    assert not await book.replace(tenant, call, newer, manifest_revision=1)  # not sealed yet
    await book.seal(tenant, call, epoch=epoch, at_ms=5)
    for refused, revision in (
        (newer, 2),
        ([chunk(0, revision=1), chunk(2)], 1),
        ([chunk(0, revision=1), chunk(3, revision=1)], 1),
        ([chunk(0, revision=1, samples=4)], 1),
    ):
        assert not await book.replace(tenant, call, refused, manifest_revision=revision)
    assert [each.revision for each in await book.chunks(tenant, call)] == [0, 0, 0]
    attempts = (book.replace(tenant, call, newer, manifest_revision=1) for _ in range(4))
    assert sorted(await asyncio.gather(*attempts)) == [False, False, False, True]
    assert await book.chunks(tenant, call) == [newer[0], chunk(1), newer[1]]
    found = await book.find(tenant, call)
    assert found is not None
    assert found.manifest_revision == 1


async def test_a_key_is_rewrapped_once(book: PostgresRecordings, claimed: ClaimedCall) -> None:
    tenant, call = claimed.record.tenant, claimed.record.call_id
    await begin(book, claimed)
    new = WrappedKey("key.2", b"new")
    assert await book.rewrap(tenant, call, KEY, new)
    assert not await book.rewrap(tenant, call, KEY, WrappedKey("key.3", b"newer"))
    found = await book.find(tenant, call)
    assert found is not None
    assert found.key == new


async def test_a_call_that_is_unknown(book: PostgresRecordings, make: SimpleNamespace) -> None:
    with pytest.raises(LeaseLostError):
        await book.begin(make.tenant, CallId("call_none"), epoch=1, codec="flac", key=KEY)
    assert await book.chunks(make.tenant, CallId("call_none")) == []


async def test_a_recording_whose_deletion_has_begun_takes_nothing_more(
    world: Any, book: PostgresRecordings, claimed: ClaimedCall
) -> None:
    tenant, call, epoch = claimed.record.tenant, claimed.record.call_id, claimed.epoch
    await begin(book, claimed)
    await book.add(tenant, call, chunk(0), epoch=epoch)
    await world.database.statement("UPDATE recordings SET deleted_at_ms = 5")
    with pytest.raises(ChunkOrderError):
        await book.add(tenant, call, chunk(1), epoch=epoch)
    assert (await book.seal(tenant, call, epoch=epoch, at_ms=7)).state == "deleted"
    await world.database.statement("UPDATE calls SET phase = 'ended', ended_at_ms = 1")
    assert await book.left(tenant, ended_before_ms=9, limit=5) == []
    await world.database.statement("UPDATE recordings SET deleted_at_ms = NULL")
    [left] = await book.left(tenant, ended_before_ms=9, limit=5)
    assert (left.call_id, left.epoch, left.ended_ms) == (call, epoch, 0)
    assert await book.left(OTHER, ended_before_ms=9, limit=5) == []
    assert await book.left(tenant, ended_before_ms=1, limit=5) == []
    await book.seal(tenant, call, epoch=epoch, at_ms=7)
    await world.database.statement("UPDATE recordings SET deleted_at_ms = 5")
    assert not await book.replace(tenant, call, [chunk(0, revision=1)], manifest_revision=1)
