"""What a recording looks like: the loudest sample of every tenth of a second, for each side.

Steps lie on the recording's own grid (step *n* covers samples 800 n to 800 n + 799), whatever the chunks are, so that
chunks cut anywhere are summed up one by one and joined.
"""

from collections.abc import Iterable
from typing import Final

import msgspec
import numpy as np

from cueline.archive.codecs import CHANNEL_COUNT, frames_in
from cueline.events.recording import SAMPLE_RATE_HZ

STEP_MS: Final = 100
STEP_SAMPLES: Final = STEP_MS * SAMPLE_RATE_HZ // 1_000
PEAK_MAX: Final = 255
_FULL_SCALE: Final = 32_768


class Waveform(msgspec.Struct, frozen=True, rename="camel"):
    """Peaks of 0 (digital silence) to 255 (full scale), linear, one per step; both sides of one length."""

    step_ms: int = STEP_MS
    customer: tuple[int, ...] = ()
    agent: tuple[int, ...] = ()


def summary(pcm: bytes, *, position: int = 0) -> Waveform:
    """The peaks of stereo pcm that begins at ``position`` (samples); its first step is the one that holds it.

    Raises InputError for half a sample.
    """
    samples = frames_in(pcm)
    if not samples:
        return Waveform()
    before = position % STEP_SAMPLES
    steps = -(-(before + samples) // STEP_SAMPLES)
    frames = np.zeros((steps * STEP_SAMPLES, CHANNEL_COUNT), dtype=np.int32)
    frames[before : before + samples] = np.frombuffer(pcm, dtype="<i2").reshape(-1, CHANNEL_COUNT)
    loudest = np.abs(frames).reshape(steps, STEP_SAMPLES, CHANNEL_COUNT).max(axis=1)
    peaks = -(-(loudest * PEAK_MAX) // _FULL_SCALE)  # rounded up: 0 is silence and nothing else
    return Waveform(customer=tuple(peaks[:, 0].tolist()), agent=tuple(peaks[:, 1].tolist()))


def joined(parts: Iterable[tuple[int, Waveform]], *, samples: int) -> Waveform:
    """One waveform of ``samples`` out of those of its parts, each with its position; silence where there is none.

    A step that two parts share has the louder one's peak. What lies past the end is left out.
    """
    steps = -(-samples // STEP_SAMPLES)
    peaks = np.zeros((steps, CHANNEL_COUNT), dtype=np.int32)
    for position, part in parts:
        first = position // STEP_SAMPLES
        theirs = np.array([part.customer, part.agent], dtype=np.int32).T[: max(0, steps - first)]
        if len(theirs):
            here = peaks[first : first + len(theirs)]
            np.maximum(here, theirs, out=here)
    return Waveform(customer=tuple(peaks[:, 0].tolist()), agent=tuple(peaks[:, 1].tolist()))
