"""The tone: length kept, all outside as it was, nothing of what was said inside."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.archive.tone import AMPLITUDE, RAMP_SAMPLES, beeped
from cueline.kernel.errors import InputError

NOISE = np.random.default_rng(3).integers(-32_768, 32_767, 20_000).astype("<i2")


def after(spans: list[tuple[int, int]], *, at: int = 0, pcm: np.ndarray = NOISE) -> np.ndarray:  # type: ignore[type-arg]
    return np.frombuffer(beeped(pcm.tobytes(), spans, at=at), dtype="<i2")


@given(st.integers(0, 10**9), st.lists(st.tuples(st.integers(-100, 20_100), st.integers(1, 6_000)), max_size=3))
def test_samples_outside_are_identical_and_inside_nothing_of_them_is_left(
    at: int, stretches: list[tuple[int, int]]
) -> None:
    spans = [(at + start, at + start + length) for start, length in stretches]
    found = after(spans, at=at)
    assert len(found) == len(NOISE)
    inside = np.zeros(len(NOISE), dtype=bool)
    for start, end in spans:
        inside[max(0, start - at) : max(0, end - at)] = True
    np.testing.assert_array_equal(found[~inside], NOISE[~inside])
    # The same tone, whatever was said.
    np.testing.assert_array_equal(found[inside], after(spans, at=at, pcm=np.zeros_like(NOISE))[inside])


def test_its_edges_rise_and_fall_and_between_them_it_is_even() -> None:
    found = after([(1_000, 9_000)]).astype(int)
    tone = np.abs(found[1_000:9_000])
    assert tone[0] <= AMPLITUDE / 50
    assert tone[-1] <= AMPLITUDE / 50
    peaks = tone[: RAMP_SAMPLES // 10 * 10].reshape(-1, 10).max(axis=1)
    assert list(peaks) == sorted(peaks)
    even = tone[RAMP_SAMPLES:-RAMP_SAMPLES].reshape(-1, 10).max(axis=1)
    assert 0.9 * AMPLITUDE < min(even) <= max(even) <= AMPLITUDE
    spectrum = np.abs(np.fft.rfft(found[2_000:8_000]))
    assert spectrum.argmax() * 8_000 / 6_000 == pytest.approx(800, abs=2)


@given(st.integers(0, 20_000), st.integers(0, 10_000), st.integers(1, 8_000))
def test_a_beep_that_two_chunks_share_is_one_beep(cut: int, start: int, length: int) -> None:
    span = [(start, start + length)]
    whole = beeped(NOISE.tobytes(), span, at=0)
    halves = beeped(NOISE[:cut].tobytes(), span, at=0) + beeped(NOISE[cut:].tobytes(), span, at=cut)
    assert halves == whole


def test_beeping_again_changes_nothing() -> None:
    once = beeped(NOISE.tobytes(), [(100, 5_000)], at=0)
    assert beeped(once, [(100, 5_000)], at=0) == once


def test_half_a_sample_is_refused() -> None:
    with pytest.raises(InputError):
        beeped(b"\0\0\0", [], at=0)
