"""What Deepgram says of one channel, as reports in the call's own time. Pure.

Results come over and over for the same stretch until one is final. What is final stays so: a repeated final, a
hypothesis that comes late and words that a final already covered say nothing twice. Where two finals came in the wrong
order, the later stretch waits a little for the earlier one.
"""

from typing import Final

from cueline.kernel.ids import Channel
from cueline.speech.adapters.deepgram_wire import Results, UtteranceEnd, WireError, WireWord
from cueline.speech.ports import ChannelReport, FinalHeard, Heard, PartialHeard
from cueline.speech.timeline import Timeline
from cueline.unredacted.audio import SAMPLE_RATE_HZ, SAMPLES_PER_MS
from cueline.unredacted.transcript import RawWord

AHEAD_SAMPLES: Final = SAMPLE_RATE_HZ
"""A result may end so far beyond the audio that was sent; further is a fault."""

CHUNK_PAUSE_SAMPLES: Final = 100 * SAMPLES_PER_MS
"""Silence taken for a pause after the last word of a chunk that the vendor cut without having heard an endpoint."""

GAP_SAMPLES: Final = 250 * SAMPLES_PER_MS
"""Finals follow one another without a gap; a larger one means that a final in between is still to come."""

MAX_WAITING: Final = 4
MAX_WAITS: Final = 3
"""Results of the channel after which a final waits no longer for the one before it."""


