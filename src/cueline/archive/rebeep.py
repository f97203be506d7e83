"""Beeping a sealed recording anew where something was masked afterwards.

New chunk objects and a new manifest are stored first, then PostgreSQL changes over to them in one statement, and the
old objects are deleted last: whoever reads meanwhile has either recording whole. A step that is repeated after a kill
finds what is done already; objects that an interrupted attempt left have a lower revision than the next one's, and are
deleted with the old ones.
"""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from cueline.archive.bleed import ECHO_SAMPLES, echo_lag
from cueline.archive.checking import missing_beeps
from cueline.archive.chunks import ChunkContext, digest, seal_chunk
from cueline.archive.layout import chunk_key, manifest_key, recording_prefix
from cueline.archive.manifest import manifest_of, merged_beeps, open_manifest, seal_manifest
from cueline.archive.ports import KeyRing, ObjectStore, RecordingBook
from cueline.archive.reading import OpenRecording, RecordingReader
from cueline.archive.tone import beeped
from cueline.archive.waveform import STEP_SAMPLES, Waveform, summary
from cueline.events.recording import (
    SAMPLE_RATE_HZ,
    AddedBeep,
    BeepSpan,
    Recording,
    RecordingChunk,
    RecordingGap,
)
from cueline.kernel.errors import ConflictError, CuelineError, NotFoundError
from cueline.kernel.ids import CHANNELS, CallId, Channel, TenantId

_SAMPLES_PER_MS: Final = SAMPLE_RATE_HZ // 1_000
_CHUNK: Final = re.compile(r"(\d{6})\.(\d{1,10})\.chunk")
_MANIFEST: Final = re.compile(r"manifest\.(\d{1,10})\.json\.enc")


class RebeepedMeanwhileError(ConflictError):
    """Somebody else beeped the same recording anew at the same time; what was to be beeped is not yet."""

    code = "rebeeped_meanwhile"
    retryable = True


def added_spans(added: Iterable[AddedBeep]) -> list[BeepSpan]:
    """Stretches in media time as spans of samples."""
    return [
        BeepSpan(max(0, each.started_ms) * _SAMPLES_PER_MS, each.ended_ms * _SAMPLES_PER_MS, each.channel)
        for each in added
        if each.ended_ms > max(0, each.started_ms)
    ]


async def rebeep(  # noqa: PLR0917 - a recording's three ports, and which one it is
    store: ObjectStore,
    keys: KeyRing,
    book: RecordingBook,
    tenant: TenantId,
    call_id: CallId,
    added: Sequence[AddedBeep],
) -> bool:
    """Beeps stretches of a sealed recording, on the other channel too where it carries the same voice.

    False where all of them were beeped already. Old objects are deleted either way. Raises NotFoundError where there
    is no recording (any more), ConflictError while it is not complete, RebeepedMeanwhileError, ChunkRefusedError,
    KeyRefusedError, UnavailableError.
    """
    opened = await _opened(store, keys, book, tenant, call_id)
    missing = missing_beeps(opened.manifest, added_spans(added))
    changed = False
    if missing:
        await _Rebeeping(store, keys, book, opened).run(missing)
        changed = True
    await _delete_old(store, book, tenant, call_id)
    return changed


async def _opened(
    store: ObjectStore, keys: KeyRing, book: RecordingBook, tenant: TenantId, call_id: CallId
) -> OpenRecording:
    """The recording; its manifest is written anew first where two attempts at once left the wrong one."""
    try:
        return await RecordingReader(store, keys, book).open(tenant, call_id)
    except (ConflictError, NotFoundError):
        raise
    except CuelineError as error:
        if error.code != "chunk_refused" or not await _mend(store, keys, book, tenant, call_id):
            raise
        return await RecordingReader(store, keys, book).open(tenant, call_id)


async def _mend(store: ObjectStore, keys: KeyRing, book: RecordingBook, tenant: TenantId, call_id: CallId) -> bool:
    """Writes the manifest of the chunks that stand in PostgreSQL, if one of other chunks, but ours, stands there."""
    recording = await book.find(tenant, call_id)
    if recording is None or recording.key is None or recording.manifest_revision is None:
        return False
    data_key = await keys.unwrap(tenant, recording.key)
    revision = recording.manifest_revision
    body = await store.get(manifest_key(tenant, call_id, revision))
    # Only one that opens is mended: what was tampered with stays refused.
    before = open_manifest(body, tenant=tenant, call_id=call_id, revision=revision, data_key=data_key)
    chunks = await book.chunks(tenant, call_id)
    parts = [(chunk.position, _slice(before.waveform, chunk)) for chunk in chunks]
    manifest = manifest_of(
        tenant, call_id, revision=revision, codec=recording.codec, chunks=chunks, waveforms=parts
    )  # fmt: skip
    await store.put(manifest_key(tenant, call_id, revision), seal_manifest(manifest, data_key=data_key))
    return True


