"""Ranges, entity tags and the choice of a form, as RFC 9110 has them; and the WAV file that they are cut from."""

import io
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.delivery.byte_ranges import Part, names_etag, preferred, wanted_part
from cueline.delivery.wav_file import (
    FRAME_BYTES,
    HEADER_BYTES,
    SAMPLES_MAX,
    samples_of,
    wav_header,
    wav_length,
)

ETAG = '"3-wav"'
OFFERED = (("wav", ("audio/wav", "audio/x-wav")), ("flac", ("audio/flac",)), ("opus", ("audio/ogg", "audio/opus")))


def part(range_: str | None, *, length: int = 1_000, if_range: str | None = None) -> Part | None:
    return wanted_part(length, range_=range_, if_range=if_range, etag=ETAG)


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-", 0, 1_000), ("bytes=0-0", 0, 1), ("bytes=10-19", 10, 20), ("bytes=990-2000", 990, 1_000),
        ("bytes=-1", 999, 1_000), ("bytes=-5000", 0, 1_000), (" bytes= 5-6 ", 5, 7),
    ],
)  # fmt: skip
def test_one_range_is_served(header: str, start: int, end: int) -> None:
    assert part(header) == Part(start, end, whole=False)


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=0-1,5-6", "bytes=0-1, -1", "items=0-5",
     "bytes=0x1-2", "bytes=-1-2", "bytes=" + "9" * 40 + "-", "bytes=0 - 1"],
)  # fmt: skip
def test_what_is_no_range_or_several_is_answered_with_the_whole(header: str | None) -> None:
    assert part(header) == Part(0, 1_000, whole=True)


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=5000-6000", "bytes=-0"])
def test_what_lies_outside_cannot_be_had(header: str) -> None:
    assert part(header) is None


def test_nothing_of_nothing_can_be_had() -> None:
    assert part("bytes=0-", length=0) is None
    assert part("bytes=-5", length=0) is None
    assert part(None, length=0) == Part(0, 0, whole=True)


def test_a_range_of_another_version_is_answered_with_the_whole() -> None:
    assert part("bytes=5-6", if_range=ETAG) == Part(5, 7, whole=False)
    for other in ('"2-wav"', f"W/{ETAG}", "Wed, 21 Oct 2015 07:28:00 GMT", ""):
        assert part("bytes=5-6", if_range=other) == Part(0, 1_000, whole=True)


def test_entity_tags_are_found_in_a_list() -> None:
    assert names_etag('"1-wav", W/"3-wav"', ETAG)
    assert names_etag(" * ", ETAG)
    assert not names_etag('"1-wav", "13-wav"', ETAG)
    assert not names_etag(None, ETAG)
    assert not names_etag("3-wav", ETAG)


@given(st.text(max_size=80), st.integers(0, 2_000))
def test_any_header_gives_a_part_or_none(header: str, length: int) -> None:
    for found in (part(header, length=length), part(f"bytes={header}", length=length)):
        assert found is None or 0 <= found.start <= found.end <= length
    names_etag(header, ETAG)
    assert preferred(header, OFFERED) in {None, "wav", "flac", "opus"}


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "wav"), ("", "wav"), ("*/*", "wav"), ("audio/*", "wav"), ("audio/flac", "flac"), ("audio/x-wav", "wav"),
        ("audio/ogg; codecs=opus", "opus"), ("audio/flac;q=0.2, audio/ogg;q=0.9", "opus"),
        ("audio/flac, */*;q=0.1", "flac"), ("audio/wav;q=0, audio/x-wav;q=0, */*", "flac"), ("text/html", None),
        ("*/*;q=0", None), ("AUDIO/FLAC", "flac"), ("audio/webm,audio/ogg,audio/wav,audio/*;q=0.9,*/*;q=0.5", "wav"),
    ],
)  # fmt: skip
def test_the_form_that_is_wanted_most(accept: str | None, chosen: str | None) -> None:
    assert preferred(accept, OFFERED) == chosen


@given(st.integers(0, 40), st.data())
def test_any_bytes_of_the_file_come_from_the_samples_that_are_named(samples: int, data: st.DataObject) -> None:
    pcm = bytes(index % 251 for index in range(samples * FRAME_BYTES))
    whole = wav_header(samples) + pcm
    assert len(whole) == wav_length(samples)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    first, last = samples_of(start, end)
    assert 0 <= first <= last <= samples
    at = HEADER_BYTES + first * FRAME_BYTES
    piece = wav_header(samples)[start:end] if start < HEADER_BYTES else b""
    piece += pcm[first * FRAME_BYTES : last * FRAME_BYTES][max(0, start - at) : max(0, end - at)]
    assert piece == whole[start:end]


def test_the_header_is_read_by_others() -> None:
    pcm = bytes(range(200)) * 4
    with wave.open(io.BytesIO(wav_header(200) + pcm)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate(), file.getnframes()) == (2, 2, 8_000, 200)
        assert file.readframes(200) == pcm
    assert len(wav_header(SAMPLES_MAX)) == HEADER_BYTES
    for samples in (-1, SAMPLES_MAX + 1):
        with pytest.raises(ValueError, match="at most"):
            wav_header(samples)
