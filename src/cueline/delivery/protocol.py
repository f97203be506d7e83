"""Messages of ``/v1/live``. Pure.

Client: first ``{"resume": sequence|null}``, then ``{"ack": sequence}`` about once a second. A client that never
acknowledges is served as long as its socket drains. Server: one event a text frame, and a heartbeat.
"""

from typing import TypeVar

import msgspec

from cueline.kernel.errors import InputError

MAX_CLIENT_MESSAGE_BYTES = 1_024
HEARTBEAT_S = 15.0

CLOSE_TOKEN = 4401
CLOSE_FORBIDDEN = 4403
CLOSE_UNKNOWN_CALL = 4404
CLOSE_TOO_SLOW = 4408
CLOSE_TOO_MANY = 4429
CLOSE_BAD_MESSAGE = 1008
CLOSE_GOING_AWAY = 1001


class BadMessageError(InputError):
    """A client message that is none of ours."""

    code = "bad_message"


class Resume(msgspec.Struct, frozen=True):
    """The first message: the newest sequence that the client has, or null for the call from its start."""

    resume: int | None


class Acknowledge(msgspec.Struct, frozen=True):
    """The newest sequence that the client has shown."""

    ack: int


_T = TypeVar("_T")

_resumes = msgspec.json.Decoder(Resume)
_acknowledges = msgspec.json.Decoder(Acknowledge)


def read_resume(message: bytes) -> Resume:
    """Raises BadMessageError."""
    resume = _read(_resumes, message)
    if resume.resume is not None and resume.resume < 0:
        raise BadMessageError("resume is a sequence, 0 or greater, or null")
    return resume


def read_acknowledge(message: bytes) -> Acknowledge:
    """Raises BadMessageError."""
    return _read(_acknowledges, message)


def heartbeat(sequence: int) -> str:
    """Says that the server is there, and the newest sequence that it sent."""
    return msgspec.json.encode({"kind": "Heartbeat", "sequence": sequence}).decode()


def _read(decoder: msgspec.json.Decoder[_T], message: bytes) -> _T:
    if len(message) > MAX_CLIENT_MESSAGE_BYTES:
        raise BadMessageError(f"a message has at most {MAX_CLIENT_MESSAGE_BYTES} bytes")
    try:
        return decoder.decode(message)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BadMessageError('expected {"resume": sequence|null} first, then {"ack": sequence}') from None
