"""One call's recording: audio and settled positions in, encrypted chunks out, in a task of its own.

Nothing here holds the call up. Audio waits in the recorder while objects or keys are away, and what waits for too long
becomes a gap that is stated; the call gets a warning. A lease that is lost ends the session, as everywhere.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from cueline.archive.chunks import ChunkContext, ChunkRefusedError, digest, open_chunk, seal_chunk
from cueline.archive.layout import chunk_key, manifest_key
from cueline.archive.manifest import manifest_of, seal_manifest
from cueline.archive.ports import KeyRing, ObjectStore, RecordingBook
from cueline.archive.recorder import HELD_SAMPLES, Beeps, Recorder, Stretch
from cueline.archive.rendering import render
from cueline.archive.waveform import Waveform, summary
from cueline.events.catalogue import WarningCode
from cueline.events.checkpoint import Checkpoint
from cueline.events.recording import Codec, GapCause, Recording, RecordingChunk
from cueline.events.records import LeaseLostError
from cueline.kernel.clock import Clock
from cueline.kernel.errors import NotFoundError, UnavailableError
from cueline.kernel.ids import CHANNELS, CallId, Channel, TenantId
from cueline.ops.logs import failure, logger
from cueline.unredacted.audio import StereoBlock

ATTEMPT_S: Final = 30.0
"""How long one attempt to store something may take."""

FIRST_PAUSE_S: Final = 0.25
PAUSE_MAX_S: Final = 5.0
PATIENCE_S: Final = 15.0
"""Trouble that lasts so long is told on the call."""

END_S: Final = 5.0
"""How long the end of the call waits for the end of its recording, which as a rule takes a tenth of a second."""

LINGER_S: Final = 600.0
"""How long what is left is tried to be stored after the call."""

T = TypeVar("T")


@dataclass(slots=True)
class ArchiveCounters:
    """Recordings of this process."""

    chunks_stored: int = 0
    bytes_stored: int = 0
    recordings_sealed: int = 0
    attempts_failed: int = 0
    recordings_failed: int = 0
    overflow_samples: int = 0


@dataclass(frozen=True, slots=True)
class Archive:
    """What the recordings of one process share. attempt_s, patience_s, end_s: see the constants of the same name."""

    objects: ObjectStore
    keys: KeyRing
    book: RecordingBook
    codec: Codec
    counters: ArchiveCounters
    clock: Clock
    attempt_s: float = ATTEMPT_S
    patience_s: float = PATIENCE_S
    end_s: float = END_S
    linger_s: float = LINGER_S


class ArchiveReporter(Protocol):
    """Whom the recording tells how it goes (the conversation)."""

    async def warn(self, code: WarningCode, message: str, *, at: int) -> None:
        """Something is wrong; ``at`` is a position in samples since the origin."""

    def note_recorded(self, position: int | None) -> None:
        """Audio from ``position`` on is not stored yet: a takeover reads from there. None: it needs none of it."""


class RecordingGivenUpError(UnavailableError):
    """After the call a recording's rest could not be stored for as long as is tried."""

    code = "recording_given_up"


_AWAY: Final = (
    "The recording of this call cannot be stored at the moment ({code}). The call goes on. Its last 110 seconds are "
    "kept and stored as soon as that is possible; what had to wait longer will be a gap in the recording."
)
_LATE: Final = (
    "The call is over and the end of its recording could not be stored yet ({code}). It is tried for ten minutes more."
)
_FAILED: Final = "The recording of this call ends here: it failed ({code}). The call goes on. See the worker's log."


