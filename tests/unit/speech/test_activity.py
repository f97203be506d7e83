"""The gate hears speech over a line's noise; its levels are those of the audio, however it is cut."""

import math
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.speech.activity import FRAME_MS, FRAMES_MAX, SILENCE_DB, ChannelActivity, level_db
from cueline.unredacted.audio import SAMPLE_RATE_HZ, SAMPLES_PER_MS
from tests.components import corpus


def tone(ms: int, level: float) -> bytes:
    """A sine of a level in dB below full scale."""
    amplitude = 32_768 * math.sqrt(2) * 10 ** (level / 20)
    times = np.arange(ms * SAMPLES_PER_MS) / SAMPLE_RATE_HZ
    return (amplitude * np.sin(2 * math.pi * 400 * times)).round().astype("<i2").tobytes()


def hiss(ms: int, level: float) -> bytes:
    generator = np.random.default_rng(7)
    samples = generator.normal(0, 32_768 * 10 ** (level / 20), ms * SAMPLES_PER_MS)
    return np.clip(samples, -32_768, 32_767).astype("<i2").tobytes()


def heard(*parts: bytes) -> ChannelActivity:
    activity = ChannelActivity()
    activity.accept(0, b"".join(parts))
    return activity


def share(activity: ChannelActivity, start_ms: int, end_ms: int) -> float:
    frames = activity.frames(start_ms, end_ms)
    return sum(frame.speech for frame in frames) / len(frames)


def test_silence_is_no_speech_and_has_no_loudness() -> None:
    activity = heard(bytes(2 * SAMPLES_PER_MS * 3_000))
    assert share(activity, 0, 3_000) == 0
    assert {frame.level_db for frame in activity.frames(0, 3_000)} == {SILENCE_DB}
    assert activity.loudness(0, 3_000) is None


@pytest.mark.parametrize("level", [-12.0, -20.5, -33.0])
def test_loudness_is_the_level_of_what_is_spoken_and_not_of_the_pauses(level: float) -> None:
    activity = heard(bytes(16 * 1_000), tone(2_000, level), bytes(16 * 3_000))
    assert activity.loudness(1_000, 3_000) == level
    assert activity.loudness(0, 3_000) == level
    assert share(activity, 0, 1_000) == 0
    assert share(activity, 1_060, 3_000) == 1
    assert share(activity, 3_200, 6_000) == 0
    assert activity.loudness(4_000, 6_000) is None


def test_a_noisy_line_is_learnt_and_speech_stands_out_of_it() -> None:
    activity = heard(hiss(30_000, -48), tone(1_000, -25), hiss(2_000, -48))
    assert share(activity, 20_000, 30_000) == 0
    assert share(activity, 30_060, 31_000) == 1
    assert share(activity, 31_300, 33_000) == 0


def test_a_click_is_no_speech() -> None:
    activity = heard(bytes(16 * 1_000), tone(40, -10), bytes(16 * 1_000))
    assert share(activity, 0, 2_040) == 0


@given(st.lists(st.integers(1, 900), max_size=12), st.integers(0, 500))
def test_how_the_audio_is_cut_changes_nothing(cuts: list[int], repeated: int) -> None:
    pcm = hiss(150, -50) + tone(200, -20) + hiss(150, -50)
    cut = ChannelActivity()
    at = 0
    for length in [*cuts, len(pcm)]:
        back = min(at, repeated)
        cut.accept(at - back, pcm[2 * (at - back) : 2 * (at + length)])
        at = min(at + length, len(pcm) // 2)
    assert cut.frames(0, 500) == heard(pcm).frames(0, 500)


def test_after_a_gap_frames_keep_to_the_calls_time() -> None:
    activity = ChannelActivity()
    activity.accept(0, tone(50, -20))
    activity.accept(1_005 * SAMPLES_PER_MS, tone(100, -30)[: 2 * 95 * SAMPLES_PER_MS])
    assert [frame.number for frame in activity.frames(0, 2_000)] == [0, 1, 51, 52, 53, 54]
    activity.accept(0, tone(500, -20))
    assert len(activity.frames(0, 2_000)) == 6


def test_what_is_kept_is_bounded() -> None:
    activity = heard(bytes(16 * (FRAMES_MAX + 50) * FRAME_MS))
    frames = activity.frames(0, 10**9)
    assert (len(frames), frames[0].number) == (FRAMES_MAX, 50)
    assert activity.loudness(0, 500) is None


def test_the_loudest_there_is() -> None:
    assert level_db(32_768.0**2) == 0


# Recordings


def recorded(name: str) -> tuple[ChannelActivity, int]:
    with wave.open(str(corpus() / "audio" / f"{name}.wav")) as file:
        pcm = file.readframes(file.getnframes())
    return heard(pcm), len(pcm) // 2 // SAMPLES_PER_MS


@pytest.mark.component("corpus")
@pytest.mark.parametrize(
    "name", ["digits_card_george", "digits_card_jackson", "digits_phone_jackson", "digits_ssn_theo"]
)
@pytest.mark.parametrize("side", ["customer", "agent"])
def test_the_gate_is_open_where_words_are_and_shut_where_none_are(name: str, side: str) -> None:
    activity, length_ms = recorded(f"{name}_{side}")
    lines = (corpus() / "audio" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    words = [(int(start), int(end)) for start, end, who, _ in (line.split("\t") for line in lines) if who == side]
    inside = [frame.speech for start, end in words for frame in activity.frames(start, end)]
    far = [
        frame.speech
        for frame in activity.frames(0, length_ms)
        if not any(start - 60 <= frame.number * FRAME_MS <= end + 240 for start, end in words)
    ]
    assert sum(inside) / len(inside) > 0.88
    assert sum(far) / len(far) < 0.01


@pytest.mark.component("corpus")
def test_clatter_opens_the_gate_so_it_decides_nothing_alone() -> None:
    """A known limit: dishes are as loud and as sudden as speech. Only inside of utterances is the gate asked."""
    activity, length_ms = recorded("noise_dishes")
    assert share(activity, 0, length_ms) > 0.5
