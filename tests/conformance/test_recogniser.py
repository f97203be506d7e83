"""What every recogniser adapter promises, tried on each of them with a sample call of our own."""

import asyncio
import contextlib
import io
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pydantic import SecretStr

from cueline.emulators.deepgram import EMULATOR_KEY as DEEPGRAM_KEY
from cueline.emulators.deepgram import serve_deepgram
from cueline.emulators.hearing import read_words
from cueline.emulators.transcribe import EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY, serve_transcribe
from cueline.kernel.ids import CHANNELS, CallId, Channel
from cueline.ops.system_clock import SystemClock
from cueline.roles.demo import sample_scripts
from cueline.roles.recognisers import make_recogniser
from cueline.samples.catalogue import SampleCall, sample_calls
from cueline.speech.adapters.deepgram import DeepgramRecogniser, DeepgramSettings
from cueline.speech.adapters.sherpa import SherpaRecogniser
from cueline.speech.adapters.sherpa_settings import SherpaSettings
from cueline.speech.adapters.transcribe import TranscribeCredentials, TranscribeRecogniser, TranscribeSettings
from cueline.speech.failing_over import FailoverRecogniser
from cueline.speech.failover import FailoverPolicy
from cueline.speech.ports import (
    ChannelReport,
    FinalHeard,
    Heard,
    Opening,
    PartialHeard,
    Recogniser,
    Report,
    Switched,
)
from cueline.unredacted.audio import StereoBlock
from tests.fakes.recognisers import WELL, Faults, FaultyRecogniser
from tests.fakes.tone_model import write_model

TIMEOUT_S = 100.0
SECONDS = 24


@pytest.fixture(
    params=[
        "script",
        "deepgram",
        "transcribe",
        "failover",
        pytest.param("pocketsphinx", marks=pytest.mark.component("pocketsphinx")),
        pytest.param("sherpa", marks=pytest.mark.component("sherpa")),
    ]
)
def recogniser_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def recogniser(recogniser_name: str):  # type: ignore[no-untyped-def]
    async with _made(recogniser_name) as made:
        yield made
        await made.aclose()


@contextlib.asynccontextmanager
async def _made(name: str) -> AsyncIterator[Recogniser]:
    """A local recogniser, or a provider's adapter before an emulator of it that hears the sample's words."""
    if name == "deepgram":
        async with serve_deepgram(lambda _contact: read_words(sample().words_json())) as url:
            settings = DeepgramSettings(api_key=SecretStr(DEEPGRAM_KEY), url=url, marked=True)
            yield DeepgramRecogniser(settings)
    elif name == "transcribe":
        async with serve_transcribe(lambda _contact: read_words(sample().words_json())) as url:
            credentials = TranscribeCredentials(EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY)
            yield TranscribeRecogniser(TranscribeSettings(url=url, credentials=credentials))
    elif name == "failover":
        cut = Faults(breaks_at=40, doubles=True)
        recognisers = [
            FaultyRecogniser("first", sample_scripts().find, cut),
            FaultyRecogniser("second", sample_scripts().find, Faults(refuses=True)),
            FaultyRecogniser("third", sample_scripts().find, cut, WELL),
        ]
        yield FailoverRecogniser(recognisers, clock=SystemClock(), policy=FailoverPolicy(replay_speed=2_000.0))
    elif name == "sherpa":
        # A model of four words that it hears in any speech: what it says means nothing, how it says it does.
        with tempfile.TemporaryDirectory() as folder:
            yield SherpaRecogniser(SherpaSettings(folder=write_model(Path(folder), eager=5.0)))
    else:
        yield make_recogniser(name, sample_scripts())


def sample() -> SampleCall:
    return next(each for each in sample_calls() if each.name == "lost-card")


def pcm(flac: bytes) -> np.ndarray:
    samples, rate = soundfile.read(io.BytesIO(flac), dtype="int16")
    assert rate == 8_000
    return np.asarray(samples)


def blocks(block_samples: int = 2_048, *, start: int = 0, silent: bool = False) -> Iterator[StereoBlock]:
    customer, agent = pcm(sample().customer_flac()), pcm(sample().agent_flac())
    if silent:
        customer, agent = np.zeros_like(customer), np.zeros_like(agent)
    end = SECONDS * 8_000
    for position in range(start, end, block_samples):
        stop = min(position + block_samples, end)
        yield StereoBlock(
            position=position,
            customer=customer[position:stop].astype("<i2").tobytes(),
            agent=agent[position:stop].astype("<i2").tobytes(),
            received_ms=0,
        )


