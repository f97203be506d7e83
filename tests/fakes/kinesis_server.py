"""A few lines of HTTP that answer as Kinesis Video Streams does, each answer set by the test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiobotocore.session import get_session
from aiohttp import web

from cueline.ingest.adapters.kinesis_video import AwsCredentials, KinesisVideoSource

_SESSION = get_session()
"""One for all tests: it keeps the service models that it has read."""


class KinesisServer:
    """media: what GetMedia sends. refusals: answers given in place of the next GetMedia calls."""

    def __init__(self) -> None:
        self.url = ""
        self.media: list[bytes] = []
        self.then = "eof"
        self.refusals: list[web.Response] = []
        self.stream_info: dict[str, Any] = {"DataRetentionInHours": 24, "KmsKeyId": "key"}
        self.describe_refusal: web.Response | None = None
        self.endpoint_calls = 0
        self.media_requests: list[dict[str, Any]] = []
        self.open_media = 0
        self.all_closed = asyncio.Event()

    async def describe(self, request: web.Request) -> web.Response:
        if self.describe_refusal is not None:
            return self.describe_refusal
        return web.json_response({"StreamInfo": self.stream_info})

    async def endpoint(self, request: web.Request) -> web.Response:
        self.endpoint_calls += 1
        assert (await request.json())["APIName"] == "GET_MEDIA"
        return web.json_response({"DataEndpoint": self.url})

    async def get_media(self, request: web.Request) -> web.StreamResponse:
        self.media_requests.append(await request.json())
        if self.refusals:
            return self.refusals.pop(0)
        response = web.StreamResponse(headers={"Content-Type": "video/webm"})
        response.enable_chunked_encoding()
        await response.prepare(request)
        self.open_media += 1
        try:
            for piece in self.media:
                await response.write(piece)
            if self.then == "cut":
                assert request.transport is not None
                request.transport.abort()
            elif self.then == "silence":
                await asyncio.Event().wait()
        finally:
            self.open_media -= 1
            if not self.open_media:
                self.all_closed.set()
        return response


def refusal(
    status: int, name: str | None, *, header: str = "x-amzn-ErrorType", body: dict[str, str] | None = None
) -> web.Response:
    headers = {header: name} if name is not None else {}
    return web.json_response(body if body is not None else {"Message": "no"}, status=status, headers=headers)


@asynccontextmanager
async def kinesis_server() -> AsyncIterator[tuple[KinesisServer, KinesisVideoSource]]:
    """The server, and a source that talks to it through an unmodified aiobotocore."""
    server = KinesisServer()
    app = web.Application()
    app.router.add_post("/describeStream", server.describe)
    app.router.add_post("/getDataEndpoint", server.endpoint)
    app.router.add_post("/getMedia", server.get_media)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    source = KinesisVideoSource(
        region="eu-west-2",
        endpoint_url=server.url,
        credentials=AwsCredentials("id", "secret"),
        session=_SESSION,
        pool_size=64,
    )
    try:
        yield server, source
    finally:
        await source.aclose()
        await runner.cleanup()
