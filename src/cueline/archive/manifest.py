"""The manifest of a recording: which chunks it is made of, in order, and what a player shows of it. Written last.

Sealed under the call's data key as chunks are, with a magic of its own. Number, order, length and digest of every
chunk are in it: a chunk that is missing at the end, doubled or moved shows, though each of the others opens. Which
revision is in force stands in PostgreSQL, so an older manifest cannot be put back.
"""

import struct
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from cueline.archive.chunks import ChunkContext
from cueline.archive.sealing import ADDED_BYTES, opened, refused, sealed
from cueline.archive.waveform import STEP_SAMPLES, Waveform, joined
from cueline.events.recording import CHUNK_SAMPLES, BeepSpan, Codec, RecordingChunk, RecordingGap
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CHANNELS, CallId, TenantId

MAGIC: Final = b"CLRM"
VERSION: Final = 1
MANIFEST_BYTES_MAX: Final = 64 * 1_024 * 1_024
"""Weeks of audio; what is longer is no manifest of ours."""

_HEADER: Final = struct.Struct(">4sBI")
"""Magic, version, revision."""


class ManifestChunk(msgspec.Struct, frozen=True, rename="camel"):
    """One chunk, as ``events.recording.RecordingChunk`` without beeps and gaps, which the manifest has as a whole."""

    number: int
    revision: int
    position: int
    samples: int
    bytes: int
    sha256: str

    @property
    def end(self) -> int:
        """The position after its last sample."""
        return self.position + self.samples


class Manifest(msgspec.Struct, frozen=True, rename="camel"):
    """samples: length of the recording per channel. beeps and gaps: in samples from its start, in order, merged.

    What no chunk covers lies in a gap.
    """

    tenant: TenantId
    call_id: CallId
    revision: int
    codec: Codec
    samples: int
    chunks: tuple[ManifestChunk, ...] = ()
    beeps: tuple[BeepSpan, ...] = ()
    gaps: tuple[RecordingGap, ...] = ()
    waveform: Waveform = Waveform()

    def context(self, chunk: ManifestChunk) -> ChunkContext:
        """What ``chunk`` was sealed with."""
        return ChunkContext(
            tenant=self.tenant, call_id=self.call_id, number=chunk.number, revision=chunk.revision,
            position=chunk.position, samples=chunk.samples,
        )  # fmt: skip


def manifest_of(
    tenant: TenantId,
    call_id: CallId,
    *,
    revision: int,
    codec: Codec,
    chunks: Sequence[RecordingChunk],
    waveforms: Iterable[tuple[int, Waveform]],
) -> Manifest:
    """The manifest of a recording's chunks. waveforms: of each, with its position.

    Raises InputError where the chunks are no complete recording: numbers with a gap, audio that overlaps or is
    missing outside the stated gaps.
    """
    samples = max(
        (max(chunk.position + chunk.samples, *(gap.end for gap in chunk.gaps), 0) for chunk in chunks), default=0
    )
    manifest = Manifest(
        tenant=tenant,
        call_id=call_id,
        revision=revision,
        codec=codec,
        samples=samples,
        chunks=tuple(
            ManifestChunk(chunk.number, chunk.revision, chunk.position, chunk.samples, chunk.bytes, chunk.sha256)
            for chunk in chunks
        ),
        beeps=merged_beeps(beep for chunk in chunks for beep in chunk.beeps),
        gaps=merged_gaps(gap for chunk in chunks for gap in chunk.gaps),
        waveform=joined(waveforms, samples=samples),
    )
    fault = _fault(manifest)
    if fault is not None:
        raise InputError(f"the chunks make no complete recording: {fault}")
    return manifest


