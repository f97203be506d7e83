"""A recording as one WAV file that nobody ever has in one piece: any of its bytes comes from a few samples. Pure."""

import struct
from typing import Final

from cueline.events.recording import SAMPLE_RATE_HZ

CHANNEL_COUNT: Final = 2
FRAME_BYTES: Final = 2 * CHANNEL_COUNT
"""Bytes of one sample of both channels: 16 bits each."""

HEADER_BYTES: Final = 44
SAMPLES_MAX: Final = (2**32 - 1 - HEADER_BYTES) // FRAME_BYTES
"""What the format's own counts can say: 37 hours."""

_HEADER: Final = struct.Struct("<4sI4s4sIHHIIHH4sI")
_PCM: Final = 1


def wav_length(samples: int) -> int:
    """Bytes of the file of so many samples per channel."""
    return HEADER_BYTES + samples * FRAME_BYTES


def wav_header(samples: int) -> bytes:
    """The file's beginning: stereo (customer left, agent right), 16 bits, 8000 Hz.

    Raises ValueError past SAMPLES_MAX.
    """
    if not 0 <= samples <= SAMPLES_MAX:
        raise ValueError(f"a WAV file holds at most {SAMPLES_MAX} samples of both channels")
    data = samples * FRAME_BYTES
    return _HEADER.pack(
        b"RIFF", HEADER_BYTES - 8 + data, b"WAVE", b"fmt ", 16, _PCM, CHANNEL_COUNT, SAMPLE_RATE_HZ,
        SAMPLE_RATE_HZ * FRAME_BYTES, FRAME_BYTES, 8 * FRAME_BYTES // CHANNEL_COUNT, b"data", data,
    )  # fmt: skip


def samples_of(start: int, end: int) -> tuple[int, int]:
    """The half-open samples that bytes ``start`` to ``end`` of the file touch; none for the header alone."""
    first = max(0, start - HEADER_BYTES) // FRAME_BYTES
    last = -(-max(0, end - HEADER_BYTES) // FRAME_BYTES)
    return first, max(first, last)
