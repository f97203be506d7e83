"""Any range of a recording, from the chunks that it lies in and no others; nothing that was tampered with."""

import asyncio
from typing import cast

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.archive.chunks import ChunkContext, ChunkRefusedError, digest, seal_chunk
from cueline.archive.layout import chunk_key, manifest_key
from cueline.archive.manifest import manifest_of, seal_manifest
from cueline.archive.ports import RecordingBook
from cueline.archive.reading import RANGE_SAMPLES_MAX, OpenRecording, RecordingChangedError, RecordingReader
from cueline.events.recording import RecordingChunk, RecordingGap
from cueline.kernel.errors import ConflictError, InputError, NotFoundError, UnavailableError
from cueline.kernel.ids import CallId, TenantId
from cueline.security.keys import KeyRefusedError
from tests.fakes.keys import MemoryKeys
from tests.fakes.objects import MemoryObjects
from tests.fakes.recordings import MemoryBook, Stored, noise, stored_recording

ACME, OTHER, CALL = TenantId("acme"), TenantId("other"), CallId("call_1")


class Case:
    """A stored recording of 2.5 s in three chunks, or as ``make`` is told, and a reader."""

    def __init__(self) -> None:
        self.store, self.keys, self.book = MemoryObjects(), MemoryKeys(), MemoryBook()
        self.reader = self.new_reader()

    def new_reader(self, **given: int) -> RecordingReader:
        return RecordingReader(self.store, self.keys, cast(RecordingBook, self.book), **given)

    async def make(self, call_id: CallId = CALL, **given: object) -> Stored:
        return await stored_recording(self.store, self.keys, self.book, tenant=ACME, call_id=call_id, **given)  # type: ignore[arg-type]

    async def open(self) -> OpenRecording:
        return await self.reader.open(ACME, CALL)

    def asked(self) -> list[str]:
        """Objects that were read since the last time, by their last part."""
        asked, self.store.asked = self.store.asked, []
        return [key.rpartition("/")[2] for key in asked]


@pytest.fixture
def case() -> Case:
    return Case()


async def test_only_the_chunks_of_a_range_are_fetched_and_each_once(case: Case) -> None:
    stored = await case.make()
    opened = await case.open()
    assert (opened.samples, opened.manifest) == (20_000, stored.manifest)
    assert case.asked() == ["manifest.0.json.enc"]
    assert await opened.pcm(8_100, 8_200) == stored.pcm[8_100 * 4 : 8_200 * 4]
    assert case.asked() == ["000001.0.chunk"]
    assert await opened.pcm(7_999, 16_001) == stored.pcm[7_999 * 4 : 16_001 * 4]
    assert sorted(case.asked()) == ["000000.0.chunk", "000002.0.chunk"]
    assert await opened.pcm(0, 20_000) == stored.pcm
    assert case.asked() == []


async def test_a_range_of_nothing_reads_nothing(case: Case) -> None:
    await case.make()
    opened = await case.open()
    case.asked()
    for at in (0, 8_000, 20_000):
        assert await opened.pcm(at, at) == b""
    assert case.asked() == []


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 4), (0, 20_001), (20_001, 20_002)])
async def test_a_range_outside_is_refused(case: Case, start: int, end: int) -> None:
    await case.make()
    with pytest.raises(InputError):
        await (await case.open()).pcm(start, end)


async def test_a_range_is_bounded(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    assert RANGE_SAMPLES_MAX >= 600 * 8_000
    monkeypatch.setattr("cueline.archive.reading.RANGE_SAMPLES_MAX", 100)
    await case.make()
    opened = await case.open()
    assert len(await opened.pcm(5, 105)) == 400
    with pytest.raises(InputError):
        await opened.pcm(5, 106)


async def test_gaps_are_silence(case: Case) -> None:
    stored = await case.make(samples=(1_000, 1_000), gap_before=(300, 500), codec="flac")
    opened = await case.open()
    assert opened.samples == 2_800
    assert await opened.pcm(0, 2_800) == stored.pcm
    assert await opened.pcm(100, 200) == bytes(400)
    assert await opened.pcm(1_299, 1_801) == stored.pcm[1_299 * 4 : 1_801 * 4]


async def test_a_gap_inside_a_chunk_is_silence_whatever_was_encoded(case: Case) -> None:
    stored = await case.make(samples=(1_000, 1_000))
    chunks = case.book.stored[ACME, CALL]
    chunks[0] = msgspec.structs.replace(chunks[0], gaps=(RecordingGap(900, 1_000, "no_consent"),))
    chunks[1] = msgspec.structs.replace(chunks[1], gaps=(RecordingGap(1_000, 1_100, "no_consent"),))
    manifest = manifest_of(ACME, CALL, revision=0, codec="flac", chunks=chunks, waveforms=())
    case.store.bodies[stored.manifest_key] = seal_manifest(manifest, data_key=stored.data_key)
    opened = await case.open()
    assert await opened.pcm(0, 2_000) == stored.pcm[: 900 * 4] + bytes(200 * 4) + stored.pcm[1_100 * 4 :]


async def test_opus_is_read_by_sample_too(case: Case) -> None:
    await case.make(codec="opus", samples=(8_000, 4_001))
    opened = await case.open()
    whole = await opened.pcm(0, 12_001)
    assert len(whole) == 12_001 * 4
    assert await opened.pcm(7_990, 8_010) == whole[7_990 * 4 : 8_010 * 4]


async def test_a_call_without_audio_is_read(case: Case) -> None:
    await case.make(samples=())
    opened = await case.open()
    assert (opened.samples, await opened.pcm(0, 0)) == (0, b"")


@given(ranges=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)), max_size=8), kept=st.integers(0, 9_000))
@settings(max_examples=40)
def test_any_range_is_what_was_recorded(ranges: list[tuple[int, int]], kept: int) -> None:
    async def check() -> None:
        case = Case()
        stored = await case.make(samples=(700, 1, 1_499, 300, 2_000), gap_before=(0, 50, 0, 400, 50))
        opened = await case.new_reader(kept_bytes=kept).open(ACME, CALL)
        assert opened.samples == 5_000
        for pair in ranges:
            start, end = sorted(pair)
            assert await opened.pcm(start, end) == stored.pcm[start * 4 : end * 4]

    asyncio.run(check())


