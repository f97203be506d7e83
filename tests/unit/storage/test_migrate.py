"""The migrations make what the tables say, wherever the package lies."""

import asyncio
import importlib
from urllib.parse import urlsplit

import asyncpg
import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import create_async_engine

from cueline.kernel.errors import UnavailableError
from cueline.storage.engine import Database
from cueline.storage.migrate import current, head, migrate
from cueline.storage.tables import metadata

_CATALOGUE = {
    "columns": """
        SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default, is_identity,
               identity_generation
        FROM information_schema.columns WHERE table_schema = $1 AND table_name <> 'alembic_version' ORDER BY 1, 3
    """,
    "indexes": """
        SELECT tablename, indexname, replace(indexdef, schemaname || '.', '')
        FROM pg_indexes WHERE schemaname = $1 AND tablename <> 'alembic_version' ORDER BY 1, 2
    """,
    "constraints": """
        SELECT t.relname, c.conname, replace(pg_get_constraintdef(c.oid), n.nspname || '.', '')
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = $1 AND t.relname <> 'alembic_version' ORDER BY 1, 2
    """,
    "options": """
        SELECT relname, reloptions::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND relkind = 'r' AND relname <> 'alembic_version' ORDER BY 1
    """,
}


@pytest.fixture
async def database(database_url):
    database = Database(database_url, pool_size=2)
    yield database
    await database.close()


@pytest.mark.parametrize("what", list(_CATALOGUE))
async def test_tables_and_migrations_make_the_same_schema(database, what):
    async with database.transaction() as connection:
        await connection.exec_driver_sql("CREATE SCHEMA drawn")
        await connection.exec_driver_sql("SET LOCAL search_path TO drawn")
        await connection.run_sync(metadata.create_all)
    drawn = [tuple(row) for row in await database.statement(_CATALOGUE[what], "drawn")]
    migrated = [tuple(row) for row in await database.statement(_CATALOGUE[what], "public")]
    assert drawn
    assert migrated == drawn


async def test_alembic_finds_nothing_to_migrate(database_url):
    # An engine of its own: SQLAlchemy's reflection needs JSON decoded, which ``Database`` leaves to msgspec.
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(database_url))
    options = {"compare_type": True, "compare_server_default": True}
    async with engine.connect() as connection:
        found = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts=options), metadata)
        )
    await engine.dispose()
    assert found == []


async def test_migrating_again_and_by_several_processes_at_once_is_harmless(database_url):
    assert await current(database_url) == head()
    assert await asyncio.gather(*(migrate(database_url) for _ in range(3))) == [head()] * 3


async def test_an_empty_database_stands_at_no_revision(database, database_url):
    await database.statement(f"DROP TABLE alembic_version, {', '.join(metadata.tables)}")
    assert await current(database_url) is None
    assert await asyncio.gather(*(migrate(database_url) for _ in range(3))) == [head()] * 3
    assert await current(database_url) == head()


async def test_databases_that_are_migrated_at_the_same_time_are_not_mixed_up(database, database_url):
    """Each tenant has one of its own."""
    name = urlsplit(database_url).path.strip("/")
    others = [f"{name}_{number}" for number in range(3)]
    urls = [database_url.replace(name, other) for other in others]
    administrator = await asyncpg.connect(database_url)
    try:
        for other in others:
            await administrator.execute(f"CREATE DATABASE {other}")
        assert await asyncio.gather(*(migrate(url) for url in urls)) == [head()] * 3
        assert [await current(url) for url in urls] == [head()] * 3
    finally:
        for other in others:
            await administrator.execute(f"DROP DATABASE IF EXISTS {other} WITH (FORCE)")
        await administrator.close()


async def test_a_server_that_is_not_there_is_said_so():
    with pytest.raises(UnavailableError):
        await migrate("postgresql://nobody@127.0.0.1:1/nothing")


async def test_alerts_that_were_withdrawn_are_counted_off_when_views_come(database):
    """From before revision 0006: an alert that was withdrawn still counted as open."""
    made = "INSERT INTO calls (call_id, tenant, contact_id, stream_arn, start_timestamp_ms, attributes, profile, phase,"
    made += " sequence, created_at_ms, alerts) VALUES ('c', 't', 'k', 's', 0, '{}', 'default', 'connected', 1, 0, 3)"
    await database.statement(made)
    told = [
        ("CueRaised", "seen", "alert"), ("CueRaised", "withdrawn", "alert"), ("CueRaised", "open", "alert"),
        ("CueRaised", "hint", "hint"), ("AlertAcknowledged", "seen", None), ("CueWithdrawn", "withdrawn", None),
    ]  # fmt: skip
    for sequence, (kind, cue, of) in enumerate(told, 1):
        payload = msgspec.json.encode({"cueId": cue, "cueKind": of}).decode()
        await database.statement(
            "INSERT INTO events (call_id, sequence, kind, at_ms, payload) VALUES ('c', $1, $2, 0, $3::jsonb)",
            sequence, kind, payload,
        )  # fmt: skip
    views = importlib.import_module("cueline.storage.migrations.versions.0006_views")
    [count] = [statement for statement in views._UP if "UPDATE calls" in statement]
    await database.statement(count)
    [row] = await database.statement("SELECT alerts, open_alerts FROM calls")
    assert (row["alerts"], row["open_alerts"]) == (1, ["open"])
