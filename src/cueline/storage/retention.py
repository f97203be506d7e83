"""What is over its days, legal holds, and the proofs of what was deleted."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import insert, select, text

from cueline.events.retention import (
    Cutoffs,
    DataKind,
    Deletion,
    DueCount,
    DueDeletion,
    LegalHold,
    Night,
    next_night_ms,
)
from cueline.kernel.clock import Clock
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.calls import UnknownCallError
from cueline.storage.engine import Database
from cueline.storage.rows import Row
from cueline.storage.tables import audit_log, calls, deletions

PAGE_BOUND: Final = 500
HELD: Final = "legal_hold.set"
LIFTED: Final = "legal_hold.lifted"
UNSEALED_MS: Final = 3_600_000
"""A recording that is not sealed this long after its call's end is not written any more."""

# $5 is the time now: the first asks for it, and all of them take the same arguments.
_FROM: Final[dict[DataKind, str]] = {
    # What was begun is gone on with, whatever the policy says by now: half a recording is of use to nobody.
    "audio": f"""
recordings r JOIN calls c ON c.call_id = r.call_id LEFT JOIN over ON over.profile = c.profile
WHERE r.tenant = $1 AND r.state <> 'deleted' AND c.phase = 'ended' AND (r.deleted_at_ms IS NOT NULL OR (
    c.ended_at_ms <= coalesce(over.cutoff, $4::bigint)
    AND (r.state = 'sealed' OR c.ended_at_ms <= $5::bigint - {UNSEALED_MS})))
""",
    "text": """
calls c LEFT JOIN over ON over.profile = c.profile
WHERE c.tenant = $1 AND c.ended_at_ms IS NOT NULL AND c.text_deleted_at_ms IS NULL AND c.phase = 'ended'
    AND c.ended_at_ms <= coalesce(over.cutoff, $4::bigint) AND $5::bigint > 0
""",
    # The row goes when nothing hangs on it any more.
    "metrics": """
calls c LEFT JOIN over ON over.profile = c.profile
WHERE c.tenant = $1 AND c.ended_at_ms IS NOT NULL AND c.phase = 'ended'
    AND c.ended_at_ms <= coalesce(over.cutoff, $4::bigint) AND $5::bigint > 0
""",
}
_NOTHING_LEFT: Final = """
AND c.text_deleted_at_ms IS NOT NULL
AND NOT EXISTS (SELECT FROM recordings r WHERE r.call_id = c.call_id AND r.state <> 'deleted')
"""
_OVER: Final = "WITH over AS (SELECT * FROM unnest($2::text[], $3::bigint[]) AS each (profile, cutoff))"


def _due(kind: DataKind) -> str:
    rest = _NOTHING_LEFT if kind == "metrics" else ""
    return f"""
{_OVER} SELECT c.call_id, c.profile, c.ended_at_ms FROM {_FROM[kind]} {rest}
AND NOT c.legal_hold AND c.call_id <> ALL ($6::text[]) ORDER BY c.ended_at_ms, c.call_id LIMIT $7
"""  # noqa: S608 - constants only


def _counted(kind: DataKind) -> str:
    return f"""
{_OVER} SELECT c.profile, count(*) FILTER (WHERE NOT c.legal_hold) AS calls,
    count(*) FILTER (WHERE c.legal_hold) AS held
FROM {_FROM[kind]} GROUP BY c.profile ORDER BY c.profile
"""  # noqa: S608 - constants only


_HOLD: Final = text("""
UPDATE calls SET legal_hold = :held WHERE tenant = :tenant AND call_id = :call AND legal_hold <> :held RETURNING call_id
""")
STARTED: Final = "retention.started"
BEGUN: Final = "retention.begun"
DONE: Final = "retention.done"
"""In the audit log, of the tenant as a whole: since when retention works, and its nights."""

NIGHT_LEASE_MS: Final = 3_600_000
"""A night that was begun this long ago and is not done died with its keeper."""

_NIGHT_LOCK: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('retention ' || :tenant, 0))")
_NIGHTS: Final = text("""
SELECT action, at_ms, details FROM audit_log
WHERE tenant = :tenant AND call_id IS NULL AND action IN ('retention.started', 'retention.begun', 'retention.done')
ORDER BY id DESC LIMIT 1
""")
_details = msgspec.json.Decoder(dict[str, object])


