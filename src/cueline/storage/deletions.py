"""Deleting what is kept of a call, for good: each step a transaction that holds the call's row.

Whoever sets a legal hold waits for that row: a deletion that asks after it finds the hold, and none is half done when
the hold stands. The database itself refuses to delete anything of a held call as well (migration 0008).
"""

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import msgspec
from sqlalchemy import BigInteger, bindparam, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from cueline.events.catalogue import Envelope
from cueline.events.codec import payload_to_json
from cueline.events.retention import (
    BegunRecording,
    CallGoesOnError,
    DataKind,
    LegalHoldError,
    RecordingDeleted,
    TextDeleted,
)
from cueline.kernel.errors import NotFoundError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.calls import UnknownCallError
from cueline.storage.engine import Database
from cueline.storage.outbox import Outbox
from cueline.storage.retention import UNSEALED_MS
from cueline.storage.rows import Row
from cueline.storage.tables import audit_log

_LOCK: Final = text("""
SELECT phase, sequence, legal_hold, ended_at_ms, coalesce(ended_ms, 0) AS ended_ms, text_deleted_at_ms
FROM calls WHERE call_id = :call AND tenant = :tenant FOR UPDATE
""")

_RECORDING: Final = text("SELECT state, position, deleted_at_ms FROM recordings WHERE call_id = :call FOR UPDATE")
_CHUNKS: Final = text(
    "SELECT number, revision, bytes, sha256 FROM recording_chunks WHERE call_id = :call ORDER BY number"
)
_BEGIN: Final = text("UPDATE recordings SET deleted_at_ms = :at_ms WHERE call_id = :call")
# The key goes with the statement that says so; without it no copy of an object can ever be opened.
_END: Final = text("""
UPDATE recordings SET state = 'deleted', key_id = NULL, wrapped_key = NULL, deleted_at_ms = :at_ms WHERE call_id = :call
""")
_DROP_CHUNKS: Final = text("DELETE FROM recording_chunks WHERE call_id = :call")
_RECORDING_LEFT: Final = text("""
SELECT (SELECT count(*) FROM recordings WHERE call_id = :call AND wrapped_key IS NOT NULL) AS keys,
    (SELECT count(*) FROM recording_chunks WHERE call_id = :call) AS "chunkRows"
""")

SCRUBBED: Final[Mapping[str, Mapping[str, object]]] = {
    "CueRaised": {"text": "", "why": "", "evidence": []},
    "MomentFound": {"evidence": None},
    "ChecklistTicked": {"evidence": None},
    "DispositionSuggested": {"why": ""},
    "WhisperSent": {"text": ""},
}
"""Fields of events that hold words, or point to them, and what stands there afterwards."""

_UTTERANCES: Final = text("""
UPDATE utterances SET text = '', words = '[]'::jsonb, masks = '[]'::jsonb WHERE call_id = :call AND text <> ''
""")
# The fingerprint of an event from outside is a hash of its words.
_EVENTS: Final = text("""
UPDATE events SET payload = events.payload || (CAST(:scrubbed AS jsonb) -> events.kind), fingerprint = NULL
WHERE call_id = :call AND CAST(:scrubbed AS jsonb) ? events.kind
""")
_NOTES: Final = text("DELETE FROM notes WHERE call_id = :call")
_DELIVERIES: Final = text("DELETE FROM webhook_deliveries WHERE call_id = :call")
_REPORTS: Final = text("DELETE FROM mask_reports WHERE call_id = :call")
_CALLER: Final = text("""
UPDATE calls SET attributes = '{}'::jsonb, customer_endpoint = NULL, text_deleted_at_ms = :at_ms WHERE call_id = :call
""").bindparams(bindparam("at_ms", type_=BigInteger))
_TEXT_LEFT: Final = text("""
SELECT (SELECT count(*) FROM utterances WHERE call_id = :call
        AND (text <> '' OR words <> '[]'::jsonb OR masks <> '[]'::jsonb)) AS utterances,
    (SELECT count(*) FROM events WHERE call_id = :call AND CAST(:scrubbed AS jsonb) ? kind
        AND payload <> payload || (CAST(:scrubbed AS jsonb) -> kind)) AS events,
    (SELECT count(*) FROM notes WHERE call_id = :call) AS notes,
    (SELECT count(*) FROM webhook_deliveries WHERE call_id = :call) AS deliveries,
    (SELECT count(*) FROM mask_reports WHERE call_id = :call) AS reports
""")

TABLES: Final = (
    "utterances", "events", "utterance_times", "notes", "webhook_deliveries", "outbox", "recordings",
    "recording_chunks", "verifications", "mask_reports",
)  # fmt: skip
"""All that hangs on a call's row, and goes with it."""

