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

    async def upload(
        self, tenant: TenantId, name: str, media_type: str | None, raw: bytes, *, modified_at_ms: int
    ) -> tuple[StoredDocument, bool]:
        """Reads a file and stores it in the place of what was uploaded under its name; True where there was something.

        media_type: tells the kind where the name does not. Raises InputErrors with codes that say what is wrong with
        the name, the kind or the file, and where the knowledge base is full.
        """

    async def remove_document(self, tenant: TenantId, document_id: str) -> bool:
        """Removes a document; False where there is none of that id."""
