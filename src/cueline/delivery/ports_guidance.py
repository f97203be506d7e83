"""What the web side needs of the stores for guidance, people and the floor."""

from typing import Protocol

from cueline.events.people import PersonRecord
from cueline.kernel.ids import TenantId


class Directory(Protocol):
    """The tenant's people. Every method raises UnavailableError when the store is away."""

    async def everybody(self, tenant: TenantId) -> list[PersonRecord]:
        """All of them, by user name."""

    async def put(self, tenant: TenantId, person: PersonRecord) -> None:
        """Adds or changes a person. Raises InputError when there are too many."""

    async def remove(self, tenant: TenantId, username: str) -> None:
        """Forgets a person. Raises UnknownPersonError."""
