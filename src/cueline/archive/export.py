"""A whole recording as one FLAC or Ogg Opus file, written a stretch at a time and kept in memory: never on disk."""

import io
from typing import Final

import numpy as np
import soundfile

from cueline.archive.codecs import CHANNEL_COUNT
from cueline.events.recording import SAMPLE_RATE_HZ, Codec

_FORMATS: Final[dict[Codec, tuple[str, str]]] = {"flac": ("FLAC", "PCM_16"), "opus": ("OGG", "OPUS")}


class AudioFile:
    """A file being written.

    Keeps the processor busy in ``write`` and ``finish``, FLAC for a two-thousandth of what it holds, Opus for a
    hundredth: call them in a thread.
    """

    def __init__(self, codec: Codec) -> None:
        container, subtype = _FORMATS[codec]
        self._body = io.BytesIO()
        self._taken = 0
        self._file = soundfile.SoundFile(
            self._body, "w", samplerate=SAMPLE_RATE_HZ, channels=CHANNEL_COUNT, format=container, subtype=subtype
        )

    def write(self, pcm: bytes) -> None:
        """Adds stereo audio, 16 bits, interleaved; any number of whole samples."""
        self._file.write(np.frombuffer(pcm, dtype="<i2").reshape(-1, CHANNEL_COUNT))

    def finish(self) -> None:
        """Writes what is still held back; nothing can be added afterwards."""
        self._file.close()

    def take(self) -> bytes:
        """What was written since the last time. An Ogg file only ever grows; a FLAC file is whole when it is finished
        and taken at once, as its beginning is written anew then."""
        self._body.seek(self._taken)
        new = self._body.read()
        self._taken += len(new)
        return new
