"""One call's recognition, from audio blocks to utterances.

Blocks go through a bounded buffer into the recogniser's session; its reports become partials and utterances. When a
session breaks, a new one is opened and hears again what was not settled: nothing is lost, and what was settled is
silence to it, so nothing is said twice.

Two ways of running. *Flowing*: audio and results run freely, as on a live call. *Lockstep*: a block's due results are
all awaited and handed on, in the order of (end, channel), before the next block is taken; a recorded call then gives
the same events on every run.
"""

import asyncio
from collections import deque

import msgspec

from cueline.events.checkpoint import ChannelProgress, Checkpoint
from cueline.kernel.ids import CHANNELS, Channel
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import CallTrace
from cueline.speech.activity import ChannelActivity
from cueline.speech.ports import (
    ChannelReport,
    FinalHeard,
    Heard,
    Opening,
    PartialHeard,
    Recogniser,
    RecogniserError,
    RecogniserSession,
    Report,
    SpeechReporter,
    Switched,
    TranscriptSink,
    Waiting,
)
from cueline.speech.recovery import RecoveryBuffer
from cueline.speech.utterances import ChannelUtterances
from cueline.unredacted.audio import SAMPLE_RATE_HZ, SAMPLES_PER_MS, StereoBlock
from cueline.unredacted.transcript import RawPartial, RawUtterance

MAX_UNFED_SAMPLES = 10 * SAMPLE_RATE_HZ
"""Audio that may wait for the recogniser; more waits at the source, where Kinesis keeps it."""

STALL_S = 30.0
"""A session that owes results and gives none for this long has failed."""

MAX_FAILURES = 5
"""Sessions in a row that fail without settling anything before the stage gives up."""


class RecognitionFailedError(RecogniserError):
    """Several sessions in a row failed; the call cannot be recognised by this recogniser now."""

    code = "recognition_failed"