class PostgresRetention:
    """Every method raises UnavailableError when PostgreSQL does not answer."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def due(
        self, tenant: TenantId, kind: DataKind, cutoffs: Cutoffs, *, limit: int, but: Sequence[CallId] = ()
    ) -> list[DueDeletion]:
        """Calls whose data of a kind are over their days and not held, the one that ended longest ago first."""
        arguments = self._arguments(tenant, cutoffs)
        rows = await self._database.statement(_due(kind), *arguments, list(but), _bounded(limit))
        return [DueDeletion(row["call_id"], kind, row["profile"], row["ended_at_ms"]) for row in rows]

    async def due_counts(self, tenant: TenantId, kind: DataKind, cutoffs: Cutoffs) -> list[DueCount]:
        """How many calls that would be, by profile; those too whose other data go first in the same night."""
        rows = await self._database.statement(_counted(kind), *self._arguments(tenant, cutoffs))
        return [DueCount(kind, row["profile"], row["calls"], row["held"]) for row in rows]

    async def hold(self, tenant: TenantId, call_id: CallId, *, held: bool, reason: str, by: str) -> bool:
        """Sets or lifts a call's legal hold, with its line in the audit log; False where it stood so already.

        It waits for a deletion that holds the call's row, at most a few seconds: what is deleted after it returned is
        nothing. Raises UnknownCallError.
        """
        at_ms = self._clock.epoch_ms()
        async with self._database.transaction() as connection:
            changed = await connection.execute(_HOLD, {"held": held, "tenant": tenant, "call": call_id})
            found = changed.first() is not None
            if found:
                action, details = HELD if held else LIFTED, {"reason": reason}
                line = _line(tenant, at_ms=at_ms, by=by, action=action, details=dict(details), call_id=call_id)
                await connection.execute(insert(audit_log).values(line))
        if not found:
            await self.standing_hold(tenant, call_id)
        return found

    async def standing_hold(self, tenant: TenantId, call_id: CallId) -> LegalHold:
        """Whether a call is held, and by whom and why it was last set or lifted. Raises UnknownCallError."""
        call = select(calls.c.legal_hold).where(calls.c.tenant == tenant, calls.c.call_id == call_id)
        rows = await self._database.rows(call)
        if not rows:
            raise UnknownCallError(f"no call {call_id} in this tenant")
        line = (
            select(audit_log.c.actor, audit_log.c.at_ms, audit_log.c.details)
            .where(audit_log.c.tenant == tenant, audit_log.c.call_id == call_id)
            .where(audit_log.c.action.in_((HELD, LIFTED)))
            .order_by(audit_log.c.id.desc())
            .limit(1)
        )
        found = await self._database.rows(line)
        if not found:
            return LegalHold(held=rows[0]["legal_hold"])
        reason = _details.decode(found[0]["details"]).get("reason")
        return LegalHold(
            held=rows[0]["legal_hold"],
            reason=reason if isinstance(reason, str) else None,
            by=found[0]["actor"],
            at_ms=found[0]["at_ms"],
        )

    async def deletions(self, tenant: TenantId, *, limit: int, call_id: CallId | None = None) -> list[Deletion]:
        """The newest proofs, newest first; those of one call where it is named, which may be gone itself."""
        query = select(deletions).where(deletions.c.tenant == tenant)
        if call_id is not None:
            query = query.where(deletions.c.call_id == call_id)
        query = query.order_by(deletions.c.deleted_at_ms.desc(), deletions.c.id.desc()).limit(_bounded(limit))
        return [_deletion(row) for row in await self._database.rows(query)]

    async def claim_night(self, tenant: TenantId, *, hour: int, by: str) -> bool:
        """Whether retention is to work now, and nobody else does: one keeper each night is told so.

        The first time that it is asked, only the time is noted. hour: o'clock in UTC, at which nights begin.
        """
        now_ms = self._clock.epoch_ms()
        async with self._database.transaction() as connection:
            await connection.execute(_NIGHT_LOCK, {"tenant": tenant})
            last = (await connection.execute(_NIGHTS, {"tenant": tenant})).mappings().first()
            due = last is not None and _is_due(last, now_ms, hour)
            if last is None or due:
                line = _line(tenant, at_ms=now_ms, by=by, action=BEGUN if due else STARTED, details={})
                await connection.execute(insert(audit_log).values(line))
        return due

    async def end_night(self, tenant: TenantId, night: Night, *, by: str) -> None:
        """Notes what was deleted."""
        details: dict[str, object] = msgspec.to_builtins(night)
        line = _line(tenant, at_ms=self._clock.epoch_ms(), by=by, action=DONE, details=details)
        async with self._database.transaction() as connection:
            await connection.execute(insert(audit_log).values(line))

    def _arguments(self, tenant: TenantId, cutoffs: Cutoffs) -> tuple[Any, ...]:
        profiles = cutoffs.profiles
        return tenant, list(profiles), list(profiles.values()), cutoffs.others, self._clock.epoch_ms()


def _is_due(last: Row, now_ms: int, hour: int) -> bool:
    """Whether the next night has begun, given the newest line that tells of one."""
    if last["action"] == BEGUN:
        return bool(now_ms - last["at_ms"] >= NIGHT_LEASE_MS)
    if last["action"] == DONE and _details.decode(last["details"]).get("more"):
        return True
    return now_ms >= next_night_ms(last["at_ms"], hour)


def _line(
    tenant: TenantId, *, at_ms: int, by: str, action: str, details: dict[str, object], call_id: CallId | None = None
) -> dict[str, object]:
    written = msgspec.json.encode(details).decode()
    return {
        "tenant": tenant, "at_ms": at_ms, "actor": by, "action": action, "call_id": call_id, "details": written,
    }  # fmt: skip


def _deletion(row: Row) -> Deletion:
    return Deletion(
        tenant=row["tenant"],
        call_id=row["call_id"],
        kind=row["kind"],
        proof=str(row["proof"]).encode(),
        deleted_by=row["deleted_by"],
        deleted_at_ms=row["deleted_at_ms"],
    )


def _bounded(limit: int) -> int:
    return max(1, min(limit, PAGE_BOUND))
