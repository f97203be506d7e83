"""Finding calls: by their state, by what they came to, and by what was said in them."""

import re
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, literal, literal_column, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from cueline.events.history import CallQuery, FoundCalls, FoundUtterance
from cueline.events.records import CallRecord
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId, UtteranceId
from cueline.storage.engine import Database
from cueline.storage.rows import RECORD_COLUMNS, Row, call_record
from cueline.storage.tables import calls, people, utterances

TERMS_MAX: Final = 8
PER_CALL: Final = 3
"""Utterances that are shown of each call."""
PAGE_BOUND: Final = 500
"""Calls of one page; calls of one moment make it longer."""
RARE_MAX: Final = 5_000
"""Utterances up to which a word counts as rare: its calls are looked up first, and the others not at all."""

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_OPEN, _CLOSE = "\x02", "\x03"
_MARK = re.compile(f"[{_OPEN}{_CLOSE}]")
_CONFIGURATION: ColumnElement[Any] = literal_column("'simple'::regconfig")
# Written as the index has it, so that PostgreSQL sees that they are the same.
_SAID: ColumnElement[Any] = literal_column("to_tsvector('simple'::regconfig, utterances.text)")
_HEADLINE = f"HighlightAll=true, StartSel={_OPEN}, StopSel={_CLOSE}"


class Term:
    """One word or phrase of a search. whole: no words that only begin so."""

    __slots__ = ("text", "unwanted", "whole")

    def __init__(self, words: str, *, whole: bool, unwanted: bool) -> None:
        self.text = words
        self.whole = whole
        self.unwanted = unwanted


def terms(words: str) -> list[Term]:
    """What is searched for. Raises InputError when nothing is, or more than ``TERMS_MAX`` words or phrases are."""
    found = [
        Term(match[2] or match[3], whole=match[3] is None, unwanted=bool(match[1]))
        for match in _TERM.finditer(words)
        if any(letter.isalnum() for letter in match[2] or match[3] or "")
    ]
    if not any(not term.unwanted for term in found):
        raise InputError("q: at least one word to look for is needed, beside those that shall not occur")
    if len(found) > TERMS_MAX:
        raise InputError(f"q: at most {TERMS_MAX} words or phrases are searched for at a time")
    return found


async def search(database: Database, tenant: TenantId, query: CallQuery) -> FoundCalls:
    """The calls of a query, newest first, and where its words were found.

    A page ends between two creation times, as that of ``PostgresCalls.list_calls`` does. Raises InputError for words
    that cannot be searched for.
    """
    wanted = terms(query.words) if query.words is not None else []
    where = [_said(term, calls_of) for term, calls_of in zip(wanted, await _rare(database, wanted), strict=True)]
    rows = await database.rows(_calls(tenant, query, where))
    records = sorted((call_record(row) for row in rows), key=lambda each: (-each.created_at_ms, each.call_id))
    if not wanted or not records:
        return FoundCalls(calls=tuple(records))
    said = await database.rows(_utterances(records, wanted))
    return FoundCalls(calls=tuple(records), utterances=tuple(_found(row) for row in said))


async def _rare(database: Database, wanted: Sequence[Term]) -> list[list[str] | None]:
    """For each word the calls in which it was said; None for a word that is said all the time.

    PostgreSQL cannot guess how common the words are that begin so, and would look through every call for a rare one.
    """
    if not wanted:
        return []
    found: list[list[str] | None] = []
    async with database.transaction() as connection:
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        for term in wanted:
            matching = select(utterances.c.call_id).where(_SAID.op("@@")(_tsquery(term))).limit(RARE_MAX + 1)
            rows = (await connection.execute(matching)).scalars().all()
            found.append(sorted(set(rows)) if len(rows) <= RARE_MAX else None)
    return found


def _said(term: Term, calls_of: list[str] | None) -> ColumnElement[bool]:
    """Whether a word was said in a call, or was not where it is unwanted."""
    said: ColumnElement[bool]
    if calls_of is None:
        said = exists().where(utterances.c.call_id == calls.c.call_id, _SAID.op("@@")(_tsquery(term)))
    else:
        said = calls.c.call_id == func.any(literal(calls_of, ARRAY(Text)))
    return ~said if term.unwanted else said


