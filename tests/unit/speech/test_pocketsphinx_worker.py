"""One channel in a worker, with a decoder that says what it was given; and what goes over the pipes."""

import contextlib
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cueline.speech.adapters import pocketsphinx_wire as wire
from cueline.speech.adapters.pocketsphinx_worker import PARTIAL_EVERY, ChannelRecogniser

RATE = 8_000


class CountingDecoder:
    """Hears one word in every second of speech."""

    def __init__(self) -> None:
        self.start_at = 0
        self.fed = 0

    def start(self, position: int) -> None:
        self.start_at, self.fed = position, 0

    def feed(self, pcm: NDArray[np.int16]) -> None:
        self.fed += len(pcm)

    def hypothesis(self) -> list[wire.WireWord]:
        starts = range(self.start_at, self.start_at + self.fed, RATE)
        return [wire.WireWord("word", start, start + RATE) for start in starts]

    end = hypothesis


def voice(seconds: float) -> NDArray[np.int16]:
    at = np.arange(int(seconds * RATE)) / RATE
    return np.asarray(1_500 * sum(np.cos(2 * np.pi * 120 * n * at) / n for n in range(3, 25)), dtype=np.int16)


def reports(audio: NDArray[np.int16], block: int = 800) -> list[wire.WireReport]:
    out = io.BytesIO()
    channel = ChannelRecogniser("agent", CountingDecoder(), out)  # type: ignore[arg-type]
    for at in range(0, len(audio), block):
        channel.hear(audio[at : at + block].astype("<i2").tobytes())
    channel.finish()
    out.seek(0)
    read = []
    while head := out.read(wire.HEAD.size):
        length, kind = wire.HEAD.unpack(head)
        read.append(wire.read_report(kind, out.read(length)))
    return read


def test_silence_is_acknowledged_block_by_block_and_says_nothing() -> None:
    heard = reports(np.zeros(4 * RATE, np.int16))
    assert {report.kind for report in heard} == {wire.HEARD}
    assert [report.heard for report in heard] == [*range(800, 4 * RATE + 1, 800), 4 * RATE]
    assert heard[-1].settled == 4 * RATE


def test_speech_has_hypotheses_then_a_final_that_settles_it() -> None:
    quiet = np.zeros(RATE, np.int16)
    heard = reports(np.concatenate([quiet, voice(2), quiet]))
    kinds = [report.kind for report in heard if report.kind != wire.HEARD]
    partials = kinds.count(wire.PARTIAL)
    assert kinds == [wire.PARTIAL] * partials + [wire.FINAL]
    assert 2 * RATE / PARTIAL_EVERY - 2 <= partials <= 3 * RATE / PARTIAL_EVERY
    (final,) = (report for report in heard if report.kind == wire.FINAL)
    assert final.endpoint
    assert final.channel == "agent"
    assert 3 * RATE <= final.settled < 4 * RATE
    assert final.words[0].start < RATE < final.words[-1].end
    settled = [report.settled for report in heard]
    assert settled == sorted(settled)
    assert all(report.settled <= RATE for report in heard[: heard.index(final)])


def test_what_is_open_at_the_end_becomes_final() -> None:
    heard = reports(np.concatenate([np.zeros(RATE, np.int16), voice(1)]))
    assert [report.kind for report in heard[-2:]] == [wire.FINAL, wire.HEARD]
    assert heard[-1].settled == 2 * RATE


WORDS = st.lists(
    st.builds(wire.WireWord, st.text(min_size=1), st.integers(0, 2**40), st.integers(0, 2**40)), max_size=5
)


@given(st.sampled_from(["agent", "customer"]), st.integers(0, 2**60), st.integers(0, 2**60), st.booleans(), WORDS)
def test_a_report_comes_out_as_it_went_in(
    channel: str, heard: int, settled: int, endpoint: bool, words: list[wire.WireWord]
) -> None:
    framed = wire.report(wire.FINAL, channel, heard=heard, settled=settled, endpoint=endpoint, words=words)  # type: ignore[arg-type]
    length, kind = wire.HEAD.unpack_from(framed)
    body = framed[wire.HEAD.size :]
    assert len(body) == length
    assert wire.read_report(kind, body) == wire.WireReport(kind, channel, heard, settled, endpoint, tuple(words))  # type: ignore[arg-type]


@given(st.binary(max_size=80))
def test_bad_bytes_are_a_frame_error_and_nothing_else(body: bytes) -> None:
    with contextlib.suppress(wire.FrameError):
        assert wire.read_report(wire.FINAL, body).kind == wire.FINAL


def test_words_that_are_none_are_refused_without_being_quoted() -> None:
    body = wire.report(wire.FINAL, "agent", heard=0, settled=0)[wire.HEAD.size :].replace(b"[]", b'[["4111",1]]')
    with pytest.raises(wire.FrameError) as caught:
        wire.read_report(wire.FINAL, body)
    assert "4111" not in str(caught.value)
    assert caught.value.__cause__ is None
