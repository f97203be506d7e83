"""Workflows on Temporal, for many keepers (``workflows.ports.WorkflowEngine``).

A run is a workflow whose type is the plan's kind; its steps are activities. A try that ends, however it ends, is an
activity that completed with an ``Outcome``: how often a step is tried is the plan's affair on every engine. Temporal's
own retries are for workers that fell silent.
"""

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final, TypeVar

import msgspec
from temporalio import activity
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowFailureError, WorkflowHandle
from temporalio.common import RawValue, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.runtime import Runtime, TelemetryConfig
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker

from cueline.kernel.errors import ConfigurationError, UnavailableError
from cueline.ops.logs import failure, logger
from cueline.workflows.adapters.temporal_terms import TERMS, Terms
from cueline.workflows.adapters.temporal_workflow import PlanWorkflow
from cueline.workflows.interpret import Ended, Registered, StepCall, StepFunction
from cueline.workflows.plan import Facts, WorkflowPlan, checked_facts, checked_run_id
from cueline.workflows.ports import Run
from cueline.workflows.stepping import AT_ONCE, Stepper, WorkflowCounters

ASK_TIMEOUT_S: Final = 10.0
AGAIN_S: Final = 2.0
TASK_TIMEOUT_MAX_S: Final = 60.0
RUNS_CACHED: Final = 200
_REFUSED: Final = frozenset({
    RPCStatusCode.INVALID_ARGUMENT, RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNAUTHENTICATED,
    RPCStatusCode.FAILED_PRECONDITION, RPCStatusCode.UNIMPLEMENTED,
})  # fmt: skip
_CODES: Final = {WorkflowExecutionStatus.TIMED_OUT: "run_timed_out"}

T = TypeVar("T")


@functools.cache
def _quiet_runtime() -> Runtime:
    """Temporal's native part writes to standard error on its own: it is given no way to."""
    return Runtime(telemetry=TelemetryConfig(logging=None))


