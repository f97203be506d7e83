"""PCM arithmetic: nothing is lost at an odd byte, and the channels stay in step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.kernel.errors import InputError
from cueline.media import pcm


def test_units() -> None:
    assert pcm.samples_in(b"abc") == 1
    assert pcm.samples_to_ms(8000) == 1000
    assert pcm.samples_to_ms(7) == 0
    assert pcm.ms_to_samples(64) == 512
    assert pcm.silence(3) == bytes(6)
    assert pcm.silence(-3) == b""


@given(st.lists(st.binary(max_size=7)))
def test_odd_bytes_go_to_the_next_block(blocks: list[bytes]) -> None:
    carried, whole = b"", b""
    for block in blocks:
        even, carried = pcm.split_odd_byte(carried + block)
        assert len(even) % 2 == 0
        assert len(carried) < 2
        whole += even
    assert whole + carried == b"".join(blocks)


@pytest.mark.parametrize(
    ("given_pcm", "samples", "expected"),
    [(b"ab", 2, b"ab\0\0"), (b"abc", 2, b"abc\0"), (b"abcd", 1, b"abcd"), (b"abc", 1, b"abc\0"), (b"", 0, b"")],
)
def test_pad(given_pcm: bytes, samples: int, expected: bytes) -> None:
    assert pcm.pad(given_pcm, samples) == expected


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_channels_of_equal_length_and_back(customer: bytes, agent: bytes) -> None:
    left, right = pcm.pad_to_equal(customer, agent)
    assert len(left) == len(right) == 2 * -(-max(len(customer), len(agent)) // 2)
    assert left.startswith(customer)
    assert right.startswith(agent)
    assert pcm.deinterleave(pcm.interleave(left, right)) == (left, right)


def test_interleaving_puts_the_customer_left() -> None:
    assert pcm.interleave(b"aabb", b"ccdd") == b"aaccbbdd"


def test_uneven_channels_are_refused() -> None:
    with pytest.raises(InputError):
        pcm.interleave(b"aa", b"aabb")
    with pytest.raises(InputError):
        pcm.interleave(b"a", b"b")
    with pytest.raises(InputError):
        pcm.deinterleave(b"aab")
