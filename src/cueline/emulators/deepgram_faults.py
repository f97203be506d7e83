"""What the emulated Deepgram does wrong, and when. Pure.

A faults file is a JSON list of objects such as ``{"kind": "cut", "atMs": 7000, "everyMs": 7000}``. Times are
milliseconds of audio that a socket has heard, counted anew for each socket.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from cueline.kernel.errors import InputError

FAULT_KINDS: Final[dict[str, str]] = {
    "close": "closes the socket with a documented code (code: NET-0000, NET-0001 or DATA-0000)",
    "cut": "cuts the connection without a word",
    "die": "cuts the connection, and refuses every one after it with status 503",
    "error": "sends an Error message (code)",
    "refuse": "refuses connections from then on that any socket has heard so much, all where atMs is 0 (status)",
    "stall": "says nothing for so much audio, then all of it; for ever where ms is not said (ms)",
    "slow": "says everything so much later, from then on (ms)",
    "swap": "says a final after the message that follows it",
    "duplicate": "says a final twice",
    "garbage": "sends half a message",
    "deaf_to_pauses": "sees no endpoint from then on, as in noise",
}
"""Every kind with one sentence; in brackets what else is said of it. All take everyMs and times."""

CLOSE_CODES: Final[dict[str, tuple[int, str]]] = {
    "NET-0000": (1011, "NET-0000: The service has not transmitted a message to the client within the timeout window."),
    "NET-0001": (1011, "NET-0001: The service has not received a message from the client within the timeout window."),
    "DATA-0000": (1008, "DATA-0000: The payload cannot be decoded as audio."),
}
"""Close frames that the vendor documents: code and reason. The reasons' wording is ours, the codes are the vendor's."""

STATUSES: Final = (400, 401, 402, 403, 429, 500, 503)

_EXTRAS: Final[dict[str, frozenset[str]]] = {
    "close": frozenset({"code"}),
    "error": frozenset({"code"}),
    "refuse": frozenset({"status"}),
    "stall": frozenset({"ms"}),
    "slow": frozenset({"ms"}),
}


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """One thing that goes wrong.

    - at_ms: audio that the socket has heard by then.
    - every_ms: again after every so much audio of the same socket.
    - times: how often over all sockets; for ever when not said.
    - ms: of ``stall`` (audio) and ``slow`` (wall time). code: of ``close`` and ``error``. status: of ``refuse``.
    """

    kind: str
    at_ms: int
    every_ms: int | None = None
    times: int | None = None
    ms: int | None = None
    code: str | None = None
    status: int | None = None


def parse_faults(data: bytes) -> tuple[Fault, ...]:
    """Reads a faults file; ``InputError`` says which entry is wrong and how."""
    try:
        entries = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InputError("the faults file must be a JSON list of objects") from None
    faults = []
    for position, entry in enumerate(entries, start=1):
        try:
            faults.append(msgspec.json.decode(entry, type=Fault))
        except msgspec.DecodeError as error:
            raise InputError(f"fault {position}: {error}") from None
    return checked_faults(faults)


def checked_faults(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults, when each makes sense; else ``InputError``."""
    checked = tuple(faults)
    for position, fault in enumerate(checked, start=1):
        wrong = _what_is_wrong(fault)
        if wrong is not None:
            raise InputError(f"fault {position}: {wrong}")
    return checked


def _what_is_wrong(fault: Fault) -> str | None:
    if fault.kind not in FAULT_KINDS:
        return f"unknown kind; known are {', '.join(FAULT_KINDS)}"
    if fault.at_ms < 0 or any(value is not None and value < 1 for value in (fault.every_ms, fault.times, fault.ms)):
        return "atMs counts from 0; everyMs, times and ms must be positive"
    said = {name for name in ("ms", "code", "status") if getattr(fault, name) is not None}
    foreign = said - _EXTRAS.get(fault.kind, frozenset())
    if foreign:
        return f"{fault.kind} takes no {', '.join(sorted(foreign))}"
    return _what_is_missing(fault)


def _what_is_missing(fault: Fault) -> str | None:
    if fault.kind == "close" and fault.code not in CLOSE_CODES:
        return f"close needs code, one of {', '.join(CLOSE_CODES)}"
    if fault.kind == "slow" and fault.ms is None:
        return "slow needs ms"
    if fault.kind == "refuse" and (fault.status not in STATUSES or fault.every_ms is not None):
        return f"refuse needs status, one of {', '.join(map(str, STATUSES))}, and takes no everyMs"
    return None


class FaultPlan:
    """The faults of one emulator; counts over all its sockets."""

    __slots__ = ("_faults", "_heard_ms", "_left", "dead")

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = checked_faults(faults)
        self._left = [fault.times for fault in self._faults]
        self._heard_ms = 0
        self.dead = False

    def due(self, from_ms: float, to_ms: float) -> list[Fault]:
        """What goes wrong for a socket whose audio goes on from one time to another; it counts as having happened."""
        self._heard_ms = max(self._heard_ms, int(to_ms))
        return [
            fault
            for position, fault in enumerate(self._faults)
            if fault.kind != "refuse" and _falls(fault, from_ms, to_ms) and self._spend(position)
        ]

    def refusal(self) -> int | None:
        """The status that the next connection is refused with; None when it is taken."""
        if self.dead:
            return 503
        for position, fault in enumerate(self._faults):
            if fault.kind == "refuse" and self._heard_ms >= fault.at_ms and self._spend(position):
                return fault.status
        return None

    def _spend(self, position: int) -> bool:
        left = self._left[position]
        if left is None:
            return True
        self._left[position] = max(0, left - 1)
        return left > 0


def _falls(fault: Fault, from_ms: float, to_ms: float) -> bool:
    at_ms = fault.at_ms
    if at_ms < from_ms and fault.every_ms is not None:
        at_ms += int(-((at_ms - from_ms) // fault.every_ms)) * fault.every_ms
    return from_ms <= at_ms < to_ms