class ChannelResults:
    """One channel of one socket. Positions inside are session samples, in reports the call's."""

    __slots__ = (
        "_channel",
        "_chunked",
        "_endpointing",
        "_final_end",
        "_heard",
        "_interim_end",
        "_interim_start",
        "_open_since",
        "_settled",
        "_timeline",
        "_utterance_end",
        "_waited",
        "_waiting",
    )

    def __init__(self, channel: Channel, timeline: Timeline, *, endpointing_ms: int, utterance_end_ms: int) -> None:
        self._channel: Channel = channel
        self._timeline = timeline
        self._endpointing = endpointing_ms * SAMPLES_PER_MS
        self._utterance_end = utterance_end_ms * SAMPLES_PER_MS
        self._final_end = 0
        self._interim_start = 0
        self._interim_end = 0
        self._open_since: int | None = None
        self._chunked = False
        self._heard = 0
        self._settled = 0
        self._waiting: list[Results] = []
        self._waited = 0

    @property
    def final_end(self) -> int:
        """Session samples up to which everything is final."""
        return self._final_end

    @property
    def kept_from(self) -> int:
        """Session sample before which no report will place anything."""
        return min(self._settled, self._final_end)

    @property
    def open_since(self) -> int | None:
        """Session sample at which the words begin that are hypotheses yet; None where there are none."""
        return self._open_since

    def take(self, results: Results, *, sent: int) -> list[ChannelReport]:
        """A hypothesis or a final; ``sent``: session samples that the vendor was given. Raises WireError."""
        end = _samples(results.end_s)
        if end > sent + AHEAD_SAMPLES:
            raise WireError("Deepgram spoke of audio that it was not given")
        out = self._take_final(results, sent) if results.is_final else self._hypothesis(results, min(end, sent))
        if self._waiting:
            self._waited += 1
            out += self._release(sent, late=self._waited > MAX_WAITS)
        return out

    def end_utterance(self, ended: UtteranceEnd, *, sent: int) -> list[ChannelReport]:
        """No word for a while, in noise too: chunks that waited for their endpoint are complete."""
        last = _samples(ended.last_word_end_s)
        if ended.last_word_end_s < 0 or not self._chunked or last > self._final_end:
            return []
        self._chunked = False
        self._settled = max(self._settled, min(last + self._utterance_end // 2, sent))
        self._heard = max(self._heard, self._settled)
        return [self._final((), endpoint=True), self._hear()]

    def finish(self, *, sent: int) -> list[ChannelReport]:
        """The vendor has processed everything: what waited is given out, the channel is heard to the audio's end."""
        out = self._release(sent, late=True)
        self._heard = self._settled = max(sent, self._settled)
        return [*out, self._hear()]

    def _hypothesis(self, results: Results, end: int) -> list[ChannelReport]:
        start = _samples(results.start_s)
        if end <= self._final_end or end < self._interim_end:
            return []
        self._interim_start, self._interim_end = start, end
        words = self._new(results)
        said = self._open_since is not None
        self._open_since = _samples(words[0].start_s) if words else None
        self._heard = max(self._heard, end)
        out: list[ChannelReport] = []
        if words or said:
            out.append(PartialHeard(self._channel, [self._word(word) for word in words]))
        return [*out, self._hear()]

    def _take_final(self, results: Results, sent: int) -> list[ChannelReport]:
        start = _samples(results.start_s)
        if start > self._final_end + GAP_SAMPLES and self._interim_start < start and len(self._waiting) < MAX_WAITING:
            self._waiting.append(results)
            self._waiting.sort(key=lambda each: each.start_s)
            return []
        return self._settle(results, sent)

    def _release(self, sent: int, *, late: bool) -> list[ChannelReport]:
        out: list[ChannelReport] = []
        while self._waiting and (late or _samples(self._waiting[0].start_s) <= self._final_end + GAP_SAMPLES):
            out += self._settle(self._waiting.pop(0), sent)
        if not self._waiting:
            self._waited = 0
        return out

    def _settle(self, results: Results, sent: int) -> list[ChannelReport]:
        end = min(_samples(results.end_s), sent)
        # A repeated endpoint says nothing; one that repeats a chunk's end completes it.
        if end <= self._final_end and not (results.speech_final and self._chunked and end == self._final_end):
            return []
        words = self._new(results)
        # Silence that ends nothing is no final: it is heard, and that is all.
        tells = bool(words) or self._open_since is not None or (results.speech_final and self._chunked)
        self._final_end = self._interim_end = max(end, self._final_end)
        self._open_since = None
        self._heard = max(self._heard, end)
        if results.speech_final:
            # The pause was heard to last until the segment's end: its middle lies in it for sure.
            settled = end - min(self._endpointing // 2, end - _samples(results.start_s))
            self._settled = max(self._settled, settled, _samples(words[-1].end_s) if words else 0)
            self._chunked = False
        elif words:
            last = min(_samples(words[-1].end_s), end)
            self._settled = max(self._settled, last + min((end - last) // 2, CHUNK_PAUSE_SAMPLES))
            self._chunked = True
        elif not self._chunked:
            # A word may have begun right before the vendor's cut.
            settled = end - min(self._endpointing // 2, end - _samples(results.start_s))
            self._settled = max(self._settled, settled)
        return [self._final(words, endpoint=results.speech_final), self._hear()] if tells else [self._hear()]

    def _new(self, results: Results) -> list[WireWord]:
        """The words that no final covered: their middle lies after what is final."""
        final_s = self._final_end / SAMPLE_RATE_HZ
        return [word for word in results.words if (word.start_s + word.end_s) / 2 >= final_s]

    def _word(self, word: WireWord) -> RawWord:
        start_ms = self._place(_samples(word.start_s)) // SAMPLES_PER_MS
        end_ms = self._place_end(_samples(word.end_s)) // SAMPLES_PER_MS
        return RawWord(word.text, start_ms, max(end_ms, start_ms + 1), word.confidence)

    def _final(self, words: list[WireWord] | tuple[()], *, endpoint: bool) -> FinalHeard:
        settled = self._place_end(self._settled)
        return FinalHeard(self._channel, [self._word(word) for word in words], settled=settled, endpoint=endpoint)

    def _hear(self) -> Heard:
        return Heard(self._channel, self._place_end(self._heard), self._place_end(self._settled))

    def _place(self, sample: int) -> int:
        return self._timeline.position(sample)

    def _place_end(self, sample: int) -> int:
        """An end belongs to the audio before it, also where the call's time makes a step there."""
        return self._timeline.position(sample - 1) + 1 if sample else self._timeline.position(0)


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)
