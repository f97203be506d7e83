"""One channel heard by a streaming transducer: what the voice gate lets through, an utterance at a time.

The gate gives the pauses: where an utterance begins and ends, what is settled, and that silence and noise have no
words. The model is fed utterances alone, so that silence costs nothing. All positions are samples since the session's
first one.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from cueline.kernel.ids import Channel
from cueline.speech.adapters import sherpa_wire as wire
from cueline.speech.adapters.pocketsphinx_vad import Closed, Opened, Speech, VoiceGate
from cueline.unredacted.audio import SAMPLE_RATE_HZ

TAIL_S: Final = 0.66
"""Silence after an utterance's audio: the encoder looks ahead, and gives its last words only then."""

LAST_TOKEN: Final = 1_920
"""Samples that a word is taken to last after its last token was emitted, at most: 240 ms. A transducer says when it was
sure of a piece of a word, and not when that ended."""

_WORD_BEGINS: Final = ("\N{LOWER ONE EIGHTH BLOCK}", " ")


def words_of(tokens: Sequence[str], times_s: Sequence[float], *, start: int, end: int) -> list[wire.WireWord]:
    """Pieces of words joined to words with their places; ``start`` and ``end`` are the utterance's.

    >>> words_of([" SEV", "EN", " ONE"], [0.1, 0.2, 0.5], start=8_000, end=16_000)
    [WireWord(text='seven', start=8800, end=11520), WireWord(text='one', start=12000, end=13920)]
    """
    pieces: list[tuple[str, int, int]] = []
    for token, time_s in zip(tokens, times_s, strict=True):
        at = min(end - 1, start + int(time_s * SAMPLE_RATE_HZ))
        if token.startswith(_WORD_BEGINS) or not pieces:
            pieces.append((token.lstrip("".join(_WORD_BEGINS)), at, at))
        else:
            text, begin, _ = pieces[-1]
            pieces[-1] = (text + token, begin, at)
    said = [piece for piece in pieces if piece[0] and not piece[0].startswith("<")]
    limits = [*(begin for _, begin, _ in said), end][1:]
    return [
        wire.WireWord(text.lower(), begin, max(begin + 1, min(last + LAST_TOKEN, limit)))
        for (text, begin, last), limit in zip(said, limits, strict=True)
    ]


class ChannelHearing:
    """One channel of a session. ``recogniser`` is sherpa-onnx's; streams that it makes are decoded by the worker."""

    def __init__(self, channel: Channel, recogniser: Any, emit: Callable[[wire.WireReport], None]) -> None:
        self._channel: Channel = channel
        self._recogniser = recogniser
        self._emit = emit
        self._gate = VoiceGate()
        self._heard = 0
        self._open: _Utterance | None = None
        # Closed utterances whose last frames are not decoded yet, in order; reports wait behind them.
        self._ending: list[_Utterance] = []

    @property
    def streams(self) -> Iterator[Any]:
        """Streams that may have something to decode."""
        yield from (each.stream for each in self._ending)
        if self._open is not None:
            yield self._open.stream

    def hear(self, samples: np.ndarray[Any, np.dtype[np.int16]]) -> None:
        """Takes the next audio; ``decoded`` reports what follows from it."""
        for event in self._gate.hear(samples):
            self._take(event)
        self._heard += len(samples)

    def finish(self) -> None:
        """No more audio."""
        for event in self._gate.finish():
            self._take(event)

    def decoded(self) -> None:
        """All that the streams had was decoded: reports what was heard, and how far."""
        for ended in self._ending:
            words = self._words(ended, ended.end)
            self._report(wire.FINAL, words, settled=ended.end, endpoint=ended.endpoint)
        self._ending.clear()
        if self._open is not None:
            words = self._words(self._open, self._heard)
            if [word.text for word in words] != self._open.shown:
                self._open.shown = [word.text for word in words]
                self._report(wire.PARTIAL, words, settled=self._gate.settled)
        self._report(wire.HEARD, (), settled=self._gate.settled)

    def _take(self, event: Opened | Speech | Closed) -> None:
        match event:
            case Opened(start=start):
                self._open = _Utterance(start, self._recogniser.create_stream())
            case Speech(pcm=pcm):
                if self._open is not None:
                    self._open.stream.accept_waveform(SAMPLE_RATE_HZ, pcm.astype(np.float32) / 32_768)
            case Closed(end=end, endpoint=endpoint):
                ended, self._open = self._open, None
                if ended is not None:
                    ended.end, ended.endpoint = end, endpoint
                    tail = np.zeros(int(TAIL_S * SAMPLE_RATE_HZ), np.float32)
                    ended.stream.accept_waveform(SAMPLE_RATE_HZ, tail)
                    ended.stream.input_finished()
                    self._ending.append(ended)

    def _words(self, utterance: "_Utterance", end: int) -> list[wire.WireWord]:
        stream = utterance.stream
        tokens, times_s = self._recogniser.tokens(stream), self._recogniser.timestamps(stream)
        return words_of(tokens, times_s, start=utterance.start, end=max(end, utterance.start + 1))

    def _report(self, kind: int, words: Sequence[wire.WireWord], *, settled: int, endpoint: bool = False) -> None:
        self._emit(wire.WireReport(kind, self._channel, self._heard, settled, endpoint, tuple(words)))


class _Utterance:
    """One utterance and its stream. shown: words of the last hypothesis."""

    __slots__ = ("end", "endpoint", "shown", "start", "stream")

    def __init__(self, start: int, stream: Any) -> None:
        self.start = start
        self.stream = stream
        self.end = start
        self.endpoint = False
        self.shown: list[str] = []
