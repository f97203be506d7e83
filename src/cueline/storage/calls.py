"""Calls as everybody but their worker sees them: offered, found, listed, read, told of contact events."""

from typing import Any, get_args

import msgspec
from sqlalchemy import Select, and_, literal, or_, select

from cueline.events.amendments import MaskOutcome, MaskStretch
from cueline.events.catalogue import CallStarted, Envelope, EventPayload
from cueline.events.codec import payload_to_json
from cueline.events.guidance import GuidancePayload
from cueline.events.history import CallQuery, FoundCalls
from cueline.events.records import CallRecord, CallStanding, NewCall, NewEvent, UtteranceTimes
from cueline.kernel.clock import Clock
from cueline.kernel.errors import NotFoundError, UnavailableError
from cueline.kernel.ids import CallId, TenantId, UtteranceId
from cueline.storage.amendments import amend
from cueline.storage.engine import Database
from cueline.storage.errors import StatementRefusedError
from cueline.storage.history import search
from cueline.storage.outbox import Outbox
from cueline.storage.rows import (
    RECORD_COLUMNS,
    Row,
    call_record,
    changes,
    committed,
    envelope,
    event_rows,
    fingerprint,
    fingerprint_of,
    guidance_changes,
)
from cueline.storage.tables import calls, events, utterance_times, utterances
from cueline.storage.writer import SET_STATE, state_arguments

PAGE_BOUND = 5_000
GUIDANCE_KINDS = frozenset(kind.__name__ for kind in get_args(GuidancePayload))
_UNIQUE_VIOLATION = "23505"
_stages = msgspec.json.Decoder(dict[str, float])

_OFFER = """
WITH call AS (
    INSERT INTO calls (call_id, tenant, contact_id, stream_arn, start_fragment_number, start_timestamp_ms,
        customer_endpoint, system_endpoint, attributes, profile, phase, sequence, created_at_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, 'offered', 1, $11)
    ON CONFLICT DO NOTHING
    RETURNING call_id
), happened AS (
    INSERT INTO events (call_id, sequence, kind, at_ms, payload)
    SELECT call_id, 1, 'CallStarted', 0, $12::jsonb FROM call
), sent AS (
    INSERT INTO outbox (call_id, sequence) SELECT call_id, 1 FROM call
)
SELECT call_id FROM call
"""

# An alert that is raised again (the final of a hypothesis) keeps what became of it: it is open, or it was settled.
_OPEN_ALERTS = """
CASE WHEN $20::text IS NOT NULL AND NOT ($20 = ANY(calls.open_alerts)) AND NOT EXISTS (
        SELECT FROM events e WHERE e.call_id = $1 AND e.kind = 'CueRaised' AND e.payload ->> 'cueId' = $20)
    THEN array_append(calls.open_alerts, $20)
    ELSE array_remove(calls.open_alerts, $21::text) END
"""

_RECORD = f"""
WITH call AS (
    UPDATE calls SET {SET_STATE}, reason = coalesce($16, calls.reason), disposition = coalesce($17, calls.disposition),
    labels = CASE WHEN $18::text IS NULL OR $18::text = ANY(calls.labels) THEN calls.labels
        ELSE array_append(calls.labels, $18::text) END,
    sentiment = coalesce($19, calls.sentiment), open_alerts = {_OPEN_ALERTS}, alerts = cardinality({_OPEN_ALERTS}),
    cues = calls.cues + $22, hand_raised = coalesce($23, calls.hand_raised)
    WHERE call_id = $1 AND tenant = $14
    RETURNING call_id, calls.sequence - $2 AS base
), happened AS (
    INSERT INTO events (call_id, sequence, kind, at_ms, payload, fingerprint)
    SELECT call_id, base + place, kind, at_ms, payload, $15
    FROM call, jsonb_to_recordset($13::jsonb) AS new (place bigint, kind text, at_ms bigint, payload jsonb)
), sent AS (
    INSERT INTO outbox (call_id, sequence) SELECT call_id, base + place FROM call, generate_series(1, $2) AS place
)
SELECT base FROM call
"""  # noqa: S608 - constants only

_DISCONNECT = """
UPDATE calls SET disconnected_at_ms = coalesce(disconnected_at_ms, $3) WHERE tenant = $1 AND call_id = $2
RETURNING call_id
"""


