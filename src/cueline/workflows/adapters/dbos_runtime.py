"""DBOS in this process: set up, launched and taken down, with one workflow function for all plans.

DBOS is one per process and works in threads and an event loop of its own. Steps belong to the process's event loop,
where the stores' connections live, so each try hops over to it. What DBOS stores is JSON (never pickles), and what it
logs is let out as a line number and a run's id.

This is written against the inside of DBOS 3.4.0 in the two places that say so.
"""

import asyncio
import contextlib
import contextvars
import logging
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Final

import msgspec
import psycopg
import sqlalchemy
from dbos import DBOS, DBOSClient, DBOSConfig
from dbos._serialization import Serializer

from cueline.kernel.errors import ConfigurationError
from cueline.ops.logs import logger
from cueline.workflows.interpret import Ended, Outcome, Registered, StepCall, interpret
from cueline.workflows.plan import Step

APPLICATION: Final = "cueline"
RUN: Final = "cueline.run"
FORMAT_VERSION: Final = "1"
"""Of what ``interpret`` records. DBOS gives a run only to processes of its own version, so this changes only when
recorded runs cannot be read any more; plans have versions of their own."""
SCHEMA: Final = "cueline_workflows"
RUNS_AT_ONCE: Final = 200
RECOVERIES_MAX: Final = 100
_STATEMENT_TIMEOUT_MS: Final = 15_000

_launched = threading.Lock()


class JsonSerializer(Serializer):
    """What DBOS stores, as JSON. An exception is stored by its type alone: its text may quote a value."""

    def serialize(self, data: Any) -> str:
        if isinstance(data, BaseException):
            data = {"error": type(data).__name__}
        return msgspec.json.encode(data).decode()

    def deserialize(self, serialized_data: str) -> Any:
        found = msgspec.json.decode(serialized_data)
        if isinstance(found, dict) and found.keys() == {"error"}:
            return RuntimeError(found["error"])
        return found

    def name(self) -> str:
        return "cueline_json"


class _Quiet(logging.Handler):
    """DBOS puts statements, arguments and frames into its records: only where it was and which run is told."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        run = getattr(record, "operationUUID", None)
        logger("workflows").warning("dbos_reported", place=f"{record.filename}:{record.lineno}", run=run, error=kind)


def quieten() -> None:
    """Takes DBOS's logger over, before DBOS sets it up for the console."""
    dbos_logger = logging.getLogger("dbos")
    if not any(isinstance(handler, _Quiet) for handler in dbos_logger.handlers):
        dbos_logger.handlers[:] = [_Quiet()]
    dbos_logger.propagate = False
    dbos_logger.setLevel(logging.WARNING)


def engine_for(url: str, connections: int) -> sqlalchemy.Engine:
    """DBOS's own pool, at most so many connections. url: as libpq reads it."""

    def connect() -> psycopg.Connection[Any]:
        options = f"-c statement_timeout={_STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout=60000"
        try:
            return psycopg.connect(url, connect_timeout=5, application_name="cueline-workflows", options=options)
        except psycopg.ProgrammingError:
            raise ConfigurationError("DATABASE_URL is malformed, or asks for something that is not there") from None

    return sqlalchemy.create_engine(
        "postgresql+psycopg://",
        creator=connect,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
        pool_recycle=1_800,
        pool_pre_ping=True,
    )


def client_for(engine: sqlalchemy.Engine) -> DBOSClient:
    """Starts and looks up runs; raises when PostgreSQL is away, where DBOS itself would wait."""
    quieten()
    return DBOSClient(
        system_database_engine=engine,
        dbos_system_schema=SCHEMA,
        serializer=JsonSerializer(),
        application_name=APPLICATION,
        retry_connection_errors=False,
        lazy=True,
    )


def prepare(client: DBOSClient) -> None:
    """Brings DBOS's tables, in a schema of their own, up to date."""
    client._sys_db.run_migrations()  # noqa: SLF001 - its public form takes an address, not our pool


def give_back(client: DBOSClient, executor: str) -> int:
    """Gives the runs of an executor that works no more back to all; how many. Harmless when asked again."""
    database = client._sys_db  # noqa: SLF001 - DBOS does this only at the launch of an executor of the same name
    pending = database.get_pending_workflows(executor, FORMAT_VERSION)
    return sum(database.reenqueue_for_recovery(run.workflow_id, [executor], "lost") for run in pending)


def queue_of(kind: str) -> str:
    """Each version of a plan has a queue, so that a process takes only runs whose plan it knows."""
    return f"{APPLICATION}.{kind}"


