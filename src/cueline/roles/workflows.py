"""The ``workflows`` part of ``keeper``: the engine that is set up, and what is run on it.

Whoever has a workflow adds a line to ``registered``: its plans, the functions of their steps, and the loops that
start runs (each gets the engine, and runs until it is cancelled).
"""

import asyncio
import os
import socket
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from cueline.kernel.errors import ConfigurationError
from cueline.kernel.ids import WorkerId
from cueline.roles.assemble import Process, make_verifications
from cueline.roles.settings import Settings
from cueline.roles.verification import VerificationStarter, VerificationSteps
from cueline.storage.engine import normalised_url
from cueline.storage.executors import PostgresExecutors
from cueline.storage.notes import PostgresNotes
from cueline.storage.recordings import PostgresRecordings
from cueline.workflows.interpret import StepFunction
from cueline.workflows.plan import PlanError, WorkflowPlan
from cueline.workflows.ports import WorkflowEngine
from cueline.workflows.stepping import WorkflowCounters
from cueline.workflows.verify_call import VERIFY_CALL

if TYPE_CHECKING:
    from cueline.workflows.adapters.temporal import TemporalEngine

TEMPORAL_EXTRA = "pip install 'cueline[temporal]'"

Starter = Callable[[WorkflowEngine], Coroutine[None, None, None]]


@dataclass(frozen=True, slots=True)
class Workflows:
    """What one room brings. steps: functions by the name of their step. starters: what starts runs."""

    plans: Sequence[WorkflowPlan]
    steps: Mapping[str, StepFunction]
    starters: Sequence[Starter] = field(default_factory=tuple)


def registered(process: Process) -> list[Workflows]:
    """All workflows of the product, one line for each room that has some."""
    return [verification(process)]


def verification(process: Process) -> Workflows:
    """Verification after each call."""
    book = make_verifications(process)
    steps = VerificationSteps(
        calls=process.calls,
        notes=PostgresNotes(process.database, clock=process.clock),
        book=book,
        recordings=PostgresRecordings(process.database),
        objects=process.objects,
        keys=process.keys,
        clock=process.clock,
    )
    starter = VerificationStarter(book, process.calls, tenant=process.tenant, clock=process.clock)
    return Workflows((VERIFY_CALL,), steps.functions(), (starter.run,))


def connections_of_workflows(settings: Settings) -> int:
    """How many of the process's PostgreSQL connections the engine takes. Raises ConfigurationError."""
    if settings.workflows != "dbos":
        return 0
    if settings.database_connections - settings.workflow_connections < 2:
        raise ConfigurationError(
            "CUELINE_DATABASE_CONNECTIONS must be at least two more than CUELINE_WORKFLOW_CONNECTIONS"
            f" ({settings.workflow_connections}), which are a part of them"
        )
    return settings.workflow_connections


@dataclass(frozen=True, slots=True)
class WorkflowKeeper:
    """An engine and the loops that start runs on it."""

    engine: WorkflowEngine
    starters: Sequence[Starter]

    async def run(self) -> None:
        """Runs until cancelled, and then waits for steps under way."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.engine.run())
                for starter in self.starters:
                    group.create_task(starter(self.engine))
        finally:
            await self.engine.aclose()


def make_keeper(process: Process) -> WorkflowKeeper | None:
    """The ``workflows`` part of a process; None where nothing is registered. Raises ConfigurationError, PlanError."""
    brought = registered(process)
    if not brought:
        return None
    steps: dict[str, StepFunction] = {}
    for room in brought:
        if twice := steps.keys() & room.steps.keys():
            raise PlanError(f"two rooms have a step of the same name: {', '.join(sorted(twice))}")
        steps.update(room.steps)
    engine = make_workflows(process, [plan for room in brought for plan in room.plans], steps)
    return WorkflowKeeper(engine, [starter for room in brought for starter in room.starters])


def make_workflows(
    process: Process, plans: Sequence[WorkflowPlan], steps: Mapping[str, StepFunction]
) -> WorkflowEngine:
    """The engine that is set up. Raises ConfigurationError, UnknownStepError, PlanError."""
    settings = process.settings
    counters = WorkflowCounters()
    process.metrics.export("workflows", lambda: asdict(counters))
    if settings.workflows == "temporal":
        return _on_temporal(settings, plans, steps, counters)
    from cueline.workflows.adapters.dbos import DbosEngine  # noqa: PLC0415 - takes half a second to import

    worker = WorkerId(f"{socket.gethostname()}-{os.getpid()}-{process.clock.epoch_ms():x}")
    return DbosEngine(
        normalised_url(process.tenants.by_id(process.tenant).database_url),
        plans,
        steps,
        executors=PostgresExecutors(
            process.database, worker=worker, clock=process.clock, timeout_s=settings.lease_timeout_s
        ),
        clock=process.clock,
        counters=counters,
        connections=connections_of_workflows(settings),
        lease_timeout_s=settings.lease_timeout_s,
    )


def _on_temporal(
    settings: Settings, plans: Sequence[WorkflowPlan], steps: Mapping[str, StepFunction], counters: WorkflowCounters
) -> "TemporalEngine":
    try:
        from cueline.workflows.adapters.temporal import TemporalEngine  # noqa: PLC0415 - of an extra of its own
    except ImportError:
        raise ConfigurationError(f"CUELINE_WORKFLOWS=temporal needs {TEMPORAL_EXTRA}") from None
    return TemporalEngine(
        settings.temporal_address,
        plans,
        steps,
        counters=counters,
        namespace=settings.temporal_namespace,
        task_queue=settings.temporal_task_queue,
        tls=settings.temporal_tls,
        api_key=settings.temporal_api_key.get_secret_value() if settings.temporal_api_key else None,
        heartbeat_s=settings.lease_timeout_s,
    )


async def probe_temporal(settings: Settings) -> None:
    """Raises UnavailableError where Temporal does not answer, ConfigurationError where it lacks the namespace."""
    engine = _on_temporal(settings, [], {}, WorkflowCounters())
    try:
        await engine.check()
    finally:
        await engine.aclose()