class UnknownCallError(NotFoundError):
    """No such call of this tenant."""

    code = "unknown_call"


class PostgresCalls:
    """``delivery.ports.CallArchive`` and ``conversation.ports.CallHistory`` on PostgreSQL.

    Every method raises UnavailableError when PostgreSQL does not answer.
    """

    def __init__(self, database: Database, outbox: Outbox, *, clock: Clock) -> None:
        self._database = database
        self._outbox = outbox
        self._clock = clock

    async def offer(self, call: NewCall) -> tuple[CallRecord, bool]:
        """Accepts a call, committing ``CallStarted`` as sequence 1; False when the contact was already known."""
        started = CallStarted(contact_id=call.contact_id, profile=call.profile)
        rows = await self._database.statement(
            _OFFER, call.call_id, call.tenant, call.contact_id, call.stream_arn, call.start_fragment_number,
            call.start_timestamp_ms, call.customer_endpoint, call.system_endpoint,
            msgspec.json.encode(call.attributes).decode(), call.profile, self._clock.epoch_ms(),
            payload_to_json(started).decode(),
        )  # fmt: skip
        if rows:
            event = NewEvent(at_ms=0, item=started)
            await self._outbox.deliver(committed(call.tenant, call.call_id, 0, [event]))
        record = await self.find(call.tenant, call.contact_id)
        if record is None:
            raise UnavailableError("the call was removed while it was being offered: offer it again")
        return record, bool(rows)

    async def find(self, tenant: TenantId, call: str) -> CallRecord | None:
        """By call id or contact id."""
        mine = and_(calls.c.tenant == tenant, or_(calls.c.call_id == call, calls.c.contact_id == call))
        rows = await self._database.rows(_records().where(mine).order_by(calls.c.call_id != call).limit(1))
        return call_record(rows[0]) if rows else None

    async def list_calls(
        self, tenant: TenantId, *, live: bool | None, limit: int, before_ms: int | None
    ) -> list[CallRecord]:
        """Newest first. A page ends between two creation times: it is longer than ``limit`` when several are equal."""
        query = _records().where(calls.c.tenant == tenant)
        if live is not None:
            query = query.where(calls.c.phase != "ended" if live else calls.c.phase == "ended")
        if before_ms is not None:
            query = query.where(calls.c.created_at_ms < before_ms)
        query = query.order_by(calls.c.created_at_ms.desc()).fetch(_bounded(limit), with_ties=True)
        records = [call_record(row) for row in await self._database.rows(query)]
        return sorted(records, key=lambda record: (-record.created_at_ms, record.call_id))

    async def events(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        """Committed events above ``after``, in order, their text as it stands now."""
        said = utterances
        query = (
            select(
                events.c.call_id, events.c.sequence, events.c.kind, events.c.at_ms, events.c.payload,
                said.c.utterance_id, said.c.channel, said.c.speaker, said.c.started_ms, said.c.ended_ms, said.c.text,
                said.c.words, said.c.masks, said.c.loudness_db,
            )
            .select_from(
                events.join(calls, calls.c.call_id == events.c.call_id).outerjoin(
                    said, said.c.utterance_id == events.c.utterance_id
                )
            )
            .where(calls.c.tenant == tenant, events.c.call_id == call_id, events.c.sequence > after)
            .order_by(events.c.sequence)
            .limit(_bounded(limit))
        )  # fmt: skip
        return [envelope(tenant, row) for row in await self._database.rows(query)]

    async def guidance(self, tenant: TenantId, call_id: CallId, *, after: int, limit: int) -> list[Envelope]:
        """Committed events of guidance above ``after``, in order."""
        query = (
            select(events)
            .join(calls, calls.c.call_id == events.c.call_id)
            .where(calls.c.tenant == tenant, events.c.call_id == call_id, events.c.sequence > after)
            .where(events.c.kind.in_(GUIDANCE_KINDS))
            .order_by(events.c.sequence)
            .limit(_bounded(limit))
        )
        return [envelope(tenant, row) for row in await self._database.rows(query)]

    async def times(self, tenant: TenantId, call_id: CallId) -> list[UtteranceTimes]:
        """Measured stages of the call's utterances, the newest ``PAGE_BOUND`` at most."""
        query = (
            select(utterance_times.c.utterance_id, utterance_times.c.stages)
            .join(calls, calls.c.call_id == utterance_times.c.call_id)
            .where(calls.c.tenant == tenant, calls.c.call_id == call_id)
            .order_by(utterance_times.c.utterance_id)
            .limit(PAGE_BOUND)
        )
        return [
            UtteranceTimes(
                call_id=call_id, utterance_id=UtteranceId(row["utterance_id"]), stages=_stages.decode(row["stages"])
            )
            for row in await self._database.rows(query)
        ]

    async def record(
        self, tenant: TenantId, call_id: CallId, payload: EventPayload, *, at_ms: int, once: str | None = None
    ) -> Envelope | None:
        """Commits an event that came from outside and publishes it; None when it stood there already.

        once: what the event is known again by, in this call; where it is None, its payload and its time.
        The worker's lease is not asked: the row gives the sequence to whoever comes. Raises UnknownCallError. When
        PostgreSQL goes away in the middle the event may stand nevertheless: try again, it is committed once.
        """
        new = [NewEvent(at_ms=at_ms, item=payload)]
        state = state_arguments(changes(new), 1, self._clock.epoch_ms())
        guided = msgspec.structs.astuple(guidance_changes(payload))
        known = fingerprint(payload, at_ms) if once is None else fingerprint_of(once)
        try:
            rows = await self._database.statement(_RECORD, call_id, *state, event_rows(new), tenant, known, *guided)
        except StatementRefusedError as error:
            if error.sqlstate == _UNIQUE_VIOLATION:
                return None
            raise
        if not rows:
            raise UnknownCallError(f"no call {call_id} in this tenant")
        [result] = committed(tenant, call_id, rows[0]["base"], new)
        await self._outbox.deliver([result])
        return result

    async def amend(self, tenant: TenantId, call_id: CallId, stretch: MaskStretch, *, at_ms: int) -> MaskOutcome:
        """Masks a stretch of an utterance for good and publishes ``UtteranceAmended``; see ``storage.amendments``."""
        amended = await amend(self._database, tenant, call_id, stretch, at_ms=at_ms)
        if amended is None:
            raise UnknownCallError(f"no call {call_id} in this tenant")
        outcome, event = amended
        if event is not None:
            await self._outbox.deliver([event])
        return outcome

    async def search(self, tenant: TenantId, query: CallQuery) -> FoundCalls:
        """Calls by what they came to and what was said in them; see ``storage.history``."""
        return await search(self._database, tenant, query)

    async def disconnect(self, tenant: TenantId, call_id: CallId, *, epoch_ms: int) -> None:
        """Notes when the contact ended; the first time stands. Raises UnknownCallError."""
        if not await self._database.statement(_DISCONNECT, tenant, call_id, epoch_ms):
            raise UnknownCallError(f"no call {call_id} in this tenant")

    async def standing(self, tenant: TenantId, call_id: CallId) -> CallStanding:
        """The newest sequence, and when the contact ended. Raises UnknownCallError."""
        row = await self._one(tenant, call_id, select(calls.c.sequence, calls.c.disconnected_at_ms))
        return CallStanding(sequence=row["sequence"], disconnected_at_ms=row["disconnected_at_ms"])

    async def media_ms(self, tenant: TenantId, call_id: CallId, *, epoch_ms: int) -> int:
        """Media time of a moment, never negative: from the call's origin when audio has begun, else from its start."""
        origin = calls.c.checkpoint.op("->>")(literal("originProducerMs")).label("origin")
        row = await self._one(tenant, call_id, select(origin, calls.c.start_timestamp_ms))
        return max(0, epoch_ms - int(row["origin"] or row["start_timestamp_ms"]))

    async def ping(self) -> None:
        """Raises UnavailableError when PostgreSQL does not answer."""
        await self._database.ping()

    async def _one(self, tenant: TenantId, call_id: CallId, query: Select[Any]) -> Row:
        rows = await self._database.rows(query.where(calls.c.tenant == tenant, calls.c.call_id == call_id))
        if not rows:
            raise UnknownCallError(f"no call {call_id} in this tenant")
        return rows[0]


def _records() -> Select[Any]:
    return select(*(calls.c[column] for column in RECORD_COLUMNS))


def _bounded(limit: int) -> int:
    return max(1, min(limit, PAGE_BOUND))
