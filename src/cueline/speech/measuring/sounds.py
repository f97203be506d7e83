"""Sounds without speech that a line carries, made from a fixed seed: a recogniser must stay silent. Pure."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cueline.unredacted.audio import SAMPLE_RATE_HZ

Wave = NDArray[np.float64]

SECONDS: Final = 15
_SAMPLES: Final = SECONDS * SAMPLE_RATE_HZ
_AT_S: Final = np.arange(_SAMPLES) / SAMPLE_RATE_HZ


def _noise(level: float, seed: int) -> Wave:
    return np.random.default_rng(seed).normal(0, level, _SAMPLES)


def _tones(*frequencies_hz: float, level: float) -> Wave:
    return np.asarray(sum(level * np.sin(2 * np.pi * hz * _AT_S) for hz in frequencies_hz))


def _on(seconds_on: float, seconds_off: float) -> Wave:
    return np.asarray((_AT_S % (seconds_on + seconds_off) < seconds_on).astype(np.float64))


def _hum() -> Wave:
    """Mains hum with its harmonics, as a bad earth gives it."""
    harmonics = (_tones(60.0 * order, level=900 / order) for order in range(1, 9))
    return np.asarray(sum(harmonics)) + _noise(10, 3)


def _rumble() -> Wave:
    """A moving vehicle: noise that is the stronger the lower it is."""
    steps = np.cumsum(_noise(60, 4))
    slow = np.convolve(steps, np.ones(400) / 400, "same")
    return np.clip(steps - slow, -20_000, 20_000)


def _clicks() -> Wave:
    wave = _noise(8, 5)
    places = np.random.default_rng(6).integers(0, _SAMPLES - 40, 60)
    for place in places:
        wave[place : place + 40] += np.random.default_rng(int(place)).normal(0, 6_000, 40)
    return wave


MADE: Final[dict[str, Callable[[], Wave]]] = {
    "digital silence": lambda: np.zeros(_SAMPLES),
    "quiet line": lambda: _noise(8, 1),
    "loud hiss": lambda: _noise(1_500, 2),
    "mains hum": _hum,
    "vehicle": _rumble,
    "clicks": _clicks,
    "ringing tone": lambda: _tones(440, 480, level=3_000) * _on(2, 4) + _noise(8, 7),
    "busy tone": lambda: _tones(480, 620, level=3_000) * _on(0.5, 0.5) + _noise(8, 8),
    "dial tone": lambda: _tones(350, 440, level=3_000) + _noise(8, 9),
    "recording beep": lambda: _tones(1_400, level=4_000) * _on(0.5, 4.5) + _noise(8, 10),
}
"""Name and maker of each sound: 16-bit steps at 8 kHz."""


def sounds() -> dict[str, bytes]:
    """All of them as PCM."""
    return {name: np.clip(np.round(make()), -32_768, 32_767).astype("<i2").tobytes() for name, make in MADE.items()}