class _Rebeeping:
    """One attempt."""

    def __init__(
        self,
        store: ObjectStore,
        keys: KeyRing,
        book: RecordingBook,
        opened: OpenRecording,
    ) -> None:
        self._store = store
        self._keys = keys
        self._book = book
        self._opened = opened
        self._tenant = opened.manifest.tenant
        self._call_id = opened.manifest.call_id

    async def run(self, missing: Sequence[BeepSpan]) -> None:
        recording = await self._book.find(self._tenant, self._call_id)
        if recording is None or recording.key is None:
            raise NotFoundError("there is no recording of this call")
        data_key = await self._keys.unwrap(self._tenant, recording.key)
        manifest = self._opened.manifest
        spans = [*missing, *await self._echoes(missing)]
        planned = [span for span in merged_beeps([*manifest.beeps, *spans]) if _meets(span, spans)]
        above = await self._revisions()
        chunks = await self._book.chunks(self._tenant, self._call_id)
        new: dict[int, tuple[RecordingChunk, Waveform]] = {}
        for chunk in chunks:
            own = [
                span for span in planned if span.start < chunk.position + chunk.samples and chunk.position < span.end
            ]
            if own:
                revision = max(chunk.revision, above.get(chunk.number, 0)) + 1
                new[chunk.number] = await self._rewrite(chunk, own, revision, recording, data_key)
        await self._change_over(recording, chunks, new, data_key)

    async def _change_over(
        self,
        recording: Recording,
        chunks: Sequence[RecordingChunk],
        new: Mapping[int, tuple[RecordingChunk, Waveform]],
        data_key: bytes,
    ) -> None:
        manifest = self._opened.manifest
        revision = manifest.revision + 1
        parts = [
            (chunk.position, new[chunk.number][1] if chunk.number in new else _slice(manifest.waveform, chunk))
            for chunk in chunks
        ]
        standing = [new[chunk.number][0] if chunk.number in new else chunk for chunk in chunks]
        after = manifest_of(
            self._tenant, self._call_id, revision=revision, codec=recording.codec, chunks=standing, waveforms=parts
        )
        body = await asyncio.to_thread(seal_manifest, after, data_key=data_key)
        await self._store.put(manifest_key(self._tenant, self._call_id, revision), body)
        written = [chunk for chunk, _ in new.values()]
        replaced = await self._book.replace(self._tenant, self._call_id, written, manifest_revision=revision)
        if not replaced and not await self._ours(written):
            await self._store.delete(
                [chunk_key(self._tenant, self._call_id, chunk.number, chunk.revision) for chunk in written]
            )
            raise RebeepedMeanwhileError("the recording was beeped anew by somebody else: try again")

    async def _ours(self, written: Sequence[RecordingChunk]) -> bool:
        """Whether the change-over had happened: its answer was lost, and it was sent again."""
        standing = await self._book.chunks(self._tenant, self._call_id)
        return all(chunk in standing for chunk in written)

    async def _rewrite(
        self, chunk: RecordingChunk, spans: Sequence[BeepSpan], revision: int, recording: Recording, data_key: bytes
    ) -> tuple[RecordingChunk, Waveform]:
        """One chunk with its beeps, stored; its row, and how it looks."""
        end = chunk.position + chunk.samples
        pcm = await self._opened.pcm(chunk.position, end)
        pieces = [piece for span in spans for piece in _outside_gaps(span, self._opened.manifest.gaps)]
        after = await asyncio.to_thread(_beeped, pcm, chunk.position, pieces)
        context = ChunkContext(
            tenant=self._tenant, call_id=self._call_id, number=chunk.number, revision=revision,
            position=chunk.position, samples=chunk.samples,
        )  # fmt: skip
        body = await asyncio.to_thread(
            seal_chunk, after, context=context, codec=recording.codec, data_key=data_key
        )  # fmt: skip
        await self._store.put(chunk_key(self._tenant, self._call_id, chunk.number, revision), body)
        cut = [BeepSpan(max(each.start, chunk.position), min(each.end, end), each.channel) for each in pieces]
        beeps = merged_beeps([*chunk.beeps, *(each for each in cut if each.start < each.end)])
        row = RecordingChunk(
            number=chunk.number, revision=revision, position=chunk.position, samples=chunk.samples, bytes=len(body),
            sha256=digest(body), beeps=beeps, gaps=chunk.gaps,
        )  # fmt: skip
        return row, summary(after, position=chunk.position)

    async def _echoes(self, spans: Sequence[BeepSpan]) -> list[BeepSpan]:
        """The same voice on the other channel, as far as it can be heard there."""
        found: list[BeepSpan] = []
        for span in spans:
            low, high = max(0, span.start - ECHO_SAMPLES), min(self._opened.samples, span.end + ECHO_SAMPLES)
            pcm = await self._opened.pcm(low, high)
            lag = await asyncio.to_thread(_lag, pcm, low, span)
            if lag is not None:
                other: Channel = "agent" if span.channel == "customer" else "customer"
                start, end = max(0, span.start + min(0, lag)), min(self._opened.samples, span.end + max(0, lag))
                found.append(BeepSpan(start, end, other))
        return found

    async def _revisions(self) -> dict[int, int]:
        """The highest revision of each chunk of which an object is stored, whoever left it."""
        highest: dict[int, int] = {}
        async for key in self._store.list(recording_prefix(self._tenant, self._call_id)):
            match = _CHUNK.fullmatch(key.rpartition("/")[2])
            if match is not None:
                number, revision = int(match[1]), int(match[2])
                highest[number] = max(revision, highest.get(number, 0))
        return highest


