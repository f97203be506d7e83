"""Recordings as people hear them: who may, what is known of one, and its audio in the forms that are asked for."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator
from typing import Final, Protocol

from cueline.archive.export import AudioFile
from cueline.archive.manifest import Manifest
from cueline.archive.ports import KeyRing, ObjectStore, RecordingBook
from cueline.archive.reading import OpenRecording, RecordingReader
from cueline.delivery.ports_guidance import Directory
from cueline.delivery.ports_recording import (
    EncodedAudio,
    ListeningTo,
    NoRecordingError,
    RecordingDeletedError,
    RecordingQuarantinedError,
    RecordingTooLongError,
)
from cueline.delivery.rest_recording import (
    RecordingFacts,
    beeps_shown,
    gaps_shown,
    peaks_shown,
    to_ms,
)
from cueline.events.recording import SAMPLE_RATE_HZ, Recording
from cueline.events.records import CallRecord
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.engine import Database
from cueline.storage.recordings import PostgresRecordings

REVIEWERS: Final = frozenset({"supervisor", "manager", "admin"})
"""Roles of those who may hear what is quarantined."""

UNNAMED_REVIEWER: Final = "supervisor"
"""Whom a page speaks for that nobody gave a name: as long as there are no accounts, whoever has the access token."""

STRETCH_SAMPLES: Final = 10 * SAMPLE_RATE_HZ
FLAC_SAMPLES_MAX: Final = 2 * 3_600 * SAMPLE_RATE_HZ
"""A FLAC file is made whole before it is sent, and its ranges come from it: longer ones take too much memory."""

KEPT_BYTES_MAX: Final = 64 * 1_024 * 1_024
"""Encoded files that are kept for their next range."""

ENCODERS_MAX: Final = 2


class Parts(Protocol):
    """As much of a process (``roles.assemble.Process``) as listening needs."""

    @property
    def database(self) -> Database: ...
    @property
    def objects(self) -> ObjectStore: ...
    @property
    def keys(self) -> KeyRing: ...


def make_recordings(process: Parts, people: Directory) -> "StoredRecordings":
    """Recordings as the web side has them."""
    book = PostgresRecordings(process.database)
    return StoredRecordings(book, RecordingReader(process.objects, process.keys, book), people)


class StoredRecordings:
    """``delivery.ports_recording.Recordings`` on the stored recordings."""

    def __init__(self, book: RecordingBook, reader: RecordingReader, people: Directory) -> None:
        self._book = book
        self._reader = reader
        self._people = people
        self._files = KeptFiles()

    async def facts(self, tenant: TenantId, call: CallRecord, who: ListeningTo) -> RecordingFacts:
        """What is known of the call's recording. Where it may not be heard, neither its loudness is told."""
        found = await self._book.find(tenant, call.call_id)
        reviewer = call.verification == "quarantined" and await self._may_review(tenant, who.by)
        may_listen = call.verification != "quarantined" or (reviewer and who.review)
        if found is None or found.state != "sealed":
            return RecordingFacts(
                state="none" if found is None else found.state, verification=call.verification, may_listen=False,
                may_review=False, deleted_at_ms=found.deleted_at_ms if found else None,
            )  # fmt: skip
        facts = RecordingFacts(
            state="sealed", verification=call.verification, may_listen=may_listen, may_review=reviewer,
            duration_ms=to_ms(found.position), codec=found.codec, revision=found.manifest_revision,
            sealed_at_ms=found.sealed_at_ms,
        )  # fmt: skip
        if not may_listen:
            return facts
        opened = await self._reader.open(tenant, call.call_id)
        return with_manifest(facts, opened.manifest)

    async def open(self, tenant: TenantId, call: CallRecord, who: ListeningTo) -> "Heard":
        """The sealed recording, if whoever asks may hear it."""
        found = await self._book.find(tenant, call.call_id)
        if found is not None and found.state == "deleted":
            raise RecordingDeletedError("this call's recording was deleted, and cannot be brought back")
        if found is None or found.state != "sealed":
            raise NoRecordingError(_why_none(call, found))
        if call.verification == "quarantined":
            await self._admit(tenant, who)
        return Heard(await self._reader.open(tenant, call.call_id), tenant, call.call_id, self._files)

    async def _admit(self, tenant: TenantId, who: ListeningTo) -> None:
        if not await self._may_review(tenant, who.by):
            raise RecordingQuarantinedError(
                "this recording is quarantined: the checks after the call found something in it that may be secret. "
                "A supervisor, manager or administrator has to look at it first."
            )
        if not who.review:
            raise RecordingQuarantinedError(
                "this recording is quarantined: the checks after the call found something in it that may be secret. "
                "You may hear it in order to decide about it: ask with review=true, which the audit log tells."
            )

    async def _may_review(self, tenant: TenantId, username: str) -> bool:
        for person in await self._people.everybody(tenant):
            if person.username == username:
                return person.role in REVIEWERS
        return username == UNNAMED_REVIEWER


