"""What is kept of a call besides its events, in the shape in which rooms exchange it."""

from typing import Literal

import msgspec

from cueline.events.catalogue import EndReason, EventPayload
from cueline.events.checkpoint import Checkpoint
from cueline.events.recording import VerificationState
from cueline.events.redacted import RedactedText
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import AgentId, CallId, Channel, ContactId, Speaker, TenantId, UtteranceId

CallPhase = Literal["offered", "system", "queued", "connected", "held", "ended"]
"""``offered``: no worker holds it yet. ``system``: flow prompts. The rest as their names say."""


class LeaseLostError(CuelineError):
    """Another worker holds the call now: this one must stop and commit nothing more."""

    code = "lease_lost"


class NewCall(msgspec.Struct, frozen=True):
    """A call as the contact flow reported it."""

    tenant: TenantId
    call_id: CallId
    contact_id: ContactId
    stream_arn: str
    start_fragment_number: str | None
    start_timestamp_ms: int
    customer_endpoint: str | None = None
    system_endpoint: str | None = None
    attributes: dict[str, str] = {}
    profile: str = "default"


class CallRecord(msgspec.Struct, frozen=True):
    """A call as it stands in PostgreSQL.

    sequence: of the newest committed event. created_at_ms, ended_at_ms: epoch milliseconds.
    disconnected_at_ms: epoch milliseconds at which the contact's own event ended the call.
    ended_ms: media time of the end. sentiment: the customer's, lately, -1 to 1. alerts: not yet acknowledged.
    verification: what the checks after the call came to; None before they began.
    legal_hold: nothing of it may be deleted. text_deleted_at_ms (epoch): when its words were.
    """

    tenant: TenantId
    call_id: CallId
    contact_id: ContactId
    stream_arn: str
    start_fragment_number: str | None
    start_timestamp_ms: int
    customer_endpoint: str | None
    system_endpoint: str | None
    attributes: dict[str, str]
    profile: str
    phase: CallPhase
    sequence: int
    created_at_ms: int
    agent_id: AgentId | None
    disconnected_at_ms: int | None
    ended_at_ms: int | None
    ended_ms: int | None
    end_reason: EndReason | None
    recogniser: str | None
    recogniser_source: Literal["recognised", "script"] | None
    utterances: int
    warnings: int
    masks: int
    reason: str | None = None
    disposition: str | None = None
    labels: tuple[str, ...] = ()
    sentiment: float | None = None
    alerts: int = 0
    cues: int = 0
    hand_raised: bool = False
    verification: VerificationState | None = None
    legal_hold: bool = False
    text_deleted_at_ms: int | None = None


class NewUtterance(msgspec.Struct, frozen=True):
    """An utterance to be committed; its text is stored once, here."""

    utterance_id: UtteranceId
    channel: Channel
    ordinal: int
    speaker: Speaker
    started_ms: int
    ended_ms: int
    content: RedactedText
    loudness_db: float | None = None


class NewEvent(msgspec.Struct, frozen=True):
    """An event to be committed. ``UtteranceCommitted`` comes as ``NewUtterance``, so that its text has one home."""

    at_ms: int
    item: EventPayload | NewUtterance


class CallCommit(msgspec.Struct, frozen=True):
    """What one transaction writes: events (at least none), and always the checkpoint.

    number: counts the commits under one lease epoch from 1; a commit whose answer was lost is recognised by it.
    """

    number: int
    events: tuple[NewEvent, ...]
    checkpoint: Checkpoint


class ClaimedCall(msgspec.Struct, frozen=True):
    """A call that this worker holds, with all it needs to go on: epoch fences every commit."""

    record: CallRecord
    epoch: int
    checkpoint: Checkpoint | None


class CallStanding(msgspec.Struct, frozen=True):
    """How far a call has come: its newest sequence, and when the contact ended (epoch milliseconds)."""

    sequence: int
    disconnected_at_ms: int | None


class UtteranceTimes(msgspec.Struct, frozen=True):
    """Measured stages of one utterance, milliseconds from the arrival of its last fragment."""

    call_id: CallId
    utterance_id: UtteranceId
    stages: dict[str, float]
