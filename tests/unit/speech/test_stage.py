import asyncio
from collections.abc import Iterable

import pytest

from cueline.events.checkpoint import ChannelProgress, Checkpoint
from cueline.kernel.ids import CallId, ContactId
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import CallTrace
from cueline.speech import stage as stage_module
from cueline.speech.adapters.script import Script, ScriptRecogniser, ScriptSession
from cueline.speech.ports import Capabilities, Opening, RecogniserError, RecogniserSession, Report
from cueline.speech.stage import MAX_FAILURES, RecognitionFailedError, SpeechStage
from cueline.unredacted.audio import StereoBlock
from cueline.unredacted.transcript import RawUtterance
from tests.fakes.transcript import RecordingReporter, RecordingSink

WORDS = b"""[
 {"channel": "agent", "word": "hello", "startMs": 100, "endMs": 400},
 {"channel": "agent", "word": "there", "startMs": 420, "endMs": 700},
 {"channel": "customer", "word": "hi", "startMs": 900, "endMs": 1100},
 {"channel": "agent", "word": "how", "startMs": 2500, "endMs": 2700},
 {"channel": "customer", "word": "fine", "startMs": 4000, "endMs": 4300},
 {"channel": "customer", "word": "thanks", "startMs": 4350, "endMs": 4800}
]"""
BLOCK = 2_048
SECONDS = 6


def blocks(start: int = 0) -> Iterable[StereoBlock]:
    for position in range(start, SECONDS * 8_000, BLOCK):
        yield StereoBlock(position=position, customer=bytes(2 * BLOCK), agent=bytes(2 * BLOCK), received_ms=0)


class FlakyRecogniser(ScriptRecogniser):
    """Its sessions break after so many blocks each; the last figure is for all that follow."""

    def __init__(self, script: Script, breaks: list[int | None]) -> None:
        super().__init__(lambda _: script)
        self.openings: list[Opening] = []
        self._breaks = breaks

    async def open(self, opening: Opening) -> ScriptSession:
        self.openings.append(opening)
        session = await super().open(opening)
        after = self._breaks[min(len(self.openings), len(self._breaks)) - 1]
        return session if after is None else _Breaking(session, after)  # type: ignore[return-value]


class _Breaking:
    def __init__(self, session: RecogniserSession, after: int) -> None:
        self._session = session
        self._left = after

    async def push(self, block: StereoBlock) -> None:
        self._left -= 1
        if self._left < 0:
            raise RecogniserError("broken off")
        await self._session.push(block)

    async def finish(self) -> None:
        await self._session.finish()

    async def receive(self) -> Report | None:
        return await self._session.receive()

    async def aclose(self) -> None:
        await self._session.aclose()


def build(
    recogniser: ScriptRecogniser, *, lockstep: bool, checkpoint: Checkpoint | None = None, position: int = 0
) -> tuple[SpeechStage, RecordingSink, RecordingReporter]:
    sink, reporter = RecordingSink(), RecordingReporter()
    stage = SpeechStage(
        recogniser=recogniser,
        opening=Opening(call_id=CallId("call_1"), contact_id=ContactId("c"), language="en-US", position=position),
        sink=sink,
        reporter=reporter,
        checkpoint=checkpoint or Checkpoint(),
        trace=CallTrace(),
        clock=SystemClock(),
        lockstep=lockstep,
    )
    return stage, sink, reporter


async def play(stage: SpeechStage, audio: Iterable[StereoBlock]) -> None:
    async def feed() -> None:
        for block in audio:
            await stage.accept(block)
        await stage.finish()

    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        tasks.create_task(stage.run())
        tasks.create_task(feed())


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between sessions are for the provider's sake; here they only cost time."""
    real_sleep = asyncio.sleep

    async def sleep(_: float) -> None:
        await real_sleep(0)

    monkeypatch.setattr(stage_module.asyncio, "sleep", sleep)


@pytest.mark.parametrize("lockstep", [True, False])
async def test_every_word_comes_once_and_the_gate_is_told_of_the_end(lockstep: bool) -> None:
    stage, sink, reporter = build(ScriptRecogniser(lambda _: Script.read(WORDS)), lockstep=lockstep)
    await play(stage, blocks())
    assert sink.said("agent") == ["hello", "there", "how"]
    assert sink.said("customer") == ["hi", "fine", "thanks"]
    assert sink.finished
    assert reporter.warnings == []
    assert min(heard for heard, _ in sink.heard.values()) >= SECONDS * 8_000


async def test_lockstep_gives_the_same_order_every_time() -> None:
    logs = []
    for _ in range(3):
        stage, sink, _ = build(ScriptRecogniser(lambda _: Script.read(WORDS)), lockstep=True)
        await play(stage, blocks())
        logs.append(sink.log)
    assert logs[0] == logs[1] == logs[2]


