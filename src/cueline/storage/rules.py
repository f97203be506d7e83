"""Rule sets of a tenant: every version that was ever published, none ever changed, and at most one draft of each.

A draft stands as version 0, its document beside the version that it is based on.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Select, delete, func, select, text
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from cueline.events.rules import RulesConflictError, StoredDraft, StoredRules
from cueline.kernel.clock import Clock
from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId
from cueline.storage.engine import Database
from cueline.storage.rows import Row
from cueline.storage.tables import rule_sets as stored

SETS_MAX: Final = 100
"""Rule sets of one tenant, those that are only drafts among them."""

VERSIONS_BOUND: Final = 500
"""Versions of one read."""

_DRAFT: Final = 0
_LOCK: Final = text("SELECT pg_advisory_xact_lock(hashtextextended('rule_sets ' || :tenant, 0))")


class PostgresRules:
    """Rule sets on PostgreSQL. Every method raises UnavailableError when PostgreSQL does not answer."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def latest(self, tenant: TenantId, names: Sequence[str]) -> StoredRules | None:
        """The newest version of the first of these names that has one."""
        query = (
            select(stored)
            .ext(distinct_on(stored.c.name))
            .where(stored.c.tenant == tenant, stored.c.name.in_(names), stored.c.version > _DRAFT)
            .order_by(stored.c.name, stored.c.version.desc())
        )
        found = {row["name"]: row for row in await self._database.rows(query)}
        return next((_published(found[name]) for name in names if name in found), None)

    async def at(self, tenant: TenantId, name: str, version: int) -> StoredRules | None:
        """One published version."""
        if version <= _DRAFT:
            return None
        rows = await self._database.rows(_row(tenant, name, version))
        return _published(rows[0]) if rows else None

    async def versions(self, tenant: TenantId, name: str, *, limit: int) -> list[StoredRules]:
        """Published versions, newest first."""
        query = (
            select(stored)
            .where(stored.c.tenant == tenant, stored.c.name == name, stored.c.version > _DRAFT)
            .order_by(stored.c.version.desc())
            .limit(max(1, min(limit, VERSIONS_BOUND)))
        )
        return [_published(row) for row in await self._database.rows(query)]

    async def newest(self, tenant: TenantId) -> list[StoredRules]:
        """The newest version of each rule set that has one, by name."""
        query = (
            select(stored)
            .ext(distinct_on(stored.c.name))
            .where(stored.c.tenant == tenant, stored.c.version > _DRAFT)
            .order_by(stored.c.name, stored.c.version.desc())
        )
        return [_published(row) for row in await self._database.rows(query)]

    async def drafts(self, tenant: TenantId) -> list[StoredDraft]:
        """By name."""
        query = select(stored).where(stored.c.tenant == tenant, stored.c.version == _DRAFT).order_by(stored.c.name)
        return [_draft(row) for row in await self._database.rows(query)]

    async def draft(self, tenant: TenantId, name: str) -> StoredDraft | None:
        """The draft of a rule set."""
        rows = await self._database.rows(_row(tenant, name, _DRAFT))
        return _draft(rows[0]) if rows else None

    async def save_draft(
        self, tenant: TenantId, name: str, document: Mapping[str, object], *, based_on: int, by: str
    ) -> StoredDraft:
        """Stores a draft over the one before. Raises RulesConflictError when ``based_on`` is not in force any more,
        InputError when the tenant would have more than ``SETS_MAX`` rule sets."""
        draft = StoredDraft(name, based_on, dict(document), by, self._clock.epoch_ms())
        body = {"basedOn": based_on, "document": draft.document}
        async with self._database.transaction() as connection:
            await connection.execute(_LOCK, {"tenant": tenant})
            newest, full = await _standing(connection, tenant, name)
            if newest == based_on and not full:
                values = {
                    "tenant": tenant, "name": name, "version": _DRAFT, "document": _written(body), "note": "",
                    "changed_by": by, "changed_at_ms": draft.changed_at_ms,
                }  # fmt: skip
                over = insert(stored).values(values)
                changed = {each: over.excluded[each] for each in ("document", "changed_by", "changed_at_ms")}
                await connection.execute(
                    over.on_conflict_do_update(index_elements=["tenant", "name", "version"], set_=changed)
                )
                return draft
        raise _refused(newest, based_on)

    async def discard_draft(self, tenant: TenantId, name: str) -> bool:
        """Removes a draft; False when there was none."""
        query = delete(stored).where(stored.c.tenant == tenant, stored.c.name == name, stored.c.version == _DRAFT)
        rows = await self._database.rows(query.returning(stored.c.name))
        return bool(rows)

    async def publish(
        self,
        tenant: TenantId,
        name: str,
        document: Mapping[str, object],
        *,
        based_on: int | None,
        note: str,
        by: str,
    ) -> StoredRules:
        """Stores the next version. With ``based_on``, the draft becomes it and is gone; without, whatever is in force
        is followed, and a draft stays. Raises as ``save_draft`` does."""
        async with self._database.transaction() as connection:
            await connection.execute(_LOCK, {"tenant": tenant})
            newest, full = await _standing(connection, tenant, name)
            if based_on in {None, newest} and not full:
                values = {
                    "tenant": tenant, "name": name, "version": newest + 1, "document": _written(document),
                    "note": note, "changed_by": by, "changed_at_ms": self._clock.epoch_ms(),
                }  # fmt: skip
                row = (await connection.execute(insert(stored).values(values).returning(stored))).mappings().one()
                if based_on is not None:
                    await connection.execute(
                        delete(stored).where(
                            stored.c.tenant == tenant, stored.c.name == name, stored.c.version == _DRAFT
                        )
                    )
                return _published(row)
        raise _refused(newest, based_on)


async def _standing(connection: AsyncConnection, tenant: TenantId, name: str) -> tuple[int, bool]:
    """The newest version, 0 for none; and whether one more rule set would be too many."""
    counted = select(
        func.coalesce(func.max(stored.c.version).filter(stored.c.name == name), 0),
        func.count(stored.c.name.distinct()).filter(stored.c.name != name),
    ).where(stored.c.tenant == tenant)
    newest, others = (await connection.execute(counted)).one()
    return int(newest), int(others) >= SETS_MAX


def _refused(newest: int, based_on: int | None) -> RulesConflictError | InputError:
    if based_on not in {None, newest}:
        return RulesConflictError(
            f"version {newest} is in force, not {based_on}: read it, and make your changes on top of it"
        )
    return InputError(f"name: at most {SETS_MAX} rule sets")


def _row(tenant: TenantId, name: str, version: int) -> Select[Any]:
    return select(stored).where(stored.c.tenant == tenant, stored.c.name == name, stored.c.version == version)


def _published(row: Row) -> StoredRules:
    return StoredRules(
        name=row["name"],
        version=row["version"],
        document=_document.decode(row["document"]),
        note=row["note"],
        changed_by=row["changed_by"],
        changed_at_ms=row["changed_at_ms"],
    )


def _draft(row: Row) -> StoredDraft:
    body = _draft_body.decode(row["document"])
    return StoredDraft(
        name=row["name"],
        based_on=body.based_on,
        document=body.document,
        changed_by=row["changed_by"],
        changed_at_ms=row["changed_at_ms"],
    )


class _DraftBody(msgspec.Struct, rename="camel"):
    based_on: int
    document: dict[str, object]


_draft_body = msgspec.json.Decoder(_DraftBody)
_document = msgspec.json.Decoder(dict[str, object])


def _written(document: Mapping[str, object]) -> str:
    return msgspec.json.encode(document).decode()
