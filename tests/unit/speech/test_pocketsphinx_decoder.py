"""The decoder set up for a telephone line: what it hears, and what it must not carry from call to call."""

import io

import numpy as np
import pytest
import soundfile

from cueline.samples.catalogue import SampleCall, sample_calls
from cueline.speech.adapters.pocketsphinx_decoder import MODELS, UtteranceDecoder
from cueline.speech.adapters.pocketsphinx_vad import Closed, Opened, Pcm, Speech, VoiceGate
from cueline.speech.adapters.pocketsphinx_wire import WireWord
from cueline.speech.wer import word_error_rate

pytestmark = pytest.mark.component("pocketsphinx")


def customer(call: SampleCall, seconds: slice = slice(None)) -> Pcm:
    samples, rate = soundfile.read(io.BytesIO(call.customer_flac()), dtype="int16")
    first, last = (None if edge is None else edge * rate for edge in (seconds.start, seconds.stop))
    return np.asarray(samples[first:last], dtype=np.int16)


def recognise(decoder: UtteranceDecoder, audio: Pcm, block: int = 8_000) -> list[WireWord]:
    gate, words = VoiceGate(), list[WireWord]()

    def take(event: Opened | Speech | Closed) -> None:
        match event:
            case Opened(start=start):
                decoder.start(start)
            case Speech(pcm=pcm):
                decoder.feed(pcm)
            case Closed():
                words.extend(decoder.end())

    for at in range(0, len(audio), block):
        for event in gate.hear(audio[at : at + block]):
            take(event)
    for event in gate.finish():
        take(event)
    return words


@pytest.fixture(scope="module")
def decoder() -> UtteranceDecoder:
    return UtteranceDecoder()


@pytest.mark.parametrize("call", sample_calls(), ids=lambda call: call.name)
def test_the_customers_of_the_sample_calls_are_understood(decoder: UtteranceDecoder, call: SampleCall) -> None:
    decoder.reset()
    heard = recognise(decoder, customer(call))
    assert word_error_rate(call.reference_text("customer"), " ".join(word.text for word in heard)).rate <= 0.1


def test_every_number_word_of_the_card_is_heard_where_it_is_spoken(decoder: UtteranceDecoder) -> None:
    decoder.reset()
    words = recognise(decoder, customer(sample_calls()[0], slice(26, 42)))
    card = "four five three nine one four eight eight zero three four three six four six seven"
    assert " ".join(word.text for word in words[-16:]) == card
    first, last = words[-16], words[-1]
    assert 26_000 + first.start // 8 == pytest.approx(32_058, abs=150)
    assert 26_000 + last.end // 8 == pytest.approx(39_127, abs=250)


def test_after_a_reset_nothing_of_the_call_before_is_left(decoder: UtteranceDecoder) -> None:
    audio = customer(sample_calls()[1], slice(0, 30))
    decoder.reset()
    first = recognise(decoder, audio)
    assert recognise(UtteranceDecoder(), audio) == first
    recognise(decoder, customer(sample_calls()[0], slice(0, 40)))
    decoder.reset()
    assert recognise(decoder, audio) == first


def test_blocks_of_any_size_give_the_same_words(decoder: UtteranceDecoder) -> None:
    audio = customer(sample_calls()[1], slice(0, 40))
    decoder.reset()
    coarse = recognise(decoder, audio)
    decoder.reset()
    assert recognise(decoder, audio, block=777) == coarse


def test_an_utterance_without_audio_has_no_words(decoder: UtteranceDecoder) -> None:
    decoder.reset()
    decoder.start(0)
    assert decoder.end() == []


def test_the_transform_is_one_matrix_for_each_of_three_streams() -> None:
    numbers = [float(value) for value in (MODELS / "telephone.mllr").read_text().split()]
    assert numbers[:2] == [1, 3]
    stream = 1 + 13 * 13 + 13 + 13
    assert len(numbers) == 2 + 3 * stream
    assert numbers[2 : 2 + stream] == numbers[2 + stream : 2 + 2 * stream] == numbers[2 + 2 * stream :]
    matrix = np.array(numbers[3 : 3 + 169]).reshape(13, 13)
    assert np.all(np.diag(matrix) > 0.4)
