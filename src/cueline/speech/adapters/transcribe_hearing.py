"""From a Transcribe stream's results to reports in the call's own time: what is final, what is settled. Pure.

The service says nothing of silence. So a channel's own activity says how far a silent one has been heard, with a lag:
nothing counts as silence before the service has had the time to find a word in it after all.
"""

from collections import deque
from typing import Final

from cueline.kernel.ids import CHANNELS, Channel
from cueline.speech.activity import FRAME_MS, ChannelActivity
from cueline.speech.adapters.transcribe_wire import SessionResult, SessionWord
from cueline.speech.ports import FinalHeard, Heard, PartialHeard, RecogniserError, Report
from cueline.speech.timeline import Timeline
from cueline.unredacted.audio import SAMPLE_RATE_HZ, SAMPLES_PER_MS, StereoBlock
from cueline.unredacted.transcript import RawWord

QUIET_LAG: Final = 600 * SAMPLES_PER_MS
"""Audio without speech counts as heard so long after it was sent: the beginning of a word may lie in it."""

SETTLE_AFTER_MS: Final = 3_000
"""Only what was sent so long ago settles as silence: hypotheses come within a second and a half."""

NO_ANSWER: Final = 3 * SAMPLE_RATE_HZ
"""Sound that gave no word by the time the service is so much further was no speech."""

_TAIL: Final = 400 * SAMPLES_PER_MS
"""The sound of a final's last word, and the activity gate's hangover, may reach so far past the final's end."""

_FRAME: Final = FRAME_MS * SAMPLES_PER_MS
_LOOK: Final = 2 * SAMPLE_RATE_HZ

PAUSE_MS: Final = 800
_PAUSE_FRAMES: Final = 10
"""Quiet frames in a row within ``PAUSE_MS`` of the last word: with the gate's own hangover a pause of 400 ms."""

_SENTENCE_ENDS: Final = (".", "?", "!", "。", "？", "！")  # noqa: RUF001 - the full-width marks are meant
_REMEMBERED: Final = 64


class SessionClock:
    """Which position of the call each sample of the session has; samples of keep-alive silence take no time in it."""

    __slots__ = ("_gaps", "_timeline", "end", "sent")

    def __init__(self, position: int) -> None:
        self._timeline = Timeline()
        self._timeline.anchor(0, position)
        self._gaps: deque[tuple[int, int, int]] = deque()
        self.sent = 0
        self.end = position

    def audio(self, position: int, samples: int) -> None:
        """Call audio from ``position`` on goes into the session."""
        self._timeline.anchor(self.sent, position)
        self.sent += samples
        self.end = position + samples

    def silence(self, samples: int) -> None:
        """Silence that is no part of the call goes into the session."""
        begins = self._gaps.pop()[0] if self._gaps and self._gaps[-1][1] == self.sent else self.sent
        self.sent += samples
        self._gaps.append((begins, self.sent, self.end))

    def position(self, sample: int) -> int:
        """The position of a session sample, never past the audio that was sent."""
        sample = min(sample, self.sent)
        for begins, ends, position in self._gaps:
            if begins <= sample < ends or sample == ends == self.sent:
                return position
        return min(self._timeline.position(sample), self.end)

    def forget_before(self, sample: int) -> None:
        """Results before ``sample`` will not come again."""
        self._timeline.forget_before(sample)
        while self._gaps and self._gaps[0][1] < sample:
            self._gaps.popleft()


class Hearing:
    """One session. Audio and results go in as they go over the wire; reports come out."""

    __slots__ = ("_aged", "_channels", "_sending", "clock")

    def __init__(self, position: int) -> None:
        self.clock = SessionClock(position)
        self._channels = {channel: _ChannelHearing(channel, self.clock, position) for channel in CHANNELS}
        self._sending: deque[tuple[int, int]] = deque()
        self._aged = position

    @property
    def open(self) -> bool:
        """Whether a hypothesis waits for its final."""
        return any(channel.open is not None for channel in self._channels.values())

    def audio(self, block: StereoBlock, now_ms: int) -> list[Report]:
        """The next block is sent. Reports how far silent channels are."""
        self.clock.audio(block.position, block.samples)
        if not self._sending or now_ms - self._sending[-1][0] >= 100:
            self._sending.append((now_ms, block.end))
        while self._sending and now_ms - self._sending[0][0] >= SETTLE_AFTER_MS:
            self._aged = self._sending.popleft()[1]
        for channel in CHANNELS:
            self._channels[channel].activity.accept(block.position, block.channel(channel))
        return [report for channel in CHANNELS for report in self._channels[channel].advance(self._aged)]

    def result(self, result: SessionResult) -> list[Report]:
        """Raises RecogniserError where results contradict each other so that words would be missing."""
        reports = self._channels[result.channel].result(result)
        answered = self.clock.position(result.end)
        for channel in CHANNELS:
            self._channels[channel].answered_until(answered - NO_ANSWER)
        self.clock.forget_before(min(channel.covered for channel in self._channels.values()) - NO_ANSWER)
        return reports

    def finish(self) -> list[Report]:
        """The service has given everything. Raises RecogniserError when a hypothesis never became final."""
        if self.open:
            raise RecogniserError("Amazon Transcribe ended the stream and left a hypothesis without its final")
        return [Heard(channel, self.clock.end, self.clock.end) for channel in CHANNELS]


