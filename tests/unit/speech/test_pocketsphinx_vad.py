"""The voice gate: speech passes whole, silence and noise do not, and the cutting into chunks changes nothing."""

import itertools
import os
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from cueline.speech.adapters.pocketsphinx_vad import FRAME, LONGEST, Closed, Opened, Pcm, Speech, VoiceGate
from cueline.speech.measuring.sounds import MADE, sounds

RATE = 8_000


def silence(seconds: float) -> Pcm:
    return np.zeros(int(seconds * RATE), np.int16)


def noise(seconds: float, level: float, seed: int = 1) -> Pcm:
    return np.random.default_rng(seed).normal(0, level, int(seconds * RATE)).astype(np.int16)


def voice(seconds: float, level: float = 3_000, pitch_hz: float = 120) -> Pcm:
    """A vowel as a telephone lets it through: harmonics of the pitch from 300 Hz up, weaker the higher they are."""
    at = np.arange(int(seconds * RATE)) / RATE
    harmonics = [n for n in range(1, 30) if 300 <= n * pitch_hz <= 3_400]
    wave = sum(np.cos(2 * np.pi * n * pitch_hz * at) / n for n in harmonics)
    return np.asarray(level * wave / np.sqrt(np.mean(np.square(wave))), dtype=np.int16)


class Utterance:
    def __init__(self, start: int) -> None:
        self.start = start
        self.pcm: Pcm = np.zeros(0, np.int16)
        self.closed: Closed | None = None


def passed(audio: Pcm, sizes: list[int] | None = None) -> list[Utterance]:
    """What the gate lets through when the audio comes in pieces of ``sizes``, again and again."""
    gate, utterances, at, turn = VoiceGate(), list[Utterance](), 0, 0

    def note(event: Opened | Speech | Closed) -> None:
        match event:
            case Opened(start=start):
                utterances.append(Utterance(start))
            case Speech(pcm=pcm):
                utterances[-1].pcm = np.concatenate([utterances[-1].pcm, pcm])
            case Closed():
                utterances[-1].closed = event

    while at < len(audio):
        size = (sizes or [1_600])[turn % len(sizes or [1])]
        for event in gate.hear(audio[at : at + size]):
            note(event)
        at, turn = at + size, turn + 1
    for event in gate.finish():
        note(event)
    return utterances


def test_a_voice_between_silences_passes_whole() -> None:
    audio = np.concatenate([silence(1), voice(1), silence(1)])
    (utterance,) = passed(audio)
    assert utterance.start <= 1.0 * RATE - 0.2 * RATE
    assert utterance.closed is not None
    assert utterance.closed.endpoint
    assert 2.0 * RATE <= utterance.closed.end <= 2.3 * RATE
    assert np.array_equal(utterance.pcm, audio[utterance.start : utterance.closed.end])


@pytest.mark.parametrize("level", [0, 5, 300, 3_000])
def test_silence_and_noise_do_not_open_the_gate(level: float) -> None:
    assert passed(noise(20, level)) == []


def test_bursts_of_noise_do_not_open_the_gate() -> None:
    clatter = np.concatenate([noise(0.5, 20, seed) if seed % 2 else noise(0.3, 6_000, seed) for seed in range(20)])
    assert passed(clatter) == []


def test_a_voice_in_noise_opens_it() -> None:
    audio = noise(6, 500)
    audio[3 * RATE : 4 * RATE] += voice(1)
    (utterance,) = passed(audio)
    assert utterance.start <= 3 * RATE
    assert utterance.closed is not None
    assert utterance.closed.end >= 4 * RATE


def test_a_short_pause_does_not_end_an_utterance_and_a_long_one_does() -> None:
    audio = np.concatenate([silence(1), voice(0.5), silence(0.3), voice(0.5), silence(0.8), voice(0.5), silence(1)])
    first, second = passed(audio)
    assert first.closed is not None
    assert 2.3 * RATE <= first.closed.end <= 2.8 * RATE
    assert first.closed.end <= second.start <= 3.1 * RATE


