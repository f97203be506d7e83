"""A sealed recording is beeped anew: everything said there is gone, all else stays, whenever the process dies."""

from collections.abc import Sequence

import numpy as np
import pytest

from cueline.archive.checking import ReadableWord, check_recording
from cueline.archive.chunks import ChunkContext, digest, seal_chunk
from cueline.archive.layout import chunk_key, manifest_key
from cueline.archive.manifest import manifest_of, seal_manifest
from cueline.archive.reading import RecordingReader
from cueline.archive.rebeep import RebeepedMeanwhileError, rebeep
from cueline.archive.tone import beeped
from cueline.archive.waveform import summary
from cueline.events.recording import SAMPLE_RATE_HZ, AddedBeep, BeepSpan, Codec, RecordingChunk, RecordingGap
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import CallId, TenantId
from tests.fakes.keys import MemoryKeys
from tests.fakes.objects import MemoryObjects
from tests.fakes.sealed_recordings import MemoryRecordings

TENANT, CALL = TenantId("acme"), CallId("call_1")
CHUNK = 2 * SAMPLE_RATE_HZ
CHUNKS = 3
OLD = BeepSpan(8_000, 12_000, "customer")


class Archive:
    """A recording of three chunks of noise on both sides, with one beep."""

    def __init__(self, codec: Codec = "flac") -> None:
        self.store, self.keys, self.book = MemoryObjects(), MemoryKeys(), MemoryRecordings()
        self.codec: Codec = codec
        rng = np.random.default_rng(7)
        self.sides = rng.integers(-4_000, 4_000, (CHUNKS * CHUNK, 2)).astype("<i2")

    async def record(self, gaps: Sequence[RecordingGap] = ()) -> None:
        self.data_key, wrapped = await self.keys.new_data_key(TENANT)
        await self.book.begin(TENANT, CALL, epoch=1, codec=self.codec, key=wrapped)
        customer = np.frombuffer(
            beeped(np.ascontiguousarray(self.sides[:, 0]).tobytes(), [(OLD.start, OLD.end)], at=0), dtype="<i2"
        )
        self.sides = np.stack([customer, self.sides[:, 1]], axis=1)
        parts = []
        for number in range(CHUNKS):
            at = number * CHUNK
            pcm = self.sides[at : at + CHUNK].tobytes()
            context = ChunkContext(TENANT, CALL, number, 0, at, CHUNK)
            body = seal_chunk(pcm, context=context, codec=self.codec, data_key=self.data_key)
            await self.store.put(chunk_key(TENANT, CALL, number, 0), body)
            beeps = (OLD,) if number == 0 else ()
            own = tuple(gap for gap in gaps if at <= gap.start < at + CHUNK)
            row = RecordingChunk(number, 0, at, CHUNK, len(body), digest(body), beeps, own)
            await self.book.add(TENANT, CALL, row, epoch=1)
            parts.append((at, summary(pcm, position=at)))
        manifest = manifest_of(
            TENANT, CALL, revision=0, codec=self.codec, chunks=self.book.stored[CALL], waveforms=parts
        )
        await self.store.put(manifest_key(TENANT, CALL, 0), seal_manifest(manifest, data_key=self.data_key))
        await self.book.seal(TENANT, CALL, epoch=1, at_ms=1)

    async def rebeep(self, *added: AddedBeep) -> bool:
        return await rebeep(self.store, self.keys, self.book, TENANT, CALL, added)

    async def heard(self) -> np.ndarray:
        opened = await RecordingReader(self.store, self.keys, self.book).open(TENANT, CALL)
        return np.frombuffer(await opened.pcm(0, opened.samples), dtype="<i2").reshape(-1, 2)

    async def check(self, *wanted: BeepSpan, readable: Sequence[ReadableWord] = ()):
        reader = RecordingReader(self.store, self.keys, self.book)
        return await check_recording(reader, TENANT, CALL, wanted=wanted, readable=readable)


# Across the first two chunks, and into the beep that is there.
ADDED = AddedBeep("customer", 1_400, 2_300)
UNION = (8_000, 18_400)


async def test_what_was_said_there_is_gone_and_all_else_is_as_it_was() -> None:
    archive = Archive()
    await archive.record()
    assert await archive.rebeep(ADDED)
    heard = await archive.heard()
    expected = archive.sides.copy()
    expected[:, 0] = np.frombuffer(
        beeped(np.ascontiguousarray(archive.sides[:, 0]).tobytes(), [UNION], at=0), dtype="<i2"
    )
    assert np.array_equal(heard, expected)
    assert (await archive.check(BeepSpan(*UNION, "customer"))).faults == ()
    assert (await archive.check(BeepSpan(*UNION, "customer"))).missing == ()
    revisions = [chunk.revision for chunk in archive.book.stored[CALL]]
    assert revisions == [1, 1, 0]
    assert sorted(archive.store.bodies) == sorted(
        [*(chunk_key(TENANT, CALL, number, revisions[number]) for number in range(3)), manifest_key(TENANT, CALL, 1)]
    )


async def test_twice_is_once() -> None:
    archive = Archive()
    await archive.record()
    assert await archive.rebeep(ADDED)
    before = dict(archive.store.bodies)
    assert not await archive.rebeep(ADDED)
    assert archive.store.bodies == before