_COUNTED: Final = text(
    "SELECT " + ", ".join(f"(SELECT count(*) FROM {table} WHERE call_id = :call) AS {table}" for table in TABLES)  # noqa: S608
)
_CALL: Final = text("DELETE FROM calls WHERE call_id = :call AND tenant = :tenant")

_HAPPENED: Final = text("""
WITH happened AS (
    INSERT INTO events (call_id, sequence, kind, at_ms, payload)
    VALUES (:call, :sequence, :kind, :ended_ms, CAST(:payload AS jsonb))
), sent AS (
    INSERT INTO outbox (call_id, sequence) VALUES (:call, :sequence)
)
UPDATE calls SET sequence = :sequence WHERE call_id = :call
""").bindparams(bindparam("sequence", type_=BigInteger), bindparam("ended_ms", type_=BigInteger))
_PROOF: Final = text("""
INSERT INTO deletions (tenant, call_id, kind, proof, deleted_by, deleted_at_ms)
VALUES (:tenant, :call, :kind, CAST(:proof AS jsonb), :by, :at_ms)
""").bindparams(bindparam("at_ms", type_=BigInteger))

_SCRUBBED: Final = msgspec.json.encode(SCRUBBED).decode()

DELETION_BEGUN: Final = "recording.deletion_begun"
"""In the audit log. details: ``manifests``, the digests of what was about to go."""

Counts = dict[str, int]


class _Begun(msgspec.Struct):
    manifests: list[str]


class NothingRecordedError(NotFoundError):
    """The call has no recording."""

    code = "nothing_recorded"


class LeftOverError(RuntimeError):
    """Something stood still where it was deleted: a fault of ours. The transaction is rolled back."""


class PostgresDeletions:
    """Every method raises UnavailableError when PostgreSQL is away, UnknownCallError, LegalHoldError for a held call,
    CallGoesOnError for one that has not ended."""

    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox

    @asynccontextmanager
    async def kept(self, tenant: TenantId, call_id: CallId) -> AsyncIterator[None]:
        """While it lasts (some seconds at most) nobody can put the call under legal hold."""
        async with self._locked(tenant, call_id):
            yield

    async def begin_recording(
        self, tenant: TenantId, call_id: CallId, *, manifests: Sequence[str], by: str, at_ms: int
    ) -> BegunRecording:
        """From here on the recording is not played any more. manifests: their digests, for the audit log.

        One that was begun before gives the digests that were noted then. Raises NothingRecordedError.
        """
        async with self._locked(tenant, call_id) as (connection, call):
            found = (await connection.execute(_RECORDING, {"call": call_id})).mappings().first()
            if found is None:
                raise NothingRecordedError("this call was not recorded")
            if found["state"] == "recording" and at_ms - (call["ended_at_ms"] or at_ms) < UNSEALED_MS:
                raise CallGoesOnError("the recording is still being written: try again when it is complete")
            rows = (await connection.execute(_CHUNKS, {"call": call_id})).all()
            if found["deleted_at_ms"] is None:
                await connection.execute(_BEGIN, {"call": call_id, "at_ms": at_ms})
                line = {
                    "tenant": tenant, "at_ms": at_ms, "actor": by, "action": DELETION_BEGUN, "call_id": call_id,
                    "details": msgspec.json.encode({"manifests": list(manifests)}).decode(),
                }  # fmt: skip
                await connection.execute(insert(audit_log).values(line))
            else:
                manifests = await _noted(connection, tenant, call_id)
        listed = msgspec.json.encode([tuple(row) for row in rows])
        return BegunRecording(
            chunks=len(rows),
            bytes=sum(row.bytes for row in rows),
            position=found["position"],
            rows_digest=hashlib.sha256(listed).hexdigest(),
            manifests=tuple(manifests),
            done=found["state"] == "deleted",
        )

    async def finish_recording(self, tenant: TenantId, call_id: CallId, proof: bytes, *, by: str, at_ms: int) -> bool:
        """Destroys the key, drops the rows of its chunks, and keeps the proof; False where somebody else has."""
        payload = RecordingDeleted(by=by, deleted_at_ms=at_ms)
        async with self._locked(tenant, call_id) as (connection, call):
            found = (await connection.execute(_RECORDING, {"call": call_id})).mappings().first()
            if found is None or found["state"] == "deleted":
                return False
            await connection.execute(_END, {"call": call_id, "at_ms": at_ms})
            await connection.execute(_DROP_CHUNKS, {"call": call_id})
            await _nothing_left(connection, _RECORDING_LEFT, {"call": call_id})
            await _prove(connection, tenant, call_id, "audio", proof, by=by, at_ms=at_ms)
            event = await _happened(connection, tenant, call_id, call, payload)
        await self._outbox.deliver([event])
        return True

    async def text_counts(self, tenant: TenantId, call_id: CallId) -> Counts:
        """What stands there to be deleted."""
        async with self._locked(tenant, call_id) as (connection, _):
            return await _counts(connection, _TEXT_LEFT, {"call": call_id, "scrubbed": _SCRUBBED})

    async def delete_text(self, tenant: TenantId, call_id: CallId, proof: bytes, *, by: str, at_ms: int) -> bool:
        """Deletes what was said and written, and who called, and keeps the proof; False where it was done already."""
        payload = TextDeleted(by=by, deleted_at_ms=at_ms)
        named = {"call": call_id}
        async with self._locked(tenant, call_id) as (connection, call):
            if call["text_deleted_at_ms"] is not None:
                return False
            for statement in (_UTTERANCES, _NOTES, _DELIVERIES, _REPORTS):
                await connection.execute(statement, named)
            await connection.execute(_EVENTS, {**named, "scrubbed": _SCRUBBED})
            await connection.execute(_CALLER, {**named, "at_ms": at_ms})
            await _nothing_left(connection, _TEXT_LEFT, {**named, "scrubbed": _SCRUBBED})
            await _prove(connection, tenant, call_id, "text", proof, by=by, at_ms=at_ms)
            event = await _happened(connection, tenant, call_id, call, payload)
        await self._outbox.deliver([event])
        return True

    async def call_counts(self, tenant: TenantId, call_id: CallId) -> Counts:
        """Rows that hang on the call."""
        async with self._locked(tenant, call_id) as (connection, _):
            return await _counts(connection, _COUNTED, {"call": call_id})

    async def delete_call(self, tenant: TenantId, call_id: CallId, proof: bytes, *, by: str, at_ms: int) -> bool:
        """Deletes the call's row with all that hangs on it, and keeps the proof.

        False where its recording or its text are still there: they go first, each with a proof of its own.
        """
        async with self._locked(tenant, call_id) as (connection, call):
            found = (await connection.execute(_RECORDING, {"call": call_id})).mappings().first()
            if call["text_deleted_at_ms"] is None or (found is not None and found["state"] != "deleted"):
                return False
            await connection.execute(_CALL, {"call": call_id, "tenant": tenant})
            await _nothing_left(connection, _COUNTED, {"call": call_id})
            await _prove(connection, tenant, call_id, "metrics", proof, by=by, at_ms=at_ms)
            return True

    @asynccontextmanager
    async def _locked(self, tenant: TenantId, call_id: CallId) -> AsyncIterator[tuple[AsyncConnection, Row]]:
        async with self._database.transaction() as connection:
            call = (await connection.execute(_LOCK, {"call": call_id, "tenant": tenant})).mappings().first()
            if call is None:
                raise UnknownCallError(f"no call {call_id} in this tenant")
            if call["legal_hold"]:
                raise LegalHoldError("the call is under legal hold: nothing of it is deleted until that is lifted")
            if call["phase"] != "ended":
                raise CallGoesOnError("the call has not ended yet: nothing of it can be deleted now")
            yield connection, call


