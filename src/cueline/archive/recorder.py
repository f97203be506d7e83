"""One call's recorder: audio goes in as it comes, stretches that may be stored come out. Pure.

A stretch is given out once both channels are settled so far beyond it that no word can still come whose beep would
reach into it. Until then its audio waits here, in memory and nowhere else, for at most ``HELD_SAMPLES``; what would
have to wait longer becomes a stated gap. Stretches end outside beeps where that is possible, so that each beep's voice
is looked for on the other channel as a whole.

Positions are samples per channel since the call's origin.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from cueline.archive.bleed import ECHO_SAMPLES
from cueline.archive.gaps import Gaps
from cueline.events.recording import CHUNK_SAMPLES, SAMPLE_RATE_HZ, BeepSpan, GapCause, RecordingGap
from cueline.kernel.ids import CHANNELS, Channel
from cueline.unredacted.audio import BYTES_PER_SAMPLE, StereoBlock
from cueline.unredacted.sealed import Sealed

HELD_SAMPLES: Final = 110 * SAMPLE_RATE_HZ
"""3.5 MB: as long as an object store may be away before a recording has a gap. Shorter than speech can hear again (see
``speech.recovery``): what no recogniser could hear is a gap before it would be settled, and never stored unread."""


class Beeps(Protocol):
    """The plan that the call's committed words make (``redaction.beeps.BeepPlan``)."""

    def spans(self, start: int, end: int) -> Sequence[BeepSpan]:
        """The beeps that touch ``start`` to ``end``, whole."""

    def forget_before(self, position: int) -> None:
        """Nobody asks for what lies before ``position`` any more."""

    def decided_before(self, settled: int) -> int:
        """The position before which no word still to come beeps anything, on a channel settled up to ``settled``."""


class Stretch(Sealed):
    """Audio that may be stored once ``archive.rendering`` has beeped it.

    spans: the beeps that touch it, whole. gaps: what was not recorded in it, and directly before it.
    """

    __slots__ = ("agent", "customer", "gaps", "position", "spans")

    def __init__(
        self,
        *,
        position: int,
        customer: bytes,
        agent: bytes,
        spans: Sequence[BeepSpan],
        gaps: Sequence[RecordingGap],
    ) -> None:
        self.position = position
        self.customer = customer
        self.agent = agent
        self.spans = tuple(spans)
        self.gaps = tuple(gaps)

    @property
    def samples(self) -> int:
        return len(self.customer) // BYTES_PER_SAMPLE

    @property
    def end(self) -> int:
        """The position after its last sample."""
        return self.position + self.samples


