"""One call's recognition by several recognisers, one after the other.

The session keeps the audio that is not settled. When the recogniser that listens fails it opens the next, plays that
audio to it faster than real time, each channel silent before its own settled position, and cuts what both heard on
word times (``seam.py``). Where none can go on the audio waits, here for a second and then with whoever pushes.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

import msgspec

from cueline.kernel.clock import Clock
from cueline.kernel.ids import CHANNELS, Channel
from cueline.speech.activity import FRAME_MS, ChannelActivity
from cueline.speech.failover import FailoverPolicy, Failure, SessionWatch, Standings
from cueline.speech.ports import (
    ChannelReport,
    Heard,
    Opening,
    Recogniser,
    RecogniserError,
    RecogniserSession,
    Report,
    Switched,
    Waiting,
)
from cueline.speech.recovery import RecoveryBuffer
from cueline.speech.seam import Seam, reach
from cueline.unredacted.audio import SAMPLE_RATE_HZ, SAMPLES_PER_MS, StereoBlock

MAX_AHEAD_SAMPLES: Final = SAMPLE_RATE_HZ
"""Audio that may wait here for the recogniser; more waits with whoever pushes."""

MAX_REPORTS: Final = 1_024
QUIET_KEPT_SAMPLES: Final = 60 * SAMPLE_RATE_HZ
"""Silence older than this is not kept for a next recogniser: one that says nothing of silence settles none of it."""

TICK_S: Final = 0.1
LATE_TICK_MS: Final = 1_000
"""This process was held up itself for so long: what came meanwhile is still to be read."""

CLOSE_S: Final = 2.0
"""A session that is left is given so long to free what it holds."""

IN_SPEECH_SAMPLES: Final = 600 * SAMPLES_PER_MS
"""The end of what was spoken is known no better than this: the gate lingers, and a word is told after its end."""

WORDS: Final[dict[Failure, str]] = {
    "refused": "refused to serve",
    "unanswered": "did not answer",
    "broken": "broke off",
    "closed": "closed the connection",
    "stalled": "gave no results while somebody spoke",
    "lagging": "fell behind",
}


class FailoverObserver(Protocol):
    """Who counts what happens. Names are the recognisers' own, so there are few."""

    def left(self, name: str, failure: Failure) -> None:
        """A session with this recogniser failed."""

    def went_on(self, name: str, seam_ms: float) -> None:
        """It has heard all that was spoken when the failure of the one before was noticed, so long ago."""

    def standing(self, name: str, *, set_aside: bool) -> None:
        """Whether calls pass the recogniser by."""


class Unobserved:
    """A ``FailoverObserver`` that counts nothing."""

    def left(self, name: str, failure: Failure) -> None:
        """Counts nothing."""

    def went_on(self, name: str, seam_ms: float) -> None:
        """Counts nothing."""

    def standing(self, name: str, *, set_aside: bool) -> None:
        """Counts nothing."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the calls of a process share."""

    recognisers: Sequence[Recogniser]
    standings: Standings
    policy: FailoverPolicy
    clock: Clock
    observer: FailoverObserver


class _LeftError(RecogniserError):
    """The session is left, for a reason of ours."""

    def __init__(self, failure: Failure) -> None:
        super().__init__("the recogniser was left for the next")
        self.failure: Failure = failure


