"""The Transcribe session against the emulator: what goes up, what comes of it, and every way in which it fails."""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiobotocore.session import AioSession
from websockets.asyncio.server import ServerConnection, serve

from cueline.emulators.hearing import SpokenWord
from cueline.emulators.transcribe import (
    EMULATOR_ACCESS_KEY_ID,
    EMULATOR_SECRET_ACCESS_KEY,
    TranscribeEmulator,
)
from cueline.emulators.transcribe_faults import EXCEPTIONS, Fault
from cueline.kernel.ids import CallId, ContactId
from cueline.speech.adapters.transcribe import (
    TranscribeCredentials,
    TranscribeRecogniser,
    TranscribeRefusedError,
    TranscribeSession,
    TranscribeSettings,
)
from cueline.speech.ports import FinalHeard, Heard, Opening, PartialHeard, RecogniserError, Report
from cueline.unredacted.audio import StereoBlock

SPOKEN = [SpokenWord("one", 100, 500), SpokenWord("two", 600, 900), SpokenWord("three", 2_500, 2_900)]
KEY = TranscribeCredentials(EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY)
TIMEOUT_S = 15


@asynccontextmanager
async def emulated(
    words: Sequence[SpokenWord] = SPOKEN,
    *,
    faults: Sequence[Fault] = (),
    idle_s: float = 15.0,
    vocabularies: Sequence[str] = (),
    max_streams: int = 25,
    **changed: Any,
) -> AsyncIterator[tuple[TranscribeEmulator, TranscribeRecogniser]]:
    emulator = TranscribeEmulator(
        lambda _: (words, []), faults=faults, idle_s=idle_s, vocabularies=vocabularies, max_streams=max_streams
    )
    url, _ = await emulator.start()
    try:
        async with asyncio.timeout(TIMEOUT_S):
            yield emulator, TranscribeRecogniser(TranscribeSettings(**({"url": url, "credentials": KEY} | changed)))
    finally:
        await emulator.stop()


def opening(position: int = 0, **changed: Any) -> Opening:
    return Opening(
        **({"call_id": CallId("c"), "contact_id": ContactId("k"), "language": "en-US", "position": position} | changed)
    )


def block(start_ms: int, length_ms: int) -> StereoBlock:
    pcm = struct.pack("<h", 3_000) * (8 * length_ms)
    return StereoBlock(position=8 * start_ms, customer=pcm, agent=bytes(len(pcm)), received_ms=0)


async def collect(session: TranscribeSession) -> list[Report]:
    reports = []
    while (report := await session.receive()) is not None:
        reports.append(report)
    return reports


async def send(session: TranscribeSession, length_ms: int, start_ms: int = 0, step_ms: int = 250) -> None:
    for at in range(start_ms, start_ms + length_ms, step_ms):
        await session.push(block(at, step_ms))


async def hear(
    recogniser: TranscribeRecogniser, length_ms: int = 4_000, *, start_ms: int = 0, **changed: Any
) -> list[Report]:
    session = await recogniser.open(opening(8 * start_ms, **changed))
    try:
        _, reports = await asyncio.gather(send_all(session, length_ms, start_ms), collect(session))
    finally:
        await session.aclose()
    return reports


async def send_all(session: TranscribeSession, length_ms: int, start_ms: int) -> None:
    await send(session, length_ms, start_ms)
    await session.finish()


def said(reports: Sequence[Report]) -> list[tuple[str, int, int]]:
    return [
        (word.text, word.start_ms, word.end_ms)
        for report in reports
        if isinstance(report, FinalHeard)
        for word in report.words
    ]


WHOLE = [("one", 100, 500), ("two.", 600, 900), ("three.", 2_500, 2_900)]


async def test_words_come_with_their_times_and_punctuation() -> None:
    async with emulated() as (_, recogniser):
        reports = await hear(recogniser)
    assert said(reports) == WHOLE
    assert [len(report.words) for report in reports if isinstance(report, PartialHeard)] == [1, 2, 1]
    last = {report.channel: report for report in reports if isinstance(report, Heard)}
    assert last == {channel: Heard(channel, 32_000, 32_000) for channel in ("customer", "agent")}


async def test_a_session_that_begins_later_has_the_call_s_times() -> None:
    async with emulated() as (_, recogniser):
        assert said(await hear(recogniser, start_ms=2_000)) == WHOLE[2:]


