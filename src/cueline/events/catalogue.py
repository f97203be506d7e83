"""Every kind of event, as a tagged union.

Names are past tense and stand in ``kind`` on the wire; payload fields are camelCase. All times are media times:
milliseconds since the call's origin. Committed kinds have a sequence of their own; transient kinds (``TRANSIENT``)
carry the last committed sequence and may be lost.
"""

from typing import Literal

import msgspec

from cueline.events.guidance import GuidancePayload
from cueline.events.payload import Payload
from cueline.events.redacted import Mask, RedactedWord
from cueline.events.retention import RetentionPayload
from cueline.events.verification import CallVerified
from cueline.kernel.ids import AgentId, CallId, Channel, ContactId, Speaker, TenantId, UtteranceId

EndReason = Literal["disconnected", "transferred", "next_contact", "no_audio", "stream_missing", "failed"]
"""Why a call ended: the contact's own event, a transfer, another contact on the same stream, silence of the stream
for the configured time, a stream that could not be found at all, or a fault that retrying did not mend."""

WarningCode = Literal[
    "agent_audio_missing", "customer_audio_missing", "audio_empty", "no_retention", "audio_gap", "stream_error",
    "fragment_dropped", "unsupported_audio", "recogniser_failed", "recogniser_switched", "redaction_failed",
    "recording_failed",
]  # fmt: skip


class CallStarted(Payload, frozen=True, tag=True):
    """The call was offered and accepted; always sequence 1."""

    contact_id: ContactId
    profile: str


class CallQueued(Payload, frozen=True, tag=True):
    """The contact entered a queue."""


class RecogniserStarted(Payload, frozen=True, tag=True):
    """A recogniser session began; ``source`` is ``script`` where recorded words stand in for recognition."""

    recogniser: str
    label: str
    source: Literal["recognised", "script"]
    epoch: int


class AgentConnected(Payload, frozen=True, tag=True):
    """From ``atMs`` on, the agent's channel carries the agent."""

    agent_id: AgentId


class HoldStarted(Payload, frozen=True, tag=True):
    """The customer was put on hold: the agent's channel carries music."""


class HoldEnded(Payload, frozen=True, tag=True):
    """The customer was taken off hold."""


class CallTransferred(Payload, frozen=True, tag=True):
    """The contact goes on under another contact id."""

    next_contact_id: ContactId | None


class UtteranceCommitted(Payload, frozen=True, tag=True):
    """A final stands in PostgreSQL; the text is rendered when the event is read, so it is the newest version.

    loudness_db: mean level of its speech in decibels below full scale, to half a decibel; None where not measured.
    """

    utterance_id: UtteranceId
    channel: Channel
    speaker: Speaker
    started_ms: int
    ended_ms: int
    text: str
    words: tuple[RedactedWord, ...]
    masks: tuple[Mask, ...]
    loudness_db: float | None = None


class UtteranceAmended(Payload, frozen=True, tag=True):
    """The stored text of an utterance was changed; read it anew."""

    utterance_id: UtteranceId
    version: int


class CallWarned(Payload, frozen=True, tag=True):
    """Something is wrong with the call's audio or processing, said in words for a person."""

    code: WarningCode
    message: str


class CallEnded(Payload, frozen=True, tag=True):
    """The last event of the ``call`` role for this call."""

    reason: EndReason


class PartialRevised(Payload, frozen=True, tag=True):
    """Transient. Replaces every earlier partial of the utterance with a lower (epoch, revision)."""

    utterance_id: UtteranceId
    epoch: int
    revision: int
    channel: Channel
    speaker: Speaker
    started_ms: int
    text: str
    masks: tuple[Mask, ...]


class UtteranceTimed(Payload, frozen=True, tag=True):
    """Transient. Measured milliseconds from the arrival of the utterance's last fragment to each stage."""

    utterance_id: UtteranceId
    stages: dict[str, float]


class LagMeasured(Payload, frozen=True, tag=True):
    """Transient. How far the call has been heard, and how far that is behind the newest audio at our socket."""

    heard_ms: int
    behind_ms: int


EventPayload = (
    CallStarted
    | CallQueued
    | RecogniserStarted
    | AgentConnected
    | HoldStarted
    | HoldEnded
    | CallTransferred
    | UtteranceCommitted
    | UtteranceAmended
    | CallWarned
    | CallEnded
    | CallVerified
    | PartialRevised
    | UtteranceTimed
    | LagMeasured
    | GuidancePayload
    | RetentionPayload
)

TRANSIENT: frozenset[str] = frozenset({"PartialRevised", "UtteranceTimed", "LagMeasured"})
"""Kinds that are never committed."""

MEASURED: frozenset[str] = frozenset({"UtteranceTimed", "LagMeasured"})
"""Kinds that hold measured times: they differ from run to run and stand in no event log."""


class UnknownPayload(msgspec.Struct, frozen=True):
    """An event of a kind that this version does not know: kept as it came and passed on."""

    kind: str
    raw: bytes


class Envelope(msgspec.Struct, frozen=True):
    """One event of one call.

    sequence: given by PostgreSQL, +1 for each committed event of the call; a transient event carries the last one.
    at_ms: media time, milliseconds since the call's origin.
    """

    tenant: TenantId
    call_id: CallId
    sequence: int
    at_ms: int
    payload: EventPayload | UnknownPayload

    @property
    def kind(self) -> str:
        return self.payload.kind if isinstance(self.payload, UnknownPayload) else type(self.payload).__name__
