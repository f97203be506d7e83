"""sherpa-onnx itself, with a model that understands tones (tests/fakes/tone_model.py)."""

import asyncio
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.kernel.errors import ConfigurationError
from cueline.kernel.ids import CallId, ContactId
from cueline.speech.adapters.sherpa import SherpaRecogniser, SherpaSession
from cueline.speech.adapters.sherpa_channel import words_of
from cueline.speech.adapters.sherpa_settings import SherpaSettings
from cueline.speech.adapters.sherpa_worker import ROUND_BYTES, rounds
from cueline.speech.ports import FinalHeard, Heard, Opening, PartialHeard, RecogniserError, Report
from cueline.unredacted.audio import StereoBlock
from tests.fakes.tone_model import tone, write_model

TIMEOUT_S = 60.0
Pcm = np.ndarray[tuple[int, ...], np.dtype[np.int16]]


def quiet(seconds: float) -> Pcm:
    return np.random.default_rng(2).normal(0, 5, int(seconds * 8_000)).astype(np.int16)


def spoken(*tokens: str, pause_s: float = 0.2) -> Pcm:
    return np.concatenate([quiet(1), *(part for token in tokens for part in (tone(token, 0.3), quiet(pause_s)))])


CUSTOMER = np.concatenate([spoken("▁SEV", "EN", "▁ONE"), quiet(1), spoken("▁PLEASE"), quiet(1)])
AGENT = np.concatenate([quiet(len(CUSTOMER) / 8_000 - 2.5), spoken("▁ONE")])
AGENT = np.concatenate([AGENT, quiet(1)])[: len(CUSTOMER)]


@pytest.fixture
def settings(tmp_path: Path) -> SherpaSettings:
    return SherpaSettings(folder=write_model(tmp_path / "tones"))


async def opened(recogniser: SherpaRecogniser, position: int = 0) -> SherpaSession:
    return await recogniser.open(Opening(CallId("call_1"), ContactId("c1"), "en-US", position))


async def push_all(session: SherpaSession, *, size: int = 800, position: int = 0) -> None:
    for at in range(0, len(CUSTOMER), size):
        part = slice(at, at + size)
        customer, agent = CUSTOMER[part].astype("<i2").tobytes(), AGENT[part].astype("<i2").tobytes()
        await session.push(StereoBlock(position=position + at, customer=customer, agent=agent, received_ms=0))
    await session.finish()


async def reports_of(session: SherpaSession) -> list[Report]:
    found = []
    async with asyncio.timeout(TIMEOUT_S):
        while (report := await session.receive()) is not None:
            found.append(report)
    return found


