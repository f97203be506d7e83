"""What the conversation needs: a fenced writer, the call's events, leases."""

from collections.abc import Sequence
from typing import Protocol

from cueline.events.catalogue import Envelope
from cueline.events.records import CallCommit, CallStanding, ClaimedCall, LeaseLostError, UtteranceTimes
from cueline.kernel.ids import CallId, TenantId

__all__ = ["CallHistory", "CallWriter", "LeaseBook", "LeaseLostError"]


class CallWriter(Protocol):
    """Writes one call's commits under one lease epoch."""

    async def commit(self, commit: CallCommit) -> tuple[Envelope, ...]:
        """One transaction: sequence, events, utterances, checkpoint, outbox.

        Retries for as long as PostgreSQL is away (bounded by the writer's settings), recognising a commit that had
        already been applied by its number. Raises LeaseLostError when fenced, UnavailableError when the bound passed.
        """

    async def publish(self, committed: Sequence[Envelope]) -> Sequence[Envelope]:
        """Hands committed events to the bus; gives those that it took. The outbox's sweeper takes the rest."""

    async def clear(self, published: Sequence[Envelope]) -> None:
        """Clears the outbox rows of published events; best effort."""

    async def save_times(self, times: Sequence[UtteranceTimes]) -> None:
        """Keeps measured stages; best effort: a failure is counted and costs the call nothing."""


class LeaseBook(Protocol):
    """Offered and abandoned calls of a tenant, and who holds which."""

    async def claim(self, *, limit: int) -> list[ClaimedCall]:
        """Takes up to ``limit`` calls that nobody holds, or whose holder's counter stood still for the time-out."""

    async def heartbeat(self, held: Sequence[tuple[CallId, int]]) -> set[CallId]:
        """Counts up the lease of each held (call, epoch); gives the calls that are no longer ours."""

    async def release(self, call_id: CallId, epoch: int) -> None:
        """Gives a call back, so that another worker may take it at once."""


class CallHistory(Protocol):
    """Reads what is known of a call. Both raise UnavailableError when PostgreSQL is away."""

    async def events(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        """Committed events with a sequence above ``after``, in order."""

    async def standing(self, tenant: TenantId, call_id: CallId) -> CallStanding:
        """The newest sequence, whoever committed it, and whether the contact has ended."""
