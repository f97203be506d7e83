"""What every engine does with a plan: the one place where decisions become steps, tries, pauses and an end.

An engine brings two durable things: running one try of a step, whose outcome it records, and sleeping. ``interpret``
calls them in an order that depends on the plan and their outcomes alone, so an engine may run it again from the
beginning with the recorded outcomes and arrives at the same point.
"""

import zlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

import msgspec

from cueline.kernel.errors import CuelineError
from cueline.workflows.plan import (
    DECISIONS_MAX,
    WAIT_MAX_MS,
    Decision,
    Did,
    Do,
    Done,
    Facts,
    Failed,
    Kept,
    PlanError,
    Results,
    Step,
    UnknownStepError,
    UnknownWorkflowError,
    Wait,
    Waited,
    WorkflowPlan,
    checked_facts,
)


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """How one try of a step ended: with an answer, or with a code. An engine records it."""

    value: Kept | None = None
    code: str | None = None
    retryable: bool = False


class Ended(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """How a run ended. result: of its ``Done``. code: why it failed, where it did."""

    result: Kept | None = None
    code: str | None = None


class StepCall(msgspec.Struct, frozen=True, rename="camel"):
    """One try of a step. number: of the decision within the run, from 1. tried: how many tries came before."""

    run_id: str
    step: str
    number: int
    tried: int
    argument: Kept

    @property
    def key(self) -> str:
        """The same for every try and every repeat of this step: what an effect outside is made idempotent by."""
        return f"{self.run_id}/{self.number}"


Perform = Callable[[StepCall, Step], Awaitable[Outcome]]
Sleep = Callable[[int], Awaitable[None]]
StepFunction = Callable[[StepCall], Awaitable[Facts]]
"""A step: a plain async function. It may be run again with the same ``key`` after it has had its effect."""


async def interpret(plan: WorkflowPlan, run_id: str, argument: Facts, *, perform: Perform, sleep: Sleep) -> Ended:
    """Runs a plan to its end; whatever goes wrong with the plan itself is an end too."""
    happened: list[Did | Waited] = []
    for number in range(1, DECISIONS_MAX + 1):
        try:
            decision = _decided(plan, Results(argument, tuple(happened)))
        except CuelineError as error:
            return Ended(code=error.code)
        if isinstance(decision, Done):
            return Ended(result=checked_facts(decision.result))
        if isinstance(decision, Wait):
            await sleep(decision.ms)
            happened.append(Waited(decision.ms))
            continue
        step = plan.step(decision.step)
        value = await _tried(step, run_id, number, decision.argument, perform=perform, sleep=sleep)
        happened.append(Did(step.name, decision.argument, value))
    return Ended(code="too_many_steps")


def _decided(plan: WorkflowPlan, results: Results) -> Decision:
    """The plan's decision, checked. Raises CuelineError, also for a plan that raises something else."""
    try:
        decision = plan.next(results)
    except CuelineError:
        raise
    except Exception as error:  # noqa: BLE001 - a plan's mistake ends its run, not the engine's loop
        raise PlanError(f"workflow {plan.kind} cannot decide ({type(error).__name__})") from None
    match decision:
        case Do(step, argument):
            plan.step(step)
            checked_facts(argument)
            return decision
        case Wait(ms) if 0 <= ms <= WAIT_MAX_MS:
            return decision
        case Done(result):
            checked_facts(result)
            return decision
    raise PlanError(f"workflow {plan.kind} must decide on Do, Done, or Wait of at most {WAIT_MAX_MS} ms")


async def _tried(
    step: Step, run_id: str, number: int, argument: Facts, *, perform: Perform, sleep: Sleep
) -> Facts | Failed:
    """A step until it answers, cannot answer, or has been tried often enough."""
    tried = 0
    while True:
        call = StepCall(run_id, step.name, number, tried, checked_facts(argument))
        outcome = await perform(call, step)
        tried += 1
        if outcome.value is not None:
            return outcome.value
        if not outcome.retryable or tried >= step.tries:
            return Failed(outcome.code or "step_failed", tried)
        await sleep(_spread(step.pause_ms(tried), f"{call.key}/{tried}"))


def _spread(pause_ms: int, name: str) -> int:
    """The pause, up to a tenth longer: what failed together does not come back together."""
    return pause_ms + pause_ms * (zlib.crc32(name.encode()) % 100) // 1_000


@dataclass(frozen=True, slots=True)
class Registered:
    """Plans and the functions of their steps, checked against each other.

    Several versions of a plan may stand side by side: a new run gets the highest, a run that is under way keeps its
    own. Raises UnknownStepError where a step has no function, PlanError where a plan is there twice.
    """

    plans: Mapping[str, WorkflowPlan]
    steps: Mapping[str, StepFunction]

    @classmethod
    def of(cls, plans: Iterable[WorkflowPlan], steps: Mapping[str, StepFunction]) -> "Registered":
        by_kind: dict[str, WorkflowPlan] = {}
        for plan in plans:
            if plan.kind in by_kind:
                raise PlanError(f"workflow {plan.kind} is registered twice")
            by_kind[plan.kind] = plan
            for step in plan.steps:
                if step.name not in steps:
                    raise UnknownStepError(f"workflow {plan.kind}: nobody registered a function for step {step.name}")
        return cls(by_kind, dict(steps))

    def newest(self, name: str) -> WorkflowPlan:
        """Raises UnknownWorkflowError."""
        found = [plan for plan in self.plans.values() if plan.name == name]
        if not found:
            known = ", ".join(sorted({plan.name for plan in self.plans.values()})) or "none"
            raise UnknownWorkflowError(f"no such workflow here; registered are: {known}")
        return max(found, key=lambda plan: plan.version)