class _Open:
    """The hypothesis that a channel has now: its result's id, and the session sample up to which it reaches."""

    __slots__ = ("end", "identity")

    def __init__(self, identity: str, end: int) -> None:
        self.identity = identity
        self.end = end


class _ChannelHearing:
    """One channel. covered: session sample before which everything is final."""

    __slots__ = (
        "_answered",
        "_channel",
        "_clock",
        "_done",
        "_heard",
        "_looked",
        "_settled",
        "_tail_until",
        "activity",
        "covered",
        "open",
    )

    def __init__(self, channel: Channel, clock: SessionClock, position: int) -> None:
        self._channel: Channel = channel
        self._clock = clock
        self._heard = self._settled = self._answered = self._looked = position
        self._tail_until = 0
        self._done: deque[str] = deque(maxlen=_REMEMBERED)
        self.activity = ChannelActivity()
        self.covered = 0
        self.open: _Open | None = None

    def result(self, result: SessionResult) -> list[Report]:
        if result.identity in self._done:
            return []  # a final that was sent twice, or a hypothesis that came after its final
        words = [word for word in result.words if (word.start + word.end) // 2 >= self.covered]
        if result.partial:
            return self._hypothesis(result, words)
        return self._final(result, words)

    def _hypothesis(self, result: SessionResult, words: list[SessionWord]) -> list[Report]:
        if result.end <= self.covered:
            return []
        self._check_none_is_left(result)
        if words and self.open is None:
            # What was silent before the first word gave none: the service speaks of a channel in order.
            begins = self._clock.position(words[0].start) - QUIET_LAG
            self._settled = max(self._settled, self._quiet_until(begins))
        reports: list[Report] = []
        if words or self.open is not None:
            reports.append(PartialHeard(self._channel, self._placed(words)))
        self.open = _Open(result.identity, words[-1].end) if words else None
        self._heard = max(self._heard, self._clock.position(result.end))
        return [*reports, self._progress()]

    def _final(self, result: SessionResult, words: list[SessionWord]) -> list[Report]:
        self._check_none_is_left(result)
        self._done.append(result.identity)
        self.covered = max(self.covered, result.end, words[-1].end if words else 0)
        was_open, self.open = self.open, None
        position = self._clock.position(self.covered)
        self._settled = max(self._settled, position)
        self._heard = max(self._heard, position)
        if not words and was_open is None:
            return [self._progress()]
        final = FinalHeard(
            self._channel, self._placed(words), settled=self._settled, endpoint=not words or self._paused_after(words)
        )
        return [final, self._progress()]

    def advance(self, aged: int) -> list[Report]:
        """Moves on in silence. aged: position of the last audio that was sent long enough ago to settle."""
        if self.open is not None:
            return []
        limit = self._quiet_until(self._clock.end - QUIET_LAG)
        if limit <= self._heard and min(limit, max(aged, self._answered)) <= self._settled:
            return []
        self._heard = max(self._heard, limit)
        self._settled = max(self._settled, min(limit, max(aged, self._answered)))
        return [self._progress()]

    def answered_until(self, position: int) -> None:
        self._answered = max(self._answered, position)

    def _quiet_until(self, end: int) -> int:
        """Position up to which the channel has been silent since what is settled, at most ``end``."""
        if self._looked < (begin := max(self._settled, self._answered)):
            self._looked = begin
            self._tail_until = begin + _TAIL
        while self._looked < end:
            # A bounded look: while a sound waits for its answer, each block comes here again.
            until = min(end, self._looked + _LOOK) // _FRAME * _FRAME
            if until <= self._looked:
                break
            frames = self.activity.frames(self._looked // SAMPLES_PER_MS, until // SAMPLES_PER_MS)
            for frame in frames:
                at = frame.number * _FRAME
                if not frame.speech:
                    self._tail_until = 0  # whatever comes now is a new sound
                elif at >= self._tail_until:
                    self._looked = at
                    return at - QUIET_LAG
            self._looked = until
        return end

    def _check_none_is_left(self, result: SessionResult) -> None:
        left = self.open
        if left is not None and result.identity != left.identity and result.start >= left.end:
            raise RecogniserError("Amazon Transcribe went on and left a hypothesis without its final")

    def _paused_after(self, words: list[SessionWord]) -> bool:
        if words[-1].text.endswith(_SENTENCE_ENDS):
            return True
        end_ms = self._clock.position(words[-1].end) // SAMPLES_PER_MS
        quiet = 0
        for frame in self.activity.frames(end_ms, end_ms + PAUSE_MS):
            quiet = 0 if frame.speech else quiet + 1
            if quiet >= _PAUSE_FRAMES:
                return True
        return False

    def _progress(self) -> Heard:
        return Heard(self._channel, max(self._heard, self._settled), self._settled)

    def _placed(self, words: list[SessionWord]) -> list[RawWord]:
        return [self._word(word) for word in words]

    def _word(self, word: SessionWord) -> RawWord:
        start_ms = self._clock.position(word.start) // SAMPLES_PER_MS
        end_ms = self._clock.position(word.end) // SAMPLES_PER_MS
        return RawWord(word.text, start_ms, max(end_ms, start_ms + 1), word.confidence)