class TemporalEngine:
    """address: HOST:PORT. heartbeat_s: a step whose worker is silent for so long is given to another.

    drain_s: how long ``run``, when cancelled, waits for steps under way. How long ended runs are kept is the
    namespace's affair. Raises UnknownStepError, PlanError.
    """

    def __init__(
        self,
        address: str,
        plans: Sequence[WorkflowPlan],
        steps: Mapping[str, StepFunction],
        *,
        counters: WorkflowCounters,
        namespace: str = "default",
        task_queue: str = "cueline",
        tls: bool = False,
        api_key: str | None = None,
        heartbeat_s: float = 8.0,
        drain_s: float = 10.0,
    ) -> None:
        if api_key is not None and not tls:
            raise ConfigurationError("CUELINE_TEMPORAL_API_KEY goes over TLS alone: set CUELINE_TEMPORAL_TLS=true")
        self._address = address
        self._namespace = namespace
        self._task_queue = task_queue
        self._tls = tls
        self._api_key = api_key
        self._registered = Registered.of(plans, steps)
        self._stepper = Stepper(self._registered, counters)
        self._counters = counters
        self._heartbeat_s = heartbeat_s
        self._drain_s = drain_s
        self._client: Client | None = None
        self._connecting = asyncio.Lock()
        self._log = logger("workflows")

    async def start(self, run_id: str, workflow: str, argument: Facts) -> None:
        plan = self._registered.newest(workflow)
        facts = checked_facts(argument)
        client = await self._connected()
        with contextlib.suppress(WorkflowAlreadyStartedError):
            await _asked(
                client.start_workflow(
                    plan.kind,
                    facts,
                    id=checked_run_id(run_id),
                    task_queue=self._task_queue,
                    execution_timeout=timedelta(milliseconds=plan.lifetime_ms),
                    task_timeout=timedelta(seconds=min(self._heartbeat_s, TASK_TIMEOUT_MAX_S)),
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                )
            )
        self._counters.runs_started += 1

    async def result(self, run_id: str) -> Run | None:
        client = await self._connected()
        handle: WorkflowHandle[Any, Any] = client.get_workflow_handle(checked_run_id(run_id))
        try:
            found = await _asked(handle.describe())
        except _AbsentError:
            return None
        workflow = found.workflow_type.rpartition(".")[0]
        if found.status is WorkflowExecutionStatus.RUNNING:
            return Run(run_id, workflow, "running")
        if found.status is not WorkflowExecutionStatus.COMPLETED:
            code = _CODES.get(found.status, "engine_failed") if found.status is not None else "engine_failed"
            return Run(run_id, workflow, "failed", code=code)
        ended = msgspec.convert(await _asked(handle.result()), Ended)
        return Run(run_id, workflow, "done" if ended.code is None else "failed", result=ended.result, code=ended.code)

    async def run(self) -> None:
        while True:
            try:
                client = await self._connected()
                await self._serve(client)
            except UnavailableError as error:
                self._log.warning("workflows_wait_for_temporal", **failure(error))
            await asyncio.sleep(AGAIN_S)

    async def aclose(self) -> None:
        self._client = None

    async def check(self) -> None:
        """Raises UnavailableError where Temporal does not answer, ConfigurationError where it lacks the namespace."""
        client = await self._connected()
        await _asked(client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=self._namespace)))

    async def _serve(self, client: Client) -> None:
        loop = asyncio.get_running_loop()

        def on_end(run_id: str, ended: Ended) -> None:
            loop.call_soon_threadsafe(self._counters.ended, run_id, ended)

        TERMS[self._task_queue] = Terms(self._registered.plans, self._heartbeat_s, on_end)
        worker = Worker(
            client,
            task_queue=self._task_queue,
            workflows=[PlanWorkflow],
            activities=[self._activity()],
            max_concurrent_activities=AT_ONCE,
            max_cached_workflows=RUNS_CACHED,
            graceful_shutdown_timeout=timedelta(seconds=self._drain_s),
            sticky_queue_schedule_to_start_timeout=timedelta(seconds=self._heartbeat_s),
        )
        working = asyncio.create_task(worker.run())
        self._log.info("workflows_served", queue=self._task_queue, workflows=",".join(sorted(self._registered.plans)))
        try:
            await asyncio.wait([working])
        finally:
            if not working.done():
                await worker.shutdown()
            await asyncio.wait([working])
        if error := working.exception():
            raise UnavailableError(f"Temporal's worker ended ({type(error).__name__})") from None

    def _activity(self) -> Any:
        @activity.defn(dynamic=True)
        async def perform(args: Sequence[RawValue]) -> Any:
            convert = activity.payload_converter().from_payload
            kind, call = convert(args[0].payload), msgspec.convert(convert(args[1].payload), StepCall)
            plan = self._registered.plans.get(str(kind))
            if plan is None:  # an older worker: another one knows it
                raise ApplicationError("this worker does not know the plan", type="unknown_workflow")
            async with _heartbeat(self._heartbeat_s / 3):
                return msgspec.to_builtins(await self._stepper.perform(call, plan.step(call.step)))

        return perform

    async def _connected(self) -> Client:
        async with self._connecting:
            if self._client is None:
                self._client = await _asked(
                    Client.connect(
                        self._address,
                        namespace=self._namespace,
                        tls=self._tls,
                        api_key=self._api_key,
                        runtime=_quiet_runtime(),
                    )
                )
            return self._client


class _AbsentError(ConfigurationError):
    """Temporal does not know the run, or the namespace."""


async def _asked(question: Awaitable[T]) -> T:
    """Temporal's answer. Raises UnavailableError, ConfigurationError, and _AbsentError for what is not found."""
    try:
        async with asyncio.timeout(ASK_TIMEOUT_S):
            return await question
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise _AbsentError("Temporal knows no such run, or not even the namespace") from None
        if error.status in _REFUSED:
            raise ConfigurationError(f"Temporal refuses ({error.status.name}): check CUELINE_TEMPORAL_...") from None
        raise UnavailableError(f"Temporal does not answer ({error.status.name})") from None
    except (TimeoutError, RuntimeError, OSError, WorkflowFailureError) as error:
        # A connection that cannot be made is a plain RuntimeError of its native part.
        raise UnavailableError(
            f"Temporal does not answer ({type(error).__name__}): see that it runs at CUELINE_TEMPORAL_ADDRESS"
        ) from None


@asynccontextmanager
async def _heartbeat(every_s: float) -> AsyncIterator[None]:
    """Tells Temporal that the activity's worker lives, for as long as the context lasts."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(every_s)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.wait([beating])