async def _delete_old(store: ObjectStore, book: RecordingBook, tenant: TenantId, call_id: CallId) -> None:
    """Deletes objects of lower revisions than those that stand."""
    recording = await book.find(tenant, call_id)
    if recording is None or recording.manifest_revision is None:
        return
    revisions = {chunk.number: chunk.revision for chunk in await book.chunks(tenant, call_id)}
    old = []
    async for key in store.list(recording_prefix(tenant, call_id)):
        name = key.rpartition("/")[2]
        chunk, manifest = _CHUNK.fullmatch(name), _MANIFEST.fullmatch(name)
        old_chunk = chunk is not None and int(chunk[2]) < revisions.get(int(chunk[1]), 0)
        if old_chunk or (manifest is not None and int(manifest[1]) < recording.manifest_revision):
            old.append(key)
    if old:
        await store.delete(old)


def _lag(pcm: bytes, low: int, span: BeepSpan) -> int | None:
    frames = np.frombuffer(pcm, dtype="<i2").reshape(-1, len(CHANNELS))
    own = CHANNELS.index(span.channel)
    voice = frames[span.start - low : span.end - low, own]
    around = np.zeros(span.end - span.start + 2 * ECHO_SAMPLES, dtype=np.int16)
    at = low - (span.start - ECHO_SAMPLES)
    around[at : at + len(frames)] = frames[:, 1 - own]
    return echo_lag(voice, around)


def _beeped(pcm: bytes, position: int, spans: Sequence[BeepSpan]) -> bytes:
    frames = np.frombuffer(pcm, dtype="<i2").reshape(-1, len(CHANNELS))
    sides = [
        beeped(
            np.ascontiguousarray(frames[:, at]).tobytes(),
            [(span.start, span.end) for span in spans if span.channel == channel],
            at=position,
        )
        for at, channel in enumerate(CHANNELS)
    ]
    return np.stack([np.frombuffer(side, dtype="<i2") for side in sides], axis=1).tobytes()


def _outside_gaps(span: BeepSpan, gaps: Sequence[RecordingGap]) -> list[BeepSpan]:
    pieces, start = [], span.start
    for gap in gaps:
        if gap.end <= start or gap.start >= span.end:
            continue
        if gap.start > start:
            pieces.append(BeepSpan(start, gap.start, span.channel))
        start = max(start, gap.end)
    if start < span.end:
        pieces.append(BeepSpan(start, span.end, span.channel))
    return pieces


def _meets(span: BeepSpan, others: Sequence[BeepSpan]) -> bool:
    return any(
        span.channel == other.channel and span.start <= other.end and other.start <= span.end for other in others
    )


def _slice(waveform: Waveform, chunk: RecordingChunk) -> Waveform:
    first, last = chunk.position // STEP_SAMPLES, -(-(chunk.position + chunk.samples) // STEP_SAMPLES)
    return Waveform(waveform.step_ms, waveform.customer[first:last], waveform.agent[first:last])
