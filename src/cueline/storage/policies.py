"""Policies of a tenant's profiles, of redaction or of retention: every version ever published, none ever changed.

A profile without versions of its own follows the profile ``default``, and that one follows the built-in policy. Its
own versions begin above the one that it followed until then, so a version that a call began under stays the same one
for that call whatever is published later.
"""

from typing import Any, Final

from sqlalchemy import Select, Table, and_, func, insert, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from cueline.events.policies import BUILT_IN, BUILT_IN_VERSION, DEFAULT_PROFILE, PolicyConflictError, PolicyRecord
from cueline.kernel.clock import Clock
from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId
from cueline.storage.engine import Database
from cueline.storage.rows import Row
from cueline.storage.tables import redaction_policies

PROFILES_MAX: Final = 200
"""Profiles of one tenant that may have policies of their own."""

VERSIONS_BOUND: Final = 500
"""Versions of one read."""

_LOCK: Final = text("SELECT pg_advisory_xact_lock(hashtextextended(:policies || ' ' || :tenant, 0))")


class PostgresPolicies:
    """Policies on PostgreSQL. Every method raises UnavailableError when PostgreSQL does not answer.

    table: which policies; all tables of policies have the same columns. The built-in policy is the empty object.
    """

    def __init__(self, database: Database, *, clock: Clock, table: Table = redaction_policies) -> None:
        self._database = database
        self._clock = clock
        self._table = table

    async def latest(self, tenant: TenantId, profile: str) -> PolicyRecord:
        """The one in force for a profile: its own newest, else that of ``default``, else the built-in one."""
        rows = await self._database.rows(self._in_force(tenant, profile))
        return _record(rows[0]) if rows else BUILT_IN

    async def at(self, tenant: TenantId, profile: str, version: int) -> PolicyRecord | None:
        """The one that was in force for a profile under this version; None when there is no such one."""
        if version == BUILT_IN_VERSION:
            return BUILT_IN
        rows = await self._database.rows(self._in_force(tenant, profile).where(self._table.c.version == version))
        return _record(rows[0]) if rows else None

    async def versions(self, tenant: TenantId, profile: str, *, limit: int) -> list[PolicyRecord]:
        """The profile's own versions, newest first."""
        stored = self._table
        query = (
            select(stored)
            .where(stored.c.tenant == tenant, stored.c.profile == profile)
            .order_by(stored.c.version.desc())
            .limit(max(1, min(limit, VERSIONS_BOUND)))
        )
        return [_record(row) for row in await self._database.rows(query)]

    async def profiles(self, tenant: TenantId) -> list[PolicyRecord]:
        """The newest of each profile that has one of its own, by name; ``default`` is always there, and first."""
        stored = self._table
        query = (
            select(stored)
            .ext(distinct_on(stored.c.profile))
            .where(stored.c.tenant == tenant)
            .order_by(stored.c.profile, stored.c.version.desc())
        )
        found = {row["profile"]: _record(row) for row in await self._database.rows(query)}
        default = found.pop(DEFAULT_PROFILE, BUILT_IN)
        return [default, *(found[profile] for profile in sorted(found))]

    async def publish(
        self, tenant: TenantId, profile: str, policy: bytes, *, based_on: int, note: str, by: str
    ) -> PolicyRecord:
        """Stores the next version. Raises PolicyConflictError when ``based_on`` is not the one in force for the
        profile, InputError when the tenant would have more than ``PROFILES_MAX`` profiles."""
        stored = self._table
        # Several policies depend on each other's versions: one is published at a time.
        async with self._database.transaction() as connection:
            await connection.execute(_LOCK, {"policies": stored.name, "tenant": tenant})
            found = (await connection.execute(self._in_force(tenant, profile))).mappings().first()
            before = _record(found) if found is not None else BUILT_IN
            full = before.profile != profile and await self._profiles(connection, tenant) >= PROFILES_MAX
            if before.version == based_on and not full:
                values = {
                    "tenant": tenant, "profile": profile, "version": before.version + 1, "policy": policy.decode(),
                    "note": note, "changed_by": by, "changed_at_ms": self._clock.epoch_ms(),
                }  # fmt: skip
                row = (await connection.execute(insert(stored).values(values).returning(stored))).mappings().one()
                return _record(row)
        if before.version != based_on:
            raise PolicyConflictError(
                f"version {before.version} is in force, not {based_on}: read it, and publish on top of it"
            )
        raise InputError(f"profile: at most {PROFILES_MAX} profiles may have policies of their own")

    async def _profiles(self, connection: AsyncConnection, tenant: TenantId) -> int:
        stored = self._table
        counted = select(func.count(stored.c.profile.distinct())).where(stored.c.tenant == tenant)
        return int((await connection.execute(counted)).scalar_one())

    def _in_force(self, tenant: TenantId, profile: str) -> Select[Any]:
        """One row at most: a profile's own before that of ``default``, the newest first."""
        stored = self._table
        return (
            select(stored)
            .where(and_(stored.c.tenant == tenant, stored.c.profile.in_({profile, DEFAULT_PROFILE})))
            .order_by((stored.c.profile == profile).desc(), stored.c.version.desc())
            .limit(1)
        )


def _record(row: Row) -> PolicyRecord:
    return PolicyRecord(
        profile=row["profile"],
        version=row["version"],
        policy=str(row["policy"]).encode(),
        note=row["note"],
        changed_by=row["changed_by"],
        changed_at_ms=row["changed_at_ms"],
    )