class ArchiveStage:
    """Records one call. ``run`` must run beside it.

    beeps: the plan; who makes it adds the words committed here (``commit`` of the roles) and, after a takeover, those
    that stand already: ``restore`` does that, and no audio is given out before. catch_up: hears of all pauses that were
    committed until now, whoever did it; asked before anything is stored, so that none comes too late.
    """

    def __init__(
        self,
        *,
        archive: Archive,
        tenant: TenantId,
        call_id: CallId,
        epoch: int,
        beeps: Beeps,
        restore: Callable[[], Awaitable[None]],
        checkpoint: Checkpoint,
        reporter: ArchiveReporter,
        catch_up: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._archive: Final = archive
        self._tenant: Final = tenant
        self._call_id: Final = call_id
        self._epoch: Final = epoch
        self._restore: Final = restore
        self._catch_up: Final = catch_up
        self._reporter: Final = reporter
        settled = {channel: checkpoint.channel(channel).settled for channel in CHANNELS}
        self._recorder: Recorder | None = Recorder(beeps, settled=settled)
        self._number = 0
        self._key = b""
        self._storing_from: int | None = None
        self._waveforms: Final[dict[int, Waveform]] = {}
        self._changed: Final = asyncio.Event()
        self._done: Final = asyncio.Event()
        self._over = False
        self._call_over = False
        self._broken: Exception | None = None
        self._code = ""
        self._told = False
        self._overflowed = 0
        self._log = logger("archive")

    # What the call tells

    def accept(self, block: StereoBlock) -> None:
        """Takes the next audio."""
        self._tell(lambda recorder: recorder.accept(block))

    def progress(self, channel: Channel, settled: int) -> None:
        """The channel's words are committed up to ``settled``."""
        self._tell(lambda recorder: recorder.settle(channel, settled))

    def pause(self, at: int, cause: GapCause = "paused") -> None:
        """Nothing is recorded from ``at`` on."""
        self._tell(lambda recorder: recorder.pause(at, cause))

    def resume(self, at: int, cause: GapCause = "paused") -> None:
        """Recording goes on from ``at``, unless it is paused for another cause."""
        self._tell(lambda recorder: recorder.resume(at, cause))

    def lose(self, until: int) -> None:
        """Audio up to ``until`` will not come any more."""
        self._tell(lambda recorder: recorder.lose(until))

    async def finish(self) -> None:
        """Waits a moment for the recording's end; what takes longer is stored after the call, and told on it."""
        self._over = True
        self._tell(lambda recorder: recorder.finish())
        try:
            async with asyncio.timeout(self._archive.end_s):
                await self._done.wait()
        except TimeoutError:
            await self._warn(_LATE)
        self._call_over = True

    async def run(self) -> None:
        """Records until ``finish``, and seals. Raises LeaseLostError; whatever else happens costs the call nothing."""
        try:
            await self._record()
        except LeaseLostError:
            raise
        except Exception as error:  # noqa: BLE001 - a recording that fails is told; the call goes on
            await self._fail(error)
        self._recorder = None
        self._reporter.note_recorded(None)
        self._done.set()

    # Inside

    def _tell(self, what: Callable[[Recorder], None]) -> None:
        recorder = self._recorder
        if recorder is None:
            return
        try:
            what(recorder)
        except Exception as error:  # noqa: BLE001 - as above; nothing more is recorded
            self._recorder = None
            self._broken = error
        self._archive.counters.overflow_samples += recorder.overflowed - self._overflowed
        self._overflowed = recorder.overflowed
        self._note_needed(recorder)
        self._changed.set()

    def _note_needed(self, recorder: Recorder) -> None:
        """A takeover reads again what is not stored, but no more than would be held here."""
        oldest = recorder.needed_from if self._storing_from is None else self._storing_from
        self._reporter.note_recorded(max(oldest, recorder.end - HELD_SAMPLES))

    async def _record(self) -> None:
        recording = await self._begin()
        if recording.state != "recording":
            return
        if self._recorder is not None:
            self._number = recording.chunks
            self._recorder.begin(recording.position)
        while (stretch := await self._next()) is not None:
            self._storing_from = stretch.position
            await self._store(stretch)
            self._storing_from = None
            if self._recorder is not None:
                self._note_needed(self._recorder)
        await self._seal(recording)

    async def _begin(self) -> Recording:
        archive = self._archive
        found = await self._persistently(lambda: archive.book.find(self._tenant, self._call_id))
        standing = found.key if found is not None else None
        if standing is None:
            key, wrapped = await self._persistently(lambda: archive.keys.new_data_key(self._tenant))
        else:
            key, wrapped = await self._persistently(lambda: archive.keys.unwrap(self._tenant, standing)), standing
        recording = await self._persistently(
            lambda: archive.book.begin(self._tenant, self._call_id, epoch=self._epoch, codec=archive.codec, key=wrapped)
        )
        self._key = key
        await self._persistently(self._restore)
        return recording

    async def _next(self) -> Stretch | None:
        """The next stretch, as soon as there is one; None when there will be no more."""
        while True:
            self._changed.clear()
            recorder = self._recorder
            if recorder is not None and recorder.is_due and self._catch_up is not None:
                await self._persistently(self._catch_up)
                recorder = self._recorder
            if recorder is None:
                raise self._broken or RecordingGivenUpError("nothing is recorded any more")
            stretch = recorder.take()
            if stretch is not None or self._over:
                return stretch
            await self._changed.wait()

    async def _store(self, stretch: Stretch) -> None:
        archive = self._archive
        chunk, body, waveform = await asyncio.to_thread(self._sealed, stretch)
        key = chunk_key(self._tenant, self._call_id, chunk.number, chunk.revision)
        await self._persistently(lambda: archive.objects.put(key, body))
        await self._persistently(lambda: archive.book.add(self._tenant, self._call_id, chunk, epoch=self._epoch))
        self._waveforms[chunk.number] = waveform
        self._number += 1
        archive.counters.chunks_stored += 1
        archive.counters.bytes_stored += len(body)

    def _sealed(self, stretch: Stretch) -> tuple[RecordingChunk, bytes, Waveform]:
        """Runs in a thread. The revision names the lease's epoch: a worker that lost it overwrites nothing of ours."""
        pcm, beeps = render(stretch)
        context = ChunkContext(
            tenant=self._tenant,
            call_id=self._call_id,
            number=self._number,
            revision=self._epoch - 1,
            position=stretch.position,
            samples=stretch.samples,
        )
        body = seal_chunk(pcm, context=context, codec=self._archive.codec, data_key=self._key)
        chunk = RecordingChunk(
            number=context.number,
            revision=context.revision,
            position=context.position,
            samples=context.samples,
            bytes=len(body),
            sha256=digest(body),
            beeps=beeps,
            gaps=stretch.gaps,
        )
        return chunk, body, summary(pcm, position=stretch.position)

    async def _seal(self, recording: Recording) -> None:
        archive = self._archive
        chunks = await self._persistently(lambda: archive.book.chunks(self._tenant, self._call_id))
        waveforms = [(chunk.position, await self._waveform(chunk)) for chunk in chunks]
        manifest = manifest_of(
            self._tenant, self._call_id, revision=0, codec=recording.codec, chunks=chunks, waveforms=waveforms
        )
        body = await asyncio.to_thread(seal_manifest, manifest, data_key=self._key)
        key = manifest_key(self._tenant, self._call_id, manifest.revision)
        await self._persistently(lambda: archive.objects.put(key, body))
        await self._persistently(
            lambda: archive.book.seal(self._tenant, self._call_id, epoch=self._epoch, at_ms=archive.clock.epoch_ms())
        )
        archive.counters.recordings_sealed += 1

    async def _waveform(self, chunk: RecordingChunk) -> Waveform:
        """Of a chunk of ours, or of one that a worker before us stored: that is read again."""
        known = self._waveforms.get(chunk.number)
        if known is not None:
            return known
        context = ChunkContext(
            tenant=self._tenant,
            call_id=self._call_id,
            number=chunk.number,
            revision=chunk.revision,
            position=chunk.position,
            samples=chunk.samples,
        )
        key = chunk_key(self._tenant, self._call_id, chunk.number, chunk.revision)
        try:
            body = await self._persistently(lambda: self._archive.objects.get(key))
            pcm = await asyncio.to_thread(open_chunk, body, context=context, data_key=self._key)
        except (NotFoundError, ChunkRefusedError) as error:
            # What was damaged since is refused to whoever listens; the rest of the recording is none the worse.
            self._log.error("chunk_damaged", call_id=self._call_id, number=chunk.number, **failure(error))
            return Waveform()
        return summary(pcm, position=chunk.position)

    async def _persistently(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Tries until it succeeds. Raises what trying again does not mend, and RecordingGivenUpError after the call."""
        now = asyncio.get_running_loop().time
        failing_since: float | None = None
        over_since: float | None = None
        pause_s = FIRST_PAUSE_S
        while True:
            try:
                async with asyncio.timeout(self._archive.attempt_s):
                    return await attempt()
            except (UnavailableError, TimeoutError) as error:
                if isinstance(error, UnavailableError) and not error.retryable:
                    raise
                self._code = error.code if isinstance(error, UnavailableError) else "timeout"
            self._archive.counters.attempts_failed += 1
            failing_since = now() if failing_since is None else failing_since
            over_since = now() if over_since is None and self._over else over_since
            if not self._told and now() - failing_since >= self._archive.patience_s:
                await self._warn(_AWAY)
            if over_since is not None and now() - over_since >= self._archive.linger_s:
                raise RecordingGivenUpError(f"call {self._call_id}: the rest of its recording could not be stored")
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, PAUSE_MAX_S)

    async def _fail(self, error: Exception) -> None:
        fields = failure(error)
        self._log.error("recording_failed", call_id=self._call_id, **fields)
        self._archive.counters.recordings_failed += 1
        self._code = str(fields["error"])
        await self._warn(_FAILED)

    async def _warn(self, message: str) -> None:
        """Nothing is said after the call's end: that is the last of its events."""
        if self._call_over:
            return
        self._told = True
        at = self._recorder.end if self._recorder is not None else 0
        await self._reporter.warn("recording_failed", message.format(code=self._code or "slow"), at=at)
