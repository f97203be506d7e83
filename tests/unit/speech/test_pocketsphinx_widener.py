"""8 kHz brought to 16 kHz: the band stays, its image is faint, pieces leave no trace."""

import numpy as np
import pytest

from cueline.speech.adapters.pocketsphinx_widener import IMAGE, Widener


def tone(hertz: float, samples: int = 8_000) -> np.ndarray:
    return np.asarray(8_000 * np.sin(2 * np.pi * hertz * np.arange(samples) / 8_000), dtype=np.int16)


@pytest.mark.parametrize("hertz", [400, 1_000, 2_500])
def test_a_tone_keeps_its_pitch_and_level_and_has_a_faint_image(hertz: float) -> None:
    wide = Widener().widen(tone(hertz))
    assert len(wide) == 16_000
    spectrum = np.abs(np.fft.rfft(wide * np.hanning(16_000))) / 4_000
    assert spectrum[int(hertz)] == pytest.approx(8_000, rel=0.03)
    assert spectrum[int(8_000 - hertz)] == pytest.approx(8_000 * IMAGE, rel=0.2)


def test_pieces_give_the_same_as_the_whole() -> None:
    audio = tone(700)
    whole, pieces = Widener().widen(audio), Widener()
    cut = np.concatenate(
        [pieces.widen(audio[at : at + size]) for at, size in ((0, 1), (1, 79), (80, 3_000), (3_080, 9_000))]
    )
    assert np.array_equal(whole, cut)


def test_silence_becomes_soft_noise_and_loud_sound_does_not_wrap() -> None:
    soft = Widener().widen(np.zeros(800, np.int16))
    assert 3 < np.std(soft) < 9
    square = np.where(np.arange(8_000) % 16 < 8, 32_767, -32_768).astype(np.int16)
    wide = Widener().widen(square).astype(int)
    assert np.abs(np.diff(wide)).max() < 50_000


def test_nothing_gives_nothing() -> None:
    assert len(Widener().widen(np.zeros(0, np.int16))) == 0