@pytest.mark.parametrize("lockstep", [True, False])
@pytest.mark.parametrize("breaks", [[3, None], [9, 2, None], [1, 1, 1, None], [20, None]])
async def test_a_session_that_breaks_loses_and_doubles_nothing(lockstep: bool, breaks: list[int | None]) -> None:
    recogniser = FlakyRecogniser(Script.read(WORDS), breaks)
    stage, sink, reporter = build(recogniser, lockstep=lockstep)
    await play(stage, blocks())
    assert sink.said("agent") == ["hello", "there", "how"]
    assert sink.said("customer") == ["hi", "fine", "thanks"]
    assert len(recogniser.openings) == len(breaks)
    assert reporter.warnings == ["recogniser_failed"] * (len(breaks) - 1)
    assert sorted({each.ordinal for each in sink.utterances if each.channel == "agent"}) == [0, 1]


async def test_sessions_that_keep_failing_end_the_stage() -> None:
    recogniser = FlakyRecogniser(Script.read(WORDS), [0])
    stage, _, _ = build(recogniser, lockstep=False)
    with pytest.raises(ExceptionGroup) as raised:
        await play(stage, blocks())
    assert raised.group_contains(RecognitionFailedError)
    assert len(recogniser.openings) == MAX_FAILURES


async def test_a_takeover_goes_on_where_each_channel_is_settled() -> None:
    checkpoint = Checkpoint(
        customer=ChannelProgress(settled=1_400 * 8, next_ordinal=1),
        agent=ChannelProgress(settled=900 * 8, next_ordinal=1),
    )
    stage, sink, _ = build(
        ScriptRecogniser(lambda _: Script.read(WORDS)), lockstep=True, checkpoint=checkpoint, position=2 * BLOCK
    )
    await play(stage, blocks(2 * BLOCK))
    assert sink.said("agent") == ["how"]
    assert sink.said("customer") == ["fine", "thanks"]
    assert [(each.channel, each.ordinal) for each in sink.utterances] == [("agent", 1), ("customer", 1)]


async def test_a_recogniser_that_acknowledges_nothing_cannot_run_in_lockstep() -> None:
    class Vague(ScriptRecogniser):
        capabilities = Capabilities(
            name="vague", label="", source="recognised", partials=True, acknowledges=False, languages=()
        )

    with pytest.raises(RecognitionFailedError, match="virtual clock"):
        build(Vague(lambda _: None), lockstep=True)


@pytest.mark.parametrize("lockstep", [True, False])
@pytest.mark.parametrize("breaks", [[None], [9, None]])
async def test_each_utterance_says_how_loud_it_was_and_silence_says_nothing(
    lockstep: bool, breaks: list[int | None]
) -> None:
    """A square wave of a tenth of full scale on the customer's side, whatever becomes of the recogniser's session."""
    recogniser = FlakyRecogniser(Script.read(WORDS), breaks)
    stage, sink, _ = build(recogniser, lockstep=lockstep)
    wave = b"\xcd\x0c" * 4 + b"\x33\xf3" * 4
    loud = [
        StereoBlock(
            position=block.position,
            customer=(wave * block.samples)[: len(block.customer)],
            agent=block.agent,
            received_ms=block.received_ms,
        )
        for block in blocks()
    ]
    await play(stage, loud)
    levels = {(each.channel, each.loudness_db) for each in sink.utterances}
    assert levels == {("customer", -20.0), ("agent", None)}


class _PausingSink(RecordingSink):
    """Takes its time over the first utterance."""

    def __init__(self, broken: asyncio.Event) -> None:
        super().__init__()
        self._broken = broken

    async def settle(self, utterance: RawUtterance) -> None:
        if not self.utterances:
            await self._broken.wait()
            for _ in range(20):
                await asyncio.sleep(0)
        await super().settle(utterance)


class _BreaksWhileHandedOn(ScriptRecogniser):
    """Its first session breaks when an utterance is on its way through the gate."""

    def __init__(self, broken: asyncio.Event) -> None:
        super().__init__(lambda _: Script.read(WORDS))
        self._broken = broken
        self._first = True

    async def open(self, opening: Opening) -> ScriptSession:
        session = await super().open(opening)
        if self._first:
            self._first = False
            push, blocks_left = session.push, [10]

            async def breaking(block: StereoBlock) -> None:
                blocks_left[0] -= 1
                if not blocks_left[0]:
                    self._broken.set()
                    raise RecogniserError("broken off")
                await push(block)

            session.push = breaking  # type: ignore[method-assign]
        return session


async def test_what_is_being_handed_on_when_a_session_breaks_is_not_lost() -> None:
    broken = asyncio.Event()
    stage, _, _ = build(_BreaksWhileHandedOn(broken), lockstep=False)
    stage._sink = sink = _PausingSink(broken)
    await play(stage, blocks())
    assert sink.said("agent") == ["hello", "there", "how"]
    assert sink.said("customer") == ["hi", "fine", "thanks"]
