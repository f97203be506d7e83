"""Connections to PostgreSQL: a bounded pool, bounded waits, typed errors.

Reading is written in SQLAlchemy Core; the few statements that must be fast or atomic go to asyncpg as they are, on a
connection of the same pool (``Database.statement``). asyncpg prepares each once per connection and keeps it.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import asyncpg
from sqlalchemy import Executable, RowMapping, event, exc
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from cueline.kernel.errors import BoundExceededError, ConfigurationError
from cueline.storage.errors import DatabaseUnavailableError, translated

CONNECT_TIMEOUT_S = 5.0
POOL_TIMEOUT_S = 10.0
STATEMENT_TIMEOUT_S = 15.0
_CLIENT_GRACE_S = 5.0
_SCHEMES = frozenset({"postgres", "postgresql", "postgresql+asyncpg", "postgres+asyncpg"})


def normalised_url(url: str) -> str:
    """A ``postgresql://`` address as asyncpg reads it, which is libpq's form with ``sslmode`` and the like.

    ``postgres://`` and SQLAlchemy's ``postgresql+asyncpg://`` are accepted. Raises ConfigurationError for anything
    else, or when no database is named; the message never quotes the address, which may hold a password.
    """
    try:
        parts = urlsplit(url.strip())
        query = parse_qs(parts.query)
    except ValueError:
        raise ConfigurationError("DATABASE_URL is malformed") from None
    if parts.scheme not in _SCHEMES:
        raise ConfigurationError("DATABASE_URL must begin with postgresql:// (or postgres://)")
    if not parts.path.strip("/") and not query.get("dbname") and not query.get("database"):
        raise ConfigurationError("DATABASE_URL must name a database: postgresql://user@host:5432/DATABASE")
    # Not urlunsplit alone: it drops the empty host of a Unix socket's address.
    rebuilt = urlunsplit(("", parts.netloc, parts.path, parts.query, ""))
    return "postgresql:" + (rebuilt if rebuilt.startswith("//") else "//" + rebuilt)


class ConnectionBudget:
    """How many connections all pools of this process may hold together (PostgreSQL allows 100 by default)."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._taken = 0

    def take(self, count: int) -> None:
        """Raises BoundExceededError when the process would hold more than its budget."""
        if self._taken + count > self._limit:
            raise BoundExceededError(
                f"database connections: {self._taken} of {self._limit} are given to other pools, {count} asked for"
            )
        self._taken += count

    def give_back(self, count: int) -> None:
        self._taken -= count


class Database:
    """One database behind one pool; connections are opened when needed.

    url: see ``normalised_url``. pool_size: the most connections. budget: shared by all pools of the process.
    Every method raises DatabaseUnavailableError when PostgreSQL does not answer in time, and other errors of
    ``storage.errors`` when it refuses; a connection on which anything went wrong is not used again.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 10,
        application_name: str = "cueline",
        statement_timeout_s: float = STATEMENT_TIMEOUT_S,
        pool_timeout_s: float = POOL_TIMEOUT_S,
        budget: ConnectionBudget | None = None,
    ) -> None:
        self._url = normalised_url(url)
        self._application_name = application_name
        self._statement_timeout_s = statement_timeout_s
        self._budget = budget
        self._pool_size = pool_size
        if budget is not None:
            budget.take(pool_size)
        self._engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=self._connect,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=pool_timeout_s,
            pool_recycle=1800,
            pool_use_lifo=True,
            # JSON stays text at this border; msgspec decodes it into the types that it stands for.
            json_serializer=_as_it_is,
            json_deserializer=_as_it_is,
        )
        event.listen(self._engine.sync_engine, "checkout", _refuse_dead_connection)

    @property
    def engine(self) -> AsyncEngine:
        return self._engine

    async def close(self) -> None:
        """Closes all connections; the object is of no use afterwards."""
        await self._engine.dispose()
        if self._budget is not None:
            self._budget.give_back(self._pool_size)
            self._budget = None

    async def ping(self) -> None:
        """Raises an UnavailableError when PostgreSQL does not answer a query."""
        await self.statement("SELECT 1")

    async def statement(self, sql: str, *arguments: object) -> "Sequence[asyncpg.Record]":
        """One statement as one transaction of its own, prepared once per connection; gives its rows."""
        async with self._checked_out() as connection:
            raw = await connection.get_raw_connection()
            driver: asyncpg.Connection[asyncpg.Record] = raw.driver_connection  # type: ignore[assignment]
            return await driver.fetch(sql, *arguments)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Several statements as one transaction, committed when the block ends well."""
        async with self._checked_out() as connection, connection.begin():
            yield connection

    async def rows(self, query: Executable) -> Sequence[RowMapping]:
        """The rows of one reading query."""
        async with self._checked_out() as connection:
            single = await connection.execution_options(isolation_level="AUTOCOMMIT")
            return (await single.execute(query)).mappings().all()

    @asynccontextmanager
    async def _checked_out(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._engine.connect() as connection:
                try:
                    yield connection
                except (asyncpg.PostgresError, exc.DBAPIError):
                    raise
                except BaseException:
                    # Cancelled or cut off in the middle: nobody knows what the connection would say next.
                    await connection.invalidate()
                    raise
        except Exception as error:
            known = translated(error)
            if known is None or known is error:
                raise
            raise known from None

    async def _connect(self) -> "asyncpg.Connection[Any]":
        timeout_ms = str(int(self._statement_timeout_s * 1000))
        try:
            return await asyncpg.connect(
                self._url,
                timeout=CONNECT_TIMEOUT_S,
                command_timeout=self._statement_timeout_s + _CLIENT_GRACE_S,
                server_settings={
                    "application_name": self._application_name,
                    "statement_timeout": timeout_ms,
                    "idle_in_transaction_session_timeout": timeout_ms,
                    "jit": "off",
                    "timezone": "UTC",
                },
            )
        except (ValueError, asyncpg.ClientConfigurationError):
            raise ConfigurationError("DATABASE_URL is malformed, or asks for something that is not there") from None
        except TimeoutError:
            raise DatabaseUnavailableError(f"PostgreSQL did not answer in {CONNECT_TIMEOUT_S:g} s") from None


def _as_it_is(text: str) -> str:
    return text


def _refuse_dead_connection(dbapi_connection: Any, _record: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    """After a restart of PostgreSQL the whole pool is stale: found without asking the server anything."""
    if dbapi_connection.driver_connection.is_closed():
        raise exc.InvalidatePoolError
