"""The fast path for SimpleBlocks: those that begin like one that was read before.

A block's first bytes (id, size, track number) decide where its payload lies and whose it is. They are looked up
whole, so nothing is guessed: whatever was not met before, or is cut off, or uses lacing, is left to the demuxer.
"""

from typing import Final

from cueline.media.intake import Intake, OpenAudio
from cueline.media.matroska import LACING_BITS

_MAX_KEYS: Final = 256
_HEADER_TAIL_BYTES: Final = 3
"""After the track number: two bytes of relative timecode, one of flags."""


class BlockReader:
    """Knows how the SimpleBlocks of one Tracks element begin."""

    __slots__ = ("_audio", "_by_key", "_key_bytes")

    def __init__(self, audio: OpenAudio) -> None:
        self._audio = audio
        self._by_key: dict[bytes, tuple[list[bytes | memoryview], int]] = {}
        self._key_bytes = 4

    def learn(self, key: bytes, pieces: list[bytes | memoryview], block_bytes: int) -> None:
        """A SimpleBlock of ``block_bytes`` in all that begins with ``key`` has its payload go to ``pieces``."""
        if len(self._by_key) < _MAX_KEYS:
            self._key_bytes = len(key)
            self._by_key[key] = (pieces, block_bytes)

    def read(self, intake: Intake, end: int, cluster_offset: int) -> bool:
        """Reads as many whole known blocks as come next, up to position ``end``; ``False`` when there is none."""
        buf, view, start = intake.buf, intake.view, intake.pos
        by_key, key_bytes, pos = self._by_key, self._key_bytes, start
        header_bytes = key_bytes + _HEADER_TAIL_BYTES
        size = 0
        try:
            while True:
                pieces, block_bytes = by_key[buf[pos : pos + key_bytes]]
                stop = pos + block_bytes
                payload = pos + header_bytes
                if stop > end or buf[payload - 1] & LACING_BITS:
                    break
                pieces.append(view[payload:stop])
                size += stop - payload
                pos = stop
        except KeyError:
            pass
        intake.pos = pos
        self._audio.grow(size, cluster_offset)
        return pos > start
