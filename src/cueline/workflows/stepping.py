"""One try of a step: bounded in time and number, and its end told as a code, whatever it was."""

import asyncio
from dataclasses import dataclass

from cueline.kernel.errors import CuelineError
from cueline.ops.logs import failure, logger
from cueline.workflows.interpret import Ended, Outcome, Registered, StepCall
from cueline.workflows.plan import FactsRefusedError, Step, StepRefusedError, checked_facts

AT_ONCE = 8


@dataclass(slots=True)
class WorkflowCounters:
    """Totals of this process."""

    runs_started: int = 0
    runs_ended: int = 0
    runs_failed: int = 0
    runs_taken_over: int = 0
    steps: int = 0
    step_failures: int = 0
    steps_given_up: int = 0

    def ended(self, run_id: str, ended: Ended) -> None:
        """Counts a run that ended, and logs one that failed."""
        self.runs_ended += 1
        if ended.code is not None:
            self.runs_failed += 1
            logger("workflows").warning("run_failed", run=run_id, reason=ended.code)


class Stepper:
    """Runs tries of steps, ``at_once`` at a time. To be used on one event loop: the one that the steps belong to."""

    def __init__(self, registered: Registered, counters: WorkflowCounters, *, at_once: int = AT_ONCE) -> None:
        self._registered = registered
        self._counters = counters
        self._turns = asyncio.Semaphore(at_once)
        self._log = logger("workflows")

    async def perform(self, call: StepCall, step: Step) -> Outcome:
        """Never raises but for being cancelled. What a step raised is logged by type and code, not by its text."""
        function = self._registered.steps.get(call.step)
        if function is None:
            return Outcome(code="unknown_step")
        async with self._turns:
            try:
                async with asyncio.timeout(step.timeout_ms / 1_000) as timeout:
                    value = checked_facts(await function(call))
            except TimeoutError as error:
                outcome = Outcome(code="step_timed_out" if timeout.expired() else "timed_out", retryable=True)
                return self._noted(call, step, outcome, error)
            except StepRefusedError as error:
                return self._noted(call, step, Outcome(code=_code(error.reason)), error)
            except CuelineError as error:
                return self._noted(call, step, Outcome(code=error.code, retryable=error.retryable), error)
            except Exception as error:  # noqa: BLE001 - whatever it was, the run goes on and its plan decides
                return self._noted(call, step, Outcome(code="unexpected_error", retryable=True), error)
        self._counters.steps += 1
        return Outcome(value=value)

    def _noted(self, call: StepCall, step: Step, outcome: Outcome, error: Exception) -> Outcome:
        given_up = not outcome.retryable or call.tried + 1 >= step.tries
        self._counters.step_failures += 1
        self._counters.steps_given_up += given_up
        self._log.warning(
            "step_given_up" if given_up else "step_failed",
            run=call.run_id, step=call.step, tried=call.tried + 1, reason=outcome.code, **failure(error),
        )  # fmt: skip
        return outcome


def _code(reason: str) -> str:
    """The reason, where it is a code."""
    try:
        checked_facts({"reason": reason})
    except FactsRefusedError:
        return StepRefusedError.code
    return reason or StepRefusedError.code
