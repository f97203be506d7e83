"""The knowledge base on PostgreSQL full text: documents, their passages, and the search over them.

A search asks for any of its terms (a term is a word and what means the same), ranks what it finds by how much of the
question it covers and how near its words stand together (``ts_rank_cd``; title before heading before text), and gives
nothing where the best covers too little. A term that few passages have counts more than one that most have, and one
that none has counts most: a question about what nobody wrote about is not answered with what merely sounds like it.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from cueline.events.knowledge import FoundPassage, KnowledgeQuery, NewDocument, StoredDocument
from cueline.kernel.clock import Clock
from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId
from cueline.storage.engine import Database
from cueline.storage.rows import Row
from cueline.storage.tables import knowledge_documents as documents
from cueline.storage.tables import knowledge_passages as passages

DOCUMENTS_MAX: Final = 5_000
PASSAGES_MAX: Final = 50_000
"""Of one tenant."""

COVERAGE_MIN: Final = 0.6
"""What a passage must cover of a question, terms counted by their rarity, to be an answer. docs/knowledge.md says how
it was chosen."""

SCORE_SHARE_MIN: Final = 0.6
"""A passage whose score is a smaller share of the best one's is no second answer."""

RESULTS_MAX: Final = 20
TERMS_MAX: Final = 16
WORDS_MAX: Final = 12
"""Words of one term."""

WORD_MAX: Final = 64
_AT_ONCE: Final = 500
"""Passages that are written in one statement."""

_RANK_SHARE: Final = 0.25
"""How much of a score is nearness of words; the rest is coverage."""

_LOCK: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('knowledge ' || :tenant, 0))")

_PASSAGES: Final = text("""
INSERT INTO knowledge_passages (tenant, passage_id, document_id, ordinal, heading, text, search)
SELECT :tenant, passage_id, :document_id, ordinal, heading, text,
       setweight(to_tsvector('english', :title), 'A') || setweight(to_tsvector('english', heading), 'B')
       || setweight(to_tsvector('english', text), 'D')
FROM unnest(CAST(:ids AS text[]), CAST(:ordinals AS integer[]), CAST(:headings AS text[]), CAST(:texts AS text[]))
     AS given (passage_id, ordinal, heading, text)
""")

_SEARCH: Final = """
WITH words AS (
    SELECT place, phraseto_tsquery('english', word) AS query
    FROM unnest($2::integer[], $3::text[]) AS given (place, word)
), terms AS MATERIALIZED (
    SELECT place, string_agg(DISTINCT query::text, ' | ')::tsquery AS query
    FROM words WHERE numnode(query) > 0 GROUP BY place
), whole AS MATERIALIZED (
    SELECT string_agg('(' || query::text || ')', ' | ')::tsquery AS query FROM terms
), size AS (
    SELECT count(*) AS passages FROM knowledge_passages WHERE tenant = $1
), weighed AS MATERIALIZED (
    SELECT query, ln(1 + (passages - having_it + 0.5) / (greatest(having_it, 1) + 0.5)) AS weight
    FROM size, terms, LATERAL (
        SELECT count(*) AS having_it FROM knowledge_passages p WHERE p.tenant = $1 AND p.search @@ terms.query
    ) counted
), covered AS (
    SELECT p.passage_id, p.document_id, p.heading, p.text, p.ordinal, ts_rank_cd(p.search, whole.query, 32) AS rank,
           (SELECT sum(weight) FILTER (WHERE p.search @@ query) / sum(weight) FROM weighed) AS coverage
    FROM whole, knowledge_passages p WHERE p.tenant = $1 AND p.search @@ whole.query
)
SELECT passage_id, title, heading, text, source, modified_at_ms,
       round((coverage * (1 - $5::float8) + rank * $5::float8)::numeric, 4)::float8 AS score
FROM covered JOIN knowledge_documents d ON d.tenant = $1 AND d.document_id = covered.document_id
WHERE coverage >= $4::float8
ORDER BY score DESC, source, ordinal LIMIT $6
"""

_DOCUMENT: Final = (
    documents.c.document_id, documents.c.title, documents.c.source, documents.c.fingerprint,
    documents.c.modified_at_ms, documents.c.loaded_at_ms,
)  # fmt: skip


class KnowledgeFullError(InputError):
    """The tenant would have more documents or passages than a knowledge base may hold."""

    code = "knowledge_full"


