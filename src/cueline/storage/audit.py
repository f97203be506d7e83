"""The audit log: who did what, with which call. Lines are added; only a playing that goes on lengthens its own."""

from collections.abc import Mapping
from typing import Final

import msgspec
from sqlalchemy import func, insert, select, update

from cueline.events.audit import LISTENED, AuditEntry, Span, joined
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.engine import Database
from cueline.storage.tables import audit_log

ENTRIES_SHOWN_MAX: Final = 500
DETAILS_BYTES_MAX: Final = 16_384
PLAYING_PAUSE_MS: Final = 10 * 60_000
"""Audio sent to the same person within this time of the last belongs to the same playing."""

_fields = msgspec.json.Decoder(dict[str, object])


class _Listened(msgspec.Struct, rename="camel"):
    format: str
    review: bool
    spans: list[Span]
    until_ms: int


class PostgresAudit:
    """The audit log on PostgreSQL. Every method raises UnavailableError when PostgreSQL does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(
        self,
        tenant: TenantId,
        *,
        actor: str,
        action: str,
        call_id: CallId | None,
        details: Mapping[str, object],
        at_ms: int,
    ) -> None:
        """Adds a line. details: names, numbers and ids, never a word of a call. at_ms: epoch.

        Raises InputError where the details are longer than ``DETAILS_BYTES_MAX``.
        """
        written = msgspec.json.encode(dict(details)).decode()
        if len(written) > DETAILS_BYTES_MAX:
            raise InputError(f"details of an audit line: at most {DETAILS_BYTES_MAX} bytes as JSON")
        row = {"actor": actor, "action": action, "call_id": call_id, "details": written, "at_ms": at_ms}
        async with self._database.transaction() as connection:
            await connection.execute(insert(audit_log).values(tenant=tenant, **row))

    async def listened(
        self, tenant: TenantId, call_id: CallId, *, actor: str, format_: str, span: Span, at_ms: int, review: bool
    ) -> None:
        """Notes that a stretch of a recording (milliseconds of media time) is being sent to somebody.

        One playing is one line, which tells all its stretches: asking for a recording in ranges makes many requests.
        review: whether it is heard as a reviewer, which opens what is quarantined.
        """
        of_call = (audit_log.c.tenant == tenant, audit_log.c.call_id == call_id)
        newest = (
            select(audit_log.c.id, audit_log.c.details)
            .where(*of_call, audit_log.c.actor == actor, audit_log.c.action == LISTENED)
            .order_by(audit_log.c.id.desc())
            .limit(1)
        )
        async with self._database.transaction() as connection:
            # Two ranges of one playing at once, perhaps on two gateways: the second waits, and finds the first's line.
            one_at_a_time = func.pg_advisory_xact_lock(func.hashtextextended(f"{tenant}\n{call_id}\n{actor}", 0))
            await connection.execute(select(one_at_a_time))
            line = (await connection.execute(newest)).mappings().first()
            last = msgspec.json.decode(line["details"], type=_Listened) if line is not None else None
            if line is not None and last is not None and _goes_on(last, format_, at_ms, review=review):
                longer = _Listened(format_, review, joined(last.spans, span), max(at_ms, last.until_ms))
                values = {"details": msgspec.json.encode(longer).decode()}
                await connection.execute(update(audit_log).where(audit_log.c.id == line["id"]).values(values))
                return
            details = msgspec.json.encode(_Listened(format_, review, [span], at_ms)).decode()
            row = {"actor": actor, "action": LISTENED, "call_id": call_id, "details": details, "at_ms": at_ms}
            await connection.execute(insert(audit_log).values(tenant=tenant, **row))

    async def of_call(self, tenant: TenantId, call_id: CallId, limit: int) -> list[AuditEntry]:
        """The newest lines of a call, newest first; at most ``limit``, and never more than ``ENTRIES_SHOWN_MAX``."""
        columns = audit_log.c.at_ms, audit_log.c.actor, audit_log.c.action, audit_log.c.call_id, audit_log.c.details
        query = (
            select(*columns)
            .where(audit_log.c.tenant == tenant, audit_log.c.call_id == call_id)
            .order_by(audit_log.c.id.desc())
            .limit(min(limit, ENTRIES_SHOWN_MAX))
        )
        rows = await self._database.rows(query)
        return [AuditEntry(**{**row, "details": _fields.decode(row["details"])}) for row in rows]


def _goes_on(last: _Listened, format_: str, at_ms: int, *, review: bool) -> bool:
    return (last.format, last.review) == (format_, review) and at_ms - last.until_ms <= PLAYING_PAUSE_MS
