"""The ``EventLog`` port: committed events and transient ones on their way to readers.

Committed events come from the writer after its transaction, or later from the outbox's sweeper: so a reader may see
one twice, or find a gap, and then reads PostgreSQL. Transient events may be lost.
"""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from cueline.events.catalogue import Envelope
from cueline.kernel.ids import CallId, TenantId


class Subscription(Protocol):
    """A bounded reader of one call's events, or of all calls of a tenant."""

    async def next(self, *, timeout_s: float) -> Envelope | None:
        """The next event, or None when none came in time."""

    def take_overflow(self) -> bool:
        """Whether events were dropped since the last call because this reader was too slow: read PostgreSQL."""


class EventLog(Protocol):
    """Publishes and subscribes; per-call order is kept."""

    async def publish(self, envelope: Envelope) -> None:
        """Hands an event to every reader; never waits for a slow one. Raises UnavailableError."""

    def subscribe(self, tenant: TenantId, call_id: CallId | None) -> AbstractAsyncContextManager[Subscription]:
        """Reads from now on; ``call_id`` None means all calls of the tenant."""