@dataclass(slots=True)
class _Attempt:
    """One recogniser's session. trial: all calls wait for what becomes of it."""

    index: int
    trial: bool
    watch: SessionWatch
    heard: dict[Channel, int]
    told_all: bool = False
    heard_words: bool = False
    proved: bool = False


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A recogniser that gave nothing for a stretch. Whether somebody spoke there, the next one tells."""

    index: int
    trial: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Gap:
    """From the moment a failure was noticed until another has heard what was spoken by then."""

    noticed_ms: float
    channel: Channel
    spoken_until: int


class FailoverSession:
    """One call. A task of its own runs the recognisers' sessions, so that neither pushing nor receiving notices."""

    def __init__(self, shared: Beginning, opening: Opening) -> None:
        self._shared = shared
        self._opening = opening
        self._seam = Seam(opening.position)
        self._recovery = RecoveryBuffer()
        self._missed_told = 0
        self._activity = {channel: ChannelActivity() for channel in CHANNELS}
        self._spoken_until: dict[Channel, int] = dict.fromkeys(CHANNELS, opening.position)
        self._quiet_until = opening.position
        self._unfed: deque[StereoBlock] = deque()
        self._pushed_until = self._replay_until = opening.position
        self._audio_over = False
        self._reports: deque[Report] = deque()
        self._readable, self._room = asyncio.Event(), asyncio.Event()
        self._room.set()
        self._over = False
        self._changed = asyncio.Condition()
        self._stalls = 0
        self._doubted = False
        self._suspect: _Suspect | None = None
        self._gap: _Gap | None = None
        self._left: tuple[int, Failure] | None = None
        self._task = asyncio.create_task(self._run_to_end())

    async def push(self, block: StereoBlock) -> None:
        for channel in CHANNELS:
            self._activity[channel].accept(block.position, block.channel(channel))
        voiced = [channel for channel in CHANNELS if self._voiced_ms(block, channel)]
        for channel in voiced:
            self._spoken_until[channel] = block.end
        async with self._changed:
            self._recovery.keep(block)
            if not voiced and self._quiet_until >= block.position:
                self._quiet_until = block.end
            if self._recovery.samples > QUIET_KEPT_SAMPLES:
                self._recovery.forget_before(min(self._quiet_until, block.end - QUIET_KEPT_SAMPLES))
            self._unfed.append(block)
            self._pushed_until = block.end
            self._changed.notify_all()
            await self._changed.wait_for(self._may_push)

    async def finish(self) -> None:
        async with self._changed:
            self._audio_over = True
            self._changed.notify_all()

    async def receive(self) -> Report | None:
        await self._readable.wait()
        if self._reports:
            report = self._reports.popleft()
            self._room.set()
            if not self._reports and not self._over:
                self._readable.clear()
            return report
        await asyncio.wait([self._task])
        if not self._task.cancelled():
            self._task.result()
        return None

    async def aclose(self) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    def _may_push(self) -> bool:
        return self._over or sum(block.samples for block in self._unfed) <= MAX_AHEAD_SAMPLES

    async def _run_to_end(self) -> None:
        try:
            await self._run()
        finally:
            self._over = True
            self._readable.set()
            async with self._changed:
                self._changed.notify_all()

    async def _run(self) -> None:
        attempts = 0
        while True:
            index = await self._choose(attempts)
            before = min(self._seam.settled.values())
            failure = await self._listen(index)
            if failure is None:
                return
            attempts = 0 if min(self._seam.settled.values()) > before else attempts + 1
            self._note_failure(index, failure)
            async with self._changed:
                self._unfed = deque(self._recovery.replay(self._seam.settled))
                self._replay_until = self._pushed_until

    async def _choose(self, attempts: int) -> int:
        """The best that may be opened. Where all are set aside, the likeliest; after a pause, unless it had served."""
        left = self._left[0] if self._left is not None else None
        index = self._shared.standings.choose(self._now_ms(), left=left)
        if index is not None:
            return index
        likeliest = self._shared.standings.likeliest(left=left)
        if attempts < len(self._shared.recognisers) and self._shared.standings.breakers[likeliest].served:
            return likeliest
        await self._emit(Waiting(why=self._why(), at=min(self._seam.settled.values())))
        await asyncio.sleep(self._shared.policy.pause_ms(attempts) / 1_000)
        index = self._shared.standings.choose(self._now_ms())
        return self._shared.standings.likeliest(left=left) if index is None else index

    async def _listen(self, index: int) -> Failure | None:
        """One session, from opening to the call's end; why it was left, if it was."""
        trial = self._shared.standings.breakers[index].began(self._now_ms())
        attempt: _Attempt | None = None
        failure: Failure | None = None
        try:
            position = self._unfed[0].position if self._unfed else self._pushed_until
            session = await self._open(index, position)
            try:
                attempt = _Attempt(index, trial, self._watch_from(position), dict.fromkeys(CHANNELS, position))
                await self._announce(index)
                await self._attend(session, attempt)
            finally:
                await _close(session)
        except* RecogniserError as group:
            failure = _failure_of(group)
        finally:
            self._judge(index, failure, attempt, trial=trial)
        return failure

    async def _open(self, index: int, position: int) -> RecogniserSession:
        opening = msgspec.structs.replace(self._opening, position=position)
        try:
            async with asyncio.timeout(self._shared.policy.open_ms / 1_000):
                return await self._shared.recognisers[index].open(opening)
        except TimeoutError:
            raise _LeftError("unanswered") from None

    def _watch_from(self, position: int) -> SessionWatch:
        policy = self._shared.policy
        patience_ms = policy.patience_ms(self._stalls)
        return SessionWatch(policy, position=position, patience_ms=patience_ms, now_ms=self._now_ms())

    async def _attend(self, session: RecogniserSession, attempt: _Attempt) -> None:
        async with asyncio.TaskGroup() as tasks:
            feeding = tasks.create_task(self._feed(session, attempt))
            watching = tasks.create_task(self._watch(attempt))
            await self._collect(session, attempt)
            feeding.cancel()
            watching.cancel()

    async def _feed(self, session: RecogniserSession, attempt: _Attempt) -> None:
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: bool(self._unfed) or self._audio_over)
                block = self._unfed.popleft() if self._unfed else None
                self._changed.notify_all()
            if block is None:
                attempt.watch.ending(self._now_ms())
                attempt.told_all = True
                await session.finish()
                return
            voiced_ms = max(self._voiced_ms(block, channel) for channel in CHANNELS)
            attempt.watch.offered(block.end, voiced_ms, self._now_ms())
            await session.push(block)
            attempt.watch.taken()
            if block.end <= self._replay_until:
                await asyncio.sleep(block.samples / SAMPLE_RATE_HZ / self._shared.policy.replay_speed)

    async def _collect(self, session: RecogniserSession, attempt: _Attempt) -> None:
        while (report := await session.receive()) is not None:
            # From here to the report's place in the queue nothing waits: what was called settled must not be lost.
            await self._room.wait()
            if isinstance(report, Switched | Waiting):
                self._put(report)
                continue
            attempt.watch.reported(reach(report), self._now_ms())
            if isinstance(report, Heard):
                attempt.heard[report.channel] = report.position
            self._learn(report, attempt)
            cut = self._seam.take(report)
            self._recovery.forget_before(min(self._seam.settled.values()))
            if cut is not None:
                self._put(cut)
        if not attempt.told_all or self._cut_short(attempt):
            raise _LeftError("closed")

    def _cut_short(self, attempt: _Attempt) -> bool:
        """Whether a session that ended in good order owed more: it may have been closed as it was told to end."""
        if self._shared.recognisers[attempt.index].capabilities.acknowledges:
            return min(attempt.heard.values()) < self._pushed_until
        doubted, self._doubted = self._doubted, True
        return attempt.watch.owes and not doubted

    async def _watch(self, attempt: _Attempt) -> None:
        last_ms = self._now_ms()
        while True:
            await asyncio.sleep(TICK_S)
            now_ms = self._now_ms()
            if not self._room.is_set() or now_ms - last_ms > LATE_TICK_MS:
                attempt.watch.excuse(now_ms)
            last_ms = now_ms
            other = self._shared.standings.choose(now_ms, left=attempt.index)
            failure = attempt.watch.verdict(now_ms, alone=other in {None, attempt.index})
            if failure is not None:
                raise _LeftError(failure)
            steady = attempt.watch.lived_ms(now_ms) >= self._shared.policy.steady_ms
            if steady and attempt.heard_words and not attempt.proved:
                attempt.proved = True
                self._shared.standings.breakers[attempt.index].steadied(trial=attempt.trial)
                self._tell(attempt.index)

    # What is learnt

    def _learn(self, report: ChannelReport, attempt: _Attempt) -> None:
        """Whether somebody spoke where the one before gave nothing, and whether the seam is closed."""
        if self._gap and report.channel == self._gap.channel and reach(report) >= self._gap.spoken_until:
            self._close_gap(attempt.index)
        if isinstance(report, Heard) or not report.words:
            return
        attempt.heard_words = True
        self._stalls = 0
        suspect = self._suspect
        if suspect and any(suspect.start <= word.midpoint_ms * SAMPLES_PER_MS < suspect.end for word in report.words):
            self._suspect = None
            self._shared.standings.breakers[suspect.index].failed(self._now_ms(), "stalled", trial=suspect.trial)
            self._tell(suspect.index)

    def _close_gap(self, index: int) -> None:
        if self._gap is not None:
            self._shared.observer.went_on(self._name(index), self._now_ms() - self._gap.noticed_ms)
            self._gap = None

    def _judge(self, index: int, failure: Failure | None, attempt: _Attempt | None, *, trial: bool) -> None:
        """What a session's end says of its recogniser. A stall says nothing yet: it may have been music."""
        breaker = self._shared.standings.breakers[index]
        breaker.served = attempt is not None and attempt.heard_words
        if failure is not None and failure != "stalled":
            breaker.failed(self._now_ms(), failure, trial=trial)
        elif failure is None and attempt is not None and attempt.told_all and attempt.heard_words:
            breaker.steadied(trial=trial)
        else:
            breaker.withdrew(trial=trial)
        if failure == "stalled" and attempt is not None:
            self._stalls += 1
            self._suspect = _Suspect(index, trial, attempt.watch.reached, self._pushed_until)
        self._tell(index)

    def _note_failure(self, index: int, failure: Failure) -> None:
        self._shared.observer.left(self._name(index), failure)
        self._left = (index, failure)
        if self._gap is None:
            channel = max(CHANNELS, key=lambda each: self._spoken_until[each])
            until = self._spoken_until[channel] - IN_SPEECH_SAMPLES
            self._gap = _Gap(self._now_ms(), channel, until)

    async def _announce(self, index: int) -> None:
        """Says who goes on, unless it is the best one from the call's begin."""
        if self._left is None and index == 0:
            return
        lost = self._recovery.lost_samples
        capabilities = self._shared.recognisers[index].capabilities
        at = min(self._seam.settled.values())
        missed, self._missed_told = lost - self._missed_told, lost
        await self._emit(Switched(capabilities=capabilities, why=self._why(), at=at, missed_samples=missed))
        if self._gap is not None and self._gap.spoken_until <= self._seam.settled[self._gap.channel]:
            self._close_gap(index)  # nothing was spoken that is not settled

    def _why(self) -> str:
        if self._left is None:
            return f"{self._shared.recognisers[0].capabilities.label} failed in other calls"
        index, failure = self._left
        return f"{self._shared.recognisers[index].capabilities.label} {WORDS[failure]}"

    def _tell(self, index: int) -> None:
        set_aside = self._shared.standings.breakers[index].set_aside
        self._shared.observer.standing(self._name(index), set_aside=set_aside)

    def _name(self, index: int) -> str:
        return self._shared.recognisers[index].capabilities.name

    def _now_ms(self) -> int:
        return self._shared.clock.monotonic_ms()

    def _voiced_ms(self, block: StereoBlock, channel: Channel) -> int:
        """How much speech there is in a block after what is settled."""
        start_ms = max(block.position, self._seam.settled[channel]) // SAMPLES_PER_MS
        frames = self._activity[channel].frames(start_ms, block.end // SAMPLES_PER_MS)
        return FRAME_MS * sum(frame.speech for frame in frames)

    async def _emit(self, report: Report) -> None:
        await self._room.wait()
        self._put(report)

    def _put(self, report: Report) -> None:
        self._reports.append(report)
        self._readable.set()
        if len(self._reports) >= MAX_REPORTS:
            self._room.clear()


def _failure_of(group: BaseExceptionGroup[RecogniserError]) -> Failure:
    """Our own verdict stands before what followed from it."""
    leaves: list[RecogniserError] = []
    pending: list[BaseExceptionGroup[RecogniserError] | RecogniserError] = [group]
    while pending:
        each = pending.pop()
        if isinstance(each, BaseExceptionGroup):
            pending.extend(each.exceptions)
        else:
            leaves.append(each)
    for leaf in leaves:
        if isinstance(leaf, _LeftError):
            return leaf.failure
    return "broken" if all(leaf.retryable for leaf in leaves) else "refused"


async def _close(session: RecogniserSession) -> None:
    """Never longer than CLOSE_S: the call waits."""
    with suppress(TimeoutError, RecogniserError):
        async with asyncio.timeout(CLOSE_S):
            await session.aclose()
