"""What the web side needs of the stores."""

from collections.abc import Sequence
from typing import Protocol

from cueline.delivery.rest import PolicyFields, PolicyVersion, TrialTurn, TriedTurn
from cueline.events.amendments import MaskOutcome, MaskStretch
from cueline.events.catalogue import Envelope, EventPayload
from cueline.events.history import CallQuery, FoundCalls
from cueline.events.records import CallRecord, NewCall, UtteranceTimes
from cueline.kernel.ids import CallId, TenantId


class CallArchive(Protocol):
    """Calls and their events, as PostgreSQL has them."""

    async def offer(self, call: NewCall) -> tuple[CallRecord, bool]:
        """Accepts a call (committing ``CallStarted`` as sequence 1); False when it was already known."""

    async def find(self, tenant: TenantId, call: str) -> CallRecord | None:
        """By call id or contact id."""

    async def list_calls(
        self, tenant: TenantId, *, live: bool | None, limit: int, before_ms: int | None
    ) -> list[CallRecord]:
        """Newest first; ``live`` None means both; ``before_ms`` is the creation time of the last one seen."""

    async def events(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        """Committed events with a sequence above ``after``, in order, their text rendered as it stands now."""

    async def times(self, tenant: TenantId, call_id: CallId) -> list[UtteranceTimes]:
        """Measured stages of the call's utterances."""

    async def record(
        self, tenant: TenantId, call_id: CallId, payload: EventPayload, *, at_ms: int, once: str | None = None
    ) -> Envelope | None:
        """Commits an event that came from outside (a contact event, a person's press) and publishes it.

        Idempotent: what is known again by ``once``, or else the same payload at the same time, is committed once;
        None then. Events for an ended call too.
        """

    async def guidance(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        """Committed events of guidance with a sequence above ``after``, in order."""

    async def amend(self, tenant: TenantId, call_id: CallId, stretch: MaskStretch, *, at_ms: int) -> MaskOutcome:
        """Masks a stretch of an utterance for good, and publishes ``UtteranceAmended``.

        Idempotent. Raises UnknownUtteranceError, OffsetsOutsideError, TextChangedError.
        """

    async def search(self, tenant: TenantId, query: CallQuery) -> FoundCalls:
        """Calls by their state, by what they came to, and by what was said in them. Raises InputError."""

    async def disconnect(self, tenant: TenantId, call_id: CallId, *, epoch_ms: int) -> None:
        """Notes that the contact ended, for the worker that holds the call. The first time stands."""

    async def media_ms(self, tenant: TenantId, call_id: CallId, *, epoch_ms: int) -> int:
        """Media time of a moment: from the call's origin when audio has begun, else from its start time stamp."""

    async def ping(self) -> None:
        """Raises UnavailableError when PostgreSQL does not answer."""


class PolicyBook(Protocol):
    """Redaction policies of a tenant's profiles. Every method raises UnavailableError when the store is away."""

    async def in_force(self, tenant: TenantId, profile: str) -> PolicyVersion:
        """The policy for calls of this profile that begin now; its ``profile`` says whose it is."""

    async def profiles(self, tenant: TenantId) -> list[PolicyVersion]:
        """The newest of each profile that has one of its own; ``default`` is always there, and first."""

    async def versions(self, tenant: TenantId, profile: str, *, limit: int) -> list[PolicyVersion]:
        """A profile's own versions, newest first."""

    async def publish(
        self, tenant: TenantId, profile: str, policy: PolicyFields, *, based_on: int, note: str, by: str
    ) -> PolicyVersion:
        """Stores the next version, for calls that begin from now on.

        Raises PolicyConflictError when ``based_on`` is not in force any more, InputError naming the field when the
        policy is not allowed.
        """


class RedactionTrial(Protocol):
    """Typed turns through the gate that calls go through."""

    async def try_turns(self, policy: PolicyFields, turns: Sequence[TrialTurn]) -> list[TriedTurn]:
        """The turns as a call would have committed them. What was typed is in no log and no error.

        Raises InputError naming the field when the policy is not allowed, UnavailableError when it takes too long.
        """
