"""Words before redaction: what a recogniser heard, with times on the call's own clock.

Word times are milliseconds since the call's origin; settled positions are samples since the origin.
"""

from collections.abc import Sequence

from cueline.kernel.ids import Channel
from cueline.unredacted.sealed import Sealed


class RawWord(Sealed):
    """One recognised word; ``confidence`` is 0..1 or None where the recogniser has none."""

    __slots__ = ("confidence", "end_ms", "start_ms", "text")

    def __init__(self, text: str, start_ms: int, end_ms: int, confidence: float | None = None) -> None:
        self.text = text
        self.start_ms = start_ms
        self.end_ms = end_ms
        self.confidence = confidence

    @property
    def midpoint_ms(self) -> int:
        return (self.start_ms + self.end_ms) // 2


class RawPartial(Sealed):
    """The whole hypothesis, so far, of the utterance that a channel is in.

    ordinal: the utterance's number on its channel (it becomes part of the utterance's id).
    revision: counts up with every partial of that utterance within one recogniser session's epoch.
    heard_ms: how far into the call the channel has been heard.
    """

    __slots__ = ("channel", "heard_ms", "ordinal", "revision", "words")

    def __init__(
        self, *, channel: Channel, ordinal: int, revision: int, words: Sequence[RawWord], heard_ms: int
    ) -> None:
        self.channel: Channel = channel
        self.ordinal = ordinal
        self.revision = revision
        self.words = tuple(words)
        self.heard_ms = heard_ms


class RawUtterance(Sealed):
    """A final: words that will not change any more, in the order they were spoken; at least one word.

    settled: samples since the origin; everything of this channel before it is final or was silence, and it lies
    inside a pause. It becomes the channel's resume point once this utterance is committed.
    loudness_db: how loud it was, where that was measured; below full scale.
    """

    __slots__ = ("channel", "loudness_db", "ordinal", "settled", "words")

    def __init__(self, *, channel: Channel, ordinal: int, words: Sequence[RawWord], settled: int) -> None:
        self.channel: Channel = channel
        self.ordinal = ordinal
        self.words = tuple(words)
        self.settled = settled
        self.loudness_db: float | None = None

    @property
    def started_ms(self) -> int:
        return self.words[0].start_ms

    @property
    def ended_ms(self) -> int:
        return self.words[-1].end_ms
