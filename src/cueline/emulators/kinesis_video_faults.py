"""What the emulated Kinesis Video Streams does wrong, and when. Pure.

A faults file is a JSON list of objects such as ``{"kind": "drop_connection", "atMs": 5000, "everyMs": 5000}``. Times
are media time of the recording that plays on the stream, counted anew for each recording.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from cueline.kernel.errors import InputError
from cueline.kernel.ids import contact_id

FAULT_KINDS: Final[dict[str, str]] = {
    "drop_connection": "cuts a GetMedia connection in the middle of the fragment [everyMs, times]",
    "end_session": "ends a GetMedia session normally before the fragment, as after 45 minutes [everyMs, times]",
    "truncate": "ends a GetMedia session normally, but in the middle of the fragment [everyMs, times]",
    "garbage": "sends the fragment with damaged bytes [everyMs, times]",
    "error_tag": "writes error tags instead of the fragment and ends the session [id, code, everyMs, times]",
    "refuse": "refuses a request once the media sent has reached that time [error, operation, times]",
    "gap": "leaves fragments out though their time goes by [fragments, everyMs]",
    "repeat": "sends fragments twice [fragments, everyMs]",
    "tagless": "sends fragments without Connect's tags [fragments, everyMs]",
    "delay": "releases the fragment, and what follows until then, so many milliseconds late [ms, everyMs]",
    "next_contact": "stops the recording there; another contact's tone follows on the stream [contactId, ms]",
}
"""Every kind with one sentence; in brackets what else may be said of it."""

ERROR_STATUS: Final[dict[str, int]] = {
    "ResourceNotFoundException": 404,
    "NotAuthorizedException": 401,
    "InvalidEndpointException": 400,
    "ClientLimitExceededException": 400,
    "ConnectionLimitExceededException": 400,
    "InvalidArgumentException": 400,
}
"""The errors that the API references of GetMedia and of the archived media document, with their HTTP status."""

ERROR_CODES: Final[dict[int, str]] = {
    3000: "FRAGMENT_NOT_FOUND",
    3002: "WRITING_STREAM_FAILED",
    4000: "FRAGMENT_NOT_FOUND",
    4500: "KMS_KEY_ACCESS_DENIED",
    4501: "KMS_KEY_DISABLED",
    4502: "KMS_KEY_VALIDATION_ERROR",
    4503: "KMS_KEY_UNAVAILABLE",
    4504: "KMS_KEY_INVALID_USAGE",
    4505: "KMS_KEY_INVALID_STATE",
    4506: "KMS_KEY_NOT_FOUND",
    5000: "INTERNAL_ERROR",
}
"""Ids that may stand in a stream's error tags. GetMedia's reference documents the ids from 3002 on and says in words
what they mean; how the codes are spelt is ours, but for FRAGMENT_NOT_FOUND (with 3000), known from captures."""

OPERATIONS: Final = (
    "GetMedia",
    "GetDataEndpoint",
    "DescribeStream",
    "ListFragments",
    "GetMediaForFragmentList",
    "UpdateDataRetention",
    "DeleteStream",
)
"""Operations on one stream: those that can be refused."""

_EXTRAS: Final[dict[str, frozenset[str]]] = {
    "drop_connection": frozenset({"every_ms", "times"}),
    "end_session": frozenset({"every_ms", "times"}),
    "truncate": frozenset({"every_ms", "times"}),
    "garbage": frozenset({"every_ms", "times"}),
    "error_tag": frozenset({"id", "code", "every_ms", "times"}),
    "refuse": frozenset({"error", "operation", "times"}),
    "gap": frozenset({"fragments", "every_ms"}),
    "repeat": frozenset({"fragments", "every_ms"}),
    "tagless": frozenset({"fragments", "every_ms"}),
    "delay": frozenset({"ms", "every_ms"}),
    "next_contact": frozenset({"contact_id", "ms"}),
}
_SESSION_KINDS: Final = frozenset({"drop_connection", "end_session", "truncate", "garbage", "error_tag"})
_ALWAYS: Final = frozenset({"kind", "at_ms", "at_fragment", "stream"})


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """One thing that goes wrong.

    - at_ms or at_fragment: media time in milliseconds, or index of the fragment from 0; exactly one of them.
    - kind: one of ``FAULT_KINDS``.
    - every_ms: again after every so many milliseconds of media.
    - times: how often it happens in each place before the stream is well again.
    - ms: of ``delay`` (wall time), of ``next_contact`` (how long it is heard; 5000 when not said).
    - fragments: how many fragments in a row.
    - error, operation: of ``refuse``; one of ``ERROR_STATUS`` (with or without "Exception"), of ``OPERATIONS``.
    - id, code: of ``error_tag``; the code that belongs to the id when not said.
    - contact_id: of ``next_contact``.
    - stream: only on the stream of this name; on every stream when not said.
    """

    kind: str
    at_ms: int | None = None
    at_fragment: int | None = None
    every_ms: int | None = None
    times: int = 1
    ms: int | None = None
    fragments: int = 1
    error: str | None = None
    operation: str = "GetMedia"
    id: int = 5000
    code: str | None = None
    contact_id: str | None = None
    stream: str | None = None

    @property
    def error_name(self) -> str:
        """The refusal's name as it goes over the wire."""
        name = self.error or ""
        return name if name.endswith("Exception") else f"{name}Exception"

    @property
    def error_code(self) -> str:
        """The text of the error tag."""
        return self.code if self.code is not None else ERROR_CODES[self.id]