@pytest.mark.parametrize("chunk_ms", [50, 200])
async def test_frames_are_as_long_as_asked_for(chunk_ms: int) -> None:
    sizes: list[int] = []

    async def listen(connection: ServerConnection) -> None:
        async for message in connection:
            sizes.append(len(message))
            if len(message) < 200:
                return

    async with serve(listen, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        settings = TranscribeSettings(url=f"ws://127.0.0.1:{port}", credentials=KEY, chunk_ms=chunk_ms)
        async with asyncio.timeout(TIMEOUT_S):
            reports = await hear(TranscribeRecogniser(settings), 1_010)
    assert {size - min(sizes) for size in sizes[:-2]} == {chunk_ms * 8 * 4}
    assert [report.position for report in reports if isinstance(report, Heard)][-1] == 1_250 * 8


@pytest.mark.parametrize("chunk_ms", [49, 201])
def test_other_frames_are_refused(chunk_ms: int) -> None:
    with pytest.raises(TranscribeRefusedError):
        TranscribeRecogniser(TranscribeSettings(chunk_ms=chunk_ms))


@pytest.mark.parametrize(("name", "retryable"), [(name, name != "BadRequestException") for name in EXCEPTIONS])
async def test_exceptions_end_the_session_and_say_whether_another_may_work(name: str, *, retryable: bool) -> None:
    async with emulated(faults=[Fault(kind="exception", name=name, at_ms=1_000)]) as (_, recogniser):
        with pytest.raises(RecogniserError) as raised:
            await first_error(recogniser)
    assert raised.value.retryable is retryable
    assert name in str(raised.value)


async def first_error(recogniser: TranscribeRecogniser) -> None:
    """What whoever collects meets; the audio comes as fast as the service takes it."""
    session = await recogniser.open(opening())
    sending = asyncio.create_task(send(session, 4_000))
    try:
        await collect(session)
    finally:
        await asyncio.gather(sending, return_exceptions=True)
        await session.aclose()


@pytest.mark.parametrize("kind", ["cut", "close", "bad_crc", "garbage"])
async def test_a_broken_stream_is_no_end(kind: str) -> None:
    async with emulated(faults=[Fault(kind=kind, at_ms=1_000)]) as (_, recogniser):
        with pytest.raises(RecogniserError) as raised:
            await first_error(recogniser)
        assert raised.value.retryable
        assert said(await hear(recogniser)) == WHOLE, "the next session is well"


async def test_a_push_tells_what_the_service_said_before_it_closed() -> None:
    faults = [Fault(kind="exception", name="BadRequestException", at_ms=100)]
    async with emulated(faults=faults) as (_, recogniser):
        session = await recogniser.open(opening())
        with pytest.raises(TranscribeRefusedError):
            await send_slowly(session)
        await session.aclose()


async def send_slowly(session: TranscribeSession) -> None:
    while True:
        await session.push(block(0, 250))
        await asyncio.sleep(0.01)


async def until(reached: Callable[[], bool]) -> None:
    while not reached():  # noqa: ASYNC110 - there is no event for it
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("kind", ["duplicate_final", "out_of_order"])
async def test_results_twice_or_in_another_order_give_each_word_once(kind: str) -> None:
    async with emulated(faults=[Fault(kind=kind, at_ms=0, times=None)]) as (_, recogniser):
        assert said(await hear(recogniser)) == WHOLE


async def test_last_results_that_do_not_come_fail_the_session() -> None:
    faults = [Fault(kind="stall", at_ms=1_000)]
    async with emulated(faults=faults, finish_timeout_s=0.2) as (_, recogniser):
        with pytest.raises(RecogniserError, match="last results"):
            await hear(recogniser)


async def test_late_results_are_waited_for() -> None:
    faults = [Fault(kind="slow", ms=100, at_ms=0)]
    async with emulated(faults=faults, finish_timeout_s=1.0) as (_, recogniser):
        assert said(await hear(recogniser)) == WHOLE


@pytest.mark.parametrize(("status", "retryable"), [(429, True), (500, True), (503, True), (403, False), (400, False)])
async def test_a_refused_opening_says_whether_another_may_work(status: int, *, retryable: bool) -> None:
    async with emulated(faults=[Fault(kind="refuse", status=status)]) as (_, recogniser):
        with pytest.raises(RecogniserError) as raised:
            await recogniser.open(opening())
        assert raised.value.retryable is retryable
        await (await recogniser.open(opening())).aclose()


@pytest.mark.parametrize(
    "credentials",
    [
        TranscribeCredentials(EMULATOR_ACCESS_KEY_ID, "another"),
        TranscribeCredentials("another", EMULATOR_SECRET_ACCESS_KEY),
        TranscribeCredentials(EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY, "a token that is not the account's"),
    ],
)
async def test_wrong_credentials_are_refused_for_good(credentials: TranscribeCredentials) -> None:
    async with emulated(credentials=credentials) as (_, recogniser):
        with pytest.raises(TranscribeRefusedError, match="credentials"):
            await recogniser.open(opening())
    assert "another" not in repr(credentials)


async def test_no_credentials_and_nobody_there_are_errors_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    with pytest.raises(TranscribeRefusedError, match="no AWS credentials"):
        await TranscribeRecogniser(TranscribeSettings(url="ws://127.0.0.1:9")).open(opening())
    with pytest.raises(RecogniserError, match="cannot be reached") as raised:
        await TranscribeRecogniser(TranscribeSettings(url="ws://127.0.0.1:9", credentials=KEY)).open(opening())
    assert raised.value.retryable


async def test_the_standard_chain_is_asked_at_every_opening(monkeypatch: pytest.MonkeyPatch) -> None:
    async with emulated(credentials=None) as (_, made):
        session = AioSession()
        recogniser = TranscribeRecogniser(made._settings, session=session)
        session.set_credentials("expired", "expired")
        with pytest.raises(TranscribeRefusedError):
            await recogniser.open(opening())
        session.set_credentials(EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY)
        assert said(await hear(recogniser)) == WHOLE


async def test_more_streams_than_allowed_are_refused_for_now() -> None:
    async with emulated(max_streams=1) as (emulator, recogniser):
        first = await recogniser.open(opening())
        await first.push(block(0, 200))
        await until(lambda: emulator.service.streams > 0)
        with pytest.raises(RecogniserError, match="LimitExceeded") as raised:
            await hear(recogniser)
        assert raised.value.retryable
        await first.aclose()


@pytest.mark.parametrize("languages", [(), ("en-US",), ("en-US", "es-US"), ("es-US", "en-GB", "en-US")])
async def test_languages_and_vocabularies_are_as_the_service_takes_them(languages: tuple[str, ...]) -> None:
    for name in ("names", "unknown"):
        async with emulated(vocabularies=["names"]) as (_, made):
            settings = TranscribeSettings(url=made._settings.url, credentials=KEY, vocabularies=(name,))
            recogniser = TranscribeRecogniser(settings)
            if name == "names":
                assert said(await hear(recogniser, languages=languages)) == WHOLE
            else:
                with pytest.raises(TranscribeRefusedError):
                    await hear(recogniser, languages=languages)


async def test_silence_keeps_the_stream_and_takes_no_time_in_the_call() -> None:
    """The service counts the silence, so "three" comes later in the session, and yet at its place in the call."""
    later = [SPOKEN[0], SPOKEN[1], SpokenWord("three", 3_500, 3_900)]
    async with emulated(later, idle_s=0.6, keep_alive_ms=200) as (_, recogniser):
        session = await recogniser.open(opening())
        reading = asyncio.create_task(collect(session))
        await send(session, 2_000)
        sent = session._hearing.clock.sent
        await until(lambda: session._hearing.clock.sent >= sent + 8_000)
        session._last_audio_ms += 60_000  # one silence and no more
        await send_all(session, 2_000, 2_000)
        reports = await reading
        await session.aclose()
    assert said(reports) == WHOLE
    heard = [report.position for report in reports if isinstance(report, Heard)]
    assert max(heard) == 32_000


async def test_without_silence_the_service_ends_the_stream() -> None:
    async with emulated(idle_s=0.1) as (_, recogniser):
        session = await recogniser.open(opening())
        with pytest.raises(RecogniserError, match="no audio") as raised:
            await collect(session)
        assert raised.value.retryable
        await session.aclose()


async def test_a_session_ends_itself_before_the_service_s_limit_while_nobody_speaks() -> None:
    async with emulated(longest_s=2) as (_, recogniser):
        session = await recogniser.open(opening())
        reading = asyncio.create_task(collect(session))
        await send(session, 2_000)
        with pytest.raises(RecogniserError, match="longest") as raised:
            await send(session, 200_000, 2_000)
        assert raised.value.retryable
        reading.cancel()
        await session.aclose()


async def test_a_closed_session_takes_and_gives_nothing() -> None:
    async with emulated() as (_, recogniser):
        session = await recogniser.open(opening())
        await session.aclose()
        await session.aclose()
        with pytest.raises(RecogniserError):
            await session.receive()
        with pytest.raises(RecogniserError):
            await session.push(block(0, 250))


async def test_session_ids_are_of_the_service_s_form_and_never_the_same() -> None:
    async with emulated() as (_, recogniser):
        sessions = [await recogniser.open(opening()) for _ in range(3)]
        assert len({session.session_id for session in sessions}) == 3
        for session in sessions:
            await session.aclose()


async def test_a_stream_with_the_same_session_id_takes_the_first_one_s_place() -> None:
    async with emulated() as (_, recogniser):
        first = await recogniser.open(opening())
        await first.push(block(0, 200))
        second = await TranscribeRecogniser(recogniser._settings).open(opening())
        assert second.session_id == first.session_id
        with pytest.raises(RecogniserError, match="Conflict"):
            await collect(first)
        await first.aclose()
        await asyncio.gather(send_all(second, 4_000, 0), collect(second))
        await second.aclose()