class DbosRuntime:
    """A launched DBOS. ``launch`` and ``destroy`` block: they are for threads."""

    def __init__(
        self,
        engine: sqlalchemy.Engine,
        registered: Registered,
        perform: Callable[[StepCall, Step], Coroutine[Any, Any, Outcome]],
        *,
        executor: str,
        loop: asyncio.AbstractEventLoop,
        poll_s: float,
        on_end: Callable[[str, Ended], None],
    ) -> None:
        self._engine = engine
        self._registered = registered
        self._perform_on_loop = perform
        self._executor = executor
        self._loop = loop
        self._poll_s = poll_s
        self._on_end = on_end
        self._draining = threading.Event()
        self._under_way: set[tuple[str, int, int]] = set()
        self._dbos: DBOS | None = None
        self.launched = False

    def launch(self) -> None:
        """Begins to work on runs. Raises ConfigurationError where this process has a DBOS already."""
        if not _launched.acquire(blocking=False):
            raise ConfigurationError("this process runs workflows already: only one engine on DBOS fits into a process")
        quieten()
        try:

            async def run(kind: str, argument: dict[str, Any]) -> Any:  # DBOS marks the function, so no bound method
                return await self._run(kind, argument)

            DBOS.workflow(name=RUN, max_recovery_attempts=RECOVERIES_MAX)(run)
            self._dbos = DBOS(config=self._config())
            queues = [queue_of(kind) for kind in self._registered.plans]
            DBOS.listen_queues(queues)
            DBOS.launch()
            for queue in queues:
                DBOS.register_queue(
                    queue,
                    worker_concurrency=RUNS_AT_ONCE,
                    polling_interval_sec=self._poll_s,
                    on_conflict="always_update",
                )
            self.launched = True
        except BaseException:
            self.destroy()
            raise

    def _config(self) -> DBOSConfig:
        return DBOSConfig(
            name=APPLICATION,
            system_database_engine=self._engine,
            dbos_system_schema=SCHEMA,
            serializer=JsonSerializer(),
            executor_id=self._executor,
            application_version=FORMAT_VERSION,
            enable_otlp=False,
            log_level="WARNING",
            use_listen_notify=False,
            run_migrations=True,
            max_executor_threads=16,
            notification_listener_polling_interval_sec=1.0,
        )

    def drain(self) -> None:
        """Starts no further step."""
        self._draining.set()

    @property
    def steps_under_way(self) -> int:
        """Steps whose end is not recorded yet."""
        return len(self._under_way)

    def destroy(self) -> None:
        """Ends DBOS; runs that are not over stay as they are."""
        self._draining.set()
        logging.getLogger("dbos").setLevel(logging.ERROR)  # that it cancels what waits is no news
        try:
            if self._dbos is not None and self._dbos._sys_db_field is not None:  # noqa: SLF001 - see below
                # Its threads wait for a PostgreSQL that is away for as long as it takes, and would keep the process.
                self._dbos._sys_db_field._retry_connection_errors = False  # noqa: SLF001
            DBOS.destroy(destroy_registry=True)
        finally:
            self._dbos = None
            self.launched = False
            _launched.release()

    async def _run(self, kind: str, argument: dict[str, Any]) -> Any:
        """The one DBOS workflow."""
        run_id = DBOS.workflow_id or ""
        plan = self._registered.plans.get(kind)
        if plan is None:
            ended = Ended(code="unknown_workflow")
        else:
            ended = await interpret(plan, run_id, argument, perform=self._perform, sleep=self._sleep)
        self._loop.call_soon_threadsafe(self._on_end, run_id, ended)
        return msgspec.to_builtins(ended)

    async def _perform(self, call: StepCall, step: Step) -> Outcome:
        await self._unless_draining()
        with self._counted(call):
            recorded = await DBOS.run_step_async({"name": call.step}, self._hop, call, step)
        return msgspec.convert(recorded, Outcome)

    async def _hop(self, call: StepCall, step: Step) -> Any:
        # In a fresh context: what a step starts on its own is no part of DBOS's workflow.
        coroutine = self._perform_on_loop(call, step)
        begun = contextvars.Context().run(asyncio.run_coroutine_threadsafe, coroutine, self._loop)
        return msgspec.to_builtins(await asyncio.wrap_future(begun))

    async def _sleep(self, ms: int) -> None:
        await self._unless_draining()
        await DBOS.sleep_async(ms / 1_000)

    async def _unless_draining(self) -> None:
        if self._draining.is_set():
            await asyncio.get_running_loop().create_future()  # until DBOS is destroyed, which cancels it

    @contextlib.contextmanager
    def _counted(self, call: StepCall) -> Iterator[None]:
        entry = (call.run_id, call.number, call.tried)
        self._under_way.add(entry)
        try:
            yield
        finally:
            self._under_way.discard(entry)
