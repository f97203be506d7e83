"""The knowledge base as its rooms hand it to one another: documents, passages, and what is asked for. Pure."""

from collections.abc import Sequence

import msgspec


class NewPassage(msgspec.Struct, frozen=True):
    """A passage that is to be stored. Its id derives from its document and its content."""

    passage_id: str
    heading: str
    text: str


class NewDocument(msgspec.Struct, frozen=True):
    """A document that is to be stored. fingerprint: of its bytes and of the way they are read."""

    document_id: str
    title: str
    source: str
    fingerprint: str
    modified_at_ms: int
    passages: Sequence[NewPassage]


class StoredDocument(msgspec.Struct, frozen=True):
    """A document of the knowledge base; ``*_at_ms`` are epoch milliseconds."""

    document_id: str
    title: str
    source: str
    fingerprint: str
    modified_at_ms: int
    loaded_at_ms: int
    passages: int


class FoundPassage(msgspec.Struct, frozen=True, rename="camel"):
    """A passage as it is read. source: path of the document. modified_at_ms: epoch milliseconds of its last change.

    score: 0 to 1, of the search that found it; 1 where it was read by its id."""

    passage_id: str
    title: str
    heading: str
    text: str
    source: str
    modified_at_ms: int
    score: float


class KnowledgeQuery(msgspec.Struct, frozen=True):
    """What is asked for: terms, each of them a word and what means the same. One hit in a term counts for the term."""

    terms: tuple[tuple[str, ...], ...]
