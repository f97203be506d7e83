"""From decisions to tries, pauses and ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.kernel.errors import CuelineError
from cueline.workflows.interpret import Ended, Outcome, Registered, StepCall, interpret
from cueline.workflows.plan import (
    Decision,
    Did,
    Do,
    Done,
    Failed,
    PlanError,
    Results,
    Step,
    UnknownStepError,
    UnknownWorkflowError,
    Wait,
    WorkflowPlan,
)

STEPS = (Step("one", tries=3, first_ms=100, limit_ms=150), Step("two"))


class World:
    """Records what an engine was asked to do; outcomes are scripted by step and try."""

    def __init__(self, outcomes: dict[tuple[str, int], Outcome] | None = None) -> None:
        self.calls: list[StepCall] = []
        self.slept: list[int] = []
        self._outcomes = outcomes or {}

    async def perform(self, call: StepCall, step: Step) -> Outcome:
        assert step.name == call.step
        self.calls.append(call)
        return self._outcomes.get((call.step, call.tried), Outcome(value={"n": call.number}))

    async def sleep(self, ms: int) -> None:
        self.slept.append(ms)


def _plan(decide: object, version: int = 1) -> WorkflowPlan:
    return WorkflowPlan("verify", version, STEPS, decide)  # type: ignore[arg-type]


def _two_steps(results: Results) -> Decision:
    if not results.count("one"):
        return Do("one", {"callId": results.argument["callId"]})
    if results.failed("one") is not None:
        return Done({"gaveUp": results.failed("one").code})  # type: ignore[union-attr]
    if not results.waits():
        return Wait(2_000)
    if not results.count("two"):
        return Do("two", {"seen": results.number("one", "n")})
    return Done({"two": results.number("two", "n")})


async def _run(world: World, decide: object = _two_steps) -> Ended:
    return await interpret(_plan(decide), "run-1", {"callId": "c"}, perform=world.perform, sleep=world.sleep)


async def test_steps_and_waits_in_order():
    world = World()
    assert await _run(world) == Ended(result={"two": 3})
    assert [(call.step, call.number, call.argument) for call in world.calls] == [
        ("one", 1, {"callId": "c"}),
        ("two", 3, {"seen": 1}),
    ]
    assert world.slept == [2_000]
    assert world.calls[0].key == "run-1/1"


async def test_a_try_that_may_succeed_later_is_repeated_with_growing_pauses_and_one_key():
    again = Outcome(code="unavailable", retryable=True)
    world = World({("one", 0): again, ("one", 1): again})
    assert await _run(world) == Ended(result={"two": 3})
    assert [call.tried for call in world.calls] == [0, 1, 2, 0]
    assert len({call.key for call in world.calls[:3]}) == 1
    assert 100 <= world.slept[0] <= 110
    assert 150 <= world.slept[1] <= 165


async def test_what_failed_for_good_is_shown_to_the_plan():
    again = Outcome(code="unavailable", retryable=True)
    world = World({("one", tried): again for tried in range(9)})
    assert await _run(world) == Ended(result={"gaveUp": "unavailable"})
    assert len(world.calls) == 3


async def test_what_cannot_succeed_is_not_repeated():
    world = World({("one", 0): Outcome(code="not_found")})
    assert await _run(world) == Ended(result={"gaveUp": "not_found"})
    assert len(world.calls) == 1
    assert world.slept == []


async def test_a_run_again_from_recorded_outcomes_asks_for_the_same():
    first, second = World(), World()
    assert await _run(first) == await _run(second)
    assert (first.calls, first.slept) == (second.calls, second.slept)


class _OwnError(CuelineError):
    code = "of_its_own"


def _raise_own(_: Results) -> Decision:
    raise _OwnError("no")


@pytest.mark.parametrize(
    ("decide", "code"),
    [
        (lambda _: Do("three"), "unknown_step"),
        (lambda _: Do("one", {"text": "a whole sentence"}), "facts_refused"),
        (lambda _: Done({"text": "a whole sentence"}), "facts_refused"),
        (lambda _: Wait(-1), "bad_plan"),
        (lambda _: None, "bad_plan"),
        (lambda _: {}["nothing"], "bad_plan"),
        (_raise_own, "of_its_own"),
        (lambda _: Do("one"), "too_many_steps"),
        (lambda _: Wait(1), "too_many_steps"),
    ],
)
async def test_a_wrong_plan_ends_its_run_with_a_code(decide: object, code: str):
    assert await _run(World(), decide) == Ended(code=code)


@given(st.lists(st.sampled_from(["answer", "again", "never"]), min_size=1, max_size=8))
async def test_a_step_is_tried_no_more_often_than_it_may(script: list[str]):
    answers = {"answer": Outcome(value={}), "again": Outcome(code="x", retryable=True), "never": Outcome(code="y")}
    world = World({("one", tried): answers[kind] for tried, kind in enumerate(script)})
    seen: list[object] = []

    def decide(results: Results) -> Decision:
        if results.happened:
            entry = results.happened[0]
            assert isinstance(entry, Did)
            seen.append(entry.value)
            return Done()
        return Do("one")

    assert await _run(world, decide) == Ended(result={})
    assert len(world.calls) <= 3
    assert len(world.slept) == len(world.calls) - 1
    stop = next((kind for kind in script[:3] if kind != "again"), None)
    if stop == "answer":
        assert seen == [{}]
    elif stop == "never":
        assert seen == [Failed("y", len(world.calls))]
    elif len(script) >= 3:
        assert seen == [Failed("x", 3)]


async def _nothing(_: StepCall) -> dict[str, int]:
    return {}


def test_plans_and_functions_must_fit():
    steps = {"one": _nothing, "two": _nothing}
    first, second = _plan(_two_steps), _plan(_two_steps, version=2)
    assert Registered.of([second, first], steps).newest("verify") is second
    with pytest.raises(UnknownStepError, match="step two"):
        Registered.of([first], {"one": _nothing})
    with pytest.raises(PlanError, match="twice"):
        Registered.of([first, first], steps)
    with pytest.raises(UnknownWorkflowError, match="registered are: verify"):
        Registered.of([first], steps).newest("retain")
