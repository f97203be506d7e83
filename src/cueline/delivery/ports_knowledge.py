"""What the web side needs of the knowledge base."""

from typing import Protocol

from cueline.events.knowledge import FoundPassage, StoredDocument
from cueline.kernel.ids import TenantId


class KnowledgeBook(Protocol):
    """The tenant's documents. Every method raises UnavailableError when the store is away."""

    async def search(self, tenant: TenantId, query: str, *, limit: int) -> list[FoundPassage]:
        """The passages that answer a question, best first; none where nothing covers enough of it."""

    async def passage(self, tenant: TenantId, passage_id: str) -> FoundPassage | None:
        """One passage by its id."""

    async def list_documents(self, tenant: TenantId) -> list[StoredDocument]:
        """All documents, by source."""
