"""Recognisers that fail one after the other, under the real speech stage: every word comes once."""

import asyncio
import json
from collections.abc import Iterator

import numpy as np
import pytest

from cueline.events.checkpoint import Checkpoint
from cueline.kernel.ids import CHANNELS, CallId, Channel, ContactId
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import CallTrace
from cueline.speech.adapters.script import Script
from cueline.speech.failing_over import FailoverRecogniser
from cueline.speech.failover import FailoverPolicy
from cueline.speech.ports import Opening
from cueline.speech.stage import SpeechStage
from cueline.unredacted.audio import StereoBlock
from tests.fakes.recognisers import WELL, CountingObserver, Faults, FaultyRecogniser
from tests.fakes.transcript import RecordingReporter, RecordingSink

BLOCK = 1_600
SECONDS = 40
WORD_MS, PERIOD_MS, GROUP = 350, 450, 9
"""Nine words, then a pause of a second."""

QUICK = FailoverPolicy(
    stall_ms=300, stall_max_ms=1_200, lag_ms=200, lag_for_ms=100, open_ms=200, finish_ms=400, retry_ms=20,
    backoff_ms=100, backoff_max_ms=400, replay_speed=2_000.0,
)  # fmt: skip


def spans(offset_ms: int) -> list[tuple[int, int]]:
    found, at_ms = [], offset_ms
    while at_ms + WORD_MS < SECONDS * 1_000 - 500:
        found.append((at_ms, at_ms + WORD_MS))
        at_ms += PERIOD_MS + (1_000 if len(found) % GROUP == 0 else 0)
    return found


SPANS: dict[Channel, list[tuple[int, int]]] = {"customer": spans(300), "agent": spans(2_500)}
SCRIPT = Script.read(
    json.dumps(
        [
            {"channel": channel, "word": f"{channel[0]}{number}", "startMs": start, "endMs": end}
            for channel in CHANNELS
            for number, (start, end) in enumerate(SPANS[channel])
        ]
    ).encode()
)


def audio(channel: Channel) -> bytes:
    samples = np.zeros(SECONDS * 8_000, dtype="<i2")
    noise = np.random.default_rng(5).integers(-6_000, 6_000, size=8 * WORD_MS).astype("<i2")
    for start, end in SPANS[channel]:
        samples[start * 8 : end * 8] = noise
    return samples.tobytes()


AUDIO = {channel: audio(channel) for channel in CHANNELS}


def blocks() -> Iterator[StereoBlock]:
    for position in range(0, SECONDS * 8_000, BLOCK):
        part = slice(position * 2, (position + BLOCK) * 2)
        yield StereoBlock(
            position=position, customer=AUDIO["customer"][part], agent=AUDIO["agent"][part], received_ms=0
        )


def faulty(name: str, *faults: Faults) -> FaultyRecogniser:
    return FaultyRecogniser(name, lambda _: SCRIPT, *faults)


class Played:
    def __init__(self, *recognisers: FaultyRecogniser, lockstep: bool = False) -> None:
        self.observer = CountingObserver()
        self.sink, self.reporter = RecordingSink(), RecordingReporter()
        self.recogniser = FailoverRecogniser(recognisers, clock=SystemClock(), policy=QUICK, observer=self.observer)
        self.stage = SpeechStage(
            recogniser=self.recogniser,
            opening=Opening(call_id=CallId("call_1"), contact_id=ContactId("c"), language="en-US", position=0),
            sink=self.sink,
            reporter=self.reporter,
            checkpoint=Checkpoint(),
            trace=CallTrace(),
            clock=SystemClock(),
            lockstep=lockstep,
        )

    async def play(self, *, pace_s: float = 0.001) -> None:
        async def feed() -> None:
            for block in blocks():
                await self.stage.accept(block)
                await asyncio.sleep(pace_s)
            await self.stage.finish()

        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            tasks.create_task(self.stage.run())
            tasks.create_task(feed())

    def assert_whole(self) -> None:
        for channel in CHANNELS:
            assert self.sink.said(channel) == [f"{channel[0]}{number}" for number in range(len(SPANS[channel]))]


