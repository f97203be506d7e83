"""The REST interface to the knowledge base."""

from dataclasses import dataclass
from typing import Annotated, Final

from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures.state import State
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIFormat, OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import PathParameter, QueryParameter

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.rest_knowledge import (
    KnowledgeDocuments,
    KnowledgePassages,
    Passage,
    UploadedDocument,
    document_shown,
    documents_shown,
    passage_shown,
    passages_shown,
)
from cueline.kernel.errors import NotFoundError

Web = NamedDependency[WebDependencies]


class UnknownPassageError(NotFoundError):
    """No passage of this tenant has that id."""

    code = "unknown_passage"


class UnknownDocumentError(NotFoundError):
    """No document of this tenant has that id."""

    code = "unknown_document"


UPLOAD_MAX_BYTES: Final = 16 * 1024 * 1024
"""As much as one document may have."""

_FILE: Final = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY))


@dataclass
class _UploadOperation(Operation):
    """Says that the body is the file itself: it is read as it comes, whatever its media type."""

    def __post_init__(self) -> None:
        kinds = ("text/markdown", "text/plain", "text/html", "application/pdf")
        self.request_body = RequestBody(
            content=dict.fromkeys(kinds, _FILE), description="The file, as it is.", required=True
        )


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

    @post(
        "/documents",
        status_code=200,
        request_max_body_size=UPLOAD_MAX_BYTES,
        operation_class=_UploadOperation,
        responses={
            **described(413),
            201: ResponseSpec(UploadedDocument, generate_examples=False, description="Document created"),
        },
    )
    async def upload(
        self,
        web: Web,
        request: Request[None, None, State],
        name: Annotated[str, QueryParameter(min_length=1, max_length=200)],
        modified: Annotated[int | None, QueryParameter(name="modifiedAtMs", ge=0, le=2**53 - 1)] = None,
    ) -> Response[UploadedDocument]:
        """Stores a document under ``uploads/NAME``: 201, or 200 where it took the place of one of that name."""
        stored, replaced = await web.knowledge.upload(
            web.tenant,
            name,
            request.headers.get("content-type"),
            await request.body(),
            modified_at_ms=web.clock.epoch_ms() if modified is None else modified,
        )
        shown = UploadedDocument(document=document_shown(stored), replaced=replaced)
        return Response(shown, status_code=200 if replaced else 201)

    @delete("/documents/{document_id:str}", responses=described(404))
    async def remove(self, web: Web, document_id: Annotated[str, PathParameter(max_length=64)]) -> None:
        """Removes a document with its passages."""
        if not await web.knowledge.remove_document(web.tenant, document_id):
            raise UnknownDocumentError("the knowledge base has no such document: it may be gone already")
