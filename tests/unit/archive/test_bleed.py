"""The same voice on the other channel is found, however quiet; another voice is not taken for it."""

import io

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from cueline.archive.bleed import ECHO_SAMPLES, SHORTEST, echo_lag
from cueline.samples.catalogue import sample_calls
from tests.components import corpus

AT = 60_000
RNG = np.random.default_rng(5)


def voices() -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Two people of the sample calls, each speaking nearly all the time."""
    sides = []
    for flac in (sample_calls()[0].agent_flac(), sample_calls()[0].customer_flac()):
        whole, _ = soundfile.read(io.BytesIO(flac), dtype="int16")
        loud = np.abs(whole.astype(int)) > 200
        spoken = np.convolve(loud, np.ones(1_600), mode="same") > 0
        sides.append(whole[spoken])
    return sides[0], sides[1]


@pytest.fixture(scope="module")
def spoken() -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    return voices()


def around(samples: NDArray[np.float64], start: int, end: int) -> NDArray[np.int16]:
    wide = samples[start - ECHO_SAMPLES : end + ECHO_SAMPLES]
    return np.clip(np.rint(wide + RNG.normal(0, 20, len(wide))), -32_768, 32_767).astype(np.int16)


@pytest.mark.parametrize("lag", [-3_500, -40, 0, 800, 3_900])
@pytest.mark.parametrize("decibels", [-6, -20, -35])
def test_an_echo_is_found_with_its_delay(
    spoken: tuple[NDArray[np.int16], NDArray[np.int16]], lag: int, decibels: float
) -> None:
    voice, _ = spoken
    start, end = AT, AT + 12_000
    echo = np.roll(voice.astype(float), lag) * 10 ** (decibels / 20)
    assert echo_lag(voice[start:end], around(echo, start, end)) == lag


def test_an_echo_is_found_under_another_voice(spoken: tuple[NDArray[np.int16], NDArray[np.int16]]) -> None:
    voice, other = spoken
    length = min(len(voice), len(other))
    echo = np.roll(voice[:length].astype(float), 400) * 10 ** (-10 / 20) + other[:length]
    start, end = AT, AT + 16_000
    assert echo_lag(voice[start:end], around(echo, start, end)) == 400


def test_another_voice_is_no_echo(spoken: tuple[NDArray[np.int16], NDArray[np.int16]]) -> None:
    voice, other = spoken
    length = min(len(voice), len(other)) - 2 * ECHO_SAMPLES
    starts = range(2 * ECHO_SAMPLES, length - 16_000, 8_000)
    found = [
        echo_lag(voice[start : start + 8_000], around(other.astype(float), start, start + 8_000)) for start in starts
    ]
    assert len(found) > 20
    assert sum(each is not None for each in found) <= 0.1 * len(found)


def test_a_voice_that_begins_when_the_other_ends_is_no_echo(
    spoken: tuple[NDArray[np.int16], NDArray[np.int16]],
) -> None:
    voice, other = spoken
    for start in range(AT, AT + 80_000, 8_000):
        turn = other.astype(float).copy()
        turn[: start + 8_000 - 500] = 0
        assert echo_lag(voice[start : start + 8_000], around(turn, start, start + 8_000)) is None


def test_silence_carries_no_voice(spoken: tuple[NDArray[np.int16], NDArray[np.int16]]) -> None:
    voice = spoken[0][AT : AT + 8_000]
    quiet = np.full(len(voice) + 2 * ECHO_SAMPLES, 3, dtype=np.int16)
    assert echo_lag(voice, quiet) is None
    assert echo_lag(voice[:0], quiet[: 2 * ECHO_SAMPLES]) is None
    assert echo_lag(np.zeros_like(voice), quiet * 100) is None


def test_too_little_to_tell_counts_as_an_echo(spoken: tuple[NDArray[np.int16], NDArray[np.int16]]) -> None:
    voice, other = (side[AT : AT + SHORTEST - 1] for side in spoken)
    wide = np.concatenate([np.zeros(ECHO_SAMPLES, np.int16), other, np.zeros(ECHO_SAMPLES, np.int16)])
    assert echo_lag(voice, wide) == 0


@pytest.mark.component("corpus")
@pytest.mark.parametrize("name", ["digits_card_george", "digits_phone_jackson", "digits_ssn_theo"])
def test_the_read_back_of_another_person_is_no_echo(name: str) -> None:
    folder = corpus() / "audio"
    sides = [soundfile.read(folder / f"{name}_{side}.wav", dtype="int16")[0] for side in ("customer", "agent")]
    length = min(map(len, sides))
    found = [
        echo_lag(sides[0][start : start + 8_000], sides[1][start - ECHO_SAMPLES : start + 8_000 + ECHO_SAMPLES])
        for start in range(ECHO_SAMPLES, length - 8_000 - ECHO_SAMPLES, 8_000)
    ]
    assert len(found) >= 15
    assert found.count(None) >= len(found) - 1
