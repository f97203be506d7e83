"""Finals grouped into utterances, numbered per channel; what was already committed is dropped. Pure.

A provider's finals are chunks; an utterance ends where the speaker paused, and lasts at most ``MAX_UTTERANCE_MS``.
After a takeover a decoder started elsewhere hears other words, so nothing is ever compared by text: a word is old
when its midpoint lies before the channel's settled position.
"""

from collections.abc import Sequence

from cueline.events.checkpoint import ChannelProgress
from cueline.kernel.ids import Channel
from cueline.speech.ports import FinalHeard, Heard, PartialHeard
from cueline.speech.stabiliser import SETTLE_MS, Stabiliser
from cueline.unredacted.audio import SAMPLES_PER_MS
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord

MAX_UTTERANCE_MS = 15_000
GAP_MS = 1_000
"""Silence between two words that ends an utterance even where the provider saw no endpoint."""


class ChannelUtterances:
    """One channel: chunks in, utterances out.

    settled: samples since the origin; everything before it has been given out or was silence.
    """

    __slots__ = (
        "_channel",
        "_heard_ms",
        "_next_ordinal",
        "_open",
        "_open_settled",
        "_revision",
        "_stabiliser",
        "settled",
    )

    def __init__(self, channel: Channel, progress: ChannelProgress) -> None:
        self._channel: Channel = channel
        self._next_ordinal = progress.next_ordinal
        self.settled = progress.settled
        self._open: list[RawWord] = []
        self._open_settled = progress.settled
        self._stabiliser = Stabiliser()
        self._revision = 0
        self._heard_ms = progress.settled // SAMPLES_PER_MS

    @property
    def next_ordinal(self) -> int:
        return self._next_ordinal

    def revise(self, heard: PartialHeard) -> RawPartial | None:
        """A hypothesis: the partial to show, or None when nothing that is shown would change."""
        words = [*self._open, *self._fresh(heard.words)]
        end_ms = words[-1].end_ms if words else 0
        shown = self._stabiliser.revise(words, heard_ms=max(self._heard_ms, end_ms))
        return None if shown is None else self._partial(shown)

    def settle(self, heard: FinalHeard) -> tuple[RawPartial | None, list[RawUtterance]]:
        """A final: the utterances that it completes, and a partial that withdraws a hypothesis that came to nothing."""
        out: list[RawUtterance] = []
        for word in self._fresh(heard.words):
            if self._open and self._parts(word):
                out.append(self._close((self._open[-1].end_ms + word.start_ms) * SAMPLES_PER_MS // 2))
            self._open.append(word)
        self._open_settled = max(self._open_settled, heard.settled)
        if heard.endpoint and self._open:
            out.append(self._close(self._open_settled))
        withdrawn = None
        if not self._open:
            self.settled = max(self.settled, heard.settled)
            if self._stabiliser.reset() and not out:
                withdrawn = self._partial(())
        return withdrawn, out

    def hear(self, heard: Heard) -> list[RawUtterance]:
        """The channel was heard up to a position: an utterance that has waited long enough for more is complete."""
        self._heard_ms = max(self._heard_ms, heard.position // SAMPLES_PER_MS)
        if not self._open:
            self.settled = self._open_settled = max(self.settled, heard.settled)
            return []
        last_ms = self._open[-1].end_ms
        if heard.settled >= last_ms * SAMPLES_PER_MS and heard.position // SAMPLES_PER_MS >= last_ms + GAP_MS:
            self._stabiliser.reset()
            return [self._close(max(self._open_settled, heard.settled))]
        return []

    def finish(self) -> list[RawUtterance]:
        """No more will come: what is open is complete."""
        return [self._close(max(self._open_settled, self._open[-1].end_ms * SAMPLES_PER_MS))] if self._open else []

    def restart(self) -> RawPartial | None:
        """The session is gone and a new one will hear everything after ``settled`` again; forget what was open."""
        self._open.clear()
        self._open_settled = self.settled
        self._heard_ms = self.settled // SAMPLES_PER_MS
        return self._partial(()) if self._stabiliser.reset() else None

    def rehear(self) -> RawPartial | None:
        """Another recogniser hears again what is not final: hypotheses are withdrawn, final words stay."""
        self._heard_ms = self._open_settled // SAMPLES_PER_MS
        if not self._stabiliser.reset():
            return None
        end_ms = self._open[-1].end_ms if self._open else 0
        return self._partial(self._stabiliser.revise(self._open, heard_ms=end_ms + SETTLE_MS) or ())

    def _fresh(self, words: Sequence[RawWord]) -> list[RawWord]:
        settled_ms = self._open_settled // SAMPLES_PER_MS
        return [word for word in words if word.midpoint_ms >= settled_ms]

    def _parts(self, word: RawWord) -> bool:
        first, last = self._open[0], self._open[-1]
        return word.end_ms - first.start_ms > MAX_UTTERANCE_MS or word.start_ms - last.end_ms >= GAP_MS

    def _close(self, settled: int) -> RawUtterance:
        utterance = RawUtterance(channel=self._channel, ordinal=self._next_ordinal, words=self._open, settled=settled)
        self._next_ordinal += 1
        self._open = []
        self.settled = self._open_settled = max(self.settled, settled)
        self._stabiliser.reset()
        return utterance

    def _partial(self, words: Sequence[RawWord]) -> RawPartial:
        self._revision += 1
        return RawPartial(
            channel=self._channel,
            ordinal=self._next_ordinal,
            revision=self._revision,
            words=words,
            heard_ms=self._heard_ms,
        )
