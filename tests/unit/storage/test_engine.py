"""Addresses, bounds, and errors that say nothing they should not."""

import asyncio

import pytest

from cueline.kernel.errors import BoundExceededError, ConfigurationError
from cueline.storage.engine import ConnectionBudget, Database, normalised_url
from cueline.storage.errors import DatabaseRefusedError, DatabaseUnavailableError, StatementRefusedError


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgres://u:p@db:5433/cueline", "postgresql://u:p@db:5433/cueline"),
        ("postgresql://u@db/cueline?sslmode=require", "postgresql://u@db/cueline?sslmode=require"),
        ("postgresql+asyncpg://u@db/cueline", "postgresql://u@db/cueline"),
        ("postgresql://postgres@/cueline?host=/run/pg", "postgresql://postgres@/cueline?host=/run/pg"),
        ("postgresql:///cueline?host=/run/pg", "postgresql:///cueline?host=/run/pg"),
        ("postgresql://u@one:1,two:2/cueline", "postgresql://u@one:1,two:2/cueline"),
        (" postgresql://u@db/?dbname=cueline ", "postgresql://u@db/?dbname=cueline"),
    ],
)
def test_addresses_are_brought_into_one_form(given, expected):
    assert normalised_url(given) == expected


@pytest.mark.parametrize("given", ["", "mysql://u:secret@db/x", "postgresql://u:secret@db", "http://[secret", "secret"])
def test_a_wrong_address_is_refused_without_quoting_it(given):
    with pytest.raises(ConfigurationError) as caught:
        normalised_url(given)
    assert "secret" not in str(caught.value)


async def test_a_malformed_port_is_a_configuration_error():
    database = Database("postgresql://u:secret@db:port/cueline")
    with pytest.raises(ConfigurationError) as caught:
        await database.ping()
    assert "secret" not in str(caught.value)


def test_the_processs_connections_have_a_budget():
    budget = ConnectionBudget(10)
    first = Database("postgresql://u@db/one", pool_size=7, budget=budget)
    with pytest.raises(BoundExceededError):
        Database("postgresql://u@db/two", pool_size=4, budget=budget)
    asyncio.run(first.close())
    Database("postgresql://u@db/two", pool_size=10, budget=budget)


async def test_a_full_pool_is_waited_for_and_then_said_to_be_unavailable(database_url):
    database = Database(database_url, pool_size=1, pool_timeout_s=0.05)
    async with database.transaction():
        with pytest.raises(DatabaseUnavailableError):
            await database.ping()
    await database.ping()
    await database.close()


async def test_a_statement_that_takes_too_long_is_stopped_by_the_server(database_url):
    database = Database(database_url, statement_timeout_s=0.05)
    with pytest.raises(DatabaseUnavailableError, match="57014"):
        await database.statement("SELECT pg_sleep(60)")
    await database.ping()
    await database.close()


async def test_a_cancelled_statement_leaves_the_pool_usable(database_url):
    database = Database(database_url, pool_size=1)
    await database.ping()
    for _ in range(3):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await database.statement("SELECT pg_sleep(60)")
    assert (await database.statement("SELECT 7 AS seven"))[0]["seven"] == 7
    await database.close()


async def test_a_transaction_that_fails_leaves_nothing(database_url):
    database = Database(database_url)

    async def fail():
        async with database.transaction() as connection:
            await connection.exec_driver_sql("CREATE TABLE left_behind (n int)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert (await database.statement("SELECT to_regclass('left_behind') AS found"))[0]["found"] is None
    await database.close()


async def test_refusals_say_their_state_and_no_value(database_url):
    database = Database(database_url)
    insert = "INSERT INTO utterance_times VALUES ('id-1', 'call_secret', '{}')"
    with pytest.raises(StatementRefusedError, match="23503") as caught:
        await database.statement(insert)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    with pytest.raises(DatabaseRefusedError, match="cueline migrate"):
        await database.statement("SELECT * FROM a_table_that_is_not_there")
    await database.close()


async def test_the_server_knows_who_asks(database_url):
    database = Database(database_url, application_name="cueline-call", statement_timeout_s=7)
    rows = await database.statement("SELECT current_setting('application_name'), current_setting('statement_timeout')")
    assert tuple(rows[0]) == ("cueline-call", "7s")
    await database.close()
