"""Peaks of every tenth of a second, whatever the chunks are."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.archive.waveform import STEP_SAMPLES, Waveform, joined, summary
from cueline.kernel.errors import InputError


def sound(samples: int, seed: int = 0) -> "np.ndarray[tuple[int, int], np.dtype[np.int16]]":
    return np.random.default_rng(seed).integers(-32_768, 32_768, (samples, 2)).astype("<i2")


def test_each_side_has_its_peaks() -> None:
    frames = np.zeros((2_000, 2), dtype="<i2")
    frames[10, 0], frames[850, 1], frames[1_999, 0] = 16_384, -32_768, 1
    found = summary(frames.tobytes())
    assert found == Waveform(customer=(128, 0, 1), agent=(0, 255, 0))
    assert found.step_ms == 100


def test_nothing_is_nothing() -> None:
    assert summary(b"") == Waveform() == joined([], samples=0)
    assert joined([], samples=801) == Waveform(customer=(0, 0), agent=(0, 0))


def test_half_a_sample_is_refused() -> None:
    with pytest.raises(InputError):
        summary(b"abc")


@given(st.lists(st.integers(0, 9_000), max_size=8), st.integers(0, 5))
def test_parts_cut_anywhere_join_to_the_whole(cuts: list[int], seed: int) -> None:
    frames = sound(9_000, seed)
    edges = sorted({0, 9_000, *cuts})
    parts = [(a, summary(frames[a:b].tobytes(), position=a)) for a, b in pairwise(edges)]
    assert joined(parts, samples=9_000) == summary(frames.tobytes())


@given(st.integers(0, 5 * STEP_SAMPLES), st.integers(1, 3_000))
def test_a_part_lies_where_it_was(position: int, samples: int) -> None:
    part = summary(np.full((samples, 2), 300, dtype="<i2").tobytes(), position=position)
    whole = joined([(position, part)], samples=position + samples)
    first, last = position // STEP_SAMPLES, (position + samples - 1) // STEP_SAMPLES
    assert len(whole.customer) == last + 1
    assert [at for at, peak in enumerate(whole.agent) if peak] == list(range(first, last + 1))


def test_what_lies_past_the_end_is_left_out() -> None:
    part = summary(sound(8_000).tobytes())
    assert len(joined([(0, part), (80_000, part)], samples=1_600).agent) == 2
