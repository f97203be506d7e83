"""What every ``MediaSource`` does, the fake of the tests included."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cueline.ingest.adapters.file_replay import FileReplaySource
from cueline.ingest.ports import MediaSource, MediaStream
from cueline.ingest.stage import IngestStage
from cueline.kernel.clock import VirtualClock
from tests.fakes.kinesis_server import kinesis_server
from tests.fakes.media_source import (
    CALL,
    OTHER,
    FakeMediaSource,
    RecordingReporter,
    RecordingSink,
    Session,
    fragment,
    on_the_wire,
    pcm,
)

ARN = CALL.stream_arn
FRAGMENTS = [*(fragment(number) for number in range(5)), fragment(5, contact=OTHER)]
WIRE = b"".join(on_the_wire(item) for item in FRAGMENTS)


@pytest.fixture(params=["fake", "file", "kinesis"])
async def source(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[MediaSource]:
    if request.param == "fake":
        yield FakeMediaSource(FRAGMENTS, [Session(then="eof", chunk_bytes=40_000)])
    elif request.param == "file":
        capture = tmp_path / "capture.mkv"
        capture.write_bytes(WIRE)
        yield FileReplaySource(capture)
    else:
        async with kinesis_server() as (server, kinesis):
            server.media = [WIRE]
            yield kinesis


async def read_to_end(stream: MediaStream) -> list[bytes]:
    chunks = []
    async with asyncio.timeout(10):
        while chunk := await stream.read():
            chunks.append(chunk)
    return chunks


async def test_it_serves_every_byte_in_bounded_chunks_and_then_an_empty_one(source: MediaSource) -> None:
    async with source.open(ARN, producer_ms=CALL.start_timestamp_ms) as stream:
        chunks = await read_to_end(stream)
        assert await stream.read() == b""
    assert b"".join(chunks) == WIRE
    assert max(map(len, chunks)) <= 64 * 1024


async def test_connections_are_independent_of_one_another(source: MediaSource) -> None:
    async with source.open(ARN, producer_ms=0) as first, source.open(ARN, producer_ms=0) as second:
        begun = await first.read()
        assert b"".join(await read_to_end(second)) == WIRE
        assert begun + b"".join(await read_to_end(first)) == WIRE


async def test_a_connection_may_be_left_in_the_middle_and_opened_anew(source: MediaSource) -> None:
    async with source.open(ARN, producer_ms=0) as stream:
        await stream.read()
    async with source.open(ARN, producer_ms=0) as stream:
        assert b"".join(await read_to_end(stream)) == WIRE


async def test_it_describes_its_stream(source: MediaSource) -> None:
    assert (await source.describe(ARN)).retention_hours > 0


async def test_closing_twice_is_harmless(source: MediaSource) -> None:
    await source.aclose()
    await source.aclose()


async def test_a_call_is_heard_through_it(source: MediaSource) -> None:
    sink, reporter = RecordingSink(), RecordingReporter()
    stage = IngestStage(media=CALL, source=source, sink=sink, reporter=reporter, clock=VirtualClock())
    async with asyncio.timeout(20):
        await stage.run()
    assert sink.customer == b"".join(pcm(8000, number) for number in range(5))
    assert reporter.ended == ("next_contact", 5 * 8000)
