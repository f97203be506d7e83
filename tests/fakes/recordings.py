"""A recording book in memory, and recordings to read."""

from collections.abc import Sequence

import msgspec
import numpy as np

from cueline.archive.chunks import ChunkContext, digest, seal_chunk
from cueline.archive.layout import chunk_key, manifest_key
from cueline.archive.manifest import Manifest, manifest_of, seal_manifest
from cueline.archive.ports import KeyRing, ObjectStore
from cueline.archive.waveform import summary
from cueline.events.recording import BeepSpan, Codec, Recording, RecordingChunk, RecordingGap, WrappedKey
from cueline.kernel.ids import CallId, TenantId


class MemoryBook:
    """The part of ``archive.ports.RecordingBook`` that readers and ``rewrap`` use; tests set what stands."""

    def __init__(self) -> None:
        self.recordings: dict[tuple[TenantId, CallId], Recording] = {}
        self.stored: dict[tuple[TenantId, CallId], list[RecordingChunk]] = {}

    async def find(self, tenant: TenantId, call_id: CallId) -> Recording | None:
        return self.recordings.get((tenant, call_id))

    async def chunks(self, tenant: TenantId, call_id: CallId) -> list[RecordingChunk]:
        return list(self.stored.get((tenant, call_id), ()))

    async def rewrap(self, tenant: TenantId, call_id: CallId, old: WrappedKey, new: WrappedKey) -> bool:
        standing = self.recordings.get((tenant, call_id))
        if standing is None or standing.key != old:
            return False
        self.recordings[tenant, call_id] = msgspec.structs.replace(standing, key=new)
        return True

    async def page(self, tenant: TenantId, *, after: CallId | None, limit: int) -> list[tuple[CallId, WrappedKey]]:
        found = [
            (call_id, recording.key)
            for (owner, call_id), recording in sorted(self.recordings.items())
            if owner == tenant and call_id > (after or "") and recording.key is not None
        ]
        return found[:limit]


class Stored:
    """A recording that was stored: what it sounds like, what it is made of, and its data key."""

    def __init__(self, pcm: bytes, manifest: Manifest, data_key: bytes) -> None:
        self.pcm = pcm
        self.manifest = manifest
        self.data_key = data_key

    def key_of(self, number: int) -> str:
        """The object of one of its chunks."""
        chunk = self.manifest.chunks[number]
        return chunk_key(self.manifest.tenant, self.manifest.call_id, number, chunk.revision)

    @property
    def manifest_key(self) -> str:
        return manifest_key(self.manifest.tenant, self.manifest.call_id, self.manifest.revision)


def noise(samples: int, seed: int = 1) -> bytes:
    return np.random.default_rng(seed).integers(-9_000, 9_000, (samples, 2)).astype("<i2").tobytes()


async def stored_recording(
    store: ObjectStore,
    keys: KeyRing,
    book: MemoryBook,
    *,
    tenant: TenantId,
    call_id: CallId,
    samples: Sequence[int] = (8_000, 8_000, 4_000),
    gap_before: Sequence[int] = (),
    codec: Codec = "flac",
    beeps: Sequence[BeepSpan] = (),
) -> Stored:
    """Stores noise in chunks of so many samples, each behind a gap of so many, and notes it in the book."""
    data_key, wrapped = await keys.new_data_key(tenant)
    chunks, pcm, waveforms, here = [], b"", [], 0
    for number, length in enumerate(samples):
        missing = gap_before[number] if number < len(gap_before) else 0
        gaps = (RecordingGap(here, here + missing, "paused"),) if missing else ()
        position = here + missing
        audio = noise(length, seed=number)
        context = ChunkContext(tenant, call_id, number, 0, position, length)
        body = seal_chunk(audio, context=context, codec=codec, data_key=data_key)
        await store.put(chunk_key(tenant, call_id, number, 0), body)
        mine = tuple(span for span in beeps if position <= span.start < position + length)
        chunks.append(RecordingChunk(number, 0, position, length, len(body), digest(body), mine, gaps))
        waveforms.append((position, summary(audio, position=position)))
        pcm += bytes(4 * missing) + audio
        here = position + length
    manifest = manifest_of(tenant, call_id, revision=0, codec=codec, chunks=chunks, waveforms=waveforms)
    await store.put(manifest_key(tenant, call_id, 0), seal_manifest(manifest, data_key=data_key))
    book.stored[tenant, call_id] = chunks
    book.recordings[tenant, call_id] = Recording(
        tenant=tenant, call_id=call_id, state="sealed", codec=codec, key=wrapped, chunks=len(chunks), position=here,
        manifest_revision=0, sealed_at_ms=1,
    )  # fmt: skip
    return Stored(pcm, manifest, data_key)