async def test_decoded_audio_is_kept_within_its_bound(case: Case) -> None:
    await case.make(samples=(1_000, 1_000, 1_000))
    opened = await case.new_reader(kept_bytes=8_000).open(ACME, CALL)
    case.asked()
    for chunk in (0, 1, 0, 2, 0, 1):
        await opened.pcm(chunk * 1_000, chunk * 1_000 + 10)
    # 0 is used each time and stays; 1 has gone for 2.
    assert case.asked() == ["000000.0.chunk", "000001.0.chunk", "000002.0.chunk", "000001.0.chunk"]


async def test_neighbouring_requests_open_nothing_anew(case: Case) -> None:
    await case.make()
    assert await case.open() is await case.open()
    assert case.asked() == ["manifest.0.json.enc"]


async def test_a_key_that_was_taken_away_opens_nothing_after_a_while(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    await case.make()
    await case.open()
    key = case.book.recordings[ACME, CALL].key
    assert key is not None
    case.keys.destroyed.add(key.key_id)
    loop = asyncio.get_running_loop()
    later_s = loop.time() + 301
    monkeypatch.setattr(loop, "time", lambda: later_s)
    with pytest.raises(KeyRefusedError):
        await case.open()


async def test_after_rewrapping_it_is_opened_by_the_new_wrapping(case: Case) -> None:
    stored = await case.make()
    await case.open()
    old = case.book.recordings[ACME, CALL].key
    assert old is not None
    await case.keys.rotate(ACME)
    assert await case.book.rewrap(ACME, CALL, old, await case.keys.rewrap(ACME, old))
    case.keys.destroyed.add(old.key_id)
    assert await (await case.open()).pcm(0, 20_000) == stored.pcm


async def test_what_there_is_none_of(case: Case) -> None:
    with pytest.raises(NotFoundError):
        await case.open()
    await case.make()
    with pytest.raises(NotFoundError):
        await case.reader.open(OTHER, CALL)
    sealed = case.book.recordings[ACME, CALL]
    for state in ("recording", "deleted"):
        case.book.recordings[ACME, CALL] = msgspec.structs.replace(sealed, state=state)
        with pytest.raises(ConflictError if state == "recording" else NotFoundError):
            await case.open()
    case.book.recordings[ACME, CALL] = msgspec.structs.replace(sealed, key=None)
    with pytest.raises(NotFoundError):
        await case.open()


def _flip(body: bytes, at: int) -> bytes:
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


@pytest.mark.parametrize("how", ["changed", "cut", "swapped", "another call's", "older", "empty"])
async def test_a_chunk_that_was_tampered_with_is_refused_and_the_others_play(case: Case, how: str) -> None:
    stored = await case.make()
    other = await case.make(CallId("call_2"))
    bodies, here = case.store.bodies, stored.key_of(1)
    body = bodies[here]
    bodies[here] = {
        "changed": _flip(body, len(body) // 2),
        "cut": body[:-1],
        "swapped": bodies[stored.key_of(0)],
        "another call's": bodies[other.key_of(1)],
        "older": seal_chunk(
            noise(8_000), context=ChunkContext(ACME, CALL, 1, 0, 8_000, 8_000), codec="flac", data_key=stored.data_key
        ),
        "empty": b"",
    }[how]
    opened = await case.open()
    for span in ((8_000, 8_001), (0, 20_000)):
        with pytest.raises(ChunkRefusedError):
            await opened.pcm(*span)
    assert await opened.pcm(0, 8_000) == stored.pcm[: 8_000 * 4]
    assert await opened.pcm(16_000, 20_000) == stored.pcm[16_000 * 4 :]


@pytest.mark.parametrize("how", ["changed", "cut", "another call's", "gone"])
async def test_a_manifest_that_was_tampered_with_is_refused(case: Case, how: str) -> None:
    stored = await case.make()
    other = await case.make(CallId("call_2"))
    bodies, here = case.store.bodies, stored.manifest_key
    if how == "gone":
        del bodies[here]
    else:
        bodies[here] = {
            "changed": _flip(bodies[here], 40), "cut": bodies[here][:-20], "another call's": bodies[other.manifest_key],
        }[how]  # fmt: skip
    with pytest.raises(ChunkRefusedError):
        await case.open()


async def test_a_manifest_without_the_last_chunk_is_not_believed(case: Case) -> None:
    """Such as one that a worker wrote which had lost the call: whole in itself, and not of the chunks that stand."""
    stored = await case.make()
    shorter = manifest_of(
        ACME, CALL, revision=0, codec="flac", chunks=case.book.stored[ACME, CALL][:-1], waveforms=()
    )  # fmt: skip
    case.store.bodies[stored.manifest_key] = seal_manifest(shorter, data_key=stored.data_key)
    with pytest.raises(ChunkRefusedError):
        await case.open()


async def test_another_tenants_key_is_refused(case: Case) -> None:
    await case.make()
    _, theirs = await case.keys.new_data_key(OTHER)
    recording = case.book.recordings[ACME, CALL]
    case.book.recordings[ACME, CALL] = msgspec.structs.replace(recording, key=theirs)
    with pytest.raises(KeyRefusedError):
        await case.open()
    _, ours = await case.keys.new_data_key(ACME)
    case.book.recordings[ACME, CALL] = msgspec.structs.replace(recording, key=ours)
    with pytest.raises(ChunkRefusedError):
        await case.open()


async def _beeped_anew(case: Case, stored: Stored, *, delete_old: bool) -> bytes:
    """Chunk 1 as another revision under manifest 1; gives what the recording sounds like now."""
    audio = noise(8_000, seed=77)
    context = ChunkContext(ACME, CALL, 1, 1, 8_000, 8_000)
    body = seal_chunk(audio, context=context, codec="flac", data_key=stored.data_key)
    case.store.bodies[chunk_key(ACME, CALL, 1, 1)] = body
    chunks = case.book.stored[ACME, CALL]
    chunks[1] = RecordingChunk(1, 1, 8_000, 8_000, len(body), digest(body))
    manifest = manifest_of(ACME, CALL, revision=1, codec="flac", chunks=chunks, waveforms=())
    case.store.bodies[manifest_key(ACME, CALL, 1)] = seal_manifest(manifest, data_key=stored.data_key)
    recording = case.book.recordings[ACME, CALL]
    case.book.recordings[ACME, CALL] = msgspec.structs.replace(recording, manifest_revision=1)
    if delete_old:
        await case.store.delete([stored.key_of(1), stored.manifest_key])
    return stored.pcm[: 8_000 * 4] + audio + stored.pcm[16_000 * 4 :]


async def test_a_recording_that_was_beeped_anew_is_read_anew(case: Case) -> None:
    stored = await case.make()
    before = await case.open()
    await before.pcm(0, 10)
    now = await _beeped_anew(case, stored, delete_old=True)
    with pytest.raises(RecordingChangedError):
        await before.pcm(0, 20_000)
    after = await case.open()
    assert after.manifest.revision == 1
    assert await after.pcm(0, 20_000) == now


async def test_what_is_beeped_anew_while_it_is_opened_is_opened_as_it_is_then(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = await case.make()
    get = case.store.get
    now: list[bytes] = []

    async def beep_then_get(key: str) -> bytes:
        if not now:
            now.append(await _beeped_anew(case, stored, delete_old=True))
        return await get(key)

    monkeypatch.setattr(case.store, "get", beep_then_get)
    assert await (await case.open()).pcm(0, 20_000) == now[0]


async def test_an_older_state_that_is_put_back_is_refused(case: Case) -> None:
    stored = await case.make()
    old_chunk, old_manifest = case.store.bodies[stored.key_of(1)], case.store.bodies[stored.manifest_key]
    await _beeped_anew(case, stored, delete_old=True)
    case.store.bodies[chunk_key(ACME, CALL, 1, 1)] = old_chunk
    with pytest.raises(ChunkRefusedError):
        await (await case.open()).pcm(8_000, 8_001)
    case.store.bodies[manifest_key(ACME, CALL, 1)] = old_manifest
    with pytest.raises(ChunkRefusedError):
        await case.new_reader().open(ACME, CALL)


async def test_stores_that_are_away_are_said(case: Case) -> None:
    stored = await case.make()
    opened = await case.open()
    case.store.away = True
    with pytest.raises(UnavailableError):
        await opened.pcm(0, 20_000)
    with pytest.raises(UnavailableError):
        await case.new_reader().open(ACME, CALL)
    case.store.away, case.keys.away = False, True
    with pytest.raises(UnavailableError):
        await case.new_reader().open(ACME, CALL)
    assert await opened.pcm(0, 20_000) == stored.pcm


async def test_many_listeners_at_once(case: Case) -> None:
    stored = await case.make()
    opened = await case.open()
    heard = await asyncio.gather(*(opened.pcm(at, at + 9_000) for at in range(0, 11_000, 500)))
    assert heard == [stored.pcm[at * 4 : (at + 9_000) * 4] for at in range(0, 11_000, 500)]
