"""Whether somebody speaks on a channel, and how loud: an energy gate over a noise floor that follows the line. Pure.

It hears what was not redacted, so it keeps no sample beyond an unfinished frame, and levels of the last two minutes.
A gate on energy alone takes any sudden noise for speech: what it says is used inside of utterances, where a recogniser
has heard words, and decides nothing by itself.
"""

import math
from bisect import bisect_left
from collections import deque
from itertools import islice
from typing import Final, NamedTuple

import numpy as np

from cueline.unredacted.audio import BYTES_PER_SAMPLE, SAMPLES_PER_MS

FRAME_MS: Final = 20
FRAME_SAMPLES: Final = FRAME_MS * SAMPLES_PER_MS
FRAMES_MAX: Final = 120_000 // FRAME_MS
"""Kept per channel; a final comes well within two minutes of its words."""

SILENCE_DB: Final = -96.0
"""The level of digital silence; 16 bits have nothing below."""

OVER_FLOOR_DB: Final = 9.0
QUIETEST_SPEECH_DB: Final = -55.0
_FLOOR_MIN_DB: Final = -75.0
_FLOOR_MAX_DB: Final = -30.0
_FLOOR_BEGINS_DB: Final = -60.0
_FLOOR_FALLS: Final = 0.2
"""Share of the way down that the floor goes in a frame that lies below it."""

_FLOOR_RISES_DB: Final = 0.02
"""A frame: 1 dB a second, so that a long word lifts it little and a new line noise is learnt within half a minute."""

_ONSET_FRAMES: Final = 3
"""60 ms: a click is shorter, a syllable longer."""

_HANGOVER_FRAMES: Final = 10
"""200 ms: what is quiet within a word still belongs to it."""

_FULL_SCALE: Final = 32_768.0


class Frame(NamedTuple):
    """20 ms of a channel. number: from the call's origin. level_db: below full scale (a full square wave is 0)."""

    number: int
    level_db: float
    speech: bool


class ChannelActivity:
    """One channel. Frames lie on the call's own time, so blocks of any length give the same ones."""

    __slots__ = ("_above", "_end", "_floor_db", "_frames", "_hangover", "_open")

    def __init__(self) -> None:
        self._frames: Final[deque[Frame]] = deque(maxlen=FRAMES_MAX)
        self._open = b""
        self._end: int | None = None
        self._floor_db = _FLOOR_BEGINS_DB
        self._above = 0
        self._hangover = 0

    def accept(self, position: int, pcm: bytes) -> None:
        """Takes the next audio, 16-bit little-endian. What was heard already is passed over; a gap begins anew."""
        if self._end is None or position > self._end:
            begins = -(-position // FRAME_SAMPLES) * FRAME_SAMPLES
            self._open, self._end = b"", begins
        pcm = pcm[max(0, self._end - position) * BYTES_PER_SAMPLE :]
        if not pcm:
            return
        self._end += len(pcm) // BYTES_PER_SAMPLE
        pcm = self._open + pcm
        whole = len(pcm) // (FRAME_SAMPLES * BYTES_PER_SAMPLE) * FRAME_SAMPLES * BYTES_PER_SAMPLE
        self._open = pcm[whole:]
        first = (self._end - len(pcm) // BYTES_PER_SAMPLE) // FRAME_SAMPLES
        samples = np.frombuffer(pcm[:whole], dtype="<i2").astype(np.float64).reshape(-1, FRAME_SAMPLES)
        for index, power in enumerate(np.mean(np.square(samples), axis=1).tolist(), first):
            self._judge(index, level_db(power))

    def frames(self, start_ms: int, end_ms: int) -> list[Frame]:
        """The frames that lie wholly within a time, as far as they are kept."""
        first, last = -(-start_ms // FRAME_MS), end_ms // FRAME_MS
        place = bisect_left(self._frames, first, key=lambda frame: frame.number)
        return [frame for frame in islice(self._frames, place, None) if frame.number < last]

    def loudness(self, start_ms: int, end_ms: int) -> float | None:
        """Mean power of what is speech within a time, in decibels below full scale, to the nearest half.

        None where the gate saw no speech. Only this leaves the room: one number for an utterance tells no word.
        """
        spoken = [10 ** (frame.level_db / 10) for frame in self.frames(start_ms, end_ms) if frame.speech]
        if not spoken:
            return None
        return round(20 * math.log10(sum(spoken) / len(spoken))) / 2

    def _judge(self, index: int, level: float) -> None:
        above = level > max(self._floor_db + OVER_FLOOR_DB, QUIETEST_SPEECH_DB)
        self._above = self._above + 1 if above else 0
        if self._above >= _ONSET_FRAMES:
            self._hangover = _HANGOVER_FRAMES
        elif self._hangover:
            self._hangover -= 1
        step_db = _FLOOR_FALLS * (level - self._floor_db) if level < self._floor_db else _FLOOR_RISES_DB
        self._floor_db = min(max(self._floor_db + step_db, _FLOOR_MIN_DB), _FLOOR_MAX_DB)
        self._frames.append(Frame(index, level, self._hangover > 0))


def level_db(power: float) -> float:
    """A mean square of 16-bit samples in decibels below full scale.

    >>> level_db(32768.0**2), level_db(0), round(level_db(3276.8**2), 3)
    (0.0, -96.0, -20.0)
    """
    return max(SILENCE_DB, 10 * math.log10(power / _FULL_SCALE**2)) if power > 0 else SILENCE_DB