def test_endless_speech_is_cut_and_nothing_of_it_is_lost() -> None:
    audio = np.concatenate([silence(1), voice(40), silence(1)])
    utterances = passed(audio)
    assert len(utterances) >= 3
    for before, after in itertools.pairwise(utterances):
        assert before.closed is not None
        assert not before.closed.endpoint
        assert before.closed.end == after.start
    assert all(len(utterance.pcm) <= LONGEST * FRAME for utterance in utterances)
    heard = np.concatenate([utterance.pcm for utterance in utterances])
    assert np.array_equal(heard, audio[utterances[0].start : utterances[0].start + len(heard)])


def test_a_long_utterance_is_cut_in_a_breath() -> None:
    audio = np.concatenate([silence(1), voice(10), silence(0.25), voice(3), silence(1)])
    first, _ = passed(audio)
    assert first.closed is not None
    assert 11.0 * RATE <= first.closed.end <= 11.25 * RATE


def test_the_settled_position_never_covers_speech_that_is_still_to_come() -> None:
    audio = np.concatenate([silence(2), voice(1), silence(2), voice(1), silence(2)])
    gate, settled_at = VoiceGate(), list[int]()
    starts: list[int] = []
    for at in range(0, len(audio), 800):
        for event in gate.hear(audio[at : at + 800]):
            if isinstance(event, Opened):
                starts.append(event.start)
                assert all(settled <= event.start for settled in settled_at)
        settled_at.append(gate.settled)
    assert len(starts) == 2
    assert settled_at == sorted(settled_at)
    assert settled_at[-1] >= len(audio) - RATE


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 3_000), min_size=1, max_size=8))
def test_any_cutting_lets_the_same_through(sizes: list[int]) -> None:
    audio = np.concatenate([noise(0.7, 30), voice(0.6), noise(0.9, 30), voice(0.4, pitch_hz=210), noise(0.7, 30)])
    whole, cut = passed(audio, [len(audio)]), passed(audio, sizes)
    assert [(each.start, each.closed) for each in whole] == [(each.start, each.closed) for each in cut]
    assert all(np.array_equal(one.pcm, other.pcm) for one, other in zip(whole, cut, strict=True))


def eight_bit(audio: Pcm) -> Pcm:
    """As a telephone exchange hands it on: the logarithmic steps of G.711's mu-law, 8 bits a sample."""
    loudness = np.log1p(255 * np.abs(audio.astype(np.float64)) / 32_768) / np.log(256)
    steps = np.round(loudness * 127) / 127
    return np.asarray(np.sign(audio) * (256**steps - 1) / 255 * 32_767, np.int16)


@pytest.mark.parametrize("name", sorted(set(MADE) - {"vehicle"}))
def test_sounds_of_a_line_do_not_open_the_gate(name: str) -> None:
    audio = np.frombuffer(sounds()[name], "<i2")
    assert passed(audio) == []
    assert passed(eight_bit(audio)) == []


def test_a_voice_after_a_tone_passes() -> None:
    ringing = np.frombuffer(sounds()["ringing tone"], "<i2")[: 5 * RATE]
    (utterance,) = passed(np.concatenate([ringing, noise(1, 8), voice(1), noise(1, 8)]))
    assert utterance.start >= 5 * RATE


@pytest.mark.component("corpus")
def test_real_clatter_has_no_speech() -> None:
    clatter, _ = soundfile.read(Path(os.environ["CUELINE_CORPUS"]) / "audio" / "noise_dishes.wav", dtype="int16")
    assert passed(clatter) == []


@pytest.mark.component("corpus")
@pytest.mark.parametrize("recording", ["digits_card_george", "digits_phone_jackson", "digits_ssn_theo"])
def test_every_spoken_digit_of_real_people_passes(recording: str) -> None:
    folder = Path(os.environ["CUELINE_CORPUS"]) / "audio"
    audio, _ = soundfile.read(folder / f"{recording}_customer.wav", dtype="int16")
    utterances = passed(audio)
    for line in (folder / f"{recording}.txt").read_text().splitlines():
        start_ms, end_ms, role, _ = line.split("\t")
        if role == "customer":
            first, last = int(start_ms) * 8, int(end_ms) * 8
            assert any(
                each.start <= first and each.closed is not None and last <= each.closed.end for each in utterances
            )
