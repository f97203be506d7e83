"""Whether a call is recorded at a moment of it: consent, pauses, and what the contact's attributes say. Pure."""

from bisect import insort
from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from cueline.events.catalogue import EventPayload, UnknownPayload
from cueline.events.recording import GapCause
from cueline.events.retention import ConsentGiven, ConsentWithdrawn, RecordingPaused, RecordingResumed

RECORD_ATTRIBUTE: Final = "cueline_record"
CONSENT_ATTRIBUTE: Final = "cueline_consent"

_YES: Final = frozenset({"yes", "y", "true", "1", "on", "given", "granted"})

Act = Literal["paused", "resumed", "consented", "withdrawn"]
_ACTS: Final[dict[type, Act]] = {
    RecordingPaused: "paused",
    RecordingResumed: "resumed",
    ConsentGiven: "consented",
    ConsentWithdrawn: "withdrawn",
}


class RecordingRules(msgspec.Struct, frozen=True):
    """How a call begins. allowed: whether it may be recorded at all. consented: whether from its beginning on."""

    allowed: bool = True
    consented: bool = True


def recording_rules(
    attributes: Mapping[str, str], *, record: str = RECORD_ATTRIBUTE, consent: str = CONSENT_ATTRIBUTE
) -> RecordingRules:
    """What a contact's attributes say of recording. record, consent: the attributes' names.

    An attribute that is not there forbids nothing. One that is there and does not plainly say yes counts as no: what
    was not understood is rather not recorded.

    >>> recording_rules({"cueline_consent": "pending"})
    RecordingRules(allowed=True, consented=False)
    """
    return RecordingRules(allowed=_yes(attributes.get(record)), consented=_yes(attributes.get(consent)))


def _yes(value: str | None) -> bool:
    return value is None or value.strip().lower() in _YES


def is_switched_by(payload: EventPayload | UnknownPayload) -> bool:
    """Whether an event changes what is recorded."""
    return type(payload) in _ACTS


class RecordingSwitch:
    """All that is known of one call's pauses and consent, by media time, in whichever order it became known."""

    __slots__ = ("_acts", "_rules")

    def __init__(self, rules: RecordingRules) -> None:
        self._rules = rules
        self._acts: list[tuple[int, int, Act]] = []

    def apply(self, payload: EventPayload | UnknownPayload, *, at_ms: int, sequence: int) -> None:
        """Takes an event; ``sequence`` orders those of one moment. Applying one twice changes nothing."""
        act = _ACTS.get(type(payload))
        if act is not None and (at_ms, sequence, act) not in self._acts:
            insort(self._acts, (at_ms, sequence, act))

    def cause_at(self, at_ms: int) -> GapCause | None:
        """Why nothing is recorded at a media time; None where it is recorded."""
        paused, consented = False, self._rules.consented
        for moment_ms, _, act in self._acts:
            if moment_ms > at_ms:
                break
            paused, consented = _after(act, paused=paused, consented=consented)
        return self._cause(paused=paused, consented=consented)

    def gaps(self, start_ms: int, end_ms: int) -> list[tuple[int, int, GapCause]]:
        """The stretches of ``start_ms`` to ``end_ms`` that are not recorded: half-open, in order, and why."""
        moments = sorted({start_ms, *(at for at, _, _ in self._acts if start_ms < at < end_ms)})
        found: list[tuple[int, int, GapCause]] = []
        for start, end in zip(moments, [*moments[1:], end_ms], strict=True):
            cause = self.cause_at(start)
            if cause is None or start >= end:
                continue
            if found and found[-1][1:] == (start, cause):
                found[-1] = (found[-1][0], end, cause)
            else:
                found.append((start, end, cause))
        return found

    def _cause(self, *, paused: bool, consented: bool) -> GapCause | None:
        if not (self._rules.allowed and consented):
            return "no_consent"
        return "paused" if paused else None


def _after(act: Act, *, paused: bool, consented: bool) -> tuple[bool, bool]:
    match act:
        case "paused":
            return True, consented
        case "resumed":
            return False, consented
        case "consented":
            return paused, True
        case "withdrawn":
            return paused, False
