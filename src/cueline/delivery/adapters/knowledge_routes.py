"""The REST interface to the knowledge base."""

from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.rest_knowledge import (
    KnowledgeDocuments,
    KnowledgePassages,
    Passage,
    documents_shown,
    passage_shown,
    passages_shown,
)
from cueline.kernel.errors import NotFoundError

Web = NamedDependency[WebDependencies]


class UnknownPassageError(NotFoundError):
    """No passage of this tenant has that id."""

    code = "unknown_passage"


class KnowledgeBase(Controller):
    """The knowledge base: searching and reading. What was asked for is in no log."""

    path = "/v1/knowledge"

    @get("/search", responses=described())
    async def search(
        self,
        web: Web,
        question: Annotated[str, QueryParameter(name="q", min_length=1, max_length=500)],
        limit: Annotated[int, QueryParameter(ge=1, le=20)] = 5,
    ) -> KnowledgePassages:
        """Passages that answer a question, best first; none where no passage covers enough of it."""
        return passages_shown(await web.knowledge.search(web.tenant, question, limit=limit))

    @get("/passages/{passage_id:str}", responses=described(404))
    async def passage(self, web: Web, passage_id: Annotated[str, PathParameter(max_length=64)]) -> Passage:
        """One passage by its id."""
        found = await web.knowledge.passage(web.tenant, passage_id)
        if found is None:
            raise UnknownPassageError("the knowledge base has no such passage: its document may have changed")
        return passage_shown(found)

    @get("/documents", responses=described())
    async def documents(self, web: Web) -> KnowledgeDocuments:
        """All documents, by source."""
        return documents_shown(await web.knowledge.list_documents(web.tenant))
