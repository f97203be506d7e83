"""Brings a database's schema up to date; works from an installed package, without a configuration file."""

import asyncio
from pathlib import Path
from weakref import WeakKeyDictionary

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from cueline.storage.engine import Database

_LOCK = 0x43_55_45_4C  # "CUEL": one process migrates a database at a time, the others wait

# Alembic keeps what it migrates in globals of its modules: beside another one in this process, a migration would run
# on that one's connection, which may be another tenant's database.
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


def head() -> str:
    """The newest revision that this version of Cueline knows."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise LookupError("the package holds no migrations")
    return revision


async def current(url: str) -> str | None:
    """The revision that a database stands at; None when nothing was ever migrated. Raises UnavailableError."""
    database = Database(url, pool_size=1)
    try:
        async with database.transaction() as connection:
            return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    finally:
        await database.close()


async def migrate(url: str) -> str:
    """Migrates a database to ``head`` in one transaction and gives that revision; harmless when already there.

    Raises UnavailableError when PostgreSQL cannot be reached or refuses.
    """
    # A migration may take longer than any other statement is allowed to.
    database = Database(url, pool_size=1, statement_timeout_s=3600, application_name="cueline-migrate")
    try:
        turn = _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())
        async with turn, database.transaction() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            await connection.run_sync(_upgrade)
    finally:
        await database.close()
    return head()


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
