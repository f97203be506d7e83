"""The Kinesis adapter against a real HTTP server."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from cueline.ingest.adapters.kinesis_video import AwsCredentials, KinesisVideoSource
from cueline.ingest.ports import MediaSourceError, MediaStream, StreamFacts
from tests.fakes.kinesis_server import kinesis_server, refusal

ARN = "arn:aws:kinesisvideo:eu-west-2:123456789012:stream/connect/1"


async def read_to_end(stream: MediaStream) -> bytes:
    read = b""
    async with asyncio.timeout(10):
        while chunk := await stream.read():
            read += chunk
    return read


async def test_it_reads_what_get_media_sends_from_the_time_asked_for() -> None:
    async with kinesis_server() as (server, source):
        server.media = [b"a" * 100_000, b"b" * 10]
        async with source.open(ARN, producer_ms=1_700_000_000_999) as stream:
            assert await read_to_end(stream) == b"a" * 100_000 + b"b" * 10
        (request,) = server.media_requests
        assert request["StreamARN"] == ARN
        assert request["StartSelector"]["StartSelectorType"] == "PRODUCER_TIMESTAMP"
        assert 1_700_000_000 <= request["StartSelector"]["StartTimestamp"] <= 1_700_000_000.999


async def test_the_endpoint_is_asked_for_once() -> None:
    async with kinesis_server() as (server, source):
        for _ in range(3):
            async with source.open(ARN, producer_ms=0) as stream:
                await read_to_end(stream)
        assert server.endpoint_calls == 1
        assert len(server.media_requests) == 3


async def test_an_invalid_endpoint_is_asked_for_again_at_once() -> None:
    async with kinesis_server() as (server, source):
        server.media = [b"x"]
        server.refusals = [refusal(400, "InvalidEndpointException")]
        async with source.open(ARN, producer_ms=0) as stream:
            assert await read_to_end(stream) == b"x"
        assert server.endpoint_calls == 2


@pytest.mark.parametrize(
    ("status", "name", "reason", "retryable"),
    [
        (400, "ClientLimitExceededException", "ClientLimitExceeded", True),
        (400, "ConnectionLimitExceeded", "ConnectionLimitExceeded", True),
        (400, "InvalidArgumentException:http://internal.amazon.com/", "InvalidArgument", False),
        (401, "NotAuthorizedException", "NotAuthorized", False),
        (404, "ResourceNotFoundException", "ResourceNotFound", False),
        (403, "ExpiredTokenException", "ExpiredToken", True),
        (404, None, "ResourceNotFound", False),
        (503, None, "Http503", True),
        (500, "InternalFailure", "InternalFailure", True),
    ],
)
@pytest.mark.parametrize("header", ["x-amzn-ErrorType", "x-amz-ErrorType"])
async def test_refusals_are_named_as_aws_names_them(
    status: int, name: str | None, reason: str, retryable: bool, header: str
) -> None:
    async with kinesis_server() as (server, source):
        server.refusals = [refusal(status, name, header=header)] * 2
        with pytest.raises(MediaSourceError) as caught:
            async with source.open(ARN, producer_ms=0):
                pass
        assert (caught.value.reason, caught.value.may_retry) == (reason, retryable)


async def test_a_name_in_the_body_is_read_too() -> None:
    async with kinesis_server() as (server, source):
        server.refusals = [refusal(400, None, body={"__type": "com.amazon.kinesis#ClientLimitExceededException"})]
        with pytest.raises(MediaSourceError) as caught:
            async with source.open(ARN, producer_ms=0):
                pass
        assert caught.value.reason == "ClientLimitExceeded"


async def test_a_connection_that_breaks_off_may_be_retried() -> None:
    async with kinesis_server() as (server, source):
        server.media, server.then = [b"x" * 100], "cut"
        async with source.open(ARN, producer_ms=0) as stream:
            with pytest.raises(MediaSourceError) as caught:
                await read_to_end(stream)
        assert caught.value.may_retry
        assert "x" * 10 not in str(caught.value)


async def test_a_stream_that_says_nothing_is_waited_for_and_closed_on_leaving() -> None:
    async with kinesis_server() as (server, source):
        server.media, server.then = [b"x"], "silence"
        async with source.open(ARN, producer_ms=0) as stream:
            assert await stream.read() == b"x"
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await stream.read()
            assert server.open_media == 1
        async with asyncio.timeout(5):
            await server.all_closed.wait()
        assert server.open_media == 0


async def test_more_calls_than_botocores_default_pool_are_heard_at_once() -> None:
    async with kinesis_server() as (server, source):
        server.media, server.then = [b"x"], "silence"
        async with AsyncExitStack() as stack, asyncio.timeout(20):
            for _ in range(25):
                stream = await stack.enter_async_context(source.open(ARN, producer_ms=0))
                assert await stream.read() == b"x"
            assert server.open_media == 25


async def test_describe_gives_retention_and_key() -> None:
    async with kinesis_server() as (server, source):
        assert await source.describe(ARN) == StreamFacts(retention_hours=24, kms_key="key")
        server.stream_info = {"StreamName": "x"}
        assert await source.describe("a-name") == StreamFacts(retention_hours=0, kms_key=None)
        server.describe_refusal = refusal(401, "NotAuthorizedException")
        with pytest.raises(MediaSourceError) as caught:
            await source.describe(ARN)
        assert not caught.value.may_retry


async def test_nobody_there_may_be_retried() -> None:
    source = KinesisVideoSource(
        region="eu-west-2", endpoint_url="http://127.0.0.1:9", credentials=AwsCredentials("id", "secret")
    )
    try:
        with pytest.raises(MediaSourceError) as caught:
            await source.describe(ARN)
        assert caught.value.may_retry
    finally:
        await source.aclose()


def test_credentials_do_not_show() -> None:
    assert "secret" not in repr(AwsCredentials("id", "secret"))
