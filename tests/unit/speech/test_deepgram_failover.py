"""Counted calls over sockets that break, stall and stammer: under fail-over no word is lost or said twice."""

import asyncio
from collections.abc import Sequence

import pytest
from pydantic import SecretStr

from cueline.emulators.deepgram import EMULATOR_KEY, DeepgramEmulator
from cueline.emulators.deepgram_faults import Fault
from cueline.emulators.hearing import SpokenWord
from cueline.events.checkpoint import Checkpoint
from cueline.kernel.ids import CHANNELS, CallId, Channel, ContactId
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import CallTrace
from cueline.speech.adapters.deepgram import DeepgramRecogniser, DeepgramSettings
from cueline.speech.failing_over import FailoverRecogniser
from cueline.speech.failover import FailoverPolicy
from cueline.speech.ports import Opening
from cueline.speech.stage import SpeechStage
from cueline.unredacted.audio import StereoBlock
from tests.fakes.transcript import RecordingReporter, RecordingSink

SECONDS = 40
WORD_MS, PERIOD_MS, GROUP, PAUSE_MS = 350, 450, 9, 1_000
STEP_MS = 200
QUICK = FailoverPolicy(
    stall_ms=300, stall_max_ms=1_200, lag_ms=400, lag_for_ms=200, finish_ms=1_000, retry_ms=20, failures_to_open=100,
    replay_speed=2_000.0,
)  # fmt: skip


def counted(channel: Channel, begin_ms: int) -> list[SpokenWord]:
    found: list[SpokenWord] = []
    while begin_ms + WORD_MS < SECONDS * 1_000 - 500:
        found.append(SpokenWord(f"{channel[0]}{len(found)}", begin_ms, begin_ms + WORD_MS))
        begin_ms += PERIOD_MS + (PAUSE_MS if len(found) % GROUP == 0 else 0)
    return found


WORDS = {"customer": counted("customer", 300), "agent": counted("agent", 2_500)}


def pcm(channel: Channel) -> bytes:
    """A hum of alternate samples where a word is, silence elsewhere."""
    audio = bytearray(SECONDS * 16_000)
    for word in WORDS[channel]:
        audio[word.start_ms * 16 : word.end_ms * 16] = b"\x40\x1f\xc0\xe0" * (8 * WORD_MS // 2)
    return bytes(audio)


async def play(faults: Sequence[Fault], others: Sequence[Fault]) -> RecordingSink:
    emulators = [DeepgramEmulator(lambda _: list(WORDS.values()), faults=each) for each in (faults, others)]
    settings = [
        DeepgramSettings(api_key=SecretStr(EMULATOR_KEY), url=await emulator.start(), marked=True, finish_s=0.8)
        for emulator in emulators
    ]
    recogniser = FailoverRecogniser([DeepgramRecogniser(each) for each in settings], clock=SystemClock(), policy=QUICK)
    sink = RecordingSink()
    stage = SpeechStage(
        recogniser=recogniser,
        opening=Opening(call_id=CallId("call_1"), contact_id=ContactId("c"), language="en-US", position=0),
        sink=sink,
        reporter=RecordingReporter(),
        checkpoint=Checkpoint(),
        trace=CallTrace(),
        clock=SystemClock(),
        lockstep=False,
    )

    async def feed() -> None:
        customer, agent = pcm("customer"), pcm("agent")
        for at_ms in range(0, SECONDS * 1_000, STEP_MS):
            part = slice(at_ms * 16, (at_ms + STEP_MS) * 16)
            block = StereoBlock(position=at_ms * 8, customer=customer[part], agent=agent[part], received_ms=0)
            await stage.accept(block)
            await asyncio.sleep(0.01)
        await stage.finish()

    try:
        async with asyncio.timeout(25), asyncio.TaskGroup() as tasks:
            tasks.create_task(stage.run())
            tasks.create_task(feed())
    finally:
        for emulator in emulators:
            await emulator.stop()
    return sink


@pytest.mark.parametrize(
    ("faults", "others"),
    [
        ([Fault(kind="cut", at_ms=7_000, every_ms=7_000)], [Fault(kind="cut", at_ms=7_000, every_ms=7_000)]),
        ([Fault(kind="die", at_ms=11_300)], []),
        ([Fault(kind="stall", at_ms=9_000)], [Fault(kind="duplicate", at_ms=0, every_ms=1_000)]),
        ([Fault(kind="close", at_ms=5_100, code="NET-0000")], [Fault(kind="close", at_ms=6_000, code="DATA-0000")]),
        ([Fault(kind="garbage", at_ms=8_000, every_ms=8_000)], [Fault(kind="swap", at_ms=0, every_ms=2_000)]),
        ([Fault(kind="refuse", at_ms=0, status=401)], [Fault(kind="deaf_to_pauses", at_ms=0)]),
    ],
    ids=["cut every 7 s", "dies", "stalls, then stammers", "hangs up", "garbage, then disorder", "refuses, then noise"],
)
async def test_no_word_is_lost_or_said_twice(faults: list[Fault], others: list[Fault]) -> None:
    sink = await play(faults, others)
    for channel in CHANNELS:
        assert sink.said(channel) == [word.text for word in WORDS[channel]]
