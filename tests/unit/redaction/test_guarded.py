"""The budget and the circuit breaker around a word detector."""

import asyncio
from typing import Any

import pytest

from cueline.redaction.detector import Finding
from cueline.redaction.guarded import FAILURES, OPEN_S, Answer, GuardedDetector
from cueline.redaction.ports import WordDetectorError
from cueline.unredacted.transcript import RawWord
from tests.fakes.word_detector import NamesWater

WORDS = [RawWord("water", 0, 300), RawWord("called", 300, 600)]
FOUND = Answer(findings=(Finding(0, 0, "PERSON"),))
MASKED = Answer(findings=None, failed=True)
LEFT = Answer(findings=(), failed=True)


class Guarded:
    """A guarded fake, its failures, and its time."""

    def __init__(self, *, held: bool = False, budget_s: float = 30, optional: bool = False) -> None:
        self.detector = NamesWater(held=held)
        self.failed: list[str] = []
        self.now_s = 100.0
        self.guarded = GuardedDetector(
            self.detector,
            budget_s=budget_s,
            optional=optional,
            on_failure=self.failed.append,
            now_s=lambda: self.now_s,
        )

    async def ask(self, times: int = 1) -> list[Answer]:
        return [await self.guarded.ask(WORDS) for _ in range(times)]


async def test_what_is_found_in_time_is_the_answer() -> None:
    fake = Guarded()
    assert await fake.ask(2) == [FOUND, FOUND]
    assert fake.failed == []


@pytest.mark.parametrize(("optional", "answer"), [(False, MASKED), (True, LEFT)])
async def test_a_detector_that_takes_too_long_has_not_answered(optional: bool, answer: Answer) -> None:
    fake = Guarded(held=True, budget_s=0.01, optional=optional)
    assert await fake.ask() == [answer]
    assert fake.failed == ["fake_slow"]


async def test_the_budget_runs_from_when_the_turn_is_handed_over() -> None:
    fake = Guarded(budget_s=0)
    asked = fake.guarded.ask(WORDS)
    await asyncio.sleep(0.001)
    fake.detector.release.clear()
    assert await asked == MASKED
    assert fake.failed == ["fake_slow"]


async def test_a_recorded_call_waits_as_long_as_it_takes() -> None:
    fake = Guarded(held=True, budget_s=0)
    asked = asyncio.ensure_future(fake.guarded.ask(WORDS, patient=True))
    for _ in range(5):
        await asyncio.sleep(0)
    fake.detector.release.set()
    assert await asked == FOUND


RUBBISH: list[Any] = [[Finding(0, 2, "PERSON")], [Finding(-1, 0, "PERSON")], [("water",)], 7, None]


@pytest.mark.parametrize("found", RUBBISH, ids=["outside", "before", "no finding", "a number", "nothing"])
async def test_rubbish_is_a_failure(found: Any) -> None:
    fake = Guarded()
    fake.detector.found = found
    if found is None:
        fake.detector.error = RuntimeError("water called")
    assert await fake.ask() == [MASKED]
    assert fake.failed == ["fake_failed"]


async def test_after_failures_in_a_row_it_is_left_alone_and_then_tried_once() -> None:
    fake = Guarded()
    fake.detector.error = RuntimeError("water called")
    assert await fake.ask(FAILURES + 3) == [MASKED] * (FAILURES + 3)
    assert fake.failed == ["fake_failed"] * FAILURES + ["fake_open"] * 3
    assert len(fake.detector.asked) == FAILURES
    fake.now_s += OPEN_S
    assert await fake.ask(2) == [MASKED] * 2
    assert fake.failed[-2:] == ["fake_failed", "fake_open"]
    fake.now_s += OPEN_S
    fake.detector.error = None
    assert await fake.ask(2) == [FOUND] * 2
    fake.detector.error = RuntimeError("water called")
    assert await fake.ask(FAILURES - 1) == [MASKED] * (FAILURES - 1)
    fake.detector.error = None
    assert await fake.ask() == [FOUND]


async def test_while_one_turn_is_tried_the_others_are_not() -> None:
    fake = Guarded(held=True)
    fake.detector.error = RuntimeError("water called")
    fake.detector.release.set()
    await fake.ask(FAILURES)
    fake.now_s += OPEN_S
    fake.detector.release.clear()
    tried = asyncio.ensure_future(fake.guarded.ask(WORDS))
    await asyncio.sleep(0)
    assert await fake.ask() == [MASKED]
    assert fake.failed[-1] == "fake_open"
    tried.cancel()
    await asyncio.gather(tried, return_exceptions=True)
    fake.detector.error = None
    fake.detector.release.set()
    assert await fake.ask() == [FOUND], "a trial that is given up leaves room for another"


async def test_an_optional_detector_need_not_be_there_at_the_start() -> None:
    needed, optional = Guarded(), Guarded(optional=True)
    await needed.guarded.ready()
    needed.detector.error = optional.detector.error = RuntimeError("water")
    await optional.guarded.ready()
    with pytest.raises(WordDetectorError):
        await needed.guarded.ready()