class Recorder:
    """Holds a call's audio back until it may be stored.

    settled: each channel's settled position when this worker took the call. It gives nothing out before ``begin``.
    """

    def __init__(self, beeps: Beeps, *, settled: Mapping[Channel, int]) -> None:
        self._beeps: Final = beeps
        self._settled: Final = dict(settled)
        self._held: Final[dict[Channel, bytearray]] = {channel: bytearray() for channel in CHANNELS}
        self._held_from: int | None = None
        """Where the held audio begins; None before any was taken."""
        self._position: int | None = None
        """Up to here everything was given out; None before ``begin``."""
        self._gaps: Final = Gaps()
        self._finished = False

    @property
    def end(self) -> int:
        """The position after the last sample that was taken."""
        held = len(self._held["customer"]) // BYTES_PER_SAMPLE
        return self._position or 0 if self._held_from is None else self._held_from + held

    @property
    def needed_from(self) -> int:
        """The oldest position whose audio is held here, or would be the next to come: a takeover reads from there."""
        return self.end if self._held_from is None else self._held_from

    @property
    def overflowed(self) -> int:
        """Samples that waited for too long and are a gap now."""
        return self._gaps.total("overflow")

    def begin(self, position: int) -> None:
        """Everything before ``position`` is stored. What lies between there and the first audio is lost."""
        self._position = position
        self._drop_before(position)
        self._note_lost()
        self._gaps.forget_before(position)

    def accept(self, block: StereoBlock) -> None:
        """Takes the next audio; never refuses any."""
        if self._held_from is None:
            self._held_from = block.position
            self._note_lost()
        skipped = max(0, self.end - block.position) * BYTES_PER_SAMPLE
        if block.position > self.end:
            self._fill(block.position - self.end)
        for channel in CHANNELS:
            self._held[channel] += block.channel(channel)[skipped:]
        if block.missing:
            self._gaps.add(block.position, block.end, "lost")
        self._gaps.extend_open(self.end)
        if self._position is not None:
            self._drop_before(self._position)
        self._tidy()

    def settle(self, channel: Channel, settled: int) -> None:
        """Everything of the channel before ``settled`` is committed or was silence."""
        self._settled[channel] = max(self._settled[channel], settled)

    def pause(self, at: int, cause: GapCause = "paused") -> None:
        """From ``at`` on nothing is recorded, until ``resume``; audio from there that is held already is dropped."""
        self._gaps.open(max(at, self._position or 0), cause)
        self._gaps.extend_open(self.end)
        self._tidy()

    def resume(self, at: int, cause: GapCause = "paused") -> None:
        """From ``at`` on recording goes on, as far as no pause of another cause is open."""
        self._gaps.close(max(at, self.end), cause)

    def lose(self, until: int) -> None:
        """Audio up to ``until`` is lost, as far as it was not taken."""
        if self._held_from is None:
            self._held_from = until
            self._note_lost()
        elif until > self.end:
            self._fill(until - self.end)

    def finish(self) -> None:
        """No more audio and no more words: all that is held may be given out."""
        self._finished = True

    @property
    def is_due(self) -> bool:
        """Whether ``take`` has something to give."""
        if self._position is None or self._held_from is None:
            return False
        return self._finished or self._limit(self._held_from) - self._held_from >= CHUNK_SAMPLES

    def take(self) -> Stretch | None:
        """The next stretch, once it is as long as a chunk may be (the last one: as long as it is); else None."""
        if self._position is None or self._held_from is None:
            return None
        start = self._held_from
        limit = self.end if self._finished else self._limit(start)
        if limit - start < (1 if self._finished else CHUNK_SAMPLES):
            return self._last_gap() if self._finished else None
        end = self._outside_beeps(start, min(start + CHUNK_SAMPLES, limit))
        length = (end - start) * BYTES_PER_SAMPLE
        return self._give(start, {channel: bytes(self._held[channel][:length]) for channel in CHANNELS})

    def _limit(self, start: int) -> int:
        """How far audio is decided, beeps and echoes included."""
        settled = min(self._beeps.decided_before(each) for each in self._settled.values())
        return min(self.end, max(start, settled - ECHO_SAMPLES))

    def _outside_beeps(self, start: int, end: int) -> int:
        """The last position up to ``end`` that is in no beep and no possible echo of one; or in no beep; or ``end``."""
        if self._finished and end == self.end:
            return end
        spans = self._beeps.spans(start - ECHO_SAMPLES, end + ECHO_SAMPLES)
        for margin in (ECHO_SAMPLES, 0):
            at = end
            for span in sorted(spans, key=lambda each: each.end, reverse=True):
                if span.start - margin < at < span.end + margin:
                    at = span.start - margin
            if at > start and not any(each.start - margin < at < each.end + margin for each in spans):
                return at
        return end

    def _give(self, start: int, pcm: dict[Channel, bytes]) -> Stretch:
        end = start + len(pcm["customer"]) // BYTES_PER_SAMPLE
        gaps = self._gaps.between(self._position or 0, end)
        silent = {channel: _silenced(pcm[channel], start, gaps) for channel in CHANNELS}
        stretch = Stretch(
            position=start,
            customer=silent["customer"],
            agent=silent["agent"],
            spans=self._beeps.spans(start, end),
            gaps=gaps,
        )
        self._position = end
        self._drop_before(end)
        self._gaps.forget_before(end)
        self._beeps.forget_before(end)
        self._tidy()
        return stretch

    def _last_gap(self) -> Stretch | None:
        """A gap at the end has no audio behind it that could state it: the last of its silence is stored."""
        end = self.end
        if self._position is None or end <= self._position:
            return None
        silence = bytes(min(CHUNK_SAMPLES, end - self._position) * BYTES_PER_SAMPLE)
        start = end - len(silence) // BYTES_PER_SAMPLE
        return self._give(start, dict.fromkeys(CHANNELS, silence))

    def _tidy(self) -> None:
        """Keeps what is held within its bound, and holds no audio that lies in a gap anyway."""
        if self._held_from is None:
            return
        over = self.end - self._held_from - HELD_SAMPLES
        if over > 0:
            self._gaps.add(self._held_from, self._held_from + over, "overflow")
        before = self._held_from
        self._drop_before(min(self.end, self._gaps.end_of(before)))
        if self._held_from > before:
            self._beeps.forget_before(self._held_from)

    def _fill(self, samples: int) -> None:
        """Blocks follow one another; should they not, what is missing is said and nothing slips."""
        self._gaps.add(self.end, self.end + samples, "lost")
        while samples > 0:
            some = min(samples, CHUNK_SAMPLES)
            for channel in CHANNELS:
                self._held[channel] += bytes(some * BYTES_PER_SAMPLE)
            samples -= some
            self._tidy()

    def _note_lost(self) -> None:
        if self._position is not None and self._held_from is not None and self._held_from > self._position:
            self._gaps.add(self._position, self._held_from, "lost")

    def _drop_before(self, position: int) -> None:
        if self._held_from is None or position <= self._held_from:
            return
        dropped = min(position, self.end) - self._held_from
        for pcm in self._held.values():
            del pcm[: dropped * BYTES_PER_SAMPLE]
        self._held_from += dropped


def _silenced(pcm: bytes, at: int, gaps: Iterable[RecordingGap]) -> bytes:
    """The audio with silence in place of gaps."""
    held = bytearray(pcm)
    for gap in gaps:
        first, last = max(0, gap.start - at) * BYTES_PER_SAMPLE, max(0, gap.end - at) * BYTES_PER_SAMPLE
        last = min(last, len(held))
        if first < last:
            held[first:last] = bytes(last - first)
    return bytes(held)
