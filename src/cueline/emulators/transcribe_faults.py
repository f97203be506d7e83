"""What the emulated Transcribe does wrong, and when. Pure.

A faults file is a JSON list of objects such as ``{"kind": "cut", "atMs": 5000, "everyMs": 7000}``. Times are those of
the session's audio; each session counts anew, ``times`` counts over all sessions.
"""

import math
from collections.abc import Sequence
from typing import Final

import msgspec

from cueline.kernel.errors import InputError

FAULT_KINDS: Final[dict[str, str]] = {
    "refuse": "answers the opening of a stream with an HTTP status (status, times)",
    "exception": "sends an exception and closes the stream (name, everyMs, times)",
    "cut": "cuts the connection without a word (everyMs, times)",
    "close": "closes the stream in good order, before its end (everyMs, times)",
    "stall": "gives nothing for so many milliseconds, for good when not said (ms, everyMs, times)",
    "slow": "gives every later result so many milliseconds late (ms, times)",
    "duplicate_final": "sends the next final twice (everyMs, times)",
    "out_of_order": "sends the next final before the hypothesis that precedes it (everyMs, times)",
    "bad_crc": "sends a frame with a wrong checksum (everyMs, times)",
    "garbage": "sends bytes that are no frame (everyMs, times)",
}
"""Every kind with one sentence; in brackets what else may be said of it."""

EXCEPTIONS: Final[dict[str, tuple[int, str]]] = {
    "BadRequestException": (400, "One or more arguments to the operation were not valid."),
    "LimitExceededException": (429, "Your client has exceeded one of the Amazon Transcribe limits."),
    "ConflictException": (
        409,
        "A new stream started with the same session ID. The current stream has been terminated.",
    ),
    "InternalFailureException": (500, "A problem occurred while processing the audio. Processing terminated."),
    "ServiceUnavailableException": (503, "The service is currently unavailable. Try your request later."),
}
"""The exceptions of the operation's reference, each with its HTTP status and a message."""

_EXTRAS: Final[dict[str, frozenset[str]]] = {
    "refuse": frozenset({"status"}),
    "exception": frozenset({"name", "every_ms"}),
    "cut": frozenset({"every_ms"}),
    "close": frozenset({"every_ms"}),
    "stall": frozenset({"ms", "every_ms"}),
    "slow": frozenset({"ms"}),
    "duplicate_final": frozenset({"every_ms"}),
    "out_of_order": frozenset({"every_ms"}),
    "bad_crc": frozenset({"every_ms"}),
    "garbage": frozenset({"every_ms"}),
}
_ALWAYS: Final = frozenset({"kind", "at_ms", "at_fragment", "times"})
_MAX_FAULTS: Final = 1_000
_MAX_MS: Final = 24 * 3_600_000


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel", omit_defaults=True):
    """One thing that goes wrong.

    at_ms, or at_fragment: how much of the session's audio has come, in milliseconds or in frames; for ``refuse``
    neither matters. every_ms: again after so much more. times: how often over all sessions; None is without end.
    ms: how long, of ``stall`` and ``slow``. name: of an exception. status: of a refusal.
    """

    kind: str
    at_ms: int | None = None
    at_fragment: int | None = None
    every_ms: int | None = None
    times: int | None = 1
    ms: int | None = None
    name: str | None = None
    status: int | None = None


def read_faults(raw: bytes) -> tuple[Fault, ...]:
    """Reads a faults file. Raises InputError, which says which fault is wrong."""
    try:
        faults = msgspec.json.decode(raw, type=list[Fault])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise InputError(
            'faults are a JSON list of {"kind", "atMs" or "atFragment", ...}: see cueline emulate transcribe --help'
        ) from None
    check_faults(faults)
    return tuple(faults)


def check_faults(faults: Sequence[Fault]) -> None:
    """Raises InputError for faults that make no sense."""
    if len(faults) > _MAX_FAULTS:
        raise InputError(f"{len(faults)} faults; at most {_MAX_FAULTS} are read")
    for number, fault in enumerate(faults, 1):
        problem = _problem(fault)
        if problem:
            raise InputError(f"fault {number}: {problem}")


def _problem(fault: Fault) -> str:
    if fault.kind not in FAULT_KINDS:
        return f"unknown kind; there are {', '.join(FAULT_KINDS)}"
    given = {name for name in fault.__struct_fields__ if getattr(fault, name) is not None}
    more = given - _ALWAYS - _EXTRAS[fault.kind]
    numbers = (fault.at_ms, fault.at_fragment, fault.ms, fault.every_ms)
    checks = (
        (bool(more), f"{fault.kind} takes no {', '.join(sorted(more))}"),
        (fault.at_ms is not None and fault.at_fragment is not None, "give atMs or atFragment, not both"),
        (any(number is not None and not 0 <= number <= _MAX_MS for number in numbers), "a time lies out of bounds"),
        (fault.every_ms is not None and fault.every_ms < 100, "everyMs must be 100 or more"),
        (fault.times is not None and fault.times < 1, "times must be 1 or more"),
        (fault.kind == "exception" and fault.name not in EXCEPTIONS, f"name must be one of {', '.join(EXCEPTIONS)}"),
        (fault.kind == "slow" and fault.ms is None, "slow needs ms"),
        (fault.kind == "refuse" and not 400 <= (fault.status or 503) <= 599, "status must be 400 to 599"),
    )
    return next((message for wrong, message in checks if wrong), "")


class FaultBook:
    """How often each fault may still happen, over all sessions."""

    __slots__ = ("_left", "faults")

    def __init__(self, faults: Sequence[Fault]) -> None:
        check_faults(faults)
        self.faults = tuple(faults)
        self._left = [math.inf if fault.times is None else fault.times for fault in faults]

    def take(self, index: int) -> bool:
        """Whether the fault happens now; it then counts."""
        if self._left[index] <= 0:
            return False
        self._left[index] -= 1
        return True

    def refusal(self) -> int | None:
        """The HTTP status with which the next stream is refused, if it is."""
        for index, fault in enumerate(self.faults):
            if fault.kind == "refuse" and self.take(index):
                return fault.status or 503
        return None


class SessionFaults:
    """The faults of one session, in the order of its audio."""

    __slots__ = ("_book", "_next_ms")

    def __init__(self, book: FaultBook) -> None:
        self._book = book
        self._next_ms: list[float] = [
            math.inf if fault.kind == "refuse" else float(fault.at_ms or 0) for fault in book.faults
        ]

    def due(self, audio_ms: int, frames: int) -> list[Fault]:
        """Those that happen now that so much audio has come."""
        return [fault for index, fault in enumerate(self._book.faults) if self._due(index, fault, audio_ms, frames)]

    def _due(self, index: int, fault: Fault, audio_ms: int, frames: int) -> bool:
        if audio_ms < self._next_ms[index] or frames <= (fault.at_fragment or 0):
            return False
        self._next_ms[index] = audio_ms + fault.every_ms if fault.every_ms is not None else math.inf
        return self._book.take(index)
