"""What S3 is asked for beside what every store does: encryption, parts, bounded waiting, errors of our own."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import pytest
from aiobotocore.session import get_session

from cueline.archive.adapters.s3 import PART_BYTES, S3Objects
from cueline.kernel.errors import ConfigurationError, UnavailableError
from cueline.ops.system_clock import SystemClock
from tests.fakes.aws_server import REGION, AwsServer, aws_server, aws_session

pytestmark = pytest.mark.component("moto")


@pytest.fixture(scope="module")
def aws() -> Iterator[AwsServer]:
    with aws_server() as server:
        yield server


def objects(url: str, bucket: str, *, prefix: str = "", kms_key: str | None = None, timeout_s: float = 10) -> S3Objects:
    return S3Objects(
        bucket, prefix=prefix, region=REGION, clock=SystemClock(), endpoint_url=url, kms_key=kms_key,
        session=aws_session(), request_timeout_s=timeout_s, operation_timeout_s=timeout_s,
    )  # fmt: skip


async def listed(store: S3Objects) -> list[str]:
    return [key async for key in store.list("")]


async def test_s3_encrypts_under_the_kms_key_small_objects_and_large(aws: AwsServer) -> None:
    aws.new_bucket("sse")
    kms_key = aws.new_kms_key()
    store = objects(aws.url, "sse", prefix="in/here/", kms_key=kms_key)
    large = bytes(range(256)) * (2 * PART_BYTES // 256) + b"the last part"
    await store.put("t/small.chunk", b"x")
    await store.put("t/large.json.enc", large)
    assert await store.get("t/large.json.enc") == large
    s3 = aws.client("s3")
    heads = {name: s3.head_object(Bucket="sse", Key=f"in/here/t/{name}") for name in ("small.chunk", "large.json.enc")}
    assert {(head["ServerSideEncryption"], head["SSEKMSKeyId"]) for head in heads.values()} == {("aws:kms", kms_key)}
    assert heads["small.chunk"]["BucketKeyEnabled"] is True
    # S3 names an object of several parts by their number.
    assert heads["large.json.enc"]["ETag"].endswith('-3"')
    assert "-" not in heads["small.chunk"]["ETag"]


async def test_without_a_kms_key_the_bucket_decides(aws: AwsServer) -> None:
    aws.new_bucket("plain")
    await objects(aws.url, "plain").put("a", b"x")
    assert "SSEKMSKeyId" not in aws.client("s3").head_object(Bucket="plain", Key="a")


async def test_stores_below_prefixes_do_not_see_each_other(aws: AwsServer) -> None:
    aws.new_bucket("two")
    one, other = objects(aws.url, "two", prefix="one/"), objects(aws.url, "two", prefix="one-more/")
    await one.put("a/1", b"1")
    await other.put("a/2", b"2")
    assert (await listed(one), await listed(other)) == (["a/1"], ["a/2"])


async def test_more_objects_than_fit_on_a_page_are_listed(aws: AwsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "4")
    aws.new_bucket("many")
    store = objects(aws.url, "many")
    keys = [f"c/{number:06d}.0.chunk" for number in range(10)]
    for key in keys:
        await store.put(key, b"x")
    assert await listed(store) == keys
    await store.delete(keys)
    assert await listed(store) == []


async def test_a_bucket_that_is_not_there_is_no_missing_object(aws: AwsServer) -> None:
    store = objects(aws.url, "nowhere")
    operations: list[Callable[[], Awaitable[object]]] = [
        lambda: store.put("a", b"x"), lambda: store.get("a"), lambda: store.delete(["a"]), lambda: listed(store),
    ]  # fmt: skip
    for operation in operations:
        with pytest.raises(UnavailableError, match="does not exist: check CUELINE_OBJECTS"):
            await operation()


async def test_nobody_there_is_said_within_the_time() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        store = objects(f"http://127.0.0.1:{taken.getsockname()[1]}", "bucket", timeout_s=0.5)
        with pytest.raises(UnavailableError, match="bucket"):
            await store.put("a", b"x")


@asynccontextmanager
async def silent_server() -> AsyncIterator[str]:
    async def keep_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(keep_silent, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_a_server_that_never_answers_is_given_up() -> None:
    async with silent_server() as url:
        with pytest.raises(UnavailableError, match="the bucket"):
            await objects(url, "bucket", timeout_s=0.5).get("a")


async def test_an_answer_of_500_is_tried_again_and_then_given_up() -> None:
    asked = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        await reader.readuntil(b"\r\n\r\n")
        asked += 1
        body = b"<Error><Code>InternalError</Code></Error>" if asked < 3 else b"content"
        status = b"500 Internal Server Error" if asked < 3 else b"200 OK"
        writer.write(
            b"HTTP/1.1 %s\r\nConnection: close\r\nETag: 1\r\nLast-Modified: Mon, 23 Nov 2026 10:00:00 GMT\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (status, len(body), body)
        )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        store = objects(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", "bucket")
        assert await store.get("a") == b"content"
    assert asked == 3


async def test_without_credentials_that_is_said(monkeypatch: pytest.MonkeyPatch, aws: AwsServer) -> None:
    session = get_session()

    async def none() -> None:
        return None

    monkeypatch.setattr(session, "get_credentials", none)
    store = S3Objects(
        "bucket", region=REGION, clock=SystemClock(), endpoint_url=aws.url, session=session, operation_timeout_s=5
    )
    with pytest.raises(UnavailableError, match="credentials"):
        await store.put("a", b"x")


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            {"endpoint_url": text}
            for text in ("", "no address", "http://", "http://[::1", "ftp:/x", "\x00", "http://a b")
        ),
        *({"bucket": text} for text in ("", "b", "UPPER", "a/b", "../x", "b" * 64)),
        *({"region": text} for text in ("", "eu west", "eu\n")),
        *({"kms_key": text} for text in ("", "a b", "key\r\nx: y")),
    ],
)
def test_what_could_not_be_reached_is_refused_at_once(wrong: dict[str, str]) -> None:
    given = {"bucket": "bucket", "region": REGION, **wrong}
    with pytest.raises(ConfigurationError, match="CUELINE_"):
        S3Objects(given.pop("bucket"), region=given.pop("region"), clock=SystemClock(), **given)  # type: ignore[arg-type]
