"""What one call's recognisers said, cut so that each word comes once. Pure.

Recognisers come and go; the call's settled positions only grow. A final word whose middle lies before its channel's
settled position was given already, by the one before or by the same one twice, and is dropped: times decide, never
texts, as two recognisers write the same second differently.
"""

from collections.abc import Sequence

from cueline.kernel.ids import CHANNELS, Channel
from cueline.speech.ports import ChannelReport, FinalHeard, Heard, PartialHeard
from cueline.unredacted.audio import SAMPLES_PER_MS
from cueline.unredacted.transcript import RawWord


class Seam:
    """settled, heard: samples since the origin, for each channel."""

    __slots__ = ("heard", "settled")

    def __init__(self, position: int) -> None:
        self.settled: dict[Channel, int] = dict.fromkeys(CHANNELS, position)
        self.heard: dict[Channel, int] = dict.fromkeys(CHANNELS, position)

    def take(self, report: ChannelReport) -> ChannelReport | None:
        """The report as it goes on; None where it says nothing new."""
        channel = report.channel
        before = self.settled[channel]
        if isinstance(report, Heard):
            settled = self.settled[channel] = max(before, report.settled)
            if report.position < self.heard[channel]:
                return None  # heard again: it was told before, and a final tells what is settled meanwhile
            self.heard[channel] = report.position
            return Heard(channel, report.position, settled)
        words = self._fresh(channel, report.words)
        repeated = bool(report.words) and not words
        if isinstance(report, PartialHeard):
            return None if repeated else PartialHeard(channel, words)
        settled = self.settled[channel] = max(before, report.settled)
        if repeated and settled == before:
            return None
        return FinalHeard(channel, words, settled=settled, endpoint=report.endpoint)

    def _fresh(self, channel: Channel, words: Sequence[RawWord]) -> list[RawWord]:
        settled_ms = self.settled[channel] // SAMPLES_PER_MS
        return [word for word in words if word.midpoint_ms >= settled_ms]


def reach(report: ChannelReport) -> int:
    """The position that a report speaks of, in samples since the origin."""
    if isinstance(report, Heard):
        return report.position
    return report.words[-1].end_ms * SAMPLES_PER_MS if report.words else 0
