"""The one Temporal workflow: it interprets whichever plan its type names (``verify.1``).

Temporal runs this module in a sandbox and runs it again from a run's history, so it may do nothing of its own: what
it imports is passed through, and all that it does is ask for steps and timers.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RawValue, RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    import msgspec

    from cueline.workflows.adapters.temporal_terms import TERMS, UnknownHereError
    from cueline.workflows.interpret import Outcome, StepCall, interpret
    from cueline.workflows.plan import Step

LOST_TRIES_MAX = 20
"""How often a step is given to another worker because the one that had it fell silent."""


@workflow.defn(dynamic=True)
class PlanWorkflow:
    """A run of a plan."""

    @workflow.run
    async def run(self, args: Sequence[RawValue]) -> Any:
        """Its result is an ``Ended``. Raises UnknownHereError where this worker does not know the plan: Temporal then
        lets another try."""
        info = workflow.info()
        terms = TERMS.get(info.task_queue)
        plan = terms.plans.get(info.workflow_type) if terms else None
        if terms is None or plan is None:
            raise UnknownHereError(info.workflow_type)
        argument = workflow.payload_converter().from_payload(args[0].payload)
        heartbeat = timedelta(seconds=terms.heartbeat_s)
        kind = plan.kind

        async def perform(call: StepCall, step: Step) -> Outcome:
            try:
                outcome = await workflow.execute_activity(
                    call.step,
                    args=[kind, msgspec.to_builtins(call)],
                    start_to_close_timeout=timedelta(milliseconds=step.timeout_ms) + 2 * heartbeat,
                    heartbeat_timeout=heartbeat,
                    retry_policy=RetryPolicy(
                        initial_interval=timedelta(seconds=0.2),
                        maximum_interval=timedelta(seconds=30),
                        maximum_attempts=LOST_TRIES_MAX,
                    ),
                )
            except ActivityError:
                return Outcome(code="worker_lost")
            return msgspec.convert(outcome, Outcome)

        async def sleep(ms: int) -> None:
            await workflow.sleep(timedelta(milliseconds=ms))

        ended = await interpret(plan, info.workflow_id, argument, perform=perform, sleep=sleep)
        if not workflow.unsafe.is_replaying():
            terms.on_end(info.workflow_id, ended)
        return msgspec.to_builtins(ended)
