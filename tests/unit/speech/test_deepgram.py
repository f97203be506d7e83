"""The Deepgram session against the emulator: what goes up, what comes of it, and every way in which it fails."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import SecretStr

from cueline.emulators.deepgram import EMULATOR_KEY, DeepgramEmulator
from cueline.emulators.deepgram_faults import Fault
from cueline.emulators.hearing import SpokenWord
from cueline.kernel.ids import CallId, ContactId
from cueline.speech.adapters.deepgram import DeepgramRecogniser, DeepgramSession, DeepgramSettings, interleaved
from cueline.speech.ports import FinalHeard, Heard, Opening, PartialHeard, RecogniserError, Report
from cueline.unredacted.audio import StereoBlock

COUNTED = [SpokenWord(f"n{number}", 400 * number + 100, 400 * number + 400) for number in range(60)]
SPOKEN = [SpokenWord("one", 100, 500), SpokenWord("two", 600, 900), SpokenWord("three", 2_500, 2_900)]
TIMEOUT_S = 15


@asynccontextmanager
async def emulated(
    words: Sequence[SpokenWord] = SPOKEN, *, faults: Sequence[Fault] = (), silence_limit_s: float = 5.0, **changed: Any
) -> AsyncIterator[tuple[DeepgramEmulator, DeepgramRecogniser]]:
    emulator = DeepgramEmulator(lambda _: [words, []], faults=faults, silence_limit_s=silence_limit_s)
    url = await emulator.start()
    try:
        async with asyncio.timeout(TIMEOUT_S):
            yield emulator, DeepgramRecogniser(made(url=url, **changed))
    finally:
        await emulator.stop()


def made(**changed: Any) -> DeepgramSettings:
    asked: dict[str, Any] = {"api_key": SecretStr(EMULATOR_KEY), "marked": True} | changed
    return DeepgramSettings(**asked)


def opening(position: int = 0) -> Opening:
    return Opening(call_id=CallId("c"), contact_id=ContactId("k"), language="en-US", position=position)


def block(start_ms: int, length_ms: int) -> StereoBlock:
    pcm = b"\1\0" * (8 * length_ms)
    return StereoBlock(position=8 * start_ms, customer=pcm, agent=bytes(len(pcm)), received_ms=0)


async def collect(session: DeepgramSession) -> list[Report]:
    reports = []
    while (report := await session.receive()) is not None:
        reports.append(report)
    return reports


async def hear(
    recogniser: DeepgramRecogniser, length_ms: int, *, start_ms: int = 0, step_ms: int = 250
) -> list[Report]:
    session = await recogniser.open(opening(8 * start_ms))
    try:
        collecting = asyncio.create_task(collect(session))
        try:
            for at_ms in range(start_ms, start_ms + length_ms, step_ms):
                await session.push(block(at_ms, step_ms))
                await asyncio.sleep(0)
            await session.finish()
        except RecogniserError:
            await collecting
            raise
        return await collecting
    finally:
        await session.aclose()
        await session.aclose()


def texts(reports: Sequence[Report]) -> list[str]:
    return [word.text for report in reports if isinstance(report, FinalHeard) for word in report.words]


async def failure(fault: Fault, **changed: Any) -> RecogniserError:
    async with emulated(COUNTED, faults=[fault], **changed) as (_, recogniser):
        with pytest.raises(RecogniserError) as error:
            await hear(recogniser, 20_000)
    assert "n1" not in str(error.value)
    return error.value


async def test_words_come_in_the_calls_own_time_and_everything_is_settled_at_the_end() -> None:
    async with emulated([SpokenWord("late", 61_000, 61_400)]) as (_, recogniser):
        reports = await hear(recogniser, 2_000, start_ms=60_000)
    final = next(report for report in reports if isinstance(report, FinalHeard) and report.words)
    assert [(word.text, word.start_ms, word.end_ms) for word in final.words] == [("late", 61_000, 61_400)]
    assert final.endpoint
    last = {report.channel: report for report in reports if isinstance(report, Heard)}
    assert last == {channel: Heard(channel, 62_000 * 8, 62_000 * 8) for channel in ("customer", "agent")}


async def test_hypotheses_come_while_somebody_speaks() -> None:
    async with emulated() as (_, recogniser):
        reports = await hear(recogniser, 4_000)
    kinds = [type(report) for report in reports if isinstance(report, PartialHeard | FinalHeard)]
    assert PartialHeard in kinds[: kinds.index(FinalHeard)]
    assert texts(reports) == ["one", "two", "three"]


async def test_a_break_in_the_calls_time_moves_the_words_after_it() -> None:
    async with emulated() as (_, recogniser):
        session = await recogniser.open(opening())
        await session.push(block(0, 2_000))
        await session.push(block(10_000, 2_000))
        await session.finish()
        reports = await collect(session)
        await session.aclose()
    assert [word.start_ms for report in reports if isinstance(report, FinalHeard) for word in report.words] == [
        100, 600, 10_500,
    ]  # fmt: skip


def test_channels_are_interleaved_the_customers_first() -> None:
    assert interleaved(StereoBlock(position=0, customer=b"AABB", agent=b"aabb", received_ms=0)) == b"AAaaBBbb"


async def test_frames_are_as_long_as_asked_and_none_is_empty_or_short() -> None:
    async with emulated(chunk_ms=100) as (emulator, recogniser):
        session = await recogniser.open(opening())
        for at_ms in range(0, 1_000, 10):
            await session.push(block(at_ms, 10))
        await session.push(StereoBlock(position=8_000, customer=b"", agent=b"", received_ms=0))
        await session.push(block(1_000, 1_000))
        await session.finish()
        socket = emulator.sockets[0]
        await collect(session)
        assert socket.received_ms == 2_000
        assert socket.frames == 50 + 10
        await session.aclose()


async def test_a_session_that_got_no_audio_ends_well() -> None:
    async with emulated() as (_, recogniser):
        session = await recogniser.open(opening())
        await session.finish()
        assert texts(await collect(session)) == []
        await session.aclose()


async def test_without_audio_the_socket_is_kept_alive_and_what_is_open_is_made_final() -> None:
    words = [SpokenWord("one", 100, 900)]
    async with emulated(words, silence_limit_s=0.5, keep_alive_s=0.2, idle_finalize_ms=300) as (emulator, recogniser):
        session = await recogniser.open(opening())
        await session.push(block(0, 1_000))
        socket = emulator.sockets[0]
        while not isinstance(report := await session.receive(), FinalHeard) or not report.words:
            pass
        assert [word.text for word in report.words] == ["one"]
        assert not report.endpoint
        await asyncio.sleep(1.0)
        assert socket.finalizes == 1
        assert socket.keep_alives >= 3
        await session.push(block(1_000, 1_000))
        await session.finish()
        assert texts(await collect(session)) == []
        await session.aclose()


async def test_a_word_that_finals_were_asked_for_within_is_heard_whole() -> None:
    words = [SpokenWord("one", 100, 500), SpokenWord("two", 600, 1_400)]
    async with emulated(words, idle_finalize_ms=100) as (emulator, recogniser):
        session = await recogniser.open(opening())
        await session.push(block(0, 1_250))
        while not isinstance(report := await session.receive(), FinalHeard):
            pass
        assert emulator.sockets[0].finalizes == 1
        await session.push(block(1_250, 1_000))
        await session.finish()
        assert texts([report, *await collect(session)]) == ["one", "two"]
        await session.aclose()


async def test_words_that_stay_hypotheses_for_too_long_are_asked_for() -> None:
    async with emulated(COUNTED, hold_ms=1_000) as (emulator, recogniser):
        session = await recogniser.open(opening())
        socket = None
        collecting = asyncio.create_task(collect(session))
        for at_ms in range(0, 4_000, 100):
            await session.push(block(at_ms, 100))
            socket = emulator.sockets[0]
            await asyncio.sleep(0.005)
        await session.finish()
        assert texts(await collecting) == [word.text for word in COUNTED[:10]]
        assert socket is not None
        assert socket.finalizes >= 2
        await session.aclose()


@pytest.mark.parametrize(
    ("code", "meaning"), [("NET-0000", "did not answer"), ("NET-0001", "no sign|sign of life"), ("DATA-0000", "decode")]
)
async def test_close_codes_are_told_with_the_request_id(code: str, meaning: str) -> None:
    error = await failure(Fault(kind="close", at_ms=3_000, code=code))
    assert error.retryable
    assert code in str(error)
    assert any(part in str(error) for part in meaning.split("|"))
    assert "(request " in str(error)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="cut", at_ms=3_000),
        Fault(kind="die", at_ms=3_000),
        Fault(kind="garbage", at_ms=3_000),
        Fault(kind="error", at_ms=3_000, code="NET-0000"),
    ],
)
async def test_a_socket_that_breaks_is_a_session_that_failed(fault: Fault) -> None:
    assert (await failure(fault)).retryable


async def test_one_that_says_nothing_at_the_end_is_not_waited_for_for_ever() -> None:
    error = await failure(Fault(kind="stall", at_ms=3_000), finish_s=0.3)
    assert "last results" in str(error)


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(kind="duplicate", at_ms=0, every_ms=1_000)],
        [Fault(kind="swap", at_ms=0, every_ms=3_000)],
        [Fault(kind="duplicate", at_ms=0, every_ms=700), Fault(kind="swap", at_ms=2_000, every_ms=2_000)],
        [Fault(kind="stall", at_ms=2_000, ms=3_000)],
        [Fault(kind="slow", at_ms=2_000, ms=50)],
        [Fault(kind="deaf_to_pauses", at_ms=0)],
    ],
)
async def test_no_word_is_lost_or_said_twice_by_one_that_is_late_or_confused(faults: list[Fault]) -> None:
    async with emulated(COUNTED, faults=faults) as (_, recogniser):
        reports = await hear(recogniser, 24_500)
    assert texts(reports) == [word.text for word in COUNTED]


@pytest.mark.parametrize(("status", "retryable"), [(400, False), (401, False), (402, False), (403, False), (429, True),
                                                   (500, True), (503, True)])  # fmt: skip
async def test_refusals_say_whether_asking_again_helps(status: int, retryable: bool) -> None:
    async with emulated(faults=[Fault(kind="refuse", at_ms=0, status=status)]) as (_, recogniser):
        with pytest.raises(RecogniserError) as refused:
            await recogniser.open(opening())
    assert refused.value.retryable is retryable
    assert str(status) in str(refused.value)
    assert "(request " in str(refused.value)


async def test_a_wrong_key_is_refused_and_not_told() -> None:
    async with emulated(api_key=SecretStr("not-the-key")) as (_, recogniser):
        with pytest.raises(RecogniserError) as refused:
            await recogniser.open(opening())
    assert not refused.value.retryable
    assert "not-the-key" not in str(refused.value)


async def test_one_that_is_not_there_can_be_tried_again() -> None:
    recogniser = DeepgramRecogniser(made(url="ws://127.0.0.1:9/v1/listen"))
    with pytest.raises(RecogniserError) as error:
        await recogniser.open(opening())
    assert error.value.retryable


async def test_no_redirect_is_followed() -> None:
    knocks: list[bytes] = []

    async def send_elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        knocks.append(await reader.readuntil(b"\r\n\r\n"))
        where = f"ws://localhost:{port}/elsewhere".encode()
        writer.write(b"HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nLocation: " + where + b"\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(send_elsewhere, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(RecogniserError) as refused:
        await DeepgramRecogniser(made(url=f"ws://127.0.0.1:{port}/v1/listen")).open(opening())
    assert not refused.value.retryable
    assert len(knocks) == 1
    server.close()


async def test_one_that_answers_the_knock_with_silence_is_left_in_time() -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    recogniser = DeepgramRecogniser(made(url=f"ws://127.0.0.1:{port}/v1/listen", connect_s=0.2))
    with pytest.raises(RecogniserError, match="in time"):
        await recogniser.open(opening())
    server.close()


async def test_one_that_takes_no_more_audio_is_left_in_time() -> None:
    async with emulated(send_s=0.3) as (emulator, recogniser):
        session = await recogniser.open(opening())
        await session.push(block(0, 100))
        await asyncio.sleep(0.05)
        transport = emulator.sockets[0]._connection.transport
        transport.pause_reading()

        async def push_an_hour() -> None:
            for at_ms in range(100, 3_600_000, 10_000):
                await session.push(block(at_ms, 10_000))

        with pytest.raises(RecogniserError, match="takes no more audio"):
            await push_an_hour()
        transport.abort()
        await session.aclose()


async def test_a_closed_session_fails_rather_than_hangs() -> None:
    async with emulated() as (_, recogniser):
        session = await recogniser.open(opening())
        await session.push(block(0, 500))
        await session.aclose()
        with pytest.raises(RecogniserError):
            await collect(session)
        with pytest.raises(RecogniserError):
            await session.push(block(500, 500))