def merged_beeps(spans: Iterable[BeepSpan]) -> tuple[BeepSpan, ...]:
    """Spans by start, those of one channel that touch or overlap made one: chunks cut them where they end."""
    known = sorted(spans)
    found: list[BeepSpan] = []
    for channel in CHANNELS:
        last: BeepSpan | None = None
        for span in known:
            if span.channel != channel:
                continue
            if last is not None and span.start <= last.end:
                found.pop()
                last = BeepSpan(last.start, max(last.end, span.end), channel)
            else:
                last = span
            found.append(last)
    return tuple(sorted(found))


def merged_gaps(gaps: Iterable[RecordingGap]) -> tuple[RecordingGap, ...]:
    """Gaps by start, those of one cause that touch or overlap made one."""
    found: list[RecordingGap] = []
    for gap in sorted(gaps, key=lambda each: (each.start, each.end, each.cause)):
        last = found[-1] if found else None
        if last is not None and last.cause == gap.cause and gap.start <= last.end:
            found[-1] = RecordingGap(last.start, max(last.end, gap.end), gap.cause)
        else:
            found.append(gap)
    return tuple(found)


def seal_manifest(manifest: Manifest, *, data_key: bytes) -> bytes:
    """The object to store: JSON, sealed. Raises InputError for a manifest that ``open_manifest`` would not take."""
    fault = _fault(manifest)
    content = msgspec.json.encode(manifest)
    if fault is not None or len(content) > MANIFEST_BYTES_MAX:
        raise InputError(f"this is no manifest of a complete recording: {fault or 'it is too long'}")
    return sealed(
        content,
        header=_header(manifest.revision),
        tenant=manifest.tenant,
        call_id=manifest.call_id,
        data_key=data_key,
    )


def open_manifest(body: bytes, *, tenant: TenantId, call_id: CallId, revision: int, data_key: bytes) -> Manifest:
    """The manifest of that revision of that recording. Raises ChunkRefusedError, whatever is wrong."""
    if len(body) > MANIFEST_BYTES_MAX + _HEADER.size + ADDED_BYTES:
        raise refused()
    try:
        content = opened(body, header=_header(revision), tenant=tenant, call_id=call_id, data_key=data_key)
        manifest = msgspec.json.decode(content, type=Manifest)
    except (InputError, msgspec.MsgspecError, UnicodeDecodeError):
        raise refused() from None
    if (manifest.tenant, manifest.call_id, manifest.revision) != (tenant, call_id, revision) or _fault(manifest):
        raise refused()
    return manifest


def _header(revision: int) -> bytes:
    try:
        return _HEADER.pack(MAGIC, VERSION, revision)
    except struct.error:
        raise InputError("the manifest's revision is out of range") from None


def _fault(manifest: Manifest) -> str | None:
    """What keeps it from being a complete recording."""
    chunks, steps = manifest.chunks, -(-manifest.samples // STEP_SAMPLES)
    spans = [(beep.start, beep.end) for beep in manifest.beeps] + [(gap.start, gap.end) for gap in manifest.gaps]
    checks = {
        "the chunks are not numbered from 0 in order": [each.number for each in chunks] == list(range(len(chunks))),
        "a chunk is empty or too long": all(0 < each.samples <= CHUNK_SAMPLES for each in chunks),
        "chunks overlap": all(before.end <= after.position for before, after in pairwise(chunks)),
        "audio is missing where no gap is stated": _covered(manifest),
        "a beep or gap lies outside": all(0 <= start < end <= manifest.samples for start, end in spans),
        "its waveform is not of its length": len(manifest.waveform.customer) == len(manifest.waveform.agent) == steps,
    }
    return next((fault for fault, holds in checks.items() if not holds), None)


def _covered(manifest: Manifest) -> bool:
    """Whether chunks and gaps reach from the start to exactly the end."""
    stretches = [(chunk.position, chunk.end) for chunk in manifest.chunks]
    stretches += [(gap.start, gap.end) for gap in manifest.gaps]
    here = 0
    for start, end in sorted(stretches):
        if start > here:
            return False
        here = max(here, end)
    return here == manifest.samples
