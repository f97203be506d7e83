"""Telephone PCM: signed 16-bit little-endian, 8000 Hz, mono, as bytes; and the two channels side by side."""

from typing import Final

import numpy as np

from cueline.kernel.errors import InputError

SAMPLE_RATE_HZ: Final = 8000
BYTES_PER_SAMPLE: Final = 2
SAMPLES_PER_MS: Final = SAMPLE_RATE_HZ // 1000


def samples_in(pcm: bytes | memoryview) -> int:
    """Whole samples; an odd last byte is half a sample and does not count."""
    return len(pcm) // BYTES_PER_SAMPLE


def samples_to_ms(samples: int) -> int:
    """Whole milliseconds, rounded down."""
    return samples // SAMPLES_PER_MS


def ms_to_samples(duration_ms: int) -> int:
    """Samples of one channel that last ``duration_ms``."""
    return duration_ms * SAMPLES_PER_MS


def silence(samples: int) -> bytes:
    """``samples`` of digital silence; none where the number is not positive."""
    return bytes(max(0, samples) * BYTES_PER_SAMPLE)


def split_odd_byte(pcm: bytes) -> tuple[bytes, bytes]:
    """(whole samples, the odd byte left over or nothing).

    A block may end in the middle of a sample: its other half begins the track's next block, so keep the odd byte and
    put it in front of that.

    >>> split_odd_byte(b"abc")
    (b'ab', b'c')
    """
    whole = len(pcm) & ~1
    return pcm[:whole], pcm[whole:]


def pad(pcm: bytes, samples: int) -> bytes:
    """``pcm`` followed by silence up to ``samples``; longer audio, and exact audio, is given back as it is.

    A half sample at the end is completed with a zero byte.
    """
    missing = samples * BYTES_PER_SAMPLE - len(pcm)
    if missing > 0:
        return pcm + bytes(missing)
    return pcm + bytes(len(pcm) % BYTES_PER_SAMPLE)


def pad_to_equal(customer: bytes, agent: bytes) -> tuple[bytes, bytes]:
    """Both channels at the longer one's length in whole samples, the shorter one followed by silence."""
    samples = -(-max(len(customer), len(agent)) // BYTES_PER_SAMPLE)
    return pad(customer, samples), pad(agent, samples)


def interleave(customer: bytes, agent: bytes) -> bytes:
    """Stereo with the customer left and the agent right; both of one length in whole samples."""
    if len(customer) != len(agent) or len(customer) % BYTES_PER_SAMPLE:
        raise InputError("channels to interleave must have the same number of whole samples")
    stereo = np.empty((samples_in(customer), 2), dtype="<i2")
    stereo[:, 0] = np.frombuffer(customer, dtype="<i2")
    stereo[:, 1] = np.frombuffer(agent, dtype="<i2")
    return stereo.tobytes()


def deinterleave(stereo: bytes) -> tuple[bytes, bytes]:
    """(customer, agent) of what ``interleave`` made."""
    if len(stereo) % (2 * BYTES_PER_SAMPLE):
        raise InputError("stereo audio must have a whole number of sample pairs")
    pairs = np.frombuffer(stereo, dtype="<i2").reshape(-1, 2)
    return pairs[:, 0].tobytes(), pairs[:, 1].tobytes()