async def hear(recogniser: Recogniser, audio: Iterator[StereoBlock], *, position: int = 0) -> list[Report]:
    opening = Opening(call_id=CallId("call_1"), contact_id=sample().contact_id, language="en-US", position=position)
    async with asyncio.timeout(TIMEOUT_S):
        session = await recogniser.open(opening)
        reports: list[Report] = []

        async def push() -> None:
            for block in audio:
                await session.push(block)
            await session.finish()

        async def receive() -> None:
            while (report := await session.receive()) is not None:
                reports.append(report)

        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(push())
                tasks.create_task(receive())
        finally:
            await session.aclose()
            await session.aclose()
    return reports


def of(reports: list[Report], channel: Channel) -> list[ChannelReport]:
    return [report for report in reports if not isinstance(report, Switched) and report.channel == channel]


def words(reports: list[Report], channel: Channel) -> list[tuple[str, int, int]]:
    return [
        (word.text, word.start_ms, word.end_ms)
        for report in of(reports, channel)
        if isinstance(report, FinalHeard)
        for word in report.words
    ]


async def test_both_channels_are_heard_in_order_and_to_their_end(recogniser: Recogniser) -> None:
    reports = await hear(recogniser, blocks())
    for channel in CHANNELS:
        said = words(reports, channel)
        assert len(said) > 5
        assert all(start < end <= SECONDS * 1_000 + 100 for _, start, end in said)
        assert all(before[1] <= after[1] for before, after in pairwise(said))
        heard = [report.position for report in of(reports, channel) if isinstance(report, Heard)]
        assert heard == sorted(heard)
        assert heard[-1] == SECONDS * 8_000


async def test_the_settled_position_lies_in_a_pause_and_covers_no_word_to_come(recogniser: Recogniser) -> None:
    reports = await hear(recogniser, blocks())
    for channel in CHANNELS:
        settled = 0
        for report in of(reports, channel):
            if isinstance(report, FinalHeard):
                assert all(word.end_ms * 8 > settled for word in report.words), "a word before what was settled"
                if report.words:
                    assert report.settled >= report.words[-1].end_ms * 8 - 160
            if isinstance(report, FinalHeard | Heard):
                assert report.settled >= settled
                settled = report.settled
        inside = [
            (text, position)
            for text, start, end in words(reports, channel)
            for position in settled_positions(reports, channel)
            if start * 8 + 160 < position < end * 8 - 160
        ]
        assert inside == []


def settled_positions(reports: list[Report], channel: Channel) -> set[int]:
    return {report.settled for report in of(reports, channel) if isinstance(report, FinalHeard | Heard)}


async def test_hypotheses_come_before_their_final(recogniser: Recogniser) -> None:
    if not recogniser.capabilities.partials:
        pytest.skip("this recogniser declares that it has no partials")
    reports = await hear(recogniser, blocks())
    for channel in CHANNELS:
        kinds = [type(report) for report in of(reports, channel) if not isinstance(report, Heard)]
        assert PartialHeard in kinds[: kinds.index(FinalHeard)]


async def test_how_the_audio_is_cut_into_blocks_changes_no_final(recogniser: Recogniser) -> None:
    coarse = await hear(recogniser, blocks(8_192))
    fine = await hear(recogniser, blocks(1_000))
    assert [words(coarse, channel) for channel in CHANNELS] == [words(fine, channel) for channel in CHANNELS]


async def test_a_session_that_begins_later_tells_the_time_of_the_call(recogniser: Recogniser) -> None:
    start = 13 * 8_000
    reports = await hear(recogniser, blocks(start=start), position=start)
    everything = [word for channel in CHANNELS for word in words(reports, channel)]
    assert everything
    assert all(begin >= 12_500 for _, begin, _ in everything)


async def test_every_block_is_acknowledged_by_one_that_says_so(recogniser: Recogniser) -> None:
    if not recogniser.capabilities.acknowledges:
        pytest.skip("this recogniser declares that it does not acknowledge")
    opening = Opening(call_id=CallId("call_1"), contact_id=sample().contact_id, language="en-US", position=0)
    async with asyncio.timeout(TIMEOUT_S):
        session = await recogniser.open(opening)
        for block in [block for block, _ in zip(blocks(), range(12), strict=False)]:
            await session.push(block)
            waiting = set(CHANNELS)
            while waiting:
                report = await session.receive()
                if isinstance(report, Heard) and report.position >= block.end:
                    waiting.discard(report.channel)
        await session.aclose()


async def test_silence_has_no_words(recogniser_name: str, recogniser: Recogniser) -> None:
    if recogniser.capabilities.source == "script":
        pytest.skip("recorded words do not depend on the audio")
    reports = await hear(recogniser, blocks(silent=True))
    assert [words(reports, channel) for channel in CHANNELS] == [[], []]
