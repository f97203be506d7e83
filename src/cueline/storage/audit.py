"""The audit log: who did what, with which call. Lines are added; only a playing that goes on lengthens its own."""

from collections.abc import Mapping
from typing import Final

import msgspec
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cueline.events.audit import LISTENED, AuditEntry, Span, joined
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.engine import Database
from cueline.storage.tables import audit_log

ENTRIES_SHOWN_MAX: Final = 500
DETAILS_BYTES_MAX: Final = 16_384
PLAYING_PAUSE_MS: Final = 10 * 60_000
"""Audio sent to the same person within this time of the last belongs to the same playing."""

PLAYED_AFTER_MS: Final = 24 * 3_600_000
"""A page that is left open plays for so long what was sent to it."""

_fields = msgspec.json.Decoder(dict[str, object])


class _Listened(msgspec.Struct, rename="camel"):
    format: str
    review: bool
    spans: list[Span]
    until_ms: int
    played: list[Span] = []


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
        async with self._database.transaction() as connection:
            found = await _newest(connection, tenant, call_id, actor)
            if found is not None and _goes_on(found[1], format_, at_ms, review=review):
                line, last = found
                until_ms = max(at_ms, last.until_ms)
                await _change(
                    connection, line, _Listened(format_, review, joined(last.spans, span), until_ms, last.played)
                )
                return
            details = msgspec.json.encode(_Listened(format_, review, [span], at_ms)).decode()
            row = {"actor": actor, "action": LISTENED, "call_id": call_id, "details": details, "at_ms": at_ms}
            await connection.execute(insert(audit_log).values(tenant=tenant, **row))

    async def played(self, tenant: TenantId, call_id: CallId, *, actor: str, span: Span, at_ms: int) -> bool:
        """Notes that a stretch of what was sent to somebody was played, as their player says.

        False where nothing of the call was sent to them lately.
        """
        async with self._database.transaction() as connection:
            found = await _newest(connection, tenant, call_id, actor)
            if found is None or at_ms - found[1].until_ms > PLAYED_AFTER_MS:
                return False
            line, last = found
            played = joined(last.played, span)
            await _change(connection, line, _Listened(last.format, last.review, last.spans, last.until_ms, played))
            return True

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


async def _newest(
    connection: AsyncConnection, tenant: TenantId, call_id: CallId, actor: str
) -> tuple[int, _Listened] | None:
    """The newest playing of that person, for this transaction alone: two ranges of one playing may come at once,
    perhaps on two gateways, and the second has to find the first's line."""
    lock = func.pg_advisory_xact_lock(func.hashtextextended(f"{tenant}\n{call_id}\n{actor}", 0))
    await connection.execute(select(lock))
    query = (
        select(audit_log.c.id, audit_log.c.details)
        .where(audit_log.c.tenant == tenant, audit_log.c.call_id == call_id)
        .where(audit_log.c.actor == actor, audit_log.c.action == LISTENED)
        .order_by(audit_log.c.id.desc())
        .limit(1)
    )
    line = (await connection.execute(query)).mappings().first()
    return None if line is None else (line["id"], msgspec.json.decode(line["details"], type=_Listened))


async def _change(connection: AsyncConnection, line: int, details: _Listened) -> None:
    values = {"details": msgspec.json.encode(details).decode()}
    await connection.execute(update(audit_log).where(audit_log.c.id == line).values(values))


def _goes_on(last: _Listened, format_: str, at_ms: int, *, review: bool) -> bool:
    return (last.format, last.review) == (format_, review) and at_ms - last.until_ms <= PLAYING_PAUSE_MS
