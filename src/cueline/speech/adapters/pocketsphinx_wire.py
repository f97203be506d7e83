"""Frames between the call process and its PocketSphinx workers, over anonymous pipes.

A frame is its length (4 bytes, big-endian), one byte of kind, and a body. Words cross here before redaction: the pipe
has no name and both ends belong to the call process, which is inside the privacy boundary.
"""

import struct
from typing import Any, Final, NamedTuple

import msgspec

from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CHANNELS, Channel

HEAD: Final = struct.Struct(">IB")
MAX_BODY_BYTES: Final = 8 << 20

# To the worker.
AUDIO: Final = 1
FINISH: Final = 2
RESET: Final = 3

# From the worker.
READY: Final = 16
PARTIAL: Final = 17
FINAL: Final = 18
HEARD: Final = 19
OVER: Final = 20

_POSITIONS = struct.Struct(">Bqq")


class FrameError(CuelineError):
    """The other end sent something that is no frame of ours."""

    code = "worker_frame"


class WireWord(NamedTuple):
    """A word with its place in samples since the session's first sample."""

    text: str
    start: int
    end: int


class WireReport(NamedTuple):
    """A report of the worker. For HEARD: how far it has heard; settled as everywhere, in the session's samples."""

    kind: int
    channel: Channel
    heard: int
    settled: int
    endpoint: bool
    words: tuple[WireWord, ...]


_words = msgspec.json.Decoder(list[tuple[str, int, int]])


def frame(kind: int, body: bytes = b"") -> bytes:
    """One frame."""
    return HEAD.pack(len(body), kind) + body


def audio(customer: bytes, agent: bytes) -> bytes:
    """Equally long PCM of both channels."""
    return frame(AUDIO, customer + agent)


def split_audio(body: bytes) -> dict[Channel, bytes]:
    """The inverse of ``audio``."""
    half = len(body) // 2
    return {"customer": body[:half], "agent": body[half:]}


def report(
    kind: int,
    channel: Channel,
    *,
    heard: int,
    settled: int,
    endpoint: bool = False,
    words: list[WireWord] | None = None,
) -> bytes:
    """A report of the worker as a frame."""
    head = _POSITIONS.pack(CHANNELS.index(channel) | endpoint << 1, heard, settled)
    return frame(kind, head + msgspec.json.encode(words or []))


def read_report(kind: int, body: bytes) -> WireReport:
    """The inverse of ``report``. Raises FrameError, which quotes nothing."""
    try:
        flags, heard, settled = _POSITIONS.unpack_from(body)
        words = _words.decode(body[_POSITIONS.size :])
    except (struct.error, msgspec.MsgspecError, UnicodeDecodeError):
        raise FrameError("a PocketSphinx worker sent a report that cannot be read") from None
    return WireReport(
        kind, CHANNELS[flags & 1], heard, settled, bool(flags & 2), tuple(WireWord(*word) for word in words)
    )


def read_exactly(stream: Any, count: int) -> bytes | None:
    """``count`` bytes of a blocking binary stream; None when it ends before."""
    parts = []
    while count:
        part = stream.read(count)
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
