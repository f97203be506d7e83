"""The AWS event-stream encoding: frames with typed headers, guarded by two checksums. Pure.

A frame is 4 bytes total length, 4 bytes headers length, 4 bytes CRC-32 of these eight, headers, payload, 4 bytes CRC-32
of all before; big-endian. It is what Amazon Transcribe's streaming speaks in both directions, over WebSocket (one
frame a message) and over HTTP/2 (frames back to back).
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from cueline.kernel.errors import InputError

MAX_FRAME_BYTES: Final = 1024 * 1024
"""Far above any frame of Transcribe's; the encoding itself allows 24 MB."""

MAX_HEADERS_BYTES: Final = 128 * 1024
MAX_HEADERS: Final = 64

_PRELUDE: Final = struct.Struct(">III")
_CRC: Final = struct.Struct(">I")
_OVERHEAD: Final = _PRELUDE.size + _CRC.size
_FIXED: Final = {2: struct.Struct(">b"), 3: struct.Struct(">h"), 4: struct.Struct(">i"), 5: struct.Struct(">q")}
_TIMESTAMP: Final = struct.Struct(">q")
_LENGTH: Final = struct.Struct(">H")
_UUID_BYTES: Final = 16


class EventStreamError(InputError):
    """Bytes that are not a frame: a wrong checksum, a length out of bounds, a header that does not parse."""

    code = "bad_event_stream"


class Timestamp(int):
    """A header's time in milliseconds since 1970."""

    __slots__ = ()


HeaderValue = bool | int | bytes | str | Timestamp


class Frame:
    """One decoded frame; its payload may hold audio or words, so it is never shown."""

    __slots__ = ("headers", "payload")

    def __init__(self, headers: Mapping[str, HeaderValue], payload: bytes) -> None:
        self.headers = headers
        self.payload = payload

    def text(self, name: str) -> str:
        """A string header; empty where it is missing or of another type."""
        value = self.headers.get(name)
        return value if isinstance(value, str) else ""

    def __repr__(self) -> str:
        return f"<Frame of {len(self.payload)} bytes>"


def encode(headers: Mapping[str, HeaderValue], payload: bytes) -> bytes:
    """One frame. Raises EventStreamError where a header does not fit the encoding.

    >>> decode(encode({":event-type": "AudioEvent"}, b"..")).text(":event-type")
    'AudioEvent'
    """
    head = encode_headers(headers)
    total = _OVERHEAD + len(head) + len(payload)
    if total > MAX_FRAME_BYTES:
        raise EventStreamError(f"a frame of {total} bytes; at most {MAX_FRAME_BYTES} are sent")
    lengths = struct.pack(">II", total, len(head))
    body = lengths + _CRC.pack(zlib.crc32(lengths)) + head + payload
    return body + _CRC.pack(zlib.crc32(body))


def encode_headers(headers: Mapping[str, HeaderValue]) -> bytes:
    """The headers alone, as they are signed. Raises EventStreamError."""
    return b"".join(_encode_header(name, value) for name, value in headers.items())


def decode(frame: bytes) -> Frame:
    """Exactly one frame. Raises EventStreamError."""
    decoder = FrameDecoder()
    frames = list(decoder.feed(frame))
    if len(frames) != 1 or decoder.pending:
        raise EventStreamError("a message must hold exactly one frame")
    return frames[0]


class FrameDecoder:
    """Frames out of bytes that come in pieces; what is unfinished is bounded by ``max_frame_bytes``."""

    __slots__ = ("_buffer", "_max_frame_bytes")

    def __init__(self, *, max_frame_bytes: int = MAX_FRAME_BYTES) -> None:
        self._buffer = bytearray()
        self._max_frame_bytes = max_frame_bytes

    @property
    def pending(self) -> int:
        """Bytes of a frame that has not come to its end."""
        return len(self._buffer)

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames that ``data`` completes. Raises EventStreamError; the stream is then beyond repair."""
        self._buffer += data
        while len(self._buffer) >= _PRELUDE.size:
            total, headers_length = self._lengths()
            if len(self._buffer) < total:
                return
            frame = bytes(self._buffer[:total])
            del self._buffer[:total]
            yield _decode_whole(frame, headers_length)

    def _lengths(self) -> tuple[int, int]:
        total, headers_length, checksum = _PRELUDE.unpack_from(self._buffer)
        if zlib.crc32(self._buffer[:8]) != checksum:
            raise EventStreamError("the checksum of a frame's lengths is wrong")
        if total > self._max_frame_bytes:
            raise EventStreamError(f"a frame of {total} bytes; at most {self._max_frame_bytes} are read")
        if headers_length > min(MAX_HEADERS_BYTES, total - _OVERHEAD):
            raise EventStreamError("a frame's headers are longer than the frame allows")
        return total, headers_length


def _decode_whole(frame: bytes, headers_length: int) -> Frame:
    if zlib.crc32(frame[: -_CRC.size]) != _CRC.unpack_from(frame, len(frame) - _CRC.size)[0]:
        raise EventStreamError("a frame's checksum is wrong")
    headers_end = _PRELUDE.size + headers_length
    return Frame(_decode_headers(frame[_PRELUDE.size : headers_end]), frame[headers_end : -_CRC.size])


def _encode_header(name: str, value: HeaderValue) -> bytes:
    raw = name.encode()
    if not 0 < len(raw) <= 255:
        raise EventStreamError("a header's name is 1 to 255 bytes long")
    return bytes([len(raw)]) + raw + _encode_value(value)


def _encode_value(value: HeaderValue) -> bytes:
    if isinstance(value, bool):
        return b"\x00" if value else b"\x01"
    try:
        if isinstance(value, Timestamp):
            return b"\x08" + _TIMESTAMP.pack(value)
        if isinstance(value, int):
            return b"\x05" + _FIXED[5].pack(value)
        raw = value.encode() if isinstance(value, str) else value
        return (b"\x07" if isinstance(value, str) else b"\x06") + _LENGTH.pack(len(raw)) + raw
    except struct.error:
        raise EventStreamError("a header's value does not fit the encoding") from None


def _decode_headers(raw: bytes) -> dict[str, HeaderValue]:
    headers: dict[str, HeaderValue] = {}
    at = 0
    try:
        while at < len(raw):
            name_end = at + 1 + raw[at]
            name = raw[at + 1 : name_end].decode()
            if not name or name in headers or len(headers) >= MAX_HEADERS:
                raise EventStreamError("a header without a name, a repeated one, or too many")
            headers[name], at = _decode_value(raw, name_end)
    except (IndexError, struct.error, UnicodeDecodeError):
        raise EventStreamError("a frame's headers do not parse") from None
    return headers


def _decode_value(raw: bytes, at: int) -> tuple[HeaderValue, int]:
    """A typed value that begins at ``at`` with its type, and where the next header begins."""
    kind = raw[at]
    at += 1
    if kind in {0, 1}:
        return kind == 0, at
    if kind in _FIXED:
        return _FIXED[kind].unpack_from(raw, at)[0], at + _FIXED[kind].size
    if kind == 8:
        return Timestamp(_TIMESTAMP.unpack_from(raw, at)[0]), at + _TIMESTAMP.size
    if kind in {6, 7}:
        (length,) = _LENGTH.unpack_from(raw, at)
        at += _LENGTH.size
    elif kind == 9:
        length = _UUID_BYTES
    else:
        raise EventStreamError(f"a header of the unknown type {kind}")
    value = raw[at : at + length]
    if len(value) != length:
        raise EventStreamError("a header's value is cut short")
    return (value.decode() if kind == 7 else value), at + length
