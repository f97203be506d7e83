"""Recorded audio as FLAC or Ogg Opus, in memory: exactly as many samples come out as went in, at the same place.

pcm throughout: signed 16-bit little-endian, stereo interleaved (customer left, agent right), 8000 Hz. FLAC gives every
sample back. Opus gives back what is heard of it; its look-ahead (*pre-skip*) and the rest of its last packet are taken
off by libsndfile's own bookkeeping, which ``decode`` checks. Both keep the processor busy (a chunk of 10 s: FLAC 3 ms,
Opus about 0.2 s): call them in a thread.
"""

import io
from typing import Any, Final

import numpy as np
import soundfile

from cueline.events.recording import SAMPLE_RATE_HZ, Codec
from cueline.kernel.errors import CuelineError, InputError

CHANNEL_COUNT: Final = 2
FRAME_BYTES: Final = 2 * CHANNEL_COUNT
"""Bytes of one sample of both channels."""

_FORMATS: Final[dict[Codec, tuple[str, str]]] = {"flac": ("FLAC", "PCM_16"), "opus": ("OGG", "OPUS")}


class AudioRefusedError(CuelineError):
    """Encoded audio that cannot be decoded, or is not of the length that it should have."""

    code = "audio_refused"


def frames_in(pcm: bytes) -> int:
    """Samples per channel. Raises InputError for half a sample."""
    if len(pcm) % FRAME_BYTES:
        raise InputError("stereo audio must have a whole number of sample pairs")
    return len(pcm) // FRAME_BYTES


def encode(pcm: bytes, codec: Codec) -> bytes:
    """The audio as a file of its own. Raises InputError for an empty or broken pcm."""
    if not frames_in(pcm):
        raise InputError("there is no audio to encode")
    container, subtype = _FORMATS[codec]
    frames = np.frombuffer(pcm, dtype="<i2").reshape(-1, CHANNEL_COUNT)
    out = io.BytesIO()
    soundfile.write(out, frames, SAMPLE_RATE_HZ, format=container, subtype=subtype)
    return out.getvalue()


def decode(body: bytes, codec: Codec, *, samples: int) -> bytes:
    """The pcm of ``encode``; never more than ``samples`` per channel is decoded. Raises AudioRefusedError."""
    container, subtype = _FORMATS[codec]
    try:
        with soundfile.SoundFile(io.BytesIO(body)) as file:
            found = (file.format, file.subtype, file.samplerate, file.channels, file.frames)
            if found != (container, subtype, SAMPLE_RATE_HZ, CHANNEL_COUNT, samples):
                raise AudioRefusedError("the audio is not of the format or length that it was stored with")
            frames: np.ndarray[Any, Any] = file.read(samples + 1, dtype="int16", always_2d=True)
    except (soundfile.SoundFileError, ValueError, TypeError, EOFError):
        raise AudioRefusedError("the audio cannot be decoded") from None
    if len(frames) != samples:
        raise AudioRefusedError("the audio ends too early")
    return frames.astype("<i2", copy=False).tobytes()
