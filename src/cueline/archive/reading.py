"""Reading recordings: any range of samples, for which only the chunks that it lies in are fetched and opened.

What is given out was authenticated: the manifest under the call's data key, its chunks by PostgreSQL's list of them and
by their digests, and each chunk for its place. Decoded audio is kept for a while, within a bound for all recordings
together, as players ask for neighbouring ranges; it is kept in memory and nowhere else.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cueline.archive.chunks import ChunkContext, digest, open_chunk
from cueline.archive.codecs import FRAME_BYTES
from cueline.archive.layout import chunk_key, manifest_key
from cueline.archive.manifest import Manifest, ManifestChunk, open_manifest
from cueline.archive.ports import KeyRing, ObjectStore, RecordingBook
from cueline.archive.sealing import refused
from cueline.events.recording import SAMPLE_RATE_HZ, Recording, RecordingChunk
from cueline.kernel.errors import ConflictError, CuelineError, InputError, NotFoundError
from cueline.kernel.ids import CallId, TenantId

RANGE_SAMPLES_MAX: Final = 30 * 60 * SAMPLE_RATE_HZ
"""What can be asked for at once: half an hour, 58 MB."""

KEPT_BYTES: Final = 32 * 1_024 * 1_024
"""Decoded audio that is kept, of all recordings together: a hundred chunks."""

KEPT_RECORDINGS: Final = 32
KEPT_S: Final = 300.0
"""How long a data key is kept after its ring gave it out; a key that was taken away opens nothing after that."""

_FETCHES: Final = 4
"""Chunks that one range fetches at once."""


class RecordingChangedError(ConflictError):
    """The recording was beeped anew, or deleted, after it was opened: open it again."""

    code = "recording_changed"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was opened, by which wrapped key, and until when on the loop's clock it is good."""

    opened: "OpenRecording"
    key_id: str
    good_until_s: float


class RecordingReader:
    """Opens recordings. kept_bytes: bound of the decoded audio that is kept."""

    def __init__(self, store: ObjectStore, keys: KeyRing, book: RecordingBook, *, kept_bytes: int = KEPT_BYTES) -> None:
        self._store = store
        self._keys = keys
        self._book = book
        self._decoded = _Decoded(kept_bytes)
        self._kept: OrderedDict[tuple[TenantId, CallId, int], _Kept] = OrderedDict()

    async def open(self, tenant: TenantId, call_id: CallId) -> "OpenRecording":
        """The recording as it is now.

        Raises NotFoundError where there is none, or none any more; ConflictError while it is not complete;
        ChunkRefusedError where the manifest is not what was stored; KeyRefusedError, UnavailableError.
        """
        recording = await self._complete(tenant, call_id)
        try:
            return await self._opened(recording)
        except NotFoundError:
            pass
        again = await self._complete(tenant, call_id)  # beeped anew meanwhile, as a rule
        if again == recording:
            raise refused()
        try:
            return await self._opened(again)
        except NotFoundError:
            raise refused() from None

    async def _complete(self, tenant: TenantId, call_id: CallId) -> Recording:
        recording = await self._book.find(tenant, call_id)
        if recording is None or recording.state == "deleted" or recording.key is None:
            raise NotFoundError("there is no recording of this call")
        if recording.state != "sealed" or recording.manifest_revision is None:
            raise ConflictError("the recording is not complete yet: try again when the call is over")
        return recording

    async def _opened(self, recording: Recording) -> "OpenRecording":
        """Raises NotFoundError where the manifest's object is not there, or is not of the chunks that stand now."""
        if recording.key is None or recording.manifest_revision is None:  # ``_complete`` saw to that
            raise refused()
        tenant, call_id, revision = recording.tenant, recording.call_id, recording.manifest_revision
        now_s = asyncio.get_running_loop().time()
        place = (tenant, call_id, revision)
        known = self._kept.get(place)
        if known is not None and known.key_id == recording.key.key_id and now_s < known.good_until_s:
            self._kept.move_to_end(place)
            return known.opened
        data_key = await self._keys.unwrap(tenant, recording.key)
        body = await self._store.get(manifest_key(tenant, call_id, revision))
        manifest = await asyncio.to_thread(
            open_manifest, body, tenant=tenant, call_id=call_id, revision=revision, data_key=data_key
        )
        if _named(manifest.chunks) != _named(await self._book.chunks(tenant, call_id)):
            raise NotFoundError("there is no manifest of these chunks")
        opened = OpenRecording(self._store, manifest, data_key, self._decoded)
        self._kept[place] = _Kept(opened, recording.key.key_id, now_s + KEPT_S)
        while len(self._kept) > KEPT_RECORDINGS:
            self._kept.popitem(last=False)
        return opened


