"""People who work with the calls, by tenant and user name."""

from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from cueline.events.people import PersonRecord, UnknownPersonError
from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId
from cueline.storage.engine import Database
from cueline.storage.tables import people

PEOPLE_MAX: Final = 5_000
"""People of one tenant."""


class PostgresPeople:
    """``delivery.ports_guidance.Directory`` on PostgreSQL.

    Every method raises UnavailableError when PostgreSQL does not answer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def everybody(self, tenant: TenantId) -> list[PersonRecord]:
        """By user name; at most ``PEOPLE_MAX``."""
        query = (
            select(people.c.username, people.c.name, people.c.role, people.c.team)
            .where(people.c.tenant == tenant)
            .order_by(people.c.username)
            .limit(PEOPLE_MAX)
        )
        return [PersonRecord(**row) for row in await self._database.rows(query)]

    async def put(self, tenant: TenantId, person: PersonRecord) -> None:
        """Adds or changes a person. Raises InputError when the tenant has ``PEOPLE_MAX`` others already."""
        values = {"name": person.name, "role": person.role, "team": person.team}
        new = insert(people).values(tenant=tenant, username=person.username, **values)
        mine = people.c.tenant == tenant
        async with self._database.transaction() as connection:
            others = select(func.count()).where(mine, people.c.username != person.username)
            if (await connection.execute(others)).scalar_one() < PEOPLE_MAX:
                await connection.execute(new.on_conflict_do_update(index_elements=["tenant", "username"], set_=values))
                return
        raise InputError(f"at most {PEOPLE_MAX} people are kept: remove somebody first")

    async def remove(self, tenant: TenantId, username: str) -> None:
        """Forgets a person. Raises UnknownPersonError."""
        gone = delete(people).where(people.c.tenant == tenant, people.c.username == username)
        async with self._database.transaction() as connection:
            found = await connection.execute(gone.returning(people.c.username))
            if found.first() is None:
                raise UnknownPersonError("nobody has that user name")