@pytest.mark.parametrize(
    ("faults", "failure"),
    [
        (Faults(breaks_at=47), "broken"),
        (Faults(closes_at=31), "closed"),
        (Faults(stalls_at=59), "stalled"),
        (Faults(stalls_at=0), "stalled"),
        (Faults(refuses=True), "refused"),
        (Faults(hangs=True), "unanswered"),
    ],
    ids=str,
)
async def test_the_next_goes_on_and_every_word_comes_once(faults: Faults, failure: str) -> None:
    first, second = faulty("first", faults), faulty("second")
    played = Played(first, second)
    await played.play(pace_s=0.004)
    played.assert_whole()
    assert played.observer.failures == [("first", failure)]
    assert played.reporter.warnings == ["recogniser_switched"]
    assert len(played.observer.seams) == 1
    assert len(second.openings) == 1


@pytest.mark.parametrize("lockstep", [False, True])
async def test_one_that_is_cut_again_and_again_loses_nothing(lockstep: bool) -> None:
    cut = Faults(breaks_at=35, doubles=True)
    played = Played(faulty("first", cut), faulty("second", Faults(closes_at=29)), lockstep=lockstep)
    await played.play()
    played.assert_whole()
    assert len(played.observer.failures) >= 5
    assert {name for name, _ in played.observer.failures} == {"first", "second"}


async def test_finals_that_come_twice_are_taken_once() -> None:
    played = Played(faulty("first", Faults(doubles=True)))
    await played.play()
    played.assert_whole()
    assert played.reporter.warnings == []


async def test_one_that_lags_is_left() -> None:
    """At the call's own pace: audio that comes faster is a replay, which may be heard as slowly as it was spoken."""
    played = Played(faulty("first", Faults(lag_s=0.3)), faulty("second"))
    playing = asyncio.create_task(played.play(pace_s=0.2))
    async with asyncio.timeout(10):
        await played.observer.closed.wait()
    playing.cancel()
    await asyncio.wait([playing])
    assert played.observer.failures == [("first", "lagging")]
    said = played.sink.said("customer")
    assert said == [f"c{number}" for number in range(len(said))]


async def test_with_all_gone_the_call_waits_and_is_recognised_late() -> None:
    out = Faults(refuses=True)
    first, second = faulty("first", out, out, out, WELL), faulty("second", out, out, out, out)
    played = Played(first, second)
    await played.play()
    played.assert_whole()
    assert played.reporter.warnings.count("recogniser_failed") == 1, "told once, however often it was tried"
    assert played.reporter.warnings[-1] == "recogniser_switched"


async def test_what_one_call_learns_serves_the_next() -> None:
    dead, well = faulty("first", Faults(refuses=True)), faulty("second")
    played = Played(dead, well)
    async with asyncio.timeout(5):
        sessions = []
        for number in range(3):
            opening = Opening(call_id=CallId(f"call_{number}"), contact_id=ContactId("c"), language="en", position=0)
            session = await played.recogniser.open(opening)
            sessions.append(session)
            await well.opened.wait()
            well.opened.clear()
        assert len(dead.openings) == 1
        assert played.observer.aside["first"]
        for session in sessions:
            await session.aclose()
    assert well.closed == 3


async def test_music_is_no_reason_to_set_a_recogniser_aside() -> None:
    """Two that hear nothing in what the gate takes for speech: the call changes ever more seldom, none is blamed."""
    silent = [FaultyRecogniser(name, lambda _: Script.read(b"[]"), Faults(stalls_at=0)) for name in ("first", "second")]
    played = Played(*silent)
    playing = asyncio.create_task(played.play(pace_s=0.02))
    await asyncio.sleep(2.5)
    playing.cancel()
    await asyncio.wait([playing])
    assert 2 <= len(played.observer.failures) <= 4
    assert not any(played.observer.aside.values())


async def test_a_session_that_is_given_up_leaves_nothing_behind() -> None:
    first = faulty("first")
    session = await Played(first).recogniser.open(
        Opening(call_id=CallId("call_1"), contact_id=ContactId("c"), language="en", position=0)
    )
    receiving = asyncio.create_task(session.receive())
    pushing = asyncio.create_task(session.push(next(blocks())))
    await asyncio.sleep(0.01)
    await session.aclose()
    await session.aclose()
    async with asyncio.timeout(2):
        await asyncio.gather(receiving, pushing)
        while await session.receive() is not None:
            pass
    assert first.closed == 1
