"""The stage with a word detector: finals wait for it in their channel's order, and nothing else waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from cueline.events.catalogue import WarningCode
from cueline.events.redacted import RedactedPartial, RedactedUtterance, RedactorSnapshot
from cueline.kernel.ids import Channel
from cueline.redaction.adapters.presidio import PresidioDetector
from cueline.redaction.detector import Finding
from cueline.redaction.guarded import GuardedDetector
from cueline.redaction.ports import WordDetector
from cueline.redaction.redactor import Redactor
from cueline.redaction.stage import MAX_ASKED, RedactionStage
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord
from tests.fakes.word_detector import NamesWater, worker_command


class Recorder:
    """What is handed on, and the warnings. Something waits for ``until``."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.warned: list[tuple[str, int]] = []
        self.settled: dict[Channel, int] = {}
        self.error: Exception | None = None
        self._changed = asyncio.Event()

    async def revise(self, partial: RedactedPartial) -> None:
        self.log.append(f"({partial.content.text})")

    async def commit(self, utterance: RedactedUtterance, snapshot: RedactorSnapshot) -> None:
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        self.log.append(utterance.content.text)
        self._changed.set()

    async def progress(self, channel: Channel, heard: int, settled: int) -> None:
        self.settled[channel] = settled

    async def warn(self, code: WarningCode, message: str, *, at: int) -> None:
        assert "water" not in message
        self.warned.append((code, at))

    async def until(self, *log: str) -> None:
        while self.log != list(log):
            self._changed.clear()
            await self._changed.wait()


def spoken(text: str, start_ms: int) -> list[RawWord]:
    return [RawWord(word, start_ms + at * 300, start_ms + at * 300 + 300) for at, word in enumerate(text.split())]


def final(text: str, ordinal: int = 0, channel: Channel = "customer") -> RawUtterance:
    words = spoken(text, ordinal * 2_000)
    return RawUtterance(channel=channel, ordinal=ordinal, words=words, settled=words[-1].end_ms * 8)


def partial(text: str, ordinal: int) -> RawPartial:
    start_ms = ordinal * 2_000
    return RawPartial(
        channel="customer", ordinal=ordinal, revision=0, words=spoken(text, start_ms), heard_ms=start_ms + 1_000
    )


