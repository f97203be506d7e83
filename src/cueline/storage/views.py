"""Saved views of the history, by tenant, person and name."""

from typing import Final

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from cueline.events.views import UnknownViewError, ViewRecord
from cueline.kernel.clock import Clock
from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId
from cueline.storage.engine import Database
from cueline.storage.tables import saved_views as stored

VIEWS_MAX: Final = 50
"""Of one person."""
TENANT_MAX: Final = 5_000


class PostgresViews:
    """``delivery.ports_views.ViewBook`` on PostgreSQL.

    Every method raises UnavailableError when PostgreSQL does not answer.
    """

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def views(self, tenant: TenantId, username: str) -> list[ViewRecord]:
        """A person's views by name; at most ``VIEWS_MAX``."""
        query = (
            select(stored.c.name, stored.c.filters, stored.c.changed_at_ms)
            .where(stored.c.tenant == tenant, stored.c.username == username)
            .order_by(stored.c.name)
            .limit(VIEWS_MAX)
        )
        return [ViewRecord(**row) for row in await self._database.rows(query)]

    async def put(self, tenant: TenantId, username: str, name: str, filters: str) -> ViewRecord:
        """Saves a view, over the one of that name. Raises InputError where there are too many others."""
        record = ViewRecord(name=name, filters=filters, changed_at_ms=self._clock.epoch_ms())
        values = {"filters": record.filters, "changed_at_ms": record.changed_at_ms}
        new = insert(stored).values(tenant=tenant, username=username, name=name, **values)
        own = stored.c.username == username
        counts = select(func.count().filter(own), func.count()).where(
            stored.c.tenant == tenant, or_(~own, stored.c.name != name)
        )
        async with self._database.transaction() as connection:
            mine, all_of_them = (await connection.execute(counts)).one()
            if mine < VIEWS_MAX and all_of_them < TENANT_MAX:
                await connection.execute(
                    new.on_conflict_do_update(index_elements=["tenant", "username", "name"], set_=values)
                )
                return record
        if mine >= VIEWS_MAX:
            raise InputError(f"at most {VIEWS_MAX} views are kept for one person: remove one first")
        raise InputError(f"at most {TENANT_MAX} views are kept in all: remove one first")

    async def remove(self, tenant: TenantId, username: str, name: str) -> None:
        """Forgets a view. Raises UnknownViewError."""
        gone = delete(stored).where(stored.c.tenant == tenant, stored.c.username == username, stored.c.name == name)
        async with self._database.transaction() as connection:
            if (await connection.execute(gone.returning(stored.c.name))).first() is None:
                raise UnknownViewError("no view is saved under that name")
