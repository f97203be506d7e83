"""The one tone that stands where something was masked. Pure.

It replaces the voice, it is not mixed with it: nothing of what was said is left to be filtered out. Length and all
samples outside stay as they are. Its wave is counted from the call's origin, so a beep that two chunks share goes on
without a click, and beeping the same stretch again gives the same bytes.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cueline.events.recording import SAMPLE_RATE_HZ
from cueline.kernel.errors import InputError

TONE_HZ: Final = 800
AMPLITUDE: Final = 3_000
"""About 21 dB below full scale: no louder than a voice."""

RAMP_SAMPLES: Final = SAMPLE_RATE_HZ // 100
"""10 ms at each edge, so that it does not click."""

SAMPLE_BYTES: Final = 2

_PERIOD: Final = SAMPLE_RATE_HZ // TONE_HZ
_WAVE: Final = AMPLITUDE * np.sin(2 * np.pi * np.arange(_PERIOD) / _PERIOD)


def tone(start: int, end: int, span: tuple[int, int]) -> NDArray[np.int16]:
    """The samples from ``start`` to ``end`` (positions) of a beep that lasts from ``span[0]`` to ``span[1]``."""
    positions = np.arange(start, end)
    edge = np.minimum(positions - span[0] + 1, span[1] - positions)
    loudness = 0.5 - 0.5 * np.cos(np.pi * np.clip(edge / RAMP_SAMPLES, 0.0, 1.0))
    return np.rint(_WAVE[positions % _PERIOD] * loudness).astype("<i2")


def beeped(pcm: bytes, spans: Iterable[tuple[int, int]], *, at: int) -> bytes:
    """One channel's audio with a tone in place of what lies in ``spans``.

    pcm: 16-bit little-endian mono that begins at position ``at``. spans: (start, end), half-open, in positions; they
    may reach beyond the audio, and their edges are those that are ramped. Raises InputError for half a sample.
    """
    if len(pcm) % SAMPLE_BYTES:
        raise InputError("audio ends inside a sample")
    samples = np.frombuffer(pcm, dtype="<i2").copy()
    for span in spans:
        start, end = max(span[0], at), min(span[1], at + len(samples))
        if start < end:
            samples[start - at : end - at] = tone(start, end, span)
    return samples.tobytes()