async def _noted(connection: AsyncConnection, tenant: TenantId, call_id: CallId) -> list[str]:
    """The manifests' digests of a deletion that was begun."""
    line = (
        select(audit_log.c.details)
        .where(audit_log.c.tenant == tenant, audit_log.c.call_id == call_id, audit_log.c.action == DELETION_BEGUN)
        .order_by(audit_log.c.id.desc())
        .limit(1)
    )
    found = (await connection.execute(line)).scalar_one_or_none()
    return [] if found is None else msgspec.json.decode(found, type=_Begun).manifests


async def _counts(connection: AsyncConnection, statement: Any, arguments: Mapping[str, object]) -> Counts:
    row = (await connection.execute(statement, arguments)).mappings().one()
    return {name: int(count) for name, count in row.items()}


async def _nothing_left(connection: AsyncConnection, statement: Any, arguments: Mapping[str, object]) -> None:
    left = {name: count for name, count in (await _counts(connection, statement, arguments)).items() if count}
    if left:
        raise LeftOverError(f"still there after its deletion: {', '.join(left)}")


async def _prove(
    connection: AsyncConnection, tenant: TenantId, call_id: CallId, kind: DataKind, proof: bytes, *, by: str, at_ms: int
) -> None:
    values = {"tenant": tenant, "call": call_id, "kind": kind, "proof": proof.decode(), "by": by, "at_ms": at_ms}
    await connection.execute(_PROOF, values)


async def _happened(
    connection: AsyncConnection, tenant: TenantId, call_id: CallId, call: Row, payload: TextDeleted | RecordingDeleted
) -> Envelope:
    sequence, at_ms = call["sequence"] + 1, call["ended_ms"]
    values = {
        "call": call_id, "sequence": sequence, "kind": type(payload).__name__, "ended_ms": at_ms,
        "payload": payload_to_json(payload).decode(),
    }  # fmt: skip
    await connection.execute(_HAPPENED, values)
    return Envelope(tenant=tenant, call_id=call_id, sequence=sequence, at_ms=at_ms, payload=payload)
