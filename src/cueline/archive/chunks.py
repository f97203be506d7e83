"""Chunks of a recording as they are stored: at most 10 s of beeped stereo audio, encoded, then sealed.

The layout, byte by byte, is in docs/recordings.md. The header is in clear, so that a folder of objects can be told
apart without a database; all of it is authenticated, as are tenant and call.
"""

import hashlib
import struct
from typing import Final

import msgspec

from cueline.archive.codecs import FRAME_BYTES, AudioRefusedError, decode, encode, frames_in
from cueline.archive.sealing import ADDED_BYTES, ChunkRefusedError, opened, refused, sealed
from cueline.events.recording import CHUNK_SAMPLES, Codec
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId

__all__ = ["CHUNK_BYTES_MAX", "ChunkContext", "ChunkRefusedError", "digest", "open_chunk", "seal_chunk"]

MAGIC: Final = b"CLRC"
VERSION: Final = 1
_HEADER: Final = struct.Struct(">4sBBIIQI")
"""Magic, version, codec, number, revision, position, samples."""

_CODEC_BYTES: Final[dict[Codec, int]] = {"flac": 1, "opus": 2}
_CODECS: Final[dict[int, Codec]] = {number: codec for codec, number in _CODEC_BYTES.items()}
_ENCODING_BYTES_MAX: Final = 64 * 1_024
"""What an encoding may have beyond the samples themselves: FLAC keeps what it cannot compress as it is."""

CHUNK_BYTES_MAX: Final = _HEADER.size + ADDED_BYTES + CHUNK_SAMPLES * FRAME_BYTES + _ENCODING_BYTES_MAX


class ChunkContext(msgspec.Struct, frozen=True):
    """Which chunk it is. position and samples count per channel; see ``events.recording.RecordingChunk``."""

    tenant: TenantId
    call_id: CallId
    number: int
    revision: int
    position: int
    samples: int


def seal_chunk(pcm: bytes, *, context: ChunkContext, codec: Codec, data_key: bytes) -> bytes:
    """The object to store. pcm: ``context.samples`` of stereo, interleaved; already beeped.

    The same chunk sealed again makes another object (see ``archive.sealing``), so its digest changes. Keeps the
    processor busy: call it in a thread. Raises InputError for audio that is not of that length, or too long.
    """
    if not 0 < context.samples <= CHUNK_SAMPLES or frames_in(pcm) != context.samples:
        raise InputError(f"a chunk has 1 to {CHUNK_SAMPLES} samples, as many as its context says")
    return sealed(
        encode(pcm, codec),
        header=_header(context, _CODEC_BYTES[codec]),
        tenant=context.tenant,
        call_id=context.call_id,
        data_key=data_key,
    )


def open_chunk(body: bytes, *, context: ChunkContext, data_key: bytes) -> bytes:
    """The pcm of a stored chunk, if it is that very chunk. Raises ChunkRefusedError, whatever is wrong.

    Keeps the processor busy: call it in a thread.
    """
    if not _HEADER.size + ADDED_BYTES < len(body) <= CHUNK_BYTES_MAX or not 0 < context.samples <= CHUNK_SAMPLES:
        raise refused()
    codec = _CODECS.get(body[5])
    if codec is None:
        raise refused()
    try:
        header = _header(context, body[5])
        content = opened(body, header=header, tenant=context.tenant, call_id=context.call_id, data_key=data_key)
        return decode(content, codec, samples=context.samples)
    except (InputError, AudioRefusedError):
        raise refused() from None


def digest(body: bytes) -> str:
    """SHA-256 of an object as it is stored, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def _header(context: ChunkContext, codec: int) -> bytes:
    try:
        return _HEADER.pack(MAGIC, VERSION, codec, context.number, context.revision, context.position, context.samples)
    except struct.error:
        raise InputError("number, revision or position of the chunk is out of range") from None
