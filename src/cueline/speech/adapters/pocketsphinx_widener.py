"""A telephone channel brought to the rate of PocketSphinx's acoustic model. Pure: samples in, samples out."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Pcm = NDArray[np.int16]

NOISE_STEPS: Final = 6.0
"""White noise under the signal, in steps of 16-bit samples: digital silence and a hard band edge mislead the model."""

IMAGE: Final = 0.1
"""A faint mirror image of the line's band fills the octave above it, where the line has nothing (spectral folding:
Makhoul and Berouti, "High-frequency regeneration in speech coding systems", ICASSP 1979)."""

_HALF: Final = 31
_TAPS: Final = np.arange(-_HALF, _HALF + 1)
_FILTER: Final = (1 - IMAGE) * np.sinc(_TAPS / 2) * np.hamming(len(_TAPS)) + 2 * IMAGE * (_TAPS == 0)


class Widener:
    """8 kHz to 16 kHz, a piece at a time; where the pieces meet leaves no trace."""

    __slots__ = ("_before", "_noise")

    def __init__(self) -> None:
        self._noise = np.random.default_rng(1)
        self._before: NDArray[np.float64] = np.zeros(_HALF)

    def widen(self, pcm: Pcm) -> Pcm:
        """Twice as many samples, delayed by 2 ms."""
        if not len(pcm):
            return np.zeros(0, np.int16)
        joined = np.concatenate([self._before, pcm.astype(np.float64)])
        self._before = joined[-_HALF:]
        stuffed = np.zeros(2 * len(joined))
        stuffed[::2] = joined
        wide = np.convolve(stuffed, _FILTER, "valid")[-2 * len(pcm) :]
        wide += self._noise.normal(0.0, NOISE_STEPS, len(wide))
        return np.clip(np.round(wide), -32_768, 32_767).astype(np.int16)