class DiesAt(MemoryObjects):
    """Dies at its nth operation, after the operation has had its effect or before."""

    def __init__(self, bodies: dict[str, bytes], at: int, *, after: bool) -> None:
        super().__init__()
        self.bodies = bodies
        self._left, self._after = at, after

    async def put(self, key: str, body: bytes) -> None:
        self._die(before=True)
        await super().put(key, body)
        self._die(before=False)

    async def delete(self, keys: Sequence[str]) -> None:
        self._die(before=True)
        await super().delete(keys)
        self._die(before=False)

    def _die(self, *, before: bool) -> None:
        if before:
            self._left -= 1
        if self._left == 0 and before is not self._after:
            raise UnavailableError("killed")


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", [1, 2, 3, 4])
async def test_killed_between_any_two_steps_it_is_done_by_the_next_try(step: int, after: bool) -> None:
    archive = Archive()
    await archive.record()
    whole = Archive()
    await whole.record()
    await whole.rebeep(ADDED)
    live = archive.store
    archive.store = DiesAt(live.bodies, step, after=after)
    with pytest.raises(UnavailableError):
        await archive.rebeep(ADDED)
    archive.store = live
    await archive.heard()  # whatever stands now is whole
    await archive.rebeep(ADDED)
    assert np.array_equal(await archive.heard(), await whole.heard())
    assert (await archive.check(BeepSpan(*UNION, "customer"))).missing == ()
    assert len(live.bodies) == CHUNKS + 1


async def test_an_answer_of_postgresql_that_was_lost() -> None:
    archive = Archive()
    await archive.record()
    archive.book.replace_answers = False
    with pytest.raises(UnavailableError):
        await archive.rebeep(ADDED)
    assert not await archive.rebeep(ADDED)
    assert (await archive.check(BeepSpan(*UNION, "customer"))).faults == ()
    assert len(archive.store.bodies) == CHUNKS + 1


async def test_two_at_once_one_of_them_is_told_and_leaves_nothing() -> None:
    archive = Archive()
    await archive.record()
    real = archive.book.replace

    async def other_first(*args, **kwargs) -> bool:
        archive.book.replace = real
        assert await archive.rebeep(AddedBeep("agent", 5_000, 5_500))
        return await real(*args, **kwargs)

    archive.book.replace = other_first
    with pytest.raises(RebeepedMeanwhileError):
        await archive.rebeep(ADDED)
    assert await archive.rebeep(ADDED)
    done = await archive.check(BeepSpan(*UNION, "customer"), BeepSpan(40_000, 44_000, "agent"))
    assert done.faults == done.missing == ()
    assert len(archive.store.bodies) == CHUNKS + 1


async def test_the_same_voice_on_the_other_side_goes_too() -> None:
    archive = Archive()
    archive.sides[:, 1] = np.roll(archive.sides[:, 0], 400) // 4
    await archive.record()
    await archive.rebeep(AddedBeep("customer", 3_000, 3_800))
    check = await archive.check(BeepSpan(24_000, 30_400, "customer"), BeepSpan(24_400, 30_800, "agent"))
    assert check.missing == ()
    assert check.faults == ()


async def test_speech_inside_a_beep_is_found() -> None:
    archive = Archive()
    await archive.record()
    [first, *others] = archive.book.stored[CALL]
    lying = RecordingChunk(
        first.number, first.revision, 0, CHUNK, first.bytes, first.sha256, (*first.beeps, BeepSpan(0, 4_000, "agent"))
    )
    archive.book.stored[CALL] = [lying, *others]
    manifest = manifest_of(TENANT, CALL, revision=0, codec="flac", chunks=archive.book.stored[CALL],
                           waveforms=[(at * CHUNK, summary(b"\0\0\0\0" * CHUNK)) for at in range(CHUNKS)])  # fmt: skip
    await archive.store.put(manifest_key(TENANT, CALL, 0), seal_manifest(manifest, data_key=archive.data_key))
    assert (await archive.check()).faults == ("beep_not_clean",)


async def test_a_mask_without_its_beep_is_named() -> None:
    archive = Archive()
    await archive.record()
    assert (await archive.check(OLD)).missing == ()
    assert (await archive.check(BeepSpan(8_000, 16_000, "customer"))).missing == (BeepSpan(8_000, 16_000, "customer"),)


async def test_a_changed_byte_is_a_fault() -> None:
    archive = Archive()
    await archive.record()
    key = chunk_key(TENANT, CALL, 1, 0)
    body = bytearray(archive.store.bodies[key])
    body[100] ^= 1
    archive.store.bodies[key] = bytes(body)
    assert (await archive.check()).faults == ("chunk_refused",)


async def test_words_that_may_be_heard_have_to_be_there() -> None:
    archive = Archive()
    words = [ReadableWord("agent", at, at + 200) for at in range(0, 5_000, 250)]
    await archive.record()
    kept = await archive.check(readable=words)
    assert (kept.faults, kept.words, kept.heard) == ((), 20, 20)
    silent = Archive()
    silent.sides[2_000:, 1] = 0
    await silent.record()
    assert (await silent.check(readable=words)).faults == ("speech_lost",)


async def test_a_gap_stays_silent_under_a_beep() -> None:
    archive = Archive()
    archive.sides[CHUNK + 1_000 : CHUNK + 3_000] = 0
    await archive.record(gaps=[RecordingGap(CHUNK + 1_000, CHUNK + 3_000, "paused")])
    await archive.rebeep(AddedBeep("agent", 2_000, 2_800))
    assert not (await archive.heard())[CHUNK + 1_000 : CHUNK + 3_000].any()
    assert (await archive.check(BeepSpan(CHUNK, CHUNK + 6_400, "agent"))).missing == ()
