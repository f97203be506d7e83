"""Workflows that the engines' tests run, and the processes that are killed in the midst of them.

As a program it is a nursery: it has everything imported, forks a worker for each line that it reads, and tells when
that one has ended. A worker runs an engine until it is told to stop, or until a step kills its process.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import asyncpg

from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import WorkerId
from cueline.ops.system_clock import SystemClock
from cueline.storage.engine import Database
from cueline.storage.executors import PostgresExecutors
from cueline.workflows.adapters.dbos import DbosEngine
from cueline.workflows.adapters.temporal import TemporalEngine
from cueline.workflows.interpret import StepCall, StepFunction
from cueline.workflows.plan import Decision, Do, Done, Facts, Results, Step, StepRefusedError, Wait, WorkflowPlan
from cueline.workflows.ports import WorkflowEngine
from cueline.workflows.stepping import WorkflowCounters

LEASE_S = 2.0
CHAIN = ("first", "second", "third")
SECRET = "four one one one"
Effect = Callable[[StepCall], Awaitable[None]]


MOMENTS = [
    *[[step, moment] for step in CHAIN[:2] for moment in ("before", "after")],
    ["deciding", "on the wait"],
    ["deciding", "on the third"],
    *[["third", moment] for moment in ("before", "after")],
]
"""When a worker may be killed: before and after a step's effect, and while the plan decides."""
_kill: list[str] = []


def _die_if(*moment: str) -> None:
    if _kill == [*moment]:
        os.kill(os.getpid(), signal.SIGKILL)


def _chain(results: Results) -> Decision:
    """Three steps, each told what the one before found, with a wait before the last."""
    if results.count("second") and not results.count("third"):
        _die_if("deciding", "on the third" if results.waits() else "on the wait")
    for place, step in enumerate(CHAIN):
        if step == "third" and not results.waits():
            return Wait(200)
        if not results.count(step):
            before = results.number(CHAIN[place - 1], "found") if place else results.argument["from"]
            return Do(step, {"after": before})
    return Done({"found": results.number("third", "found")})


def _one(step: str) -> Callable[[Results], Decision]:
    def decide(results: Results) -> Decision:
        if not results.count(step):
            return Do(step)
        failed = results.failed(step)
        return Done({"failed": failed.code, "tries": failed.tries} if failed else {"tries": 0})

    return decide


def _waiting(results: Results) -> Decision:
    return Done() if results.waits() else Wait(int(str(results.argument["ms"])))


PLANS = [
    WorkflowPlan("chain", 1, tuple(Step(name) for name in CHAIN), _chain),
    WorkflowPlan("flaky", 1, (Step("flaky", tries=4, first_ms=100, limit_ms=200),), _one("flaky")),
    WorkflowPlan("refused", 1, (Step("refused"),), _one("refused")),
    WorkflowPlan("slow", 1, (Step("slow", tries=2, first_ms=10, timeout_ms=150),), _one("slow")),
    WorkflowPlan("bug", 1, (Step("bug", tries=2, first_ms=10),), _one("bug")),
    WorkflowPlan("lost", 1, (Step("first"),), lambda _: Do("nowhere")),
    WorkflowPlan("wait", 1, (), _waiting),
    WorkflowPlan("brief", 1, (), _waiting, lifetime_ms=1_000),
]


def steps(effect: Effect) -> dict[str, Callable[[StepCall], Awaitable[Facts]]]:
    """The steps' functions; each tells ``effect`` of itself first."""

    async def chained(call: StepCall) -> Facts:
        await effect(call)
        return {"found": int(str(call.argument["after"])) + 1}

    async def flaky(call: StepCall) -> Facts:
        await effect(call)
        raise UnavailableError(SECRET)

    async def refused(call: StepCall) -> Facts:
        await effect(call)
        raise StepRefusedError("nothing_to_do")

    async def slow(call: StepCall) -> Facts:
        await effect(call)
        await asyncio.sleep(60)
        return {}

    async def bug(call: StepCall) -> Facts:
        await effect(call)
        raise ZeroDivisionError(SECRET)

    return {**dict.fromkeys(CHAIN, chained), "flaky": flaky, "refused": refused, "slow": slow, "bug": bug}


def make_engine(
    kind: str,
    address: str,
    queue: str,
    functions: Mapping[str, StepFunction],
    *,
    worker: str,
    database: Database | None,
    counters: WorkflowCounters | None = None,
) -> WorkflowEngine:
    """The real engines, in a hurry. address: of PostgreSQL or Temporal. database: for the executors of DBOS."""
    counters = counters or WorkflowCounters()
    if kind == "temporal":
        return TemporalEngine(
            address, PLANS, functions, counters=counters, task_queue=queue, heartbeat_s=LEASE_S,
            drain_s=5.0,
        )  # fmt: skip
    assert database is not None
    clock = SystemClock()
    executors = PostgresExecutors(database, worker=WorkerId(worker), clock=clock, timeout_s=LEASE_S)
    return DbosEngine(
        address, PLANS, functions, executors=executors, clock=clock, counters=counters, poll_s=0.1,
        lease_timeout_s=LEASE_S, drain_s=5.0,
    )  # fmt: skip


EFFECTS = """
CREATE TABLE IF NOT EXISTS effects (key text PRIMARY KEY, step text NOT NULL, number serial, tries int DEFAULT 1)
"""
_EFFECT = """
INSERT INTO effects (key, step) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET tries = effects.tries + 1
"""


async def _work(spec: dict[str, Any]) -> None:
    """A worker. spec: engine, address, queue, worker, database (for effects), and where to kill: step and moment."""
    _kill[:] = spec["kill"] or []
    book = await asyncpg.connect(spec["database"])

    async def effect(call: StepCall) -> None:
        _die_if(call.step, "before")
        await book.execute(_EFFECT, call.key, call.step)
        _die_if(call.step, "after")

    database = Database(spec["database"], pool_size=2)
    engine = make_engine(
        spec["engine"], spec["address"], spec["queue"], steps(effect), worker=spec["worker"], database=database
    )
    running = asyncio.create_task(engine.run())
    while (run := await engine.result(spec["run"])) is None or run.state == "running":
        await asyncio.sleep(0.05)
        if running.done():
            running.result()
    running.cancel()
    await asyncio.wait([running])
    await engine.aclose()
    await database.close()
    await book.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def nursery() -> None:
    """Forks a worker for each line, and tells how it ended."""
    _say("ready")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                asyncio.run(asyncio.wait_for(_work(json.loads(line)), 60))
            except BaseException as error:  # noqa: BLE001 - the fork must not go on with its parent's loop
                sys.stderr.write(f"worker: {error!r}\n")
                sys.stderr.flush()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        _say(str(os.waitstatus_to_exitcode(status)))


if __name__ == "__main__":
    nursery()
