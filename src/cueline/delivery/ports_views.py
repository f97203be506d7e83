"""What the web side needs of the store for saved views."""

from typing import Protocol

from cueline.events.views import ViewRecord
from cueline.kernel.ids import TenantId


class ViewBook(Protocol):
    """Saved views of a tenant's people. Every method raises UnavailableError when the store is away."""

    async def views(self, tenant: TenantId, username: str) -> list[ViewRecord]:
        """A person's views, by name."""

    async def put(self, tenant: TenantId, username: str, name: str, filters: str) -> ViewRecord:
        """Saves a view, over the one of that name. Raises InputError where there are too many others."""

    async def remove(self, tenant: TenantId, username: str, name: str) -> None:
        """Forgets a view. Raises UnknownViewError."""
