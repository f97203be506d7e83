"""Recordings as people hear them: who may, what is told where nothing can be heard, encoded files that are kept."""

import io
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import numpy as np
import pytest
import soundfile

from cueline.archive.export import AudioFile
from cueline.archive.ports import RecordingBook
from cueline.archive.reading import RecordingReader
from cueline.delivery.ports_recording import (
    EncodedAudio,
    ListeningTo,
    NoRecordingError,
    RecordingDeletedError,
    RecordingQuarantinedError,
    RecordingTooLongError,
)
from cueline.events.people import PersonRecord
from cueline.kernel.ids import CallId, TenantId
from cueline.roles import recordings as module
from cueline.roles.recordings import KeptFiles, StoredRecordings
from tests.fakes.keys import MemoryKeys
from tests.fakes.objects import MemoryObjects
from tests.fakes.recordings import MemoryBook, Stored, stored_recording

ACME, CALL = TenantId("acme"), CallId("call_1")
ANYBODY = ListeningTo("bob", review=False)


class Case:
    """A stored recording of 2.5 s, the people of a directory, and what the web side asks."""

    def __init__(self) -> None:
        self.store, self.keys, self.book = MemoryObjects(), MemoryKeys(), MemoryBook()
        self.people: list[PersonRecord] = []
        book = cast(RecordingBook, self.book)
        self.recordings = StoredRecordings(book, RecordingReader(self.store, self.keys, book), cast(Any, self))
        self.verification: str | None = None
        self.phase = "ended"

    async def everybody(self, _: TenantId) -> list[PersonRecord]:
        return self.people

    @property
    def call(self) -> Any:
        return SimpleNamespace(call_id=CALL, verification=self.verification, phase=self.phase)

    async def stored(self) -> Stored:
        return await stored_recording(self.store, self.keys, self.book, tenant=ACME, call_id=CALL)

    def change(self, **changes: object) -> None:
        [(key, recording)] = self.book.recordings.items()
        self.book.recordings[key] = msgspec.structs.replace(recording, **changes)

    async def facts(self, who: ListeningTo = ANYBODY) -> Any:
        return await self.recordings.facts(ACME, self.call, who)

    async def open(self, who: ListeningTo = ANYBODY) -> Any:
        return await self.recordings.open(ACME, self.call, who)


@pytest.fixture
def case() -> Case:
    return Case()


async def test_what_is_known_of_a_recording(case: Case) -> None:
    stored = await case.stored()
    facts = await case.facts()
    assert (facts.state, facts.may_listen, facts.may_review, facts.duration_ms) == ("sealed", True, False, 2_500)
    assert (facts.codec, facts.revision) == (stored.manifest.codec, 0)
    assert len(facts.waveform.customer) == len(facts.waveform.agent) == 25
    heard = await case.open()
    assert (heard.samples, heard.revision) == (20_000, 0)
    assert await heard.pcm(100, 200) == stored.pcm[400:800]


async def test_where_there_is_none_the_reason_is_told(case: Case) -> None:
    assert (await case.facts()).state == "none"
    with pytest.raises(NoRecordingError, match="recording was off"):
        await case.open()
    case.phase = "connected"
    with pytest.raises(NoRecordingError, match="the call goes on"):
        await case.open()


async def test_one_that_is_not_complete_is_not_heard(case: Case) -> None:
    await case.stored()
    case.change(state="recording", manifest_revision=None)
    facts = await case.facts()
    assert (facts.state, facts.may_listen, facts.waveform) == ("recording", False, None)
    with pytest.raises(NoRecordingError, match="being stored"):
        await case.open()


async def test_a_deleted_one_is_gone(case: Case) -> None:
    await case.stored()
    case.change(state="deleted", key=None, deleted_at_ms=77)
    facts = await case.facts()
    assert (facts.state, facts.deleted_at_ms, facts.may_listen) == ("deleted", 77, False)
    with pytest.raises(RecordingDeletedError):
        await case.open()


@pytest.mark.parametrize(
    ("by", "role", "reviews"),
    [
        ("ann", "supervisor", True), ("ann", "manager", True), ("ann", "admin", True), ("ann", "agent", False),
        ("ann", "analyst", False), ("somebody", None, False), ("supervisor", None, True),
        ("supervisor", "agent", False),
    ],
)  # fmt: skip
async def test_who_may_hear_what_is_quarantined(case: Case, by: str, role: str | None, reviews: bool) -> None:
    await case.stored()
    case.verification = "quarantined"
    if role is not None:
        case.people = [PersonRecord(username=by, name="Ann", role=role, team=None)]
    shut = await case.facts(ListeningTo(by, review=False))
    assert (shut.may_listen, shut.may_review, shut.waveform, shut.beeps) == (False, reviews, None, ())
    with pytest.raises(RecordingQuarantinedError, match="review=true" if reviews else "supervisor"):
        await case.open(ListeningTo(by, review=False))
    asked = await case.facts(ListeningTo(by, review=True))
    assert (asked.may_listen, asked.waveform is not None) == (reviews, reviews)
    if reviews:
        assert (await case.open(ListeningTo(by, review=True))).samples == 20_000
    else:
        with pytest.raises(RecordingQuarantinedError):
            await case.open(ListeningTo(by, review=True))


async def test_a_flac_file_is_made_once_for_each_revision_within_bounds(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = await case.stored()
    heard = await case.open()
    made = await heard.flac()
    frames, rate = soundfile.read(io.BytesIO(made.body), dtype="int16")
    assert (rate, frames.astype("<i2").tobytes()) == (8_000, stored.pcm)
    case.store.bodies.clear()
    assert await (await case.open()).flac() is made
    monkeypatch.setattr(module, "FLAC_SAMPLES_MAX", 19_999)
    with pytest.raises(RecordingTooLongError, match="wav or opus"):
        await heard.flac()


def test_kept_files_are_bounded_and_the_oldest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT_BYTES_MAX", 100)
    files = KeptFiles()
    names = [(ACME, CallId(f"call_{number}"), 0) for number in range(4)]
    for name in names[:3]:
        files.keep(name, EncodedAudio(bytes(40), "x"))
    assert [files.find(name) is not None for name in names[:3]] == [False, True, True]
    assert files.find(names[1])
    files.keep(names[3], EncodedAudio(bytes(40), "x"))
    assert [files.find(name) is not None for name in names] == [False, True, False, True]
    files.keep(names[0], EncodedAudio(bytes(101), "x"))
    assert files.find(names[0]) is None


async def test_opus_comes_in_stretches_that_are_one_file(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    await case.stored()
    monkeypatch.setattr(module, "STRETCH_SAMPLES", 6_000)
    pieces = [piece async for piece in (await case.open()).opus()]
    assert [piece[:2] for piece in pieces] == [(0, 6_000), (6_000, 12_000), (12_000, 18_000), (18_000, 20_000)]
    frames, _ = soundfile.read(io.BytesIO(b"".join(piece[2] for piece in pieces)))
    assert frames.shape == (20_000, 2)


def test_a_file_is_the_same_in_whatever_stretches_it_is_written() -> None:
    pcm = np.random.default_rng(3).integers(-5_000, 5_000, size=(9_000, 2), dtype=np.int16).astype("<i2").tobytes()
    bodies = []
    for step in (9_000, 1_234):
        file = AudioFile("flac")
        for start in range(0, len(pcm), 4 * step):
            file.write(pcm[start : start + 4 * step])
        file.finish()
        bodies.append(file.take())
        assert file.take() == b""
    assert bodies[0] == bodies[1]
