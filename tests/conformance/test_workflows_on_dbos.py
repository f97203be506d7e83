"""What is DBOS's alone: names that are lost, one engine in a process, PostgreSQL away for a while, forgetting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import pytest

from cueline.kernel.errors import ConfigurationError
from cueline.kernel.ids import WorkerId
from cueline.ops.system_clock import SystemClock
from cueline.storage.engine import Database
from cueline.storage.executors import PostgresExecutors
from cueline.workflows.adapters.dbos import DbosEngine
from cueline.workflows.interpret import StepCall
from cueline.workflows.ports import Run
from cueline.workflows.stepping import WorkflowCounters
from tests.conformance.workflow_world import LEASE_S, PLANS, steps
from tests.fakes.tcp_proxy import TcpProxy

pytestmark = [pytest.mark.component("postgres"), pytest.mark.timeout(120)]
PATIENCE_S = 60.0


class World:
    """Engines on one database, and how often each step was run."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.calls: list[str] = []
        self.held = asyncio.Event()
        self.held.set()

    async def _effect(self, call: StepCall) -> None:
        self.calls.append(call.step)
        await self.held.wait()

    @asynccontextmanager
    async def engine(
        self, worker: str, *, url: str | None = None, keep_ms: int = 3_600_000
    ) -> AsyncIterator[DbosEngine]:
        url = url or self.url
        database = Database(url, pool_size=2, pool_timeout_s=2)
        clock = SystemClock()
        executors = PostgresExecutors(database, worker=WorkerId(worker), clock=clock, timeout_s=LEASE_S)
        made = DbosEngine(
            url, PLANS, steps(self._effect), executors=executors, clock=clock, counters=WorkflowCounters(), poll_s=0.1,
            lease_timeout_s=LEASE_S, keep_ms=keep_ms, drain_s=5.0,
        )  # fmt: skip
        try:
            yield made
        finally:
            await made.aclose()
            await database.close()

    @asynccontextmanager
    async def running(
        self, worker: str, *, url: str | None = None, keep_ms: int = 3_600_000
    ) -> AsyncIterator[DbosEngine]:
        async with self.engine(worker, url=url, keep_ms=keep_ms) as made:
            task = asyncio.create_task(made.run())
            try:
                yield made
            finally:
                task.cancel()
                await asyncio.wait([task], timeout=PATIENCE_S)
                assert task.cancelled(), task.exception() if task.done() else "run does not end"

    async def owners(self) -> dict[str, str | None]:
        rows = await self.sql("SELECT name, owner FROM executors ORDER BY name")
        return {row["name"]: row["owner"] for row in rows}

    async def all_pending(self) -> bool:
        rows = await self.sql("SELECT status FROM cueline_workflows.workflow_status")
        return {row["status"] for row in rows} == {"PENDING"}

    async def sql(self, statement: str):
        database = Database(self.url, pool_size=1)
        try:
            return await database.statement(statement)
        finally:
            await database.close()


@pytest.fixture
def world(database_url: str) -> World:
    return World(database_url)


async def ended(engine: DbosEngine, run_id: str) -> Run:
    async with asyncio.timeout(PATIENCE_S):
        while (run := await engine.result(run_id)) is None or run.state == "running":  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
    return run


async def until(condition) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)


async def test_a_drained_process_leaves_a_free_name_and_no_run_behind(world: World):
    async with world.running("one") as engine:
        await engine.start("waiting", "wait", {"ms": 60_000})
        await until(world.all_pending)
    assert await world.owners() == {"executor-0001": None}
    assert [row["status"] for row in await world.sql("SELECT status FROM cueline_workflows.workflow_status")] == [
        "ENQUEUED"
    ]


async def test_who_lost_its_name_goes_on_under_another(world: World):
    async with world.running("slept-too-long") as engine:
        await engine.start("run-1", "wait", {"ms": 1_500})

        await until(world.all_pending)
        await world.sql("UPDATE executors SET owner = 'another', counter = 0")
        await engine.start("run-2", "chain", {"from": 0})

        async def renamed() -> bool:
            return (await world.owners()).get("executor-0002") == "slept-too-long"

        await until(renamed)
        assert (await ended(engine, "run-2")).result == {"found": 3}
        # What went with the name comes back when whoever took it turns out to be gone.
        assert (await ended(engine, "run-1")).state == "done"
        assert await world.owners() == {"executor-0001": None, "executor-0002": "slept-too-long"}


async def test_a_second_engine_in_a_process_is_refused(world: World):
    async with world.running("one") as engine, world.engine("two") as second:
        await engine.start("run-1", "chain", {"from": 0})
        await ended(engine, "run-1")
        with pytest.raises(ConfigurationError, match="only one engine"):
            await second.run()
        await engine.start("run-2", "chain", {"from": 0})
        await ended(engine, "run-2")


async def test_while_postgresql_is_away_runs_stand_still_and_then_go_on(world: World):
    parts = urlsplit(world.url)
    query = parse_qs(parts.query)
    proxy = TcpProxy(f"{query['host'][0]}/.s.PGSQL.5432" if "host" in query else parts.port or 5432)
    await proxy.restore()
    url = f"postgresql://{parts.username}@127.0.0.1:{proxy.port}{parts.path}?sslmode=disable"
    world.held.clear()
    async with world.running("one", url=url) as engine:
        await engine.start("run-1", "chain", {"from": 0})

        async def begun() -> bool:
            return bool(world.calls)

        await until(begun)
        await proxy.cut()
        world.held.set()
        await asyncio.sleep(2 * LEASE_S)
        assert world.calls == ["first"]
        await proxy.restore()
        assert (await ended(engine, "run-1")).result == {"found": 3}
        assert world.calls == ["first", "second", "third"]
        assert await world.owners() == {"executor-0001": "one"}
    await proxy.cut()


async def test_runs_that_ended_long_ago_are_forgotten(world: World):
    async with world.running("one") as engine:
        await engine.start("run-1", "chain", {"from": 0})
        await ended(engine, "run-1")
    async with world.running("two", keep_ms=0) as engine:

        async def forgotten() -> bool:
            return await engine.result("run-1") is None

        await until(forgotten)