class PostgresKnowledge:
    """Knowledge bases on PostgreSQL. Every method raises UnavailableError when PostgreSQL does not answer."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def search(
        self, tenant: TenantId, query: KnowledgeQuery, *, limit: int, coverage: float = COVERAGE_MIN
    ) -> list[FoundPassage]:
        """The passages that answer, best first; none where none covers enough of the question.

        coverage: the least share of the question, terms counted by their rarity, from 0 to 1.
        """
        placed = [
            (place, word[:WORD_MAX]) for place, term in enumerate(query.terms[:TERMS_MAX]) for word in term[:WORDS_MAX]
        ]
        if not placed:
            return []
        places, words = [place for place, _ in placed], [word for _, word in placed]
        bounded = max(1, min(limit, RESULTS_MAX))
        rows = await self._database.statement(_SEARCH, tenant, places, words, coverage, _RANK_SHARE, bounded)
        found = [_passage(row, float(row["score"])) for row in rows]
        return [each for each in found if each.score >= SCORE_SHARE_MIN * found[0].score]

    async def passage(self, tenant: TenantId, passage_id: str) -> FoundPassage | None:
        """One passage by its id."""
        joined = passages.join(
            documents,
            (documents.c.tenant == passages.c.tenant) & (documents.c.document_id == passages.c.document_id),
        )
        query = (
            select(
                passages.c.passage_id, documents.c.title, passages.c.heading, passages.c.text, documents.c.source,
                documents.c.modified_at_ms,
            )
            .select_from(joined)
            .where(passages.c.tenant == tenant, passages.c.passage_id == passage_id)
        )  # fmt: skip
        rows = await self._database.rows(query)
        return _passage(rows[0], 1.0) if rows else None

    async def list_documents(self, tenant: TenantId) -> list[StoredDocument]:
        """All of them, by source."""
        counted = (
            select(func.count())
            .where(passages.c.tenant == documents.c.tenant, passages.c.document_id == documents.c.document_id)
            .scalar_subquery()
        )
        query = (
            select(*_DOCUMENT, counted.label("passages"))
            .where(documents.c.tenant == tenant)
            .order_by(documents.c.source)
            .limit(DOCUMENTS_MAX)
        )
        return [_document(row) for row in await self._database.rows(query)]

    async def document(self, tenant: TenantId, document_id: str) -> StoredDocument | None:
        """One document by its id."""
        counted = (
            select(func.count())
            .where(passages.c.tenant == tenant, passages.c.document_id == document_id)
            .scalar_subquery()
        )
        query = select(*_DOCUMENT, counted.label("passages")).where(
            documents.c.tenant == tenant, documents.c.document_id == document_id
        )
        rows = await self._database.rows(query)
        return _document(rows[0]) if rows else None

    async def fingerprints(self, tenant: TenantId, *, under: str) -> Mapping[str, str]:
        """Fingerprint by source of the documents whose source begins with ``under``."""
        query = select(documents.c.source, documents.c.fingerprint).where(
            documents.c.tenant == tenant, documents.c.source.startswith(under, autoescape=True)
        )
        return {row["source"]: row["fingerprint"] for row in await self._database.rows(query)}

    async def store(self, tenant: TenantId, document: NewDocument) -> bool:
        """Takes the place of what had this id, as one change: a search sees the old passages or the new ones.

        True where there was something. Raises KnowledgeFullError.
        """
        # One load at a time, so that the bounds hold.
        async with self._database.transaction() as connection:
            await connection.execute(_LOCK, {"tenant": tenant})
            mine = (documents.c.tenant == tenant) & (documents.c.document_id == document.document_id)
            replaced = (await connection.execute(delete(documents).where(mine))).rowcount > 0
            full = await _bound_reached(connection, tenant, document)
            if full is None:
                await self._write(connection, tenant, document)
            else:
                await connection.rollback()
        if full is not None:
            raise KnowledgeFullError(full)
        return replaced

    async def remove_document(self, tenant: TenantId, document_id: str) -> bool:
        """Removes a document with its passages; False where there is none of that id."""
        query = delete(documents).where(documents.c.tenant == tenant, documents.c.document_id == document_id)
        async with self._database.transaction() as connection:
            return (await connection.execute(query)).rowcount > 0

    async def remove(self, tenant: TenantId, sources: Sequence[str]) -> int:
        """Removes documents by their source; says how many there were."""
        query = delete(documents).where(documents.c.tenant == tenant, documents.c.source.in_(list(sources)))
        async with self._database.transaction() as connection:
            return int((await connection.execute(query)).rowcount)

    async def _write(self, connection: AsyncConnection, tenant: TenantId, document: NewDocument) -> None:
        row = {
            "tenant": tenant, "document_id": document.document_id, "title": document.title, "source": document.source,
            "fingerprint": document.fingerprint, "modified_at_ms": document.modified_at_ms,
            "loaded_at_ms": self._clock.epoch_ms(),
        }  # fmt: skip
        await connection.execute(insert(documents).values(row))
        for first in range(0, len(document.passages), _AT_ONCE):
            some = document.passages[first : first + _AT_ONCE]
            await connection.execute(
                _PASSAGES,
                {
                    "tenant": tenant, "document_id": document.document_id, "title": document.title,
                    "ids": [each.passage_id for each in some], "ordinals": list(range(first, first + len(some))),
                    "headings": [each.heading for each in some], "texts": [each.text for each in some],
                },
            )  # fmt: skip


async def _bound_reached(connection: AsyncConnection, tenant: TenantId, document: NewDocument) -> str | None:
    stored = await connection.execute(select(func.count()).where(documents.c.tenant == tenant))
    if stored.scalar_one() >= DOCUMENTS_MAX:
        return f"the knowledge base is full: it holds {DOCUMENTS_MAX} documents"
    there = await connection.execute(select(func.count()).where(passages.c.tenant == tenant))
    if int(there.scalar_one()) + len(document.passages) > PASSAGES_MAX:
        return f"the knowledge base is full: it holds {PASSAGES_MAX} passages"
    return None


def _passage(row: Row, score: float) -> FoundPassage:
    return FoundPassage(
        passage_id=row["passage_id"],
        title=row["title"],
        heading=row["heading"],
        text=row["text"],
        source=row["source"],
        modified_at_ms=row["modified_at_ms"],
        score=min(max(score, 0.0), 1.0),
    )


def _document(row: Row) -> StoredDocument:
    return StoredDocument(
        document_id=row["document_id"],
        title=row["title"],
        source=row["source"],
        fingerprint=row["fingerprint"],
        modified_at_ms=row["modified_at_ms"],
        loaded_at_ms=row["loaded_at_ms"],
        passages=int(row["passages"]),
    )
