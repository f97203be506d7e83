"""Presidio's worker processes when they misbehave, and what Presidio's results become. No Presidio is needed."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import get_args

import pytest

from cueline.events.redacted import EntityType
from cueline.redaction.adapters import presidio, presidio_worker
from cueline.redaction.adapters import presidio_wire as wire
from cueline.redaction.adapters.presidio import MAX_ASKED, PresidioDetector
from cueline.redaction.detector import Finding
from cueline.redaction.guarded import Answer, GuardedDetector
from cueline.redaction.ports import WordDetectorError
from cueline.unredacted.transcript import RawWord
from tests.fakes.word_detector import worker_command

TIMEOUT_S = 60.0
WATER = Answer(findings=(Finding(0, 0, "PERSON"),))


def spoken(text: str) -> list[RawWord]:
    return [RawWord(word, at * 300, at * 300 + 300) for at, word in enumerate(text.split())]


@asynccontextmanager
async def running(*arguments: str, hang_s: float = 30, workers: int = 1) -> AsyncIterator[PresidioDetector]:
    detector = PresidioDetector(command=worker_command(*arguments), hang_s=hang_s, first_wait_s=0.01, workers=workers)
    task = asyncio.create_task(detector.run())
    try:
        async with asyncio.timeout(TIMEOUT_S):
            yield detector
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def recovered(detector: PresidioDetector) -> list[Finding]:
    """What it finds when it is back."""
    while True:
        try:
            return await detector.find(spoken("water called"))
        except WordDetectorError:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("order", ["hang", "die", "fail", "junk", "strange", "outside", "text"])
async def test_a_worker_that_misbehaves_costs_its_turn_and_the_next_is_answered(order: str) -> None:
    failed: list[str] = []
    async with running(hang_s=0.2) as detector:
        guarded = GuardedDetector(detector, budget_s=30, optional=False, on_failure=failed.append)
        await guarded.ready()
        assert await guarded.ask(spoken(f"water {order}")) == Answer(findings=None, failed=True)
        assert failed == ["presidio_failed"]
        assert await recovered(detector) == [Finding(0, 0, "PERSON")]
        assert await guarded.ask(spoken("water called")) == WATER


async def test_a_turn_that_hangs_is_over_when_its_budget_is_and_the_worker_is_replaced() -> None:
    failed: list[str] = []
    async with running(hang_s=1.0) as detector:
        guarded = GuardedDetector(detector, budget_s=0.05, optional=False, on_failure=failed.append)
        await guarded.ready()
        assert await guarded.ask(spoken("water hang")) == Answer(findings=None, failed=True)
        assert failed == ["presidio_slow"]
        assert await recovered(detector) == [Finding(0, 0, "PERSON")]


async def test_one_worker_that_hangs_does_not_keep_the_other_from_answering() -> None:
    async with running(workers=2) as detector:
        await detector.ready()
        hanging = asyncio.create_task(detector.find(spoken("hang")))
        await asyncio.sleep(0)
        assert await detector.find(spoken("water called")) == [Finding(0, 0, "PERSON")]
        hanging.cancel()
        await asyncio.gather(hanging, return_exceptions=True)


async def test_no_more_turns_wait_for_a_worker_than_may() -> None:
    async with running() as detector:
        await detector.ready()
        waiting = [asyncio.create_task(detector.find(spoken("hang"))) for _ in range(MAX_ASKED)]
        await asyncio.sleep(0)
        with pytest.raises(WordDetectorError):
            await detector.find(spoken("water called"))
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_turn_too_long_for_a_frame_is_refused() -> None:
    async with running() as detector:
        await detector.ready()
        with pytest.raises(WordDetectorError):
            await detector.find([RawWord("x" * wire.MAX_BODY_BYTES, 0, 1)])
        assert await detector.find(spoken("water called")) == [Finding(0, 0, "PERSON")]


@pytest.mark.parametrize(
    ("how", "says"), [("refuse", "CUELINE_NAME_MODEL"), ("mute", "died")], ids=["refuses", "dies before it greets"]
)
async def test_a_worker_that_does_not_begin_says_why(how: str, says: str) -> None:
    async with running(how) as detector:
        with pytest.raises(WordDetectorError, match=says):
            await detector.ready()
        with pytest.raises(WordDetectorError):
            await detector.find(spoken("water"))


async def test_a_program_that_is_not_there_is_said_too() -> None:
    detector = PresidioDetector(command=("/nowhere/python",))
    task = asyncio.create_task(detector.run())
    with pytest.raises(WordDetectorError):
        await detector.ready()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_worker_that_keeps_dying_is_started_ever_later(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    enough = asyncio.Event()
    sleep = asyncio.sleep

    async def counted(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 4:
            enough.set()
        await sleep(0)

    detector = PresidioDetector(command=worker_command("mute"), first_wait_s=10)
    monkeypatch.setattr(presidio.asyncio, "sleep", counted)
    task = asyncio.create_task(detector.run())
    await enough.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert waits[:4] == [10, 20, 30, 30]
    assert all(before <= after for before, after in pairwise(waits))


async def test_no_worker_outlives_the_detector() -> None:
    async with running(workers=2) as detector:
        await detector.ready()
        processes = [worker._process for worker in detector._workers]
        hanging = asyncio.create_task(detector.find(spoken("hang")))
        await asyncio.sleep(0)
    assert [process is not None and process.returncode is not None for process in processes] == [True, True]
    with pytest.raises(WordDetectorError):
        await hanging


@pytest.mark.parametrize(
    ("words", "result", "span"),
    [
        ("my name is ann lee", (11, 18), (3, 4)),
        ("ann", (0, 3), (0, 0)),
        ("it's ann's", (5, 8), (1, 1)),
        ("well ann", (4, 6), (1, 1)),
        ("a b", (1, 2), None),
    ],
)
def test_every_word_that_a_result_touches_is_in_it(
    words: str, result: tuple[int, int], span: tuple[int, int] | None
) -> None:
    spans = presidio_worker.place(words.split(), [(*result, "PERSON")])
    assert spans == ([wire.Span(*span, "PERSON")] if span else [])


def test_a_turn_that_cannot_be_analysed_is_answered_so_and_the_next_is_looked_at() -> None:
    def find(words: list[str]) -> list[wire.Span]:
        if "water" in words:
            raise RuntimeError("water called")
        return []

    turns = wire.turn(1, ["water"]) + wire.turn(2, ["so"]) + wire.frame(wire.FIND, 3, b"{") + b"\0"
    out = io.BytesIO()
    presidio_worker.serve(io.BytesIO(turns), out, find)  # type: ignore[arg-type]
    expected = wire.frame(wire.READY) + wire.frame(wire.FAILED, 1) + wire.found(2, []) + wire.frame(wire.FAILED, 3)
    assert out.getvalue() == expected


def test_the_wire_quotes_nothing_that_it_cannot_read() -> None:
    for read in (wire.read_turn, wire.read_found):
        with pytest.raises(wire.FrameError) as error:
            read(b'["lee", "four one one"')
        assert "lee" not in str(error.value)
        assert error.value.__cause__ is None


def test_every_type_that_presidio_gives_becomes_one_of_ours() -> None:

    assert set(presidio_worker._TYPES.values()) <= set(get_args(EntityType))
    assert set(presidio_worker._GLINER_LABELS.values()) <= set(presidio_worker._TYPES)


@pytest.mark.component("presidio")
@pytest.mark.parametrize(
    ("model", "reason"), [("no_such_pipeline", wire.NO_MODEL), ("gliner:/no/such/folder", wire.NO_MODEL)]
)
def test_a_model_that_is_not_there_is_refused_and_not_fetched(model: str, reason: bytes) -> None:
    with pytest.raises(presidio_worker.RefusedError) as refused:
        presidio_worker.load(model)
    assert refused.value.reason == reason
