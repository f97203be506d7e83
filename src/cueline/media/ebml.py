"""EBML, the binary tree that Matroska is written in (RFC 8794): variable-length integers and element headers.

Every function works on a contiguous ``bytes`` and takes ``base``, the absolute stream offset of its first byte, so
that an error can say where it lies in the stream.
"""

from collections.abc import Iterator

from cueline.media.errors import MediaError

UNKNOWN_SIZE = -1
"""What ``read_header`` gives for a size with all value bits set (RFC 8794, 6.2)."""

MAX_HEADER_BYTES = 12
"""An id of at most 4 bytes and a size of at most 8."""


def _width_table(longest: int) -> bytes:
    """Width of a vint by its first byte; 0 where that byte begins none of at most ``longest`` bytes."""
    return bytes(9 - first.bit_length() if first and 9 - first.bit_length() <= longest else 0 for first in range(256))


ID_WIDTH = _width_table(4)
VINT_WIDTH = _width_table(8)
VINT_MASK = tuple((1 << (7 * width)) - 1 for width in range(9))
"""The value bits of a vint by its width."""


def read_header(buf: bytes, pos: int, base: int) -> tuple[int, int, int] | None:
    """Reads the element header at ``pos``: (id, size of body or ``UNKNOWN_SIZE``, position of body).

    ``None`` when the buffer ends inside the header. Ids keep their marker bits, as the Matroska tables write them.
    """
    available = len(buf)
    if pos >= available:
        return None
    id_width = ID_WIDTH[buf[pos]]
    if not id_width:
        raise MediaError("invalid element id", base + pos)
    size_at = pos + id_width
    if size_at >= available:
        return None
    width = VINT_WIDTH[buf[size_at]]
    if not width:
        raise MediaError("invalid element size", base + pos)
    body = size_at + width
    if body > available:
        return None
    mask = VINT_MASK[width]
    size = int.from_bytes(buf[size_at:body], "big") & mask
    return int.from_bytes(buf[pos:size_at], "big"), UNKNOWN_SIZE if size == mask else size, body


def children(buf: bytes, start: int, stop: int, base: int) -> Iterator[tuple[int, int, int]]:
    """Walks the elements that fill ``buf[start:stop]`` exactly: (id, start of body, end of body) of each."""
    pos = start
    while pos < stop:
        header = read_header(buf, pos, base)
        if header is None:
            raise MediaError("element runs past the end of its parent", base + pos)
        ident, size, body = header
        if size == UNKNOWN_SIZE:
            raise MediaError("element of unknown size where a size is needed", base + pos)
        if body + size > stop:
            raise MediaError("element runs past the end of its parent", base + pos)
        yield ident, body, body + size
        pos = body + size


def read_uint(buf: bytes, start: int, stop: int, base: int) -> int:
    """An EBML unsigned integer: 0 to 8 bytes, big-endian; no bytes mean 0."""
    if stop - start > 8:
        raise MediaError("unsigned integer longer than 8 bytes", base + start)
    return int.from_bytes(buf[start:stop], "big")


def read_text(buf: bytes, start: int, stop: int) -> str:
    """An EBML string: UTF-8 up to the first NUL, which pads; what is not UTF-8 is replaced."""
    return buf[start:stop].split(b"\0", 1)[0].decode("utf-8", "replace")


def encode_vint(value: int, width: int | None = None) -> bytes:
    """A vint of ``width`` bytes, or of the fewest that hold ``value`` without looking like an unknown size."""
    if width is None:
        width = next((w for w in range(1, 9) if value < VINT_MASK[w]), 8)
    if not 0 <= value < VINT_MASK[width]:
        raise ValueError(f"value does not fit a vint of {width} bytes")
    return (value | 1 << (7 * width)).to_bytes(width, "big")


def encode_id(ident: int) -> bytes:
    """An element id as written on the wire."""
    return ident.to_bytes((ident.bit_length() + 7) // 8, "big")


def encode_element(ident: int, body: bytes, *, size_width: int | None = None) -> bytes:
    """A whole element of known size."""
    return encode_id(ident) + encode_vint(len(body), size_width) + body


def encode_open(ident: int) -> bytes:
    """The header of an element of unknown size, with all eight size bytes written out as Kinesis does."""
    return encode_id(ident) + b"\x01" + b"\xff" * 7