def _calls(tenant: TenantId, query: CallQuery, where: Sequence[ColumnElement[bool]]) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [calls.c.tenant == tenant, *where]
    if query.live is not None:
        conditions.append(calls.c.phase != "ended" if query.live else calls.c.phase == "ended")
    if query.before_ms is not None:
        conditions.append(calls.c.created_at_ms < query.before_ms)
    if query.from_ms is not None:
        conditions.append(calls.c.start_timestamp_ms >= query.from_ms)
    if query.to_ms is not None:
        conditions.append(calls.c.start_timestamp_ms < query.to_ms)
    if query.reason is not None:
        conditions.append(calls.c.reason == query.reason)
    if query.agent is not None:
        conditions.append(calls.c.agent_id == query.agent)
    if query.verification == "pending":
        conditions.append(and_(calls.c.phase == "ended", calls.c.verification.is_(None)))
    elif query.verification is not None:
        conditions.append(calls.c.verification == query.verification)
    if query.label is not None:
        conditions.append(literal(query.label) == func.any(calls.c.labels))
    if query.team is not None:
        members = select(people.c.username).where(people.c.tenant == tenant, people.c.team == query.team)
        conditions.append(calls.c.agent_id.in_(members))
    limit = max(1, min(query.limit, PAGE_BOUND))
    return (
        select(*(calls.c[column] for column in RECORD_COLUMNS))
        .where(and_(*conditions))
        .order_by(calls.c.created_at_ms.desc())
        .fetch(limit, with_ties=True)
    )


def _tsquery(term: Term) -> ColumnElement[Any]:
    """PostgreSQL's own reading of the words, so that they are cut as the texts were; null where nothing is left."""
    phrase = func.phraseto_tsquery(_CONFIGURATION, term.text)
    return phrase if term.whole else cast(func.nullif(cast(phrase, Text), "").op("||")(":*"), TSQUERY)


def _utterances(records: Sequence[CallRecord], wanted: Sequence[Term]) -> Select[Any]:
    """The utterances of these calls that have most of the words, ``PER_CALL`` of each."""
    queries = [_tsquery(term) for term in wanted if not term.unwanted]
    any_of = queries[0]
    for each in queries[1:]:
        any_of = any_of.op("||")(each)
    best = func.row_number().over(
        partition_by=utterances.c.call_id,
        order_by=(func.ts_rank(_SAID, any_of).desc(), utterances.c.started_ms, utterances.c.utterance_id),
    )
    columns = ("call_id", "utterance_id", "speaker", "started_ms", "text")
    ranked = (
        select(*(utterances.c[name] for name in columns), best.label("place"))
        .where(utterances.c.call_id.in_([record.call_id for record in records]))
        .where(or_(*(_SAID.op("@@")(each) for each in queries)))
        .subquery()
    )
    headline = func.ts_headline(_CONFIGURATION, ranked.c.text, any_of, _HEADLINE).label("headline")
    return (
        select(*(ranked.c[name] for name in columns), headline)
        .where(ranked.c.place <= PER_CALL)
        .order_by(ranked.c.call_id, ranked.c.started_ms, ranked.c.utterance_id)
    )


def _found(row: Row) -> FoundUtterance:
    return FoundUtterance(
        call_id=CallId(row["call_id"]),
        utterance_id=UtteranceId(row["utterance_id"]),
        speaker=row["speaker"],
        started_ms=row["started_ms"],
        text=row["text"],
        found=spans(row["headline"], row["text"]),
    )


def spans(headline: str, said: str) -> tuple[tuple[int, int], ...]:
    """Where the marks of a headline stand in the text; none when the headline is not the text with marks."""
    if _MARK.sub("", headline) != said:
        return ()
    found: list[tuple[int, int]] = []
    begun = at = 0
    for letter in headline:
        if letter == _OPEN:
            begun = at
        elif letter == _CLOSE:
            found.append((begun, at))
        else:
            at += 1
    return tuple(found)