class Slot(msgspec.Struct, frozen=True):
    """A fragment's place in the recording: its index, and media time from its begin up to its end (milliseconds).

    Where fragments are missing before it, it answers for their places too: ``first_index`` and ``from_ms`` say from
    where on.
    """

    first_index: int
    index: int
    from_ms: int
    start_ms: int
    end_ms: int


def parse_faults(data: bytes) -> tuple[Fault, ...]:
    """Reads a faults file; ``InputError`` says which entry is wrong and how."""
    try:
        entries = msgspec.json.decode(data, type=list[msgspec.Raw])
    except msgspec.DecodeError:
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
        if fault.kind not in FAULT_KINDS:
            raise InputError(f"fault {position}: unknown kind; known are {', '.join(FAULT_KINDS)}")
        wrong = _what_is_wrong(fault) or _what_is_missing(fault)
        if wrong is not None:
            raise InputError(f"fault {position}: {wrong}")
    return checked


def _what_is_wrong(fault: Fault) -> str | None:
    if (fault.at_ms is None) == (fault.at_fragment is None):
        return "say either atMs or atFragment"
    if min(fault.at_ms or 0, fault.at_fragment or 0) < 0:
        return "atMs and atFragment count from 0"
    if fault.every_ms is not None and (fault.every_ms < 1 or fault.at_ms is None):
        return "everyMs must be positive and goes with atMs"
    if fault.times < 1 or fault.fragments < 1 or (fault.ms is not None and fault.ms < 1):
        return "times, fragments and ms must be positive"
    foreign = _said(fault) - _ALWAYS - _EXTRAS[fault.kind]
    if foreign:
        return f"{fault.kind} takes no {', '.join(sorted(_camel(name) for name in foreign))}"
    return None


def _what_is_missing(fault: Fault) -> str | None:
    try:
        contact_id(fault.contact_id or "none")
    except InputError as error:
        return str(error)
    if fault.kind == "delay" and fault.ms is None:
        return "delay needs ms"
    if fault.kind == "refuse" and fault.error_name not in ERROR_STATUS:
        return f"refuse needs error, one of {', '.join(ERROR_STATUS)}"
    if fault.operation not in OPERATIONS:
        return f"operation must be one of {', '.join(OPERATIONS)}"
    if fault.kind == "error_tag" and fault.code is None and fault.id not in ERROR_CODES:
        return f"error_tag needs code, or an id out of {', '.join(str(known) for known in ERROR_CODES)}"
    return None


def _said(fault: Fault) -> set[str]:
    fields = msgspec.structs.fields(fault)
    return {field.name for field in fields if getattr(fault, field.name) != field.default}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def occurrence_ms(fault: Fault, slot: Slot) -> int | None:
    """At which media time the fault happens within the slot; ``None`` when it does not."""
    if fault.at_ms is None:
        at = fault.at_fragment
        return slot.start_ms if at is not None and slot.first_index <= at <= slot.index else None
    at_ms = fault.at_ms
    if at_ms < slot.from_ms and fault.every_ms is not None:
        at_ms += -(-(slot.from_ms - at_ms) // fault.every_ms) * fault.every_ms
    return at_ms if slot.from_ms <= at_ms < slot.end_ms else None


def marked_slots(faults: Sequence[Fault], kind: str, slots: Sequence[Slot]) -> set[int]:
    """Indexes of the fragments that faults of ``kind`` mean, their run of ``fragments`` included."""
    return {
        slot.index + run
        for fault in faults
        if fault.kind == kind
        for slot in slots
        if occurrence_ms(fault, slot) is not None
        for run in range(fault.fragments)
    }


class Firing(msgspec.Struct, frozen=True):
    """A session's fault that happens now. ``share``: how far into the fragment, from 0 to 1."""

    fault: Fault
    share: float


class SessionFaults:
    """The faults of GetMedia sessions while one recording plays; each happens ``times`` times in a place."""

    __slots__ = ("_faults", "_fired")

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = tuple(fault for fault in faults if fault.kind in _SESSION_KINDS)
        self._fired: dict[tuple[int, int], int] = {}

    def fire(self, slot: Slot) -> list[Firing]:
        """What goes wrong for the session that is about to send this fragment; it counts as having happened."""
        firings = []
        for position, fault in enumerate(self._faults):
            at_ms = occurrence_ms(fault, slot)
            if at_ms is None or self._fired.get((position, at_ms), 0) >= fault.times:
                continue
            self._fired[position, at_ms] = self._fired.get((position, at_ms), 0) + 1
            length_ms = max(1, slot.end_ms - slot.start_ms)
            share = 0.5 if fault.at_ms is None else max(0, at_ms - slot.start_ms) / length_ms
            firings.append(Firing(fault, share))
        return firings


class Refusals:
    """The requests on one stream that are refused, once the media sent has come to the fault's time."""

    __slots__ = ("_faults", "_left")

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = tuple(fault for fault in faults if fault.kind == "refuse")
        self._left = [fault.times for fault in self._faults]

    def take(self, operation: str, *, sent_ms: int, sent_fragments: int) -> str | None:
        """The error's name when this request is refused; it counts as having happened."""
        for position, fault in enumerate(self._faults):
            reached = sent_ms >= fault.at_ms if fault.at_ms is not None else sent_fragments >= (fault.at_fragment or 0)
            if reached and fault.operation == operation and self._left[position]:
                self._left[position] -= 1
                return fault.error_name
        return None
