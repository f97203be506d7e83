"""The stage hands on what the redactor decided: in order, once, and never past what is held."""

import asyncio

from cueline.events.redacted import RedactedPartial, RedactedUtterance, RedactorSnapshot
from cueline.kernel.ids import Channel
from cueline.redaction.redactor import Redactor
from cueline.redaction.stage import RedactionStage
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord


class Recorder:
    """A ``RedactedSink`` that writes down what it gets, and lets others run while it does."""

    def __init__(self) -> None:
        self.log: list[tuple[str, ...] | tuple[str, str, int, int]] = []

    async def revise(self, partial: RedactedPartial) -> None:
        await asyncio.sleep(0)
        self.log.append(("partial", partial.content.text))

    async def commit(self, utterance: RedactedUtterance, snapshot: RedactorSnapshot) -> None:
        await asyncio.sleep(0)
        self.log.append(("commit", utterance.content.text))

    async def progress(self, channel: Channel, heard: int, settled: int) -> None:
        await asyncio.sleep(0)
        self.log.append(("progress", channel, heard, settled))


def spoken(text: str, start_ms: int) -> list[RawWord]:
    return [RawWord(word, start_ms + at * 300, start_ms + at * 300 + 300) for at, word in enumerate(text.split())]


def final(text: str, start_ms: int, ordinal: int) -> RawUtterance:
    words = spoken(text, start_ms)
    return RawUtterance(channel="customer", ordinal=ordinal, words=words, settled=words[-1].end_ms * 8 + 800)


async def test_held_finals_keep_progress_back_until_they_are_committed() -> None:
    sink = Recorder()
    stage = RedactionStage(Redactor(), sink)
    words = spoken("it's four", 0)
    await stage.revise(RawPartial(channel="customer", ordinal=0, revision=0, words=words, heard_ms=600))
    await stage.settle(final("it's four", 0, 0))
    await stage.hear("customer", 8_000, 7_000)
    await stage.hear("agent", 8_000, 7_500)
    await stage.settle(final("one one please", 1200, 1))
    await stage.hear("customer", 20_000, 18_000)
    assert sink.log == [
        ("partial", "it's ..."),
        ("progress", "customer", 8_000, 0),
        ("progress", "agent", 8_000, 7_500),
        ("commit", "it's [NUMBER]"),
        ("commit", "[NUMBER] please"),
        ("progress", "customer", 20_000, 18_000),
    ]


async def test_time_alone_decides_and_finish_decides_the_rest() -> None:
    sink = Recorder()
    stage = RedactionStage(Redactor(), sink)
    await stage.settle(final("four", 0, 0))
    await stage.hear("customer", 3_801 * 8, 3_700 * 8)
    await stage.settle(final("one one", 4_000, 1))
    await stage.finish()
    assert sink.log == [("commit", "four"), ("progress", "customer", 30_408, 29_600), ("commit", "[NUMBER]")]


async def test_calls_from_several_tasks_do_not_overtake_each_other() -> None:
    sink = Recorder()
    stage = RedactionStage(Redactor(), sink)
    async with asyncio.TaskGroup() as tasks:
        for ordinal in range(20):
            tasks.create_task(stage.settle(final("so " * (ordinal + 1), ordinal * 10_000, ordinal)))
    assert sink.log == [("commit", " ".join(["so"] * (ordinal + 1))) for ordinal in range(20)]
