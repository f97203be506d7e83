"""Calls in which both sides count, so that every word is known, and known apart from every other. Pure.

They count in words that everybody says: numbers would be masked, as they should be, and so would words that nobody
knows, which may be names. Beneath a mask no loss can be seen.
"""

from typing import Final

import msgspec
import numpy as np

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
_WORDS: Final = (
    "about", "after", "again", "always", "another", "because", "before", "better", "could",
    "every", "first", "good", "great", "here", "just", "know", "look", "maybe", "more", "morning", "most", "much",
    "never", "nothing", "often", "only", "other", "people", "please", "problem", "question", "really", "right",
    "same", "should", "small", "some", "something", "sometimes", "still", "such", "their", "then", "there",
    "these", "they", "thing", "think", "through", "today", "together", "water", "well", "what", "where", "which",
    "while", "without", "work", "would", "yes", "yet", "your", "phone", "letter", "paper",
)  # fmt: skip
_AMPLITUDE: Final = 6_000


def number_word(number: int) -> str:
    """A number as a word; it comes again after half a minute, when its time tells it apart.

    >>> number_word(0), number_word(1), number_word(66)
    ('about', 'after', 'about')
    """
    return _WORDS[number % len(_WORDS)]


def counted(duration_ms: int) -> list[SpokenWord]:
    """What both sides say in so much time."""
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