def _why_none(call: CallRecord, found: Recording | None) -> str:
    if call.phase != "ended":
        return "the call goes on: its recording can be heard when it is over"
    if found is not None:
        return "the recording's last part is being stored: try again in a moment"
    return "this call has no recording: recording was off, or was not allowed for it"


def with_manifest(facts: RecordingFacts, manifest: Manifest) -> RecordingFacts:
    """What a recording's manifest adds to what is known of it."""
    waveform = manifest.waveform
    return RecordingFacts(
        state=facts.state, verification=facts.verification, may_listen=facts.may_listen, may_review=facts.may_review,
        duration_ms=to_ms(manifest.samples), codec=manifest.codec, revision=manifest.revision,
        sealed_at_ms=facts.sealed_at_ms, beeps=beeps_shown(manifest.beeps), gaps=gaps_shown(manifest.gaps),
        waveform=peaks_shown(waveform.step_ms, waveform.customer, waveform.agent),
    )  # fmt: skip


class Heard:
    """``delivery.ports_recording.HeardRecording``: an opened recording that whoever opened it may hear."""

    def __init__(self, opened: OpenRecording, tenant: TenantId, call_id: CallId, files: "KeptFiles") -> None:
        self._opened = opened
        self._name = tenant, call_id, opened.manifest.revision
        self._files = files

    @property
    def revision(self) -> int:
        return self._opened.manifest.revision

    @property
    def samples(self) -> int:
        return self._opened.samples

    async def pcm(self, start: int, end: int) -> bytes:
        return await self._opened.pcm(start, end)

    async def flac(self) -> EncodedAudio:
        """The whole as a FLAC file, made once and kept for a while. Raises RecordingTooLongError."""
        if self.samples > FLAC_SAMPLES_MAX:
            hours = FLAC_SAMPLES_MAX / SAMPLE_RATE_HZ / 3_600
            raise RecordingTooLongError(f"recordings of more than {hours:g} hours are had as wav or opus, not as flac")
        kept = self._files.find(self._name)
        if kept is None:
            async with self._files.encoders:
                kept = self._files.find(self._name) or await self._encoded()
            self._files.keep(self._name, kept)
        return kept

    async def _encoded(self) -> EncodedAudio:
        file = await asyncio.to_thread(AudioFile, "flac")
        for start in range(0, self.samples, STRETCH_SAMPLES):
            pcm = await self.pcm(start, min(start + STRETCH_SAMPLES, self.samples))
            await asyncio.to_thread(file.write, pcm)
        return await asyncio.to_thread(_finished, file)

    async def opus(self) -> AsyncIterator[tuple[int, int, bytes]]:
        """An Ogg Opus file as it is being made: which samples were added, and the bytes that are ready since."""
        file = await asyncio.to_thread(AudioFile, "opus")
        for start in range(0, self.samples, STRETCH_SAMPLES):
            end = min(start + STRETCH_SAMPLES, self.samples)
            pcm = await self.pcm(start, end)
            async with self._files.encoders:
                await asyncio.to_thread(file.write, pcm)
                if end == self.samples:
                    await asyncio.to_thread(file.finish)
            yield start, end, file.take()


def _finished(file: AudioFile) -> EncodedAudio:
    file.finish()
    body = file.take()
    return EncodedAudio(body, hashlib.sha256(body).hexdigest()[:16])


class KeptFiles:
    """Encoded files by recording and revision, the least recently asked for forgotten first."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[TenantId, CallId, int], EncodedAudio] = OrderedDict()
        self._bytes = 0
        self.encoders = asyncio.Semaphore(ENCODERS_MAX)

    def find(self, name: tuple[TenantId, CallId, int]) -> EncodedAudio | None:
        found = self._files.get(name)
        if found is not None:
            self._files.move_to_end(name)
        return found

    def keep(self, name: tuple[TenantId, CallId, int], file: EncodedAudio) -> None:
        if name in self._files or len(file.body) > KEPT_BYTES_MAX:
            return
        self._files[name] = file
        self._bytes += len(file.body)
        while self._bytes > KEPT_BYTES_MAX:
            _, oldest = self._files.popitem(last=False)
            self._bytes -= len(oldest.body)
