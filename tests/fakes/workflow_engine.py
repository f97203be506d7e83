"""An engine without durability beyond its journal: what outlives an engine object is in ``Journal``."""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cueline.workflows.interpret import Ended, Outcome, Registered, StepCall, StepFunction, interpret
from cueline.workflows.plan import Facts, Kept, Step, WorkflowPlan, checked_facts, checked_run_id
from cueline.workflows.ports import Run
from cueline.workflows.stepping import Stepper, WorkflowCounters


@dataclass
class Entry:
    """A run: its recorded outcomes, in order, None for a sleep that is over."""

    kind: str
    argument: Kept
    recorded: list[Outcome | None] = field(default_factory=list)
    ended: Ended | None = None


class Journal(dict[str, Entry]):
    """Runs by id; two engines on one journal are two processes on one database, one after the other."""


class FakeEngine:
    """``workflows.ports.WorkflowEngine`` in memory. hurry: by what pauses and waits are divided."""

    def __init__(
        self,
        journal: Journal,
        plans: Sequence[WorkflowPlan],
        steps: Mapping[str, StepFunction],
        *,
        hurry: float = 1.0,
    ) -> None:
        self._journal = journal
        self._registered = Registered.of(plans, steps)
        self._stepper = Stepper(self._registered, WorkflowCounters())
        self._hurry = hurry
        self._draining = False
        self._steps: set[asyncio.Task[Outcome]] = set()

    async def start(self, run_id: str, workflow: str, argument: Facts) -> None:
        plan, facts = self._registered.newest(workflow), checked_facts(argument)
        self._journal.setdefault(checked_run_id(run_id), Entry(plan.kind, facts))

    async def result(self, run_id: str) -> Run | None:
        entry = self._journal.get(checked_run_id(run_id))
        if entry is None:
            return None
        workflow = entry.kind.rpartition(".")[0]
        if entry.ended is None:
            return Run(run_id, workflow, "running")
        code = entry.ended.code
        return Run(run_id, workflow, "done" if code is None else "failed", result=entry.ended.result, code=code)

    async def run(self) -> None:
        working: dict[str, asyncio.Task[None]] = {}
        try:
            while True:
                for run_id, entry in self._journal.items():
                    if entry.ended is None and run_id not in working:
                        working[run_id] = asyncio.create_task(self._work(run_id, entry))
                await asyncio.sleep(0.005)
        finally:
            self._draining = True
            if self._steps:
                await asyncio.wait(self._steps)
            await asyncio.sleep(0)
            for task in working.values():
                task.cancel()
            await asyncio.gather(*working.values(), return_exceptions=True)

    async def aclose(self) -> None:
        pass

    async def _work(self, run_id: str, entry: Entry) -> None:
        replayed = iter(list(entry.recorded))

        async def perform(call: StepCall, step: Step) -> Outcome:
            with contextlib.suppress(StopIteration):
                known = next(replayed)
                assert known is not None
                return known
            await self._unless_draining()
            task = asyncio.create_task(self._stepper.perform(call, step))
            self._steps.add(task)
            task.add_done_callback(self._steps.discard)
            task.add_done_callback(lambda done: entry.recorded.append(done.result()))
            return await asyncio.shield(task)

        async def sleep(ms: int) -> None:
            with contextlib.suppress(StopIteration):
                assert next(replayed) is None
                return
            await self._unless_draining()
            await asyncio.sleep(ms / 1_000 / self._hurry)
            entry.recorded.append(None)

        plan = self._registered.plans[entry.kind]
        try:
            async with asyncio.timeout(plan.lifetime_ms / 1_000):
                entry.ended = await interpret(plan, run_id, entry.argument, perform=perform, sleep=sleep)
        except TimeoutError:
            entry.ended = Ended(code="run_timed_out")

    async def _unless_draining(self) -> None:
        if self._draining:
            await asyncio.get_running_loop().create_future()
