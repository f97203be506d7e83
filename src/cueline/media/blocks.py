"""The fast path for SimpleBlocks: those that begin like one that was read before, singly or a whole run at a time.

A block's first bytes (id, size, track number) decide where its payload lies and whose it is. They are looked up
whole, so nothing is guessed: whatever was not met before, or is cut off, or uses lacing, is left to the demuxer.
"""

import struct
from collections.abc import Callable, Sequence
from typing import Final

from cueline.media.intake import Intake, OpenAudio
from cueline.media.matroska import LACING_BITS

_MAX_KEYS: Final = 256
_MAX_RUN_BLOCKS: Final = 256
_MIN_RUN_BLOCKS: Final = 4
_HEADER_TAIL_BYTES: Final = 3
"""After the track number: two bytes of relative timecode, one of flags."""


class BlockReader:
    """Knows the beginnings of one Tracks element's SimpleBlocks, and the run of them that was met last."""

    __slots__ = ("_audio", "_by_key", "_key_bytes", "_last_run_bytes", "_run")

    def __init__(self, audio: OpenAudio) -> None:
        self._audio = audio
        self._by_key: dict[bytes, tuple[list[bytes | memoryview], int]] = {}
        self._key_bytes = 4
        self._run: _Run | None = None
        self._last_run_bytes = 0

    def learn(self, key: bytes, pieces: list[bytes | memoryview], block_bytes: int) -> None:
        """A SimpleBlock of ``block_bytes`` in all that begins with ``key`` has its payload go to ``pieces``."""
        if len(self._by_key) < _MAX_KEYS:
            self._key_bytes = len(key)
            self._by_key[key] = (pieces, block_bytes)

    def read(self, intake: Intake, end: int, cluster_offset: int) -> bool:
        """Reads as many whole known blocks as come next, up to position ``end``; ``False`` when there is none."""
        start, run = intake.pos, self._run
        if run is not None and start + run.size <= end and run.matches(intake.buf, start):
            view = intake.view
            for pieces, spans in run.spans:
                pieces.extend([view[start + first : start + last] for first, last in spans])
            intake.pos = start + run.size
            self._audio.grow(run.payload, cluster_offset)
            return True
        payload = self._read_singly(intake, end)
        if intake.pos == start:
            return False
        self._audio.grow(payload, cluster_offset)
        run_bytes = intake.pos - start
        if run_bytes == self._last_run_bytes and (run is None or run_bytes != run.size):
            self._run = self._learn_run(intake.buf, start, intake.pos)
        self._last_run_bytes = run_bytes
        return True

    def _read_singly(self, intake: Intake, end: int) -> int:
        buf, view, pos = intake.buf, intake.view, intake.pos
        by_key, key_bytes = self._by_key, self._key_bytes
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
        return size

    def _learn_run(self, buf: bytes, start: int, stop: int) -> "_Run | None":
        """The layout of ``buf[start:stop]``, which was read singly a moment ago and has been met twice in a row."""
        key_bytes, pos = self._key_bytes, start
        blocks: list[tuple[list[bytes | memoryview], int]] = []
        while pos < stop and len(blocks) <= _MAX_RUN_BLOCKS:
            blocks.append(self._by_key[buf[pos : pos + key_bytes]])
            pos += blocks[-1][1]
        if not _MIN_RUN_BLOCKS <= len(blocks) <= _MAX_RUN_BLOCKS:
            return None
        return _Run(buf, start, key_bytes, blocks)


class _Run:
    """A run of blocks: every byte of it that is not audio or a timecode, and where the audio lies."""

    __slots__ = ("_fixed", "_last_at", "_last_key", "_unpack", "payload", "size", "spans")

    def __init__(
        self, buf: bytes, start: int, key_bytes: int, blocks: Sequence[tuple[list[bytes | memoryview], int]]
    ) -> None:
        header_bytes = key_bytes + _HEADER_TAIL_BYTES
        spans: dict[int, tuple[list[bytes | memoryview], list[tuple[int, int]]]] = {}
        layout, pos = ["<"], 0
        for pieces, block_bytes in blocks:
            layout.append(f"{key_bytes}s2xB{block_bytes - header_bytes}x")
            spans.setdefault(id(pieces), (pieces, []))[1].append((pos + header_bytes, pos + block_bytes))
            self._last_at = pos
            pos += block_bytes
        self._last_key = buf[start + self._last_at : start + self._last_at + key_bytes]
        self.size = pos
        self.payload = pos - len(blocks) * header_bytes
        self.spans = list(spans.values())
        self._unpack: Callable[[bytes, int], tuple[bytes | int, ...]] = struct.Struct("".join(layout)).unpack_from
        self._fixed = self._unpack(buf, start)

    def matches(self, buf: bytes, start: int) -> bool:
        """Whether ``buf`` has, from ``start`` on, these very blocks with other timecodes and other audio."""
        return buf.startswith(self._last_key, start + self._last_at) and self._unpack(buf, start) == self._fixed
