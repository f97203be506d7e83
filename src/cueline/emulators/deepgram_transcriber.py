"""What the emulated Deepgram says of one channel: hypotheses, finals, ends of utterances. Pure.

All times are milliseconds of audio since the socket's first, and whatever is said depends on them alone: never on how
the audio was cut into frames, nor on how fast it came.
"""

from bisect import insort
from typing import Any, Final

import msgspec

from cueline.emulators.hearing import SpokenWord

INTERIM_MS: Final = 500
"""Hypotheses come so often while somebody speaks, and one with an utterance's first word."""

QUIET_INTERIM_MS: Final = 1_000
CHUNK_MS: Final = 5_000
"""A stretch without an endpoint is made final after so long: finals come every 3 to 7 s of speech."""

Message = dict[str, Any]


class TranscriberOptions(msgspec.Struct, frozen=True):
    """As asked for; None turns a thing off."""

    channels: int
    interim_results: bool
    vad_events: bool
    punctuate: bool
    endpointing_ms: int | None
    utterance_end_ms: int | None
    metadata: dict[str, Any]


class ChannelTranscriber:
    """One channel of one socket."""

    __slots__ = (
        "_channel",
        "_endpointed",
        "_heard",
        "_interim_at",
        "_last_end",
        "_options",
        "_segment_start",
        "_time",
        "_utterance_ended",
        "_words",
        "deaf_to_pauses",
    )

    def __init__(self, channel: int, options: TranscriberOptions) -> None:
        self._channel = channel
        self._options = options
        self._time = 0
        self._segment_start = 0.0
        self._interim_at = INTERIM_MS
        self._words: list[SpokenWord] = []
        self._heard: list[SpokenWord] = []
        self._last_end: int | None = None
        self._endpointed = True
        self._utterance_ended = True
        self.deaf_to_pauses = False

    def learn(self, words: list[SpokenWord]) -> None:
        """Words that will be said as time comes to their end."""
        for word in words:
            insort(self._words, word, key=lambda each: (each.end_ms, each.start_ms))

    def advance(self, to_ms: int) -> list[Message]:
        """Everything that is said up to a time; no word that begins before it is yet to be learnt."""
        out: list[Message] = []
        while (event := self._next_event()) is not None and event[0] <= to_ms:
            at_ms, _, kind = event
            self._time = max(self._time, at_ms)
            out += self._happen(kind, at_ms)
        self._time = max(self._time, to_ms)
        return out

    def flush(self, audio_ms: float, *, from_finalize: bool) -> list[Message]:
        """What is open becomes final. A word that is being spoken is left for what follows."""
        if audio_ms <= self._segment_start:
            return []
        return self._final(audio_ms, speech_final=False, from_finalize=from_finalize)

    def _next_event(self) -> tuple[int, int, str] | None:
        events: list[tuple[int, int, str]] = [(int(self._segment_start) + CHUNK_MS, 2, "chunk")]
        following = self._words[0].start_ms if self._words else None
        if self._words:
            events.append((self._words[0].end_ms, 0, "word"))
        if self._last_end is not None:
            pauses = (
                (self._options.endpointing_ms, self._endpointed or self.deaf_to_pauses, 1, "endpoint"),
                (self._options.utterance_end_ms, self._utterance_ended, 3, "utterance_end"),
            )
            for length_ms, done, rank, kind in pauses:
                if length_ms is None or done:
                    continue
                at_ms = self._last_end + length_ms
                if following is None or following >= at_ms:
                    events.append((at_ms, rank, kind))
        if self._options.interim_results:
            events.append((self._interim_at, 4, "interim"))
        return min(events)

    def _happen(self, kind: str, at_ms: int) -> list[Message]:
        match kind:
            case "word":
                return self._hear(self._words.pop(0))
            case "chunk":
                return self._final(at_ms, speech_final=False, from_finalize=False)
            case "endpoint":
                self._endpointed = True
                return self._final(at_ms, speech_final=True, from_finalize=False)
            case "utterance_end":
                self._utterance_ended = True
                index = [self._channel, self._options.channels]
                last_s = (self._last_end or 0) / 1_000
                return [{"type": "UtteranceEnd", "channel": index, "last_word_end": last_s}]
            case _:
                self._interim_at = at_ms + INTERIM_MS
                if at_ms <= self._segment_start or (not self._heard and at_ms % QUIET_INTERIM_MS):
                    return []
                return [self._results(at_ms, is_final=False, speech_final=False, from_finalize=False)]

    def _hear(self, word: SpokenWord) -> list[Message]:
        self._heard.append(word)
        begins = self._endpointed
        self._last_end = max(self._last_end or 0, word.end_ms)
        self._endpointed = self._utterance_ended = False
        out: list[Message] = []
        if begins and self._options.vad_events:
            index = [self._channel, self._options.channels]
            out.append({"type": "SpeechStarted", "channel": index, "timestamp": word.start_ms / 1_000})
        if begins and self._options.interim_results and word.end_ms > self._segment_start:
            out.append(self._results(word.end_ms, is_final=False, speech_final=False, from_finalize=False))
        return out

    def _final(self, end_ms: float, *, speech_final: bool, from_finalize: bool) -> list[Message]:
        if self._words and self._words[0].start_ms < end_ms:
            # The vendor cuts between words.
            said_ms = self._heard[-1].end_ms if self._heard else self._segment_start
            end_ms = max(self._words[0].start_ms, said_ms)
        if end_ms <= self._segment_start and not self._heard:
            self._segment_start += 1  # a word as long as a chunk: the next look is a millisecond later
            return []
        message = self._results(end_ms, is_final=True, speech_final=speech_final, from_finalize=from_finalize)
        self._segment_start = end_ms
        self._heard = []
        return [message]

    def _results(self, end_ms: float, *, is_final: bool, speech_final: bool, from_finalize: bool) -> Message:
        words = [_written(word, punctuate=self._options.punctuate) for word in self._heard]
        shown = "punctuated_word" if self._options.punctuate else "word"
        return {
            "type": "Results",
            "channel_index": [self._channel, self._options.channels],
            "start": round(self._segment_start / 1_000, 4),
            "duration": round((end_ms - self._segment_start) / 1_000, 4),
            "is_final": is_final,
            "speech_final": speech_final,
            "from_finalize": from_finalize,
            "channel": {
                "alternatives": [
                    {
                        "transcript": " ".join(word[shown] for word in words),
                        "confidence": 0.99 if words else 0.0,
                        "words": words,
                    }
                ]
            },
            "metadata": self._options.metadata,
        }


def _written(word: SpokenWord, *, punctuate: bool) -> Message:
    bare = word.text.lower().strip(".,;:!?")
    written: Message = {
        "word": bare or word.text,
        "start": word.start_ms / 1_000,
        "end": word.end_ms / 1_000,
        "confidence": 0.99,
    }
    if punctuate:
        written["punctuated_word"] = word.text
    return written
