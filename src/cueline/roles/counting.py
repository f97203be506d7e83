"""Calls in which both sides count, so that every word is known, and known apart from every other. Pure.

The numbers are said in syllables of no language: figures and number words would be masked, as they should be, and a
mask hides what stands beneath it.
"""

from typing import Final

import msgspec
import numpy as np

from cueline.kernel.errors import InputError
from cueline.kernel.ids import CHANNELS, Channel
from cueline.media.pcm import SAMPLE_RATE_HZ, SAMPLES_PER_MS
from cueline.roles.oracle import SpokenWord

WORD_MS: Final = 320
PERIOD_MS: Final = 400
"""Two and a half words a second, as people speak."""

TURN_WORDS: Final = 11
PAUSE_MS: Final = 1_100
BEGINS_MS: Final[dict[Channel, int]] = {"customer": 400, "agent": 1_900}
"""The sides pause at different times."""

_LEAD_OUT_MS: Final = 1_500
_SYLLABLES: Final = tuple(consonant + vowel for consonant in "bdgklmpvz" for vowel in ("oo", "ai", "uu", "ei"))
MAX_COUNT: Final = len(_SYLLABLES) ** 2
_AMPLITUDE: Final = 6_000


def number_word(number: int) -> str:
    """A number as a word.

    >>> number_word(0), number_word(1), number_word(37)
    ('zboobook', 'zboobaik', 'zbaibaik')
    """
    if not 0 <= number < MAX_COUNT:
        raise InputError(f"calls count to {MAX_COUNT} at most")
    return f"z{_SYLLABLES[number // len(_SYLLABLES)]}{_SYLLABLES[number % len(_SYLLABLES)]}k"


def counted(duration_ms: int) -> list[SpokenWord]:
    """What both sides say in so much time. Raises InputError for a call in which they would count too far."""
    words = []
    for channel in CHANNELS:
        number, at_ms = 0, BEGINS_MS[channel]
        while at_ms + WORD_MS <= duration_ms - _LEAD_OUT_MS:
            words.append(SpokenWord(channel, number_word(number), at_ms, at_ms + WORD_MS))
            number += 1
            at_ms += PERIOD_MS + (PAUSE_MS if number % TURN_WORDS == 0 else 0)
    return words


def words_json(words: list[SpokenWord]) -> bytes:
    """A words file of them."""
    return msgspec.json.encode(words)


def pcm(words: list[SpokenWord], channel: Channel, duration_ms: int) -> bytes:
    """A channel's audio: a tone where each word lies, nothing else."""
    samples = np.zeros(duration_ms * SAMPLES_PER_MS, dtype="<i2")
    times = np.arange(WORD_MS * SAMPLES_PER_MS) / SAMPLE_RATE_HZ
    tone = (_AMPLITUDE * np.sin(2 * np.pi * 300 * times)).astype("<i2")
    tone[tone == 0] = 1
    for word in words:
        if word.channel == channel:
            samples[word.start_ms * SAMPLES_PER_MS : word.end_ms * SAMPLES_PER_MS] = tone
    return samples.tobytes()
