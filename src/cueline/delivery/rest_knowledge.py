"""Shapes of the REST interface to the knowledge base. Pure."""

from collections.abc import Sequence

from cueline.delivery.rest import Rest
from cueline.events.knowledge import FoundPassage, StoredDocument


class Passage(Rest, frozen=True):
    """A passage of the knowledge base.

    ``source`` is the path of its document, ``modifiedAtMs`` (epoch milliseconds) that document's last change.
    ``score``, 0 to 1, is of the search that found it; 1 where it was read by its id. Lines of ``text`` are paragraphs.
    """

    passage_id: str
    title: str
    heading: str
    text: str
    source: str
    modified_at_ms: int
    score: float


class KnowledgePassages(Rest, frozen=True):
    """Passages, best first; none where nothing covers enough of the question."""

    passages: list[Passage]


class KnowledgeDocument(Rest, frozen=True):
    """A document of the knowledge base; times are epoch milliseconds, ``passages`` says how many."""

    document_id: str
    title: str
    source: str
    modified_at_ms: int
    loaded_at_ms: int
    passages: int


class KnowledgeDocuments(Rest, frozen=True):
    """All documents, by source."""

    documents: list[KnowledgeDocument]


class UploadedDocument(Rest, frozen=True):
    """What an upload became. replaced: it took the place of a document of the same name."""

    document: KnowledgeDocument
    replaced: bool


def passage_shown(found: FoundPassage) -> Passage:
    """A passage for the page."""
    return Passage(
        passage_id=found.passage_id,
        title=found.title,
        heading=found.heading,
        text=found.text,
        source=found.source,
        modified_at_ms=found.modified_at_ms,
        score=found.score,
    )


def passages_shown(found: Sequence[FoundPassage]) -> KnowledgePassages:
    """Passages for the page."""
    return KnowledgePassages(passages=[passage_shown(each) for each in found])


def document_shown(stored: StoredDocument) -> KnowledgeDocument:
    """A document for the page."""
    return KnowledgeDocument(
        document_id=stored.document_id,
        title=stored.title,
        source=stored.source,
        modified_at_ms=stored.modified_at_ms,
        loaded_at_ms=stored.loaded_at_ms,
        passages=stored.passages,
    )


def documents_shown(stored: Sequence[StoredDocument]) -> KnowledgeDocuments:
    """Documents for the page."""
    return KnowledgeDocuments(documents=[document_shown(each) for each in stored])
