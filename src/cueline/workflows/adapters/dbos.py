"""Workflows on DBOS: durable in the PostgreSQL that is there anyway (``workflows.ports.WorkflowEngine``).

A run is a row; each step's outcome is a row of its own, written when it is over. A process works under an executor's
name that it holds by lease. When it is gone, another process takes the name over and gives its runs back to all; what
is taken up again begins at the first step that has no outcome. DBOS hands a run to one process at a time and refuses
what a process writes that has lost it.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

import msgspec
import psycopg
import sqlalchemy.exc

from cueline.kernel.clock import Clock
from cueline.kernel.errors import CuelineError, UnavailableError
from cueline.ops.logs import failure, logger
from cueline.workflows.adapters.dbos_runtime import (
    FORMAT_VERSION,
    RUN,
    DbosRuntime,
    client_for,
    engine_for,
    give_back,
    prepare,
    queue_of,
)
from cueline.workflows.interpret import Ended, Registered, StepFunction
from cueline.workflows.plan import Facts, WorkflowPlan, checked_facts, checked_run_id
from cueline.workflows.ports import Executors, Run
from cueline.workflows.stepping import Stepper, WorkflowCounters

ASK_TIMEOUT_S: Final = 25.0
LAUNCH_TIMEOUT_S: Final = 45.0
FORGET_EVERY_MS: Final = 6 * 3_600_000
FORGET_AT_ONCE: Final = 200
_OVER: Final = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]

T = TypeVar("T")


class DbosEngine:
    """url: of PostgreSQL, as libpq reads it. connections: what DBOS may hold. poll_s: how often queues are looked at.

    lease_timeout_s: of the executors' names. drain_s: how long ``run``, when cancelled, waits for steps under way.
    keep_ms: runs that ended longer ago are forgotten. Raises UnknownStepError, PlanError.
    """

    def __init__(
        self,
        url: str,
        plans: Sequence[WorkflowPlan],
        steps: Mapping[str, StepFunction],
        *,
        executors: Executors,
        clock: Clock,
        counters: WorkflowCounters,
        connections: int = 4,
        poll_s: float = 2.0,
        lease_timeout_s: float = 8.0,
        drain_s: float = 10.0,
        keep_ms: int = 90 * 86_400_000,
    ) -> None:
        self._registered = Registered.of(plans, steps)
        self._stepper = Stepper(self._registered, counters)
        self._executors = executors
        self._clock = clock
        self._counters = counters
        self._poll_s = poll_s
        self._beat_s = lease_timeout_s / 4
        self._drain_s = drain_s
        self._keep_ms = keep_ms
        self._engine = engine_for(url, connections)
        self._client = client_for(self._engine)
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="workflows")
        self._preparing = asyncio.Lock()
        self._prepared = False
        self._forgot_ms: int | None = None
        self._log = logger("workflows")

    async def start(self, run_id: str, workflow: str, argument: Facts) -> None:
        plan = self._registered.newest(workflow)
        facts = checked_facts(argument)
        await self._prepare()
        await self._ask(
            self._client.enqueue,
            {
                "workflow_name": RUN,
                "queue_name": queue_of(plan.kind),
                "workflow_id": checked_run_id(run_id),
                "workflow_timeout": plan.lifetime_ms / 1_000,
                "app_version": FORMAT_VERSION,
                "attributes": {"workflow": plan.name},
            },
            plan.kind,
            facts,
        )
        self._counters.runs_started += 1

    async def result(self, run_id: str) -> Run | None:
        await self._prepare()
        found = await self._ask(self._client.list_workflows, workflow_ids=[checked_run_id(run_id)], load_input=False)
        return _run(found[0]) if found else None

    async def run(self) -> None:
        while True:
            with contextlib.suppress(UnavailableError):
                await self._prepare()
                name = await self._executors.claim()
                await self._serve(name)
            await asyncio.sleep(self._beat_s)

    async def aclose(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        await _in_thread(self._engine.dispose)

    async def _serve(self, name: str) -> None:
        """Works under a name until cancelled or until the name is lost."""
        runtime = DbosRuntime(
            self._engine,
            self._registered,
            self._stepper.perform,
            executor=name,
            loop=asyncio.get_running_loop(),
            poll_s=self._poll_s,
            on_end=self._counters.ended,
        )
        beats = asyncio.create_task(self._keep(name))
        try:
            await _in_thread(runtime.launch)
            self._log.info("workflows_served", executor=name, workflows=",".join(sorted(self._registered.plans)))
            await asyncio.shield(beats)
        finally:
            lost = beats.done()
            if runtime.launched:
                await self._drained(runtime)
                await _in_thread(runtime.destroy)
            beats.cancel()
            await asyncio.wait([beats])
            if lost:
                self._log.warning("executor_lost", executor=name)
            else:
                with contextlib.suppress(CuelineError):  # then another process does it when our name stands still
                    await self._return(name)

    async def _drained(self, runtime: DbosRuntime) -> None:
        runtime.drain()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._drain_s):
                while runtime.steps_under_way:  # noqa: ASYNC110 - they end in another thread
                    await asyncio.sleep(0.02)

    async def _keep(self, name: str) -> None:
        """Counts the name up, and takes over those of processes that are gone; ends when the name is lost."""
        while True:
            try:
                if not await self._executors.beat(name):
                    return
                for gone in await self._executors.abandoned(name):
                    await self._return(gone)
                await self._forget()
            except UnavailableError as error:
                self._log.warning("workflows_wait_for_postgresql", **failure(error))
            await asyncio.sleep(self._beat_s)

    async def _return(self, name: str) -> None:
        """Gives the runs of a name that nobody works under back to all, and frees it."""
        returned = await self._ask(give_back, self._client, name)
        await self._executors.free(name)
        if returned:
            self._counters.runs_taken_over += returned
            self._log.info("runs_given_back", executor=name, runs=returned)

    async def _forget(self) -> None:
        """Deletes runs that ended long ago."""
        now_ms = self._clock.monotonic_ms()
        if self._forgot_ms is not None and now_ms - self._forgot_ms < FORGET_EVERY_MS:
            return
        before = _iso(self._clock.epoch_ms() - self._keep_ms)
        old = await self._ask(
            self._client.list_workflows,
            completed_before=before, status=_OVER, limit=FORGET_AT_ONCE, load_input=False, load_output=False,
        )  # fmt: skip
        if old:
            await self._ask(self._client.delete_workflows, [run.workflow_id for run in old])
        if len(old) < FORGET_AT_ONCE:
            self._forgot_ms = now_ms

    async def _prepare(self) -> None:
        async with self._preparing:
            if not self._prepared:
                await self._ask(prepare, self._client)
                self._prepared = True

    async def _ask(self, question: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Asks PostgreSQL in a thread. Raises UnavailableError when there is no answer in time."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(ASK_TIMEOUT_S):
                return await loop.run_in_executor(self._threads, lambda: question(*arguments, **named))
        except (sqlalchemy.exc.SQLAlchemyError, psycopg.Error, TimeoutError, OSError) as error:
            raise UnavailableError(
                f"the workflows' tables cannot be reached ({type(error).__name__}): see that PostgreSQL runs"
            ) from None


async def _in_thread(work: Callable[[], None]) -> None:
    """Runs what blocks for seconds in a thread that does not keep the process; when cancelled, waits for it first.

    Raises UnavailableError when it takes longer than ``LAUNCH_TIMEOUT_S``.
    """
    ended: Future[None] = Future()

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised where it is awaited
            ended.set_exception(error)
        else:
            ended.set_result(None)

    threading.Thread(target=run, name="workflows-launch", daemon=True).start()
    waiting = asyncio.wrap_future(ended)
    try:
        await asyncio.wait([waiting], timeout=LAUNCH_TIMEOUT_S)
    except asyncio.CancelledError:
        await asyncio.wait([waiting], timeout=LAUNCH_TIMEOUT_S)
        if waiting.done():
            waiting.exception()
        raise
    if not waiting.done():
        raise UnavailableError(f"DBOS did not answer in {LAUNCH_TIMEOUT_S:g} s: see that PostgreSQL runs")
    waiting.result()


_CODES: Final = {
    "ERROR": "engine_failed",
    "CANCELLED": "run_timed_out",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "too_many_recoveries",
}


def _run(status: Any) -> Run:
    """A run as DBOS's row tells it."""
    run_id, workflow = status.workflow_id, status.attributes["workflow"]
    if status.status not in _OVER:
        return Run(run_id, workflow, "running")
    if status.status in _CODES:
        return Run(run_id, workflow, "failed", code=_CODES[status.status])
    ended = msgspec.convert(status.output, Ended)
    return Run(run_id, workflow, "done" if ended.code is None else "failed", result=ended.result, code=ended.code)


def _iso(epoch_ms: int) -> str:
    return datetime.fromtimestamp(epoch_ms / 1_000, UTC).isoformat()
