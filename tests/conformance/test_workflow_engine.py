"""The same of every workflow engine: DBOS on a real PostgreSQL, a real Temporal server, and the fake of other tests."""

import asyncio
import json
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import asyncpg
import pytest
from temporalio.client import Client

from cueline.kernel.errors import ConfigurationError, UnavailableError
from cueline.roles.settings import Settings
from cueline.roles.workflows import probe_temporal
from cueline.storage.engine import Database
from cueline.workflows.interpret import StepCall, StepFunction
from cueline.workflows.plan import FactsRefusedError, UnknownStepError, UnknownWorkflowError
from cueline.workflows.ports import Run, WorkflowEngine
from cueline.workflows.stepping import WorkflowCounters
from tests.components import ROOT, TEMPORAL_SERVER
from tests.conformance.workflow_world import CHAIN, EFFECTS, MOMENTS, PLANS, SECRET, make_engine, steps
from tests.conftest import _administer, _named
from tests.fakes.workflow_engine import FakeEngine, Journal

pytestmark = pytest.mark.timeout(180)
PATIENCE_S = 60.0
REAL = [
    pytest.param("dbos", marks=pytest.mark.component("postgres")),
    pytest.param("temporal", marks=pytest.mark.component("postgres", "temporal")),
]


@pytest.fixture(scope="module")
def temporal_address() -> Iterator[str]:
    """A server of this module's own; it ends with its standard input."""
    with subprocess.Popen([TEMPORAL_SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            ready, _, address = server.stdout.readline().strip().partition(" ")
            assert ready == "ready"
            yield address
        finally:
            server.stdin.close()


@pytest.fixture(scope="module")
def effects_url(_template: tuple[str, str], request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database for all tests of the module; each uses runs of its own."""
    server, template = _template
    name = f"cueline_workflows_{id(request)}"
    asyncio.run(_administer(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"))
    asyncio.run(_administer(_named(server, name), EFFECTS))
    yield _named(server, name)
    asyncio.run(_administer(server, f"DROP DATABASE {name} WITH (FORCE)"))


@dataclass
class Place:
    """Where the engines of one test stand: engines that are made one after the other share what they keep."""

    kind: str
    address: str
    queue: str
    database_url: str | None
    journal: Journal = field(default_factory=Journal)
    calls: list[StepCall] = field(default_factory=list)
    at_ms: list[float] = field(default_factory=list)
    on_effect: Callable[[StepCall], Any] | None = None
    functions: dict[str, StepFunction] = field(default_factory=dict)
    counters: WorkflowCounters = field(default_factory=WorkflowCounters)

    def __post_init__(self) -> None:
        self.functions.update(steps(self.effect))

    async def effect(self, call: StepCall) -> None:
        self.calls.append(call)
        self.at_ms.append(time.monotonic() * 1_000)
        if self.on_effect is not None:
            await self.on_effect(call)

    @asynccontextmanager
    async def engine(self) -> AsyncIterator[WorkflowEngine]:
        """An engine that does not run yet."""
        if self.kind == "fake":
            yield FakeEngine(self.journal, PLANS, self.functions)
            return
        database = Database(self.database_url, pool_size=2) if self.database_url else None
        made = make_engine(
            self.kind, self.address, self.queue, self.functions, worker=f"{id(self)}", database=database,
            counters=self.counters,
        )  # fmt: skip
        try:
            yield made
        finally:
            await made.aclose()
            if database is not None:
                await database.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[WorkflowEngine]:
        """An engine that runs, and is drained at the end."""
        async with self.engine() as made:
            task = asyncio.create_task(made.run())
            try:
                yield made
            finally:
                task.cancel()
                await asyncio.wait([task], timeout=PATIENCE_S)
                assert task.cancelled(), task.exception() if task.done() else "run does not end"

    def run(self, name: str = "run") -> str:
        return f"{name}-{self.queue}"


@pytest.fixture(params=["fake", *REAL])
def place(request: pytest.FixtureRequest) -> Place:
    kind = request.param
    queue = request.node.name.split("[")[0].removeprefix("test_")[:60]
    if kind == "fake":
        return Place(kind, "", queue, None)
    url = request.getfixturevalue("effects_url")
    return Place(kind, request.getfixturevalue("temporal_address") if kind == "temporal" else url, queue, url)


async def ended(engine: WorkflowEngine, run_id: str) -> Run:
    async with asyncio.timeout(PATIENCE_S):
        while (run := await engine.result(run_id)) is None or run.state == "running":  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.03)
    return run


async def test_steps_run_in_order_each_told_what_came_before(place: Place):
    async with place.running() as engine:
        assert await engine.result(place.run()) is None
        await engine.start(place.run(), "chain", {"from": 40})
        assert await ended(engine, place.run()) == Run(place.run(), "chain", "done", result={"found": 43})
    assert [(call.step, call.argument, call.number, call.tried) for call in place.calls] == [
        ("first", {"after": 40}, 1, 0),
        ("second", {"after": 41}, 2, 0),
        ("third", {"after": 42}, 4, 0),
    ]
    assert {call.run_id for call in place.calls} == {place.run()}
    assert place.at_ms[2] - place.at_ms[1] >= 190  # the wait of 200 ms


async def test_starting_again_changes_nothing(place: Place):
    async with place.engine() as engine:
        await engine.start(place.run(), "chain", {"from": 0})
        await engine.start(place.run(), "chain", {"from": 10})
        found = await engine.result(place.run())
        assert found is not None
        assert (found.workflow, found.state) == ("chain", "running")
    async with place.running() as engine:
        assert (await ended(engine, place.run())).result == {"found": 3}
        await engine.start(place.run(), "chain", {"from": 20})
        await engine.start(place.run("next"), "chain", {"from": 30})
        assert (await ended(engine, place.run("next"))).result == {"found": 33}
        assert (await ended(engine, place.run())).result == {"found": 3}
    assert len(place.calls) == 6


async def test_a_failing_step_is_tried_again_more_slowly_and_then_shown_to_the_plan(place: Place):
    async with place.running() as engine:
        await engine.start(place.run(), "flaky", {})
        assert (await ended(engine, place.run())).result == {"failed": "unavailable", "tries": 4}
    assert [call.tried for call in place.calls] == [0, 1, 2, 3]
    assert len({call.key for call in place.calls}) == 1
    pauses = [after - before for before, after in zip(place.at_ms, place.at_ms[1:], strict=False)]
    assert pauses[0] >= 95
    assert min(pauses[1:]) >= 195


@pytest.mark.parametrize(
    ("workflow", "result", "tries"),
    [
        ("refused", {"failed": "nothing_to_do", "tries": 1}, 1),
        ("slow", {"failed": "step_timed_out", "tries": 2}, 2),
        ("bug", {"failed": "unexpected_error", "tries": 2}, 2),
    ],
)
async def test_how_steps_fail(place: Place, workflow: str, result: dict[str, object], tries: int):
    async with place.running() as engine:
        await engine.start(place.run(workflow), workflow, {})
        assert (await ended(engine, place.run(workflow))).result == result
    assert len(place.calls) == tries


async def test_names_that_nobody_knows_are_typed_errors(place: Place):
    async with place.running() as engine:
        with pytest.raises(UnknownWorkflowError):
            await engine.start(place.run(), "chains", {})
        with pytest.raises(FactsRefusedError):
            await engine.start("a run", "chain", {})
        with pytest.raises(FactsRefusedError):
            await engine.start(place.run(), "chain", {"said": SECRET})
        assert await engine.result(place.run()) is None
        await engine.start(place.run(), "lost", {})
        assert await ended(engine, place.run()) == Run(place.run(), "lost", "failed", code="unknown_step")


async def test_a_step_without_a_function_is_noticed_at_once(place: Place):
    place.functions.pop("second")
    with pytest.raises(UnknownStepError, match="nobody registered a function for step second"):
        async with place.engine():
            pass


async def test_two_runs_go_on_side_by_side(place: Place):
    met = asyncio.Barrier(2)

    async def meet(call: StepCall) -> None:
        if call.step == "second":
            async with asyncio.timeout(PATIENCE_S):
                await met.wait()

    place.on_effect = meet
    async with place.running() as engine:
        for name in ("left", "right"):
            await engine.start(place.run(name), "chain", {"from": 0})
        for name in ("left", "right"):
            assert (await ended(engine, place.run(name))).result == {"found": 3}


async def test_a_run_that_outlives_its_time_is_over(place: Place):
    async with place.running() as engine:
        await engine.start(place.run(), "brief", {"ms": 100_000})
        assert await ended(engine, place.run()) == Run(place.run(), "brief", "failed", code="run_timed_out")


async def test_draining_ends_the_step_under_way_and_leaves_the_rest_to_another(place: Place):
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def hold(call: StepCall) -> None:
        if call.step == "first":
            begun.set()
            await go_on.wait()

    place.on_effect = hold
    async with place.engine() as engine:
        task = asyncio.create_task(engine.run())
        await engine.start(place.run(), "chain", {"from": 0})
        await asyncio.wait_for(begun.wait(), PATIENCE_S)
        task.cancel()
        await asyncio.sleep(0.1)
        assert not task.done()
        go_on.set()
        await asyncio.wait([task], timeout=PATIENCE_S)
        assert task.cancelled()
        assert [call.step for call in place.calls] == ["first"]
    async with place.running() as engine:
        assert (await ended(engine, place.run())).result == {"found": 3}
    assert [call.step for call in place.calls] == list(CHAIN)


async def test_a_wait_under_way_is_cut_short_by_draining_and_goes_on_elsewhere(place: Place):
    async with place.running() as engine:
        begun = time.monotonic()
        await engine.start(place.run(), "wait", {"ms": 3_000})
        await asyncio.sleep(1)
    assert time.monotonic() - begun < PATIENCE_S
    async with place.running() as engine:
        assert (await ended(engine, place.run())).state == "done"
    assert time.monotonic() - begun >= 2.9


# Real engines alone


@pytest.mark.parametrize("kind", REAL)
async def test_what_is_not_there_is_said_to_be_unavailable(kind: str):
    place = Place(kind, "postgresql://nobody@127.0.0.1:1/none" if kind == "dbos" else "127.0.0.1:1", "q", None)
    place.database_url = "postgresql://nobody@127.0.0.1:1/none"
    async with place.engine() as engine:
        with pytest.raises(UnavailableError):
            await engine.start("run", "chain", {"from": 0})
        with pytest.raises(UnavailableError):
            await engine.result("run")
        task = asyncio.create_task(engine.run())
        await asyncio.sleep(0.5)
        assert not task.done()
        task.cancel()
        await asyncio.wait([task], timeout=PATIENCE_S)
        assert task.cancelled()


@pytest.mark.parametrize("kind", REAL)
async def test_what_happened_is_counted(kind: str, effects_url: str, request: pytest.FixtureRequest):
    address = effects_url if kind == "dbos" else request.getfixturevalue("temporal_address")
    place = Place(kind, address, f"counted-{kind}", effects_url)
    async with place.running() as engine:
        for workflow in ("chain", "bug", "lost"):
            await engine.start(place.run(workflow), workflow, {"from": 0})
        for workflow in ("chain", "bug", "lost"):
            await ended(engine, place.run(workflow))
        await asyncio.sleep(0.1)
    assert asdict(place.counters) == {
        "runs_started": 3,
        "runs_ended": 3,
        "runs_failed": 1,
        "runs_taken_over": 0,
        "steps": 3,
        "step_failures": 2,
        "steps_given_up": 1,
    }


@pytest.mark.component("postgres")
async def test_nothing_of_an_errors_text_is_kept_or_logged_by_dbos(
    effects_url: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    place = Place("dbos", effects_url, "texts", effects_url)
    caplog.set_level(logging.DEBUG)
    async with place.running() as engine:
        await engine.start(place.run(), "bug", {})
        assert (await ended(engine, place.run())).state == "done"
    connection = await asyncpg.connect(effects_url)
    tables = await connection.fetch("SELECT table_name FROM information_schema.tables WHERE table_schema = $1",
                                    "cueline_workflows")  # fmt: skip
    assert len(tables) > 3
    kept = ""
    for (table,) in tables:
        rows = await connection.fetch(f'SELECT to_jsonb(t)::text FROM cueline_workflows."{table}" t')
        kept += "\n".join(row[0] for row in rows)
    await connection.close()
    out = capfd.readouterr()
    assert "unexpected_error" in kept
    assert "unexpected_error" in out.out + out.err
    for text in (kept, caplog.text, out.out, out.err):
        assert SECRET not in text
        assert "Traceback" not in text


@pytest.mark.component("postgres", "temporal")
async def test_nothing_of_an_errors_text_is_kept_or_logged_with_temporal(
    temporal_address: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    place = Place("temporal", temporal_address, "texts", None)
    caplog.set_level(logging.DEBUG)
    async with place.running() as engine:
        await engine.start(place.run(), "bug", {})
        assert (await ended(engine, place.run())).state == "done"
    client = await Client.connect(temporal_address)
    kept = (await client.get_workflow_handle(place.run()).fetch_history()).to_json()
    out = capfd.readouterr()
    assert len(json.loads(kept)["events"]) > 5
    assert "unexpected_error" in out.out + out.err
    for text in (kept, caplog.text, out.out, out.err):
        assert SECRET not in text
        assert "Traceback" not in text


@pytest.fixture
def nursery() -> Iterator[Callable[[dict[str, Any]], int]]:
    """Runs a worker in a process of its own, and gives how that process ended."""
    command = [sys.executable, "-m", "tests.conformance.workflow_world"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

        def work(spec: dict[str, Any]) -> int:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(spec) + "\n")
            process.stdin.flush()
            return int(next(line for line in process.stdout if line.strip().lstrip("-").isdigit()))

        try:
            yield work
        finally:
            process.stdin.close()


@pytest.mark.parametrize("kind", REAL)
async def test_killed_at_every_step_the_run_ends_right_with_each_effect_once(
    kind: str, effects_url: str, request: pytest.FixtureRequest, nursery: Callable[[dict[str, Any]], int]
):
    address = effects_url if kind == "dbos" else request.getfixturevalue("temporal_address")
    place = Place(kind, address, f"killed-{kind}", effects_url)
    async with place.engine() as engine:
        await engine.start(place.run(), "chain", {"from": 0})
        for number, kill in enumerate([*MOMENTS, None]):
            spec = {
                "engine": kind, "address": address, "queue": place.queue, "database": effects_url,
                "worker": f"worker-{kind}-{number}", "run": place.run(), "kill": kill,
            }  # fmt: skip
            status = await asyncio.to_thread(nursery, spec)
            assert status == (-9 if kill else 0), kill
            if kill:
                run = await engine.result(place.run())
                assert run is not None
                assert run.state == "running"
        run = await engine.result(place.run())
        assert run == Run(place.run(), "chain", "done", result={"found": 3})
    connection = await asyncpg.connect(effects_url)
    rows = await connection.fetch(
        "SELECT step, tries FROM effects WHERE key LIKE $1 ORDER BY number", f"{place.run()}/%"
    )
    await connection.close()
    # Killed after its effect and before its end was recorded, a step runs again, under the same key.
    assert [(row["step"], row["tries"]) for row in rows] == [(step, 2) for step in CHAIN]


@pytest.mark.component("postgres", "temporal")
async def test_a_namespace_that_is_not_there_is_a_matter_of_configuration(temporal_address: str):
    settings = Settings(workflows="temporal", temporal_address=temporal_address)
    await probe_temporal(settings)
    with pytest.raises(ConfigurationError, match="namespace"):
        await probe_temporal(settings.model_copy(update={"temporal_namespace": "nowhere"}))
