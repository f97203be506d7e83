"""As many samples come out as went in, where they were."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.archive.codecs import AudioRefusedError, decode, encode
from cueline.events.recording import CHUNK_SAMPLES, Codec
from cueline.kernel.errors import InputError

EDGES = [1, 2, 79, 80, 81, 319, 320, 959, 960, 961, 8_000, 8_001, 47_999, CHUNK_SAMPLES - 1, CHUNK_SAMPLES]
SPEECH_RATE_HZ = 8_000


def noise(samples: int, seed: int = 1) -> bytes:
    return np.random.default_rng(seed).integers(-32_768, 32_768, (samples, 2)).astype("<i2").tobytes()


def voices(samples: int) -> "np.ndarray[tuple[int, int], np.dtype[np.int16]]":
    """Two voice-like sounds: harmonics that swell and fade, another pitch on each side."""
    t = np.arange(samples) / SPEECH_RATE_HZ
    sides = []
    for pitch_hz, beat_hz in ((118.0, 2.3), (203.0, 3.1)):
        sound = sum(np.sin(2 * np.pi * pitch_hz * n * t + n * n) / n for n in range(1, 12))
        sides.append(sound * (0.55 + 0.45 * np.sin(2 * np.pi * beat_hz * t)) * 5_000)
    return np.stack(sides, axis=1).astype(np.int16)


@pytest.mark.parametrize("samples", EDGES)
@pytest.mark.parametrize(
    "make", [noise, lambda samples: bytes(4 * samples), lambda samples: b"\xff\x7f\x00\x80" * samples]
)
def test_flac_gives_every_sample_back(samples: int, make) -> None:  # type: ignore[no-untyped-def]
    pcm = make(samples)
    assert decode(encode(pcm, "flac"), "flac", samples=samples) == pcm


@given(st.binary(min_size=4, max_size=4_000).map(lambda raw: raw[: len(raw) // 4 * 4]))
def test_flac_gives_any_audio_back(pcm: bytes) -> None:
    assert decode(encode(pcm, "flac"), "flac", samples=len(pcm) // 4) == pcm


@pytest.mark.parametrize("samples", EDGES)
def test_opus_keeps_the_number_of_samples(samples: int) -> None:
    assert len(decode(encode(noise(samples), "opus"), "opus", samples=samples)) == samples * 4


def test_opus_keeps_every_sound_in_its_place_and_on_its_side() -> None:
    """Neither the encoder's look-ahead nor its last packet shift anything: the best lag is none, end to end."""
    before = voices(24_000).astype(float)
    after = np.frombuffer(decode(encode(voices(24_000).tobytes(), "opus"), "opus", samples=24_000), "<i2").reshape(
        -1, 2
    )
    for side in (0, 1):
        for start in (0, 8_000, 20_000):
            heard = after[start : start + 4_000, side].astype(float)
            lags = range(-400 if start else 0, 401 if start < 16_000 else 1)
            best = max(lags, key=lambda lag: np.corrcoef(heard, before[start + lag : start + lag + 4_000, side])[0, 1])
            assert best == 0
            near = np.corrcoef(heard, before[start : start + 4_000, side])[0, 1]
            assert near > 0.95
            assert abs(np.corrcoef(heard, before[start : start + 4_000, 1 - side])[0, 1]) < 0.3


def test_opus_chunks_that_follow_each_other_join_without_a_jump() -> None:
    whole = voices(32_000)
    parts = [
        np.frombuffer(decode(encode(whole[at : at + 8_000].tobytes(), "opus"), "opus", samples=8_000), "<i2")
        for at in range(0, 32_000, 8_000)
    ]
    joined = np.concatenate(parts).reshape(-1, 2).astype(float)
    assert joined.shape == whole.shape
    for seam in (8_000, 16_000, 24_000):
        around = slice(seam - 80, seam + 80)
        error = joined[around] - whole[around]
        assert np.sqrt((error**2).mean()) < 0.5 * np.sqrt((whole[around].astype(float) ** 2).mean())


@pytest.mark.parametrize("codec", ["flac", "opus"])
def test_silence_stays_silence(codec: Codec) -> None:
    assert decode(encode(bytes(32_000), codec), codec, samples=8_000) == bytes(32_000)


@pytest.mark.parametrize("codec", ["flac", "opus"])
def test_what_is_not_as_long_as_it_should_be_is_refused(codec: Codec) -> None:
    body = encode(noise(2_000), codec)
    for samples in (0, 1, 1_999, 2_001, CHUNK_SAMPLES):
        with pytest.raises(AudioRefusedError):
            decode(body, codec, samples=samples)


def test_one_codec_is_not_taken_for_the_other() -> None:
    with pytest.raises(AudioRefusedError):
        decode(encode(noise(100), "flac"), "opus", samples=100)
    with pytest.raises(AudioRefusedError):
        decode(encode(noise(100), "opus"), "flac", samples=100)


@pytest.mark.parametrize("codec", ["flac", "opus"])
@given(raw=st.binary(max_size=200), cut=st.integers(0, 4_000), flip=st.integers(0, 4_000))
@settings(max_examples=60)
def test_damaged_audio_is_decoded_at_full_length_or_refused(codec: Codec, raw: bytes, cut: int, flip: int) -> None:
    body = bytearray(encode(noise(500), codec))
    body[flip % len(body)] ^= 0x55
    for damaged in (raw, bytes(body), bytes(body[:cut])):
        try:
            pcm = decode(damaged, codec, samples=500)
        except AudioRefusedError:
            continue
        assert len(pcm) == 2_000


@pytest.mark.parametrize("codec", ["flac", "opus"])
def test_half_a_sample_and_no_audio_are_refused(codec: Codec) -> None:
    for pcm in (b"", b"x", b"xyz", b"12345"):
        with pytest.raises(InputError):
            encode(pcm, codec)
