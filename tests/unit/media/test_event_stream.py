"""The event-stream encoding: against botocore's decoder, written-out bytes, and bytes from nowhere."""

import contextlib
import struct
import zlib

import pytest
from botocore.eventstream import EventStreamBuffer
from hypothesis import given
from hypothesis import strategies as st

from cueline.media.event_stream import (
    MAX_FRAME_BYTES,
    EventStreamError,
    Frame,
    FrameDecoder,
    HeaderValue,
    Timestamp,
    decode,
    encode,
)

NAMES = st.text(min_size=1, max_size=40).filter(lambda name: len(name.encode()) <= 255)
VALUES = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.binary(max_size=200)
    | st.text(max_size=100)
    | st.integers(0, 2**62).map(Timestamp)
)
HEADERS = st.dictionaries(NAMES, VALUES, max_size=8)


@given(HEADERS, st.binary(max_size=2_000))
def test_what_is_written_is_read(headers: dict[str, HeaderValue], payload: bytes) -> None:
    frame = decode(encode(headers, payload))
    assert (dict(frame.headers), frame.payload) == (headers, payload)


@given(st.dictionaries(NAMES, st.text(max_size=100) | st.binary(max_size=100), max_size=8), st.binary(max_size=500))
def test_botocore_reads_what_is_written(headers: dict[str, HeaderValue], payload: bytes) -> None:
    buffer = EventStreamBuffer()
    buffer.add_data(encode(headers, payload))
    (event,) = list(buffer)
    assert (event.headers, event.payload) == (headers, payload)


def test_a_frame_written_out_by_hand() -> None:
    head = b"\x0d:message-type\x07\x00\x05event"
    lengths = struct.pack(">II", 16 + len(head) + 2, len(head))
    body = lengths + struct.pack(">I", zlib.crc32(lengths)) + head + b"ab"
    frame = decode(body + struct.pack(">I", zlib.crc32(body)))
    assert frame.text(":message-type") == "event"
    assert frame.payload == b"ab"
    assert repr(frame) == "<Frame of 2 bytes>"


def written(head: bytes, payload: bytes = b"") -> bytes:
    lengths = struct.pack(">II", 16 + len(head) + len(payload), len(head))
    body = lengths + struct.pack(">I", zlib.crc32(lengths)) + head + payload
    return body + struct.pack(">I", zlib.crc32(body))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"\x00", True),
        (b"\x01", False),
        (b"\x02\xfe", -2),
        (b"\x03\x01\x00", 256),
        (b"\x04\xff\xff\xff\xff", -1),
        (b"\x05" + bytes(7) + b"\x07", 7),
        (b"\x06\x00\x02xy", b"xy"),
        (b"\x07\x00\x02xy", "xy"),
        (b"\x08" + bytes(7) + b"\x09", Timestamp(9)),
        (b"\x09" + bytes(range(16)), bytes(range(16))),
    ],
)
def test_every_type_of_header(value: bytes, expected: HeaderValue) -> None:
    read = decode(written(b"\x01n" + value)).headers["n"]
    assert read == expected
    assert type(read) is type(expected)


@pytest.mark.parametrize(
    "head",
    [b"\x01n\x0a", b"\x01n", b"\x01n\x07\x00\x05ab", b"\x00\x00", b"\x05n", b"\x01\xff\x00", b"\x01n\x00\x01n\x00"],
)
def test_headers_that_do_not_parse(head: bytes) -> None:
    with pytest.raises(EventStreamError):
        decode(written(head))


@given(HEADERS, st.binary(max_size=200), st.data())
def test_a_flipped_bit_is_noticed(headers: dict[str, HeaderValue], payload: bytes, data: st.DataObject) -> None:
    raw = bytearray(encode(headers, payload))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(EventStreamError):
        decode(bytes(raw))


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_bytes_from_nowhere_give_frames_or_the_one_error_and_are_bounded(pieces: list[bytes]) -> None:
    decoder = FrameDecoder(max_frame_bytes=64)
    with contextlib.suppress(EventStreamError):
        for piece in pieces:
            assert all(isinstance(frame, Frame) for frame in decoder.feed(piece))
            assert decoder.pending <= 64 + 60


@given(st.binary(max_size=120))
def test_headers_from_nowhere(head: bytes) -> None:
    with contextlib.suppress(EventStreamError):
        assert isinstance(decode(written(head)), Frame)


@given(st.lists(st.binary(max_size=50), max_size=5), st.integers(1, 40))
def test_frames_come_out_however_they_are_cut(payloads: list[bytes], size: int) -> None:
    raw = b"".join(encode({"n": "v"}, payload) for payload in payloads)
    decoder = FrameDecoder()
    frames = [frame for at in range(0, len(raw), size) for frame in decoder.feed(raw[at : at + size])]
    assert [frame.payload for frame in frames] == payloads


def test_sizes_are_bounded() -> None:
    with pytest.raises(EventStreamError):
        encode({}, bytes(MAX_FRAME_BYTES))
    with pytest.raises(EventStreamError):
        encode({"n": "v" * 70_000}, b"")
    with pytest.raises(EventStreamError):
        encode({"": "v"}, b"")
    with pytest.raises(EventStreamError):
        list(FrameDecoder(max_frame_bytes=100).feed(encode({}, bytes(100))))
    two = encode({}, b"") * 2
    with pytest.raises(EventStreamError):
        decode(two)
