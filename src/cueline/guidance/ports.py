"""What guidance needs of the rest. Every method raises UnavailableError when its store is away."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from cueline.events.catalogue import Envelope, EventPayload
from cueline.events.knowledge import FoundPassage
from cueline.events.notes import StoredNotes
from cueline.events.records import CallRecord
from cueline.events.rules import StoredRules
from cueline.kernel.ids import CallId, TenantId

Passage = FoundPassage
"""A passage of the knowledge base."""


class KnowledgeBase(Protocol):
    """The tenant's documents, in passages."""

    async def search(self, tenant: TenantId, query: str, *, limit: int) -> list[Passage]:
        """The passages that answer a query, best first; none where nothing is near enough."""

    async def passage(self, tenant: TenantId, passage_id: str) -> Passage | None:
        """One passage by its id."""


class GuidedCalls(Protocol):
    """Calls and their events, as the guide reads and adds to them."""

    async def find(self, tenant: TenantId, call: str) -> CallRecord | None:
        """By call id or contact id."""

    async def list_calls(
        self, tenant: TenantId, *, live: bool | None, limit: int, before_ms: int | None
    ) -> list[CallRecord]:
        """Newest first."""

    async def events(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        """Committed events with a sequence above ``after``, in order."""

    async def record(
        self, tenant: TenantId, call_id: CallId, payload: EventPayload, *, at_ms: int, once: str | None = None
    ) -> Envelope | None:
        """Commits an event and publishes it; None when it stood there already, by ``once`` or by all it says."""


class RuleBook(Protocol):
    """The rule sets of a tenant."""

    async def in_force(self, tenant: TenantId, profile: str) -> StoredRules:
        """What calls of this profile that begin now are guided by."""

    async def version(self, tenant: TenantId, name: str, version: int) -> StoredRules | None:
        """One published version."""


class NoteStore(Protocol):
    """Notes of calls, every version of them."""

    async def save(
        self, tenant: TenantId, call_id: CallId, fields: dict[str, object], *, based_on: int, by: str | None
    ) -> StoredNotes:
        """Stores the next version. Raises NotesConflictError when ``based_on`` is not the newest any more."""

    async def versions(self, tenant: TenantId, call_id: CallId) -> Sequence[StoredNotes]:
        """Newest first."""


class ContactAttributes(Protocol):
    """What the telephone system keeps with a contact."""

    async def write(self, contact_id: str, attributes: Mapping[str, str]) -> None:
        """Sets attributes of a contact; others of it stay.

        Raises InputError where they are no attributes or too much, UnavailableError where trying again may help, and
        another CuelineError where the contact takes them never.
        """