def finals(reports: list[Report]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {"customer": [], "agent": []}
    for report in reports:
        if isinstance(report, FinalHeard):
            said[report.channel].append(" ".join(word.text for word in report.words))
    return said


@pytest.mark.component("sherpa")
async def test_both_channels_are_heard_with_their_pauses_and_times(settings: SherpaSettings) -> None:
    recogniser = SherpaRecogniser(settings)
    session = await opened(recogniser, 8_000)
    await push_all(session, position=8_000)
    reports = await reports_of(session)
    await session.aclose()
    await recogniser.aclose()
    assert finals(reports) == {"customer": ["seven one", "please"], "agent": ["one"]}
    words = [
        (word.text, word.start_ms, word.end_ms)
        for report in reports
        if isinstance(report, FinalHeard) and report.channel == "customer"
        for word in report.words
    ]
    # The first tone begins a second into the session, which begins a second into the call.
    assert words[0][1] == pytest.approx(2_000, abs=60)
    assert words[1][1] == pytest.approx(3_000, abs=60)
    assert all(start < end for _, start, end in words)
    assert any(isinstance(report, PartialHeard) and report.words for report in reports)
    last = [report for report in reports if isinstance(report, Heard)][-1]
    assert last.position == 8_000 + len(CUSTOMER)
    for channel in ("customer", "agent"):
        settled = [r.settled for r in reports if isinstance(r, FinalHeard | Heard) and r.channel == channel]
        assert all(before <= after for before, after in pairwise(settled))


@pytest.mark.component("sherpa")
async def test_many_calls_share_a_worker_and_each_hears_its_own(settings: SherpaSettings) -> None:
    recogniser = SherpaRecogniser(settings)
    sessions = [await opened(recogniser) for _ in range(8)]
    async with asyncio.timeout(TIMEOUT_S), asyncio.TaskGroup() as tasks:
        pushing = [push_all(session, size=400 + 100 * at) for at, session in enumerate(sessions)]
        for push in pushing:
            tasks.create_task(push)
        reading = [tasks.create_task(reports_of(session)) for session in sessions]
    expected = {"customer": ["seven one", "please"], "agent": ["one"]}
    assert [finals(task.result()) for task in reading] == [expected] * len(sessions)
    for session in sessions:
        await session.aclose()
    await recogniser.aclose()


@pytest.mark.component("sherpa")
async def test_a_worker_that_dies_fails_its_sessions_and_the_next_has_a_new_one(settings: SherpaSettings) -> None:
    recogniser = SherpaRecogniser(settings)
    session = await opened(recogniser)
    recogniser._workers[0]._process.kill()
    with pytest.raises(RecogniserError):
        await reports_of(session)
    await session.aclose()
    again = await opened(recogniser)
    await push_all(again)
    assert finals(await reports_of(again))["agent"] == ["one"]
    await again.aclose()
    await recogniser.aclose()


@pytest.mark.component("sherpa")
async def test_files_that_are_no_model_are_refused_when_a_call_begins(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "broken")
    (folder / "encoder.onnx").write_bytes(b"no model")
    recogniser = SherpaRecogniser(SherpaSettings(folder=folder))
    with pytest.raises(RecogniserError, match="streaming transducer"):
        await opened(recogniser)
    await recogniser.aclose()


@pytest.mark.component("sherpa")
def test_a_folder_without_a_model_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cueline models pull"):
        SherpaRecogniser(SherpaSettings(folder=tmp_path))
    (tmp_path / "tokens.txt").write_text("<blk> 0\n")
    with pytest.raises(ConfigurationError, match="encoder"):
        SherpaRecogniser(SherpaSettings(folder=tmp_path))


def test_the_quantised_encoder_and_joiner_are_taken_and_the_decoder_that_is_not(tmp_path: Path) -> None:
    for name in ("encoder", "encoder.int8", "decoder", "decoder.int8", "joiner", "joiner.int8"):
        (tmp_path / f"{name}.onnx").touch()
    (tmp_path / "tokens.txt").touch()
    names = [path.name for path in SherpaSettings(folder=tmp_path).files()]
    assert names == ["encoder.int8.onnx", "decoder.onnx", "joiner.int8.onnx", "tokens.txt"]


TOKENS = [" ONE", "\N{LOWER ONE EIGHTH BLOCK}TWO", "EN", "'S", "<unk>", " "]


@given(
    st.lists(
        st.tuples(st.sampled_from(TOKENS), st.floats(0, 20)),
        max_size=20,
    ),
    st.integers(0, 80_000),
    st.integers(1, 80_000),
)
def test_words_lie_in_their_utterance_in_order(pieces: list[tuple[str, float]], start: int, length: int) -> None:
    pieces = sorted(pieces, key=lambda piece: piece[1])
    words = words_of([t for t, _ in pieces], [s for _, s in pieces], start=start, end=start + length)
    assert all(start <= word.start < word.end for word in words)
    assert all(word.end <= start + length for word in words)
    assert all(one.start <= other.start for one, other in pairwise(words))
    assert all(word.text and not word.text.startswith("<") for word in words)


def test_audio_that_comes_at_once_is_heard_piece_by_piece() -> None:
    audio = [(1, session, bytes(ROUND_BYTES // 2)) for session in (1, 1, 2, 1, 1, 1)]
    parts = list(rounds(audio))
    assert [frame for part in parts for frame in part] == audio
    assert [len(part) for part in parts] == [3, 2, 1]
    assert list(rounds([(1, 1, bytes(3 * ROUND_BYTES))])) == [[(1, 1, bytes(3 * ROUND_BYTES))]]
    assert list(rounds([])) == []
