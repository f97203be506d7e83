"""HTTP/2 as clients close it: GOAWAY without an error means "no new streams", and what is open goes on. Pure.

The h2 library takes any GOAWAY for the connection's end and refuses every later frame. Node.js sends one right after
its request and streams on. So these frames are taken out of what the library is given.
"""

from typing import Final

_PREFACE_BYTES: Final = 24
_HEADER_BYTES: Final = 9
_GOAWAY: Final = 7
_LONGEST: Final = 16 * 1024
"""Of a GOAWAY that is held until it is whole; a longer one goes on to the library, which knows what to do."""


class GoawayFilter:
    """Bytes in, the same bytes out without polite GOAWAYs."""

    __slots__ = ("_left", "_skip")

    def __init__(self) -> None:
        self._left = b""
        self._skip = _PREFACE_BYTES

    def feed(self, data: bytes) -> bytes:
        """What the library may see of ``data`` and of what was held back of a frame's beginning."""
        data, passed, at = self._left + data, bytearray(), 0
        while at < len(data):
            if self._skip:
                step = min(self._skip, len(data) - at)
                passed += data[at : at + step]
                self._skip -= step
                at += step
                continue
            if len(data) - at < _HEADER_BYTES:
                break
            length = int.from_bytes(data[at : at + 3])
            ends = at + _HEADER_BYTES + length
            if data[at + 3] != _GOAWAY or length > _LONGEST:
                self._skip = ends - at
                continue
            if len(data) < ends:
                break
            if any(data[at + _HEADER_BYTES + 4 : at + _HEADER_BYTES + 8]):
                self._skip = ends - at
                continue
            at = ends
        self._left = data[at:]
        return bytes(passed)
