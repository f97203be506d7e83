"""A workflow as data: named idempotent steps, and a pure function that says what comes next.

``next`` sees the run's argument and what has happened so far, and answers with one decision. It is asked again from
the beginning whenever another process takes the run over, so it must be pure: the same results give the same
decision, on every machine and in every version that still has such runs. A plan whose decisions change gets another
``version``; keep the one before registered until its runs are over.

What a run keeps is read by people who look after it and stays in the engine's tables or history: ids, codes and
counts, never a text. So a string that has a space in it is refused, and everything has a bound.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from cueline.kernel.errors import CuelineError, InputError

Fact = str | int | float | bool | None
Facts = Mapping[str, Fact | Sequence[Fact]]
"""What goes into a run and its steps, and what they answer: a flat JSON object of ids, codes and counts."""
Kept = dict[str, Fact | list[Fact]]
"""Facts as an engine gives them back."""

FACTS_BYTES_MAX: Final = 4_096
STRING_MAX: Final = 200
DECISIONS_MAX: Final = 200
"""Steps and waits of one run; a run that wants more ends as failed (``too_many_steps``)."""
WAIT_MAX_MS: Final = 30 * 86_400_000

_facts = msgspec.json.Decoder(Kept)
_STRING: Final = re.compile(r"[A-Za-z0-9._:/@+=-]*")
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,62}")
_RUN_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
_ENDED_MS: Final = 7 * 86_400_000


class PlanError(InputError):
    """A plan is put together wrongly; the message says how."""

    code = "bad_plan"


class FactsRefusedError(InputError):
    """An argument or a step's answer is not what a run may keep."""

    code = "facts_refused"


class UnknownWorkflowError(InputError):
    """No workflow of this name is registered here."""

    code = "unknown_workflow"


class UnknownStepError(InputError):
    """A plan names a step that it does not list, or that nobody registered a function for."""

    code = "unknown_step"


class StepRefusedError(CuelineError):
    """For steps to raise: trying again cannot help, so the step has failed for good.

    ``reason`` is what the plan sees as the failure's code.
    """

    code = "step_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"the step is of no use: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Step:
    """A step's name, and how often and how patiently it is tried.

    tries: at most so many, the first included. first_ms, factor, limit_ms: the pause after the first try that failed,
    by what it grows with each further one, and where it stops growing. timeout_ms: how long one try may take; at the
    end of it the step's function is cancelled and the try has failed.
    """

    name: str
    tries: int = 6
    first_ms: int = 1_000
    factor: float = 2.0
    limit_ms: int = 60_000
    timeout_ms: int = 60_000

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise PlanError("a step's name must be a-z, 0-9, '-' or '_', at most 63 characters, a letter first")
        if not 1 <= self.tries <= 50:
            raise PlanError(f"step {self.name}: tries must be 1 to 50")
        if not (0 <= self.first_ms <= self.limit_ms <= WAIT_MAX_MS and 1.0 <= self.factor <= 10.0):
            raise PlanError(f"step {self.name}: pauses must grow (factor 1 to 10) from first_ms to limit_ms")
        if not 1 <= self.timeout_ms <= 3_600_000:
            raise PlanError(f"step {self.name}: timeout_ms must be 1 ms to one hour")

    def pause_ms(self, tried: int) -> int:
        """The pause after ``tried`` tries that failed (from 1).

        >>> [Step("scan", first_ms=100, limit_ms=500).pause_ms(tried) for tried in (1, 2, 3, 4)]
        [100, 200, 400, 500]
        """
        return min(self.limit_ms, int(self.first_ms * self.factor ** (tried - 1)))