class OpenRecording:
    """A recording whose manifest was authenticated. It stays as it was opened: see RecordingChangedError."""

    def __init__(self, store: ObjectStore, manifest: Manifest, data_key: bytes, decoded: "_Decoded") -> None:
        self._store = store
        self._manifest = manifest
        self._data_key = data_key
        self._decoded = decoded
        self._fetching = asyncio.Semaphore(_FETCHES)

    @property
    def manifest(self) -> Manifest:
        return self._manifest

    @property
    def samples(self) -> int:
        """Its length per channel."""
        return self._manifest.samples

    async def pcm(self, start: int, end: int) -> bytes:
        """Samples ``start`` to ``end``, stereo interleaved; silence where nothing was recorded.

        Raises InputError for a range outside or longer than RANGE_SAMPLES_MAX, RecordingChangedError,
        ChunkRefusedError, UnavailableError.
        """
        if not 0 <= start <= end <= self.samples or end - start > RANGE_SAMPLES_MAX:
            raise InputError(
                f"a range of this recording lies within 0 to {self.samples}, with at most {RANGE_SAMPLES_MAX} samples"
            )
        out = bytearray((end - start) * FRAME_BYTES)
        touched = [chunk for chunk in self._manifest.chunks if chunk.position < end and chunk.end > start]

        async def place(chunk: ManifestChunk) -> None:
            pcm = await self._chunk(chunk)
            first, last = max(start, chunk.position), min(end, chunk.end)
            piece = memoryview(pcm)[(first - chunk.position) * FRAME_BYTES : (last - chunk.position) * FRAME_BYTES]
            out[(first - start) * FRAME_BYTES : (last - start) * FRAME_BYTES] = piece

        try:
            async with asyncio.TaskGroup() as tasks:
                for chunk in touched:
                    tasks.create_task(place(chunk))
        except* CuelineError as errors:
            raise _first(errors) from None
        for gap in self._manifest.gaps:  # encoded silence is silence again; that it is, rests on no codec
            first, last = max(start, gap.start), min(end, gap.end)
            if first < last:
                out[(first - start) * FRAME_BYTES : (last - start) * FRAME_BYTES] = bytes((last - first) * FRAME_BYTES)
        return bytes(out)

    async def _chunk(self, chunk: ManifestChunk) -> bytes:
        context = self._manifest.context(chunk)
        known = self._decoded.get(context, chunk.sha256)
        if known is not None:
            return known
        async with self._fetching:
            try:
                pcm = await fetch_chunk(self._store, context=context, sha256=chunk.sha256, data_key=self._data_key)
            except NotFoundError:
                raise RecordingChangedError("the recording was changed or deleted since: open it again") from None
        self._decoded.put(context, chunk.sha256, pcm)
        return pcm


async def fetch_chunk(store: ObjectStore, *, context: ChunkContext, sha256: str, data_key: bytes) -> bytes:
    """The pcm of one chunk. Raises NotFoundError, ChunkRefusedError, UnavailableError."""
    body = await store.get(chunk_key(context.tenant, context.call_id, context.number, context.revision))

    def checked() -> bytes:
        if digest(body) != sha256:
            raise refused()
        return open_chunk(body, context=context, data_key=data_key)

    return await asyncio.to_thread(checked)


class _Decoded:
    """Decoded chunks, least recently used first to go."""

    def __init__(self, bound_bytes: int) -> None:
        self._bound_bytes = bound_bytes
        self._held_bytes = 0
        self._chunks: OrderedDict[tuple[ChunkContext, str], bytes] = OrderedDict()

    def get(self, context: ChunkContext, sha256: str) -> bytes | None:
        found = self._chunks.get((context, sha256))
        if found is not None:
            self._chunks.move_to_end((context, sha256))
        return found

    def put(self, context: ChunkContext, sha256: str, pcm: bytes) -> None:
        self._held_bytes += len(pcm) - len(self._chunks.pop((context, sha256), b""))
        self._chunks[context, sha256] = pcm
        while self._held_bytes > self._bound_bytes:
            _, gone = self._chunks.popitem(last=False)
            self._held_bytes -= len(gone)


def _named(chunks: Sequence[ManifestChunk] | Sequence[RecordingChunk]) -> list[tuple[int, int, int, int, str]]:
    return [(each.number, each.revision, each.position, each.samples, each.sha256) for each in chunks]


def _first(errors: BaseExceptionGroup[CuelineError]) -> CuelineError:
    """One error out of those of several chunks."""
    found = errors.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found
