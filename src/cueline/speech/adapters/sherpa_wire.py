"""Frames between the call process and a sherpa-onnx worker, which serves many sessions.

A frame is its length (4 bytes, big-endian), one byte of kind, the session's number (4 bytes) and a body. Audio and
reports are those of ``pocketsphinx_wire``. The pipe has no name and both ends belong to the call process.
"""

import struct
from typing import Final

from cueline.speech.adapters.pocketsphinx_wire import (
    FINAL,
    HEARD,
    MAX_BODY_BYTES,
    PARTIAL,
    FrameError,
    WireReport,
    WireWord,
    read_exactly,
    read_report,
    report,
    split_audio,
)

__all__ = [
    "AUDIO",
    "CLOSE",
    "FINAL",
    "FINISH",
    "HEAD",
    "HEARD",
    "MAX_BODY_BYTES",
    "OPEN",
    "OVER",
    "PARTIAL",
    "READY",
    "FrameError",
    "WireReport",
    "WireWord",
    "audio",
    "channel_report",
    "frame",
    "read_exactly",
    "read_report",
    "split_audio",
]

HEAD: Final = struct.Struct(">IBI")

# To the worker.
OPEN: Final = 1
AUDIO: Final = 2
FINISH: Final = 3
CLOSE: Final = 4

# From the worker; PARTIAL, FINAL and HEARD beside these.
READY: Final = 32
OVER: Final = 33

_REPORT_HEAD: Final = 5


def frame(kind: int, session: int, body: bytes = b"") -> bytes:
    """One frame."""
    return HEAD.pack(len(body), kind, session) + body


def audio(session: int, customer: bytes, agent: bytes) -> bytes:
    """Equally long PCM of both channels."""
    return frame(AUDIO, session, customer + agent)


def channel_report(session: int, heard: WireReport) -> bytes:
    """A report of the worker as a frame."""
    whole = report(
        heard.kind,
        heard.channel,
        heard=heard.heard,
        settled=heard.settled,
        endpoint=heard.endpoint,
        words=list(heard.words),
    )
    return frame(heard.kind, session, whole[_REPORT_HEAD:])
