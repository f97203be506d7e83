"""Frames between the call process and its Presidio workers, over anonymous pipes.

A frame is its length (4 bytes, big-endian), one byte of kind, the number of the turn it belongs to (4 bytes), and a
body. Words cross here before redaction: the pipe has no name and both ends belong to the call process, which is inside
the privacy boundary. What comes back are places and kinds, never words.
"""

import struct
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from cueline.kernel.errors import CuelineError

HEAD: Final = struct.Struct(">IBI")
MAX_BODY_BYTES: Final = 1 << 20

# To the worker.
FIND: Final = 1

# From the worker.
READY: Final = 16
FOUND: Final = 17
FAILED: Final = 18
REFUSED: Final = 19

# Why a worker refuses to begin.
NOT_INSTALLED: Final = b"not_installed"
NO_MODEL: Final = b"no_model"


class FrameError(CuelineError):
    """The other end sent something that is no frame of ours. The message quotes nothing."""

    code = "worker_frame"


class Span(NamedTuple):
    """Words ``first`` to ``last`` of the turn, both included, and what they are."""

    first: int
    last: int
    type: str


_turn = msgspec.json.Decoder(list[str])
_spans = msgspec.json.Decoder(list[tuple[int, int, str]])


def frame(kind: int, number: int = 0, body: bytes = b"") -> bytes:
    """One frame."""
    return HEAD.pack(len(body), kind, number) + body


def turn(number: int, words: Sequence[str]) -> bytes:
    """A turn's words as a frame. Raises FrameError for one that is too long, or is no text."""
    try:
        body = msgspec.json.encode(list(words))
    except (msgspec.MsgspecError, UnicodeError):
        raise FrameError("a turn cannot be encoded") from None
    if len(body) > MAX_BODY_BYTES:
        raise FrameError("a turn is too long for a worker")
    return frame(FIND, number, body)


def read_turn(body: bytes) -> list[str]:
    """The words of a turn. Raises FrameError."""
    try:
        return _turn.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise FrameError("a turn cannot be read") from None


def found(number: int, spans: Sequence[Span]) -> bytes:
    """What was found in a turn, as a frame."""
    return frame(FOUND, number, msgspec.json.encode(list(spans)))


def read_found(body: bytes) -> list[Span]:
    """The inverse of ``found``. Raises FrameError."""
    try:
        return [Span(*span) for span in _spans.decode(body)]
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise FrameError("a worker's findings cannot be read") from None


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