class Set:
    """A stage with its detector."""

    def __init__(
        self,
        detector: WordDetector,
        *,
        budget_s: float = 30,
        optional: bool = False,
        warned: bool = False,
        lockstep: bool = False,
    ) -> None:
        self.sink = Recorder()
        self.failed: list[str] = []
        guarded = GuardedDetector(detector, budget_s=budget_s, optional=optional, on_failure=self.failed.append)
        self.stage = RedactionStage(
            Redactor(on_failure=self.failed.append),
            self.sink,
            model=guarded,
            reporter=self.sink,
            warned=warned,
            lockstep=lockstep,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Set"]:
        task = asyncio.create_task(self.stage.run())
        await asyncio.sleep(0)
        try:
            async with asyncio.timeout(60):
                yield self
                await self.stage.finish()
                await task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_a_final_waits_for_the_model_and_nothing_else_does() -> None:
    detector = NamesWater(held=True)
    async with Set(detector).running() as each:
        await each.stage.settle(final("water called"))
        await each.stage.revise(partial("well fine so", 1))
        await each.stage.hear("customer", 80_000, 70_000)
        await each.stage.hear("agent", 80_000, 70_000)
        assert each.sink.log == ["(well fine so)"]
        assert each.sink.settled == {"customer": 0, "agent": 70_000}
        await each.stage.settle(final("well fine so", 1))
        detector.release.set()
        await each.sink.until("(well fine so)", "[PERSON] called", "well fine so")
        await each.stage.hear("customer", 81_000, 71_000)
        assert each.sink.settled["customer"] == 71_000
    assert each.failed == []
    assert each.sink.warned == []


class OneWaits(NamesWater):
    """Keeps the turns with "slow" in them until released."""

    async def find(self, words):  # type: ignore[no-untyped-def]
        if any(word.text == "slow" for word in words):
            await self.release.wait()
        return [Finding(at, at, "PERSON") for at, word in enumerate(words) if word.text == "water"]


async def test_the_other_channel_goes_on_and_an_earlier_final_is_not_overtaken() -> None:
    detector = OneWaits(held=True)
    async with Set(detector).running() as each:
        await each.stage.settle(final("slow water"))
        await each.stage.settle(final("water next", 1))
        await each.stage.settle(final("yes water", 0, "agent"))
        await each.sink.until("yes [PERSON]")
        detector.release.set()
        await each.sink.until("yes [PERSON]", "slow [PERSON]", "[PERSON] next")


@pytest.mark.parametrize(("optional", "shown"), [(False, "[NUMBER]"), (True, "water called")])
async def test_a_model_that_is_too_slow(optional: bool, shown: str) -> None:
    async with Set(NamesWater(held=True), budget_s=0.01, optional=optional).running() as each:
        for ordinal in range(3):
            await each.stage.settle(final("water called", ordinal))
        await each.sink.until(shown, shown, shown)
    assert each.failed == ["fake_slow"] * 3
    assert each.sink.warned == [("redaction_failed", 600 * 8)], "once for a call"


@pytest.mark.parametrize(("optional", "shown"), [(False, "[NUMBER]"), (True, "it is [NUMBER] water")])
async def test_where_the_model_is_optional_the_rules_still_mask(optional: bool, shown: str) -> None:
    detector = NamesWater()
    detector.error = RuntimeError("water")
    async with Set(detector, optional=optional, warned=True).running() as each:
        await each.stage.settle(final("it is four one one two water"))
        await each.sink.until(shown)
    assert each.failed == ["fake_failed"]
    assert each.sink.warned == [], "it was said before a takeover"


async def test_more_than_may_wait_are_not_asked_about() -> None:
    detector = NamesWater(held=True)
    async with Set(detector).running() as each:
        for ordinal in range(MAX_ASKED + 2):
            await each.stage.settle(final("water called", ordinal))
        await each.stage.settle(final("yes water", 0, "agent"))
        await asyncio.sleep(0)
        assert len(detector.asked) == MAX_ASKED + 1
        assert each.failed == ["fake_slow"] * 2
        detector.release.set()
    found = ["[PERSON] called"] * MAX_ASKED
    assert sorted(each.sink.log) == sorted([*found, "[NUMBER]", "[NUMBER]", "yes [PERSON]"])


async def test_finish_waits_for_what_is_asked() -> None:
    detector = NamesWater(held=True)
    async with Set(detector).running() as each:
        await each.stage.settle(final("water called"))
        finishing = asyncio.create_task(each.stage.finish())
        for _ in range(5):
            await asyncio.sleep(0)
        assert each.sink.log == []
        detector.release.set()
        await finishing
        assert each.sink.log == ["[PERSON] called"]


async def test_in_lockstep_a_final_is_through_when_it_is_handed_over() -> None:
    each = Set(NamesWater(), budget_s=0, lockstep=True)
    await each.stage.run()
    await each.stage.settle(final("water called"))
    assert each.sink.log == ["[PERSON] called"]
    await each.stage.settle(final("so water", 0, "agent"))
    assert each.sink.log == ["[PERSON] called", "so [PERSON]"]
    assert each.failed == []


async def test_without_a_task_of_its_own_the_stage_waits_on_the_spot() -> None:
    each = Set(NamesWater(held=True), budget_s=0.01)
    await each.stage.settle(final("water called"))
    assert each.sink.log == ["[NUMBER]"]


async def test_what_the_sink_raises_ends_the_call() -> None:
    each = Set(NamesWater())
    each.sink.error = RuntimeError("the lease is lost")
    with pytest.raises(ExceptionGroup):
        async with each.running():
            await each.stage.settle(final("water called"))


@pytest.mark.parametrize("order", ["hang", "die", "fail", "junk", "strange", "outside", "text"])
async def test_whatever_a_worker_process_does_the_turn_is_masked_and_the_call_goes_on(order: str) -> None:
    detector = PresidioDetector(command=worker_command(), hang_s=0.3, first_wait_s=0.01)
    serving = asyncio.create_task(detector.run())
    await detector.ready()
    async with Set(detector, budget_s=0.1 if order == "hang" else 30).running() as each:
        await each.stage.settle(final(f"water {order}"))
        await each.sink.until("[NUMBER]")
        assert each.failed == ["presidio_slow" if order == "hang" else "presidio_failed"]
        while not detector._workers[0].up or detector._workers[0].asked:  # noqa: ASYNC110 - nothing to wait on
            await asyncio.sleep(0.01)
        await each.stage.settle(final("so water", 1))
        await each.sink.until("[NUMBER]", "so [PERSON]")
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