class SpeechStage:
    """Implements ingest's ``AudioSink``; ``run`` must run beside it in the same task group."""

    def __init__(
        self,
        *,
        recogniser: Recogniser,
        opening: Opening,
        sink: TranscriptSink,
        reporter: SpeechReporter,
        checkpoint: Checkpoint,
        trace: CallTrace,
        clock: SystemClock,
        lockstep: bool,
    ) -> None:
        if lockstep and not recogniser.capabilities.acknowledges:
            raise RecognitionFailedError(f"recogniser {recogniser.capabilities.name} cannot run on the virtual clock")
        self._recogniser = recogniser
        self._opening = opening
        self._sink = sink
        self._reporter = reporter
        self._trace = trace
        self._clock = clock
        self._lockstep = lockstep
        progress: dict[Channel, ChannelProgress] = {channel: checkpoint.channel(channel) for channel in CHANNELS}
        self._utterances = {channel: ChannelUtterances(channel, progress[channel]) for channel in CHANNELS}
        self._heard: dict[Channel, int] = dict.fromkeys(CHANNELS, opening.position)
        self._recovery = RecoveryBuffer()
        self._activity = {channel: ChannelActivity() for channel in CHANNELS}
        self._unfed: deque[StereoBlock] = deque()
        self._accepted_end = opening.position
        self._audio_over = False
        self._failures = 0
        self._waiting = False
        self._handing_on = asyncio.Lock()
        self._given_up = False
        self._changed = asyncio.Condition()
        self._done = asyncio.Event()

    async def accept(self, block: StereoBlock) -> None:
        """Takes the next block; waits while the recogniser is behind, in lockstep until its results are through."""
        self._trace.arrive(block.end, block.received_ms)
        async with self._changed:
            self._recovery.keep(block)
            for channel in CHANNELS:
                self._activity[channel].accept(block.position, block.channel(channel))
            self._unfed.append(block)
            self._accepted_end = block.end
            self._changed.notify_all()
            await self._changed.wait_for(self._may_accept)

    async def finish(self) -> None:
        """No more audio; returns when everything that was said has been handed on."""
        async with self._changed:
            self._audio_over = True
            self._changed.notify_all()
        await self._done.wait()

    async def run(self) -> None:
        """Runs sessions until the audio is over. Raises RecognitionFailedError when sessions keep failing."""
        while not await self._run_session():
            self._failures += 1
            if self._failures >= MAX_FAILURES:
                raise RecognitionFailedError(f"{self._failures} recogniser sessions in a row failed")
            await self._restart()
        for channel in CHANNELS:
            for utterance in self._utterances[channel].finish():
                await self._settle(utterance)
        await self._sink.finish()
        self._done.set()

    def _may_accept(self) -> bool:
        if self._lockstep:
            return all(heard >= self._accepted_end for heard in self._heard.values())
        return sum(block.samples for block in self._unfed) <= MAX_UNFED_SAMPLES

    async def _run_session(self) -> bool:
        """One session from opening to end; False when it failed and another should be tried."""
        session: RecogniserSession | None = None
        whole, self._given_up = True, False
        try:
            session = await self._recogniser.open(self._opening)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._feed(session))
                tasks.create_task(self._collect(session))
        except* RecogniserError:
            whole = False
        finally:
            if session is not None:
                await session.aclose()
        return whole

    async def _restart(self) -> None:
        settled = {channel: self._utterances[channel].settled for channel in CHANNELS}
        await self._reporter.warn(
            "recogniser_failed",
            "The recogniser broke off and was started again; it hears the last seconds once more. Nothing is lost.",
            at=min(settled.values()),
        )
        for channel in CHANNELS:
            withdrawn = self._utterances[channel].restart()
            if withdrawn is not None:
                await self._revise(withdrawn)
        async with self._changed:
            self._unfed = deque(self._recovery.replay(settled))
        if self._unfed:
            self._opening = msgspec.structs.replace(self._opening, position=self._unfed[0].position)
        self._heard = {channel: min(self._heard[channel], settled[channel]) for channel in CHANNELS}
        await asyncio.sleep(min(0.2 * 2**self._failures, 5.0))

    async def _feed(self, session: RecogniserSession) -> None:
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: bool(self._unfed) or self._audio_over)
                block = self._unfed.popleft() if self._unfed else None
                self._changed.notify_all()
            try:
                if block is None:
                    await session.finish()
                    return
                await session.push(block)
            except RecogniserError:
                async with self._handing_on:  # whatever is on its way gets there before the session is given up
                    self._given_up = True
                raise

    async def _collect(self, session: RecogniserSession) -> None:
        due: list[ChannelReport] = []
        while (report := await self._receive(session)) is not None:
            if isinstance(report, Switched | Waiting):
                await self._hand_on(due)
                due.clear()
                await (self._switch(report) if isinstance(report, Switched) else self._wait(report))
                continue
            if not self._lockstep:
                await self._hand_on([report])
                continue
            due.append(report)
            if isinstance(report, Heard):
                self._heard[report.channel] = report.position
                if self._may_accept():
                    await self._hand_on(due)
                    due.clear()
                    await self._wake()
        await self._hand_on(due)

    async def _receive(self, session: RecogniserSession) -> Report | None:
        while True:
            try:
                async with asyncio.timeout(STALL_S):
                    return await session.receive()
            except TimeoutError:
                behind = self._accepted_end > min(self._heard.values())
                if (behind and self._recogniser.capabilities.acknowledges) or self._audio_over:
                    raise RecogniserError("the recogniser gave no results although it has audio") from None

    async def _hand_on(self, due: list[ChannelReport]) -> None:
        """All of it, or nothing of a session that was given up: the next one hears that again."""
        async with self._handing_on:
            if not self._given_up:
                await self._dispatch_in_order(due)

    async def _dispatch_in_order(self, due: list[ChannelReport]) -> None:
        """By (end, channel) over both channels, each channel's own order kept."""
        reached: dict[Channel, int] = dict.fromkeys(CHANNELS, 0)
        keyed: list[tuple[int, Channel, int, ChannelReport]] = []
        for index, report in enumerate(due):
            reached[report.channel] = max(reached[report.channel], _end_of(report))
            keyed.append((reached[report.channel], report.channel, index, report))
        for *_, report in sorted(keyed, key=lambda entry: entry[:3]):
            await self._dispatch(report)

    async def _dispatch(self, report: ChannelReport) -> None:
        utterances = self._utterances[report.channel]
        match report:
            case PartialHeard():
                partial = utterances.revise(report)
                if partial is not None:
                    await self._revise(partial)
            case FinalHeard():
                withdrawn, complete = utterances.settle(report)
                if withdrawn is not None:
                    await self._revise(withdrawn)
                await self._settle_all(complete)
            case Heard():
                await self._settle_all(utterances.hear(report))
                self._heard[report.channel] = max(self._heard[report.channel], report.position)
                await self._sink.hear(report.channel, report.position, utterances.settled)
        self._recovery.forget_before(min(each.settled for each in self._utterances.values()))

    async def _switch(self, report: Switched) -> None:
        """Hypotheses of the one before are withdrawn: the next one hears the same audio and makes its own."""
        self._waiting = False
        missed_s = report.missed_samples / SAMPLE_RATE_HZ
        loss = f"{missed_s:.0f} s could not be heard again." if missed_s else "Nothing is lost."
        message = f"Recogniser switched to {report.capabilities.label}: {report.why}. {loss}"
        await self._reporter.warn("recogniser_switched", message, at=report.at)
        for channel in CHANNELS:
            withdrawn = self._utterances[channel].rehear()
            if withdrawn is not None:
                await self._revise(withdrawn)

    async def _wait(self, report: Waiting) -> None:
        """Told once for each time that nobody can go on."""
        if not self._waiting:
            self._waiting = True
            message = f"No recogniser can go on: {report.why}. The call goes on and is recognised late."
            await self._reporter.warn("recogniser_failed", message, at=report.at)

    async def _settle_all(self, utterances: list[RawUtterance]) -> None:
        for utterance in utterances:
            self._failures = 0
            await self._settle(utterance)

    async def _settle(self, utterance: RawUtterance) -> None:
        self._trace.mark(utterance.channel, utterance.ordinal, "recogniserFinal", self._clock.precise_ms())
        utterance.loudness_db = self._activity[utterance.channel].loudness(utterance.started_ms, utterance.ended_ms)
        await self._sink.settle(utterance)

    async def _revise(self, partial: RawPartial) -> None:
        self._trace.mark(partial.channel, partial.ordinal, "recogniserPartial", self._clock.precise_ms())
        await self._sink.revise(partial)

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _end_of(report: ChannelReport) -> int:
    """Position (samples) that a report speaks of."""
    if isinstance(report, Heard):
        return report.position
    return report.words[-1].end_ms * SAMPLES_PER_MS if report.words else 0