@dataclass(frozen=True, slots=True)
class Do:
    """Run a step: by its name, with an argument."""

    step: str
    argument: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait, durably: a process that takes the run over waits for what is left of it."""

    ms: int


@dataclass(frozen=True, slots=True)
class Done:
    """The run is over, with this result."""

    result: Facts = field(default_factory=dict)


Decision = Do | Wait | Done


@dataclass(frozen=True, slots=True)
class Failed:
    """A step failed for good. code: of the last error, or the reason of a StepRefusedError. tries: how many."""

    code: str
    tries: int


@dataclass(frozen=True, slots=True)
class Did:
    """A step that is over. value: its answer, or how it failed."""

    step: str
    argument: Facts
    value: Facts | Failed


@dataclass(frozen=True, slots=True)
class Waited:
    """A wait that is over."""

    ms: int


@dataclass(frozen=True, slots=True)
class Results:
    """What ``next`` sees: the run's argument, and everything that happened so far, in order.

    >>> results = Results({"callId": "call_1"}, (Did("scan", {}, {"found": 2}), Waited(50)))
    >>> results.value("scan"), results.value("beep"), results.count("scan")
    ({'found': 2}, None, 1)
    """

    argument: Facts
    happened: tuple[Did | Waited, ...] = ()

    def last(self, step: str) -> Facts | Failed | None:
        """How the latest run of a step ended; None where it did not run yet."""
        for entry in reversed(self.happened):
            if isinstance(entry, Did) and entry.step == step:
                return entry.value
        return None

    def value(self, step: str) -> Facts | None:
        """The step's latest answer; None where it did not run yet or failed."""
        last = self.last(step)
        return None if isinstance(last, Failed) else last

    def failed(self, step: str) -> Failed | None:
        """How the step failed at its latest run; None where it did not."""
        last = self.last(step)
        return last if isinstance(last, Failed) else None

    def number(self, step: str, name: str) -> int:
        """A count in the step's latest answer; 0 where there is none."""
        found = (self.value(step) or {}).get(name)
        return int(found) if isinstance(found, int | float) else 0

    def text(self, step: str, name: str) -> str:
        """An id or code in the step's latest answer; empty where there is none."""
        found = (self.value(step) or {}).get(name)
        return found if isinstance(found, str) else ""

    def count(self, step: str) -> int:
        """How often the step has run to its end, well or not."""
        return sum(1 for entry in self.happened if isinstance(entry, Did) and entry.step == step)

    def waits(self) -> int:
        """How many waits are over."""
        return sum(1 for entry in self.happened if isinstance(entry, Waited))


@dataclass(frozen=True, slots=True)
class WorkflowPlan:
    """A workflow. steps: all that ``next`` may name. lifetime_ms: a run that takes longer ends as failed
    (``run_timed_out``). Raises PlanError."""

    name: str
    version: int
    steps: tuple[Step, ...]
    next: Callable[[Results], Decision]
    lifetime_ms: int = _ENDED_MS

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise PlanError("a workflow's name must be a-z, 0-9, '-' or '_', at most 63 characters, a letter first")
        if self.version < 1:
            raise PlanError(f"workflow {self.name}: versions count from 1")
        if len({step.name for step in self.steps}) != len(self.steps):
            raise PlanError(f"workflow {self.name}: two steps have the same name")
        if not 1_000 <= self.lifetime_ms <= 366 * 86_400_000:
            raise PlanError(f"workflow {self.name}: lifetime_ms must be one second to 366 days")

    @property
    def kind(self) -> str:
        """Name and version: what a started run is bound to."""
        return f"{self.name}.{self.version}"

    def step(self, name: str) -> Step:
        """Raises UnknownStepError for a name that is not listed."""
        for step in self.steps:
            if step.name == name:
                return step
        raise UnknownStepError(f"workflow {self.kind} has no step {name[:64]!r}: list it in its steps")


def checked_facts(facts: object) -> Kept:
    """A copy as JSON would give it back. Raises FactsRefusedError; the message never quotes a value."""
    try:
        encoded = msgspec.json.encode(facts)
    except (TypeError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError):
        raise FactsRefusedError("arguments and answers of steps must be JSON: an object of strings, numbers") from None
    if len(encoded) > FACTS_BYTES_MAX:
        raise FactsRefusedError(f"arguments and answers of steps must be at most {FACTS_BYTES_MAX} bytes of JSON")
    try:
        decoded = _facts.decode(encoded)
    except msgspec.MsgspecError:
        raise FactsRefusedError(
            "arguments and answers of steps must be a flat object: its values are ids, numbers, or lists of those"
        ) from None
    for name, value in decoded.items():
        entries = value if isinstance(value, list) else [value]
        texts = [name, *(entry for entry in entries if isinstance(entry, str))]
        if any(len(text) > STRING_MAX or not _STRING.fullmatch(text) for text in texts):
            raise FactsRefusedError(
                f"strings in arguments and answers of steps are ids and codes: at most {STRING_MAX} of A-Z a-z 0-9"
                " . _ : / @ + = -, and no text"
            )
    return decoded


def checked_run_id(run_id: str) -> str:
    """Raises FactsRefusedError for what is no id of a run."""
    if not _RUN_ID.fullmatch(run_id):
        raise FactsRefusedError("a run's id must be 1 to 128 of A-Z a-z 0-9 . _ : -, beginning with a letter or digit")
    return run_id
