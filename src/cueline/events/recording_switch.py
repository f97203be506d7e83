"""Whether a call is recorded at a moment of it: consent, pauses, and what the contact's attributes say. Pure."""

from collections.abc import Mapping
from typing import Final

import msgspec

from cueline.events.catalogue import EventPayload, UnknownPayload
from cueline.events.recording import GapCause
from cueline.events.retention import ConsentGiven, ConsentWithdrawn, RecordingPaused, RecordingResumed

RECORD_ATTRIBUTE: Final = "cueline_record"
CONSENT_ATTRIBUTE: Final = "cueline_consent"

_YES: Final = frozenset({"yes", "y", "true", "1", "on", "given", "granted"})


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


def turned_by(payload: EventPayload | UnknownPayload) -> tuple[bool, GapCause] | None:
    """What an event changes: whether recording goes on from it as far as this cause is concerned; None for others.

    A call is recorded where no cause keeps it from that: whoever pauses before consent was given pauses all the same.
    """
    match payload:
        case RecordingPaused():
            return False, "paused"
        case RecordingResumed():
            return True, "paused"
        case ConsentGiven():
            return True, "no_consent"
        case ConsentWithdrawn():
            return False, "no_consent"
    return None
