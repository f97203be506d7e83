"""Amazon Kinesis Video Streams through aiobotocore: DescribeStream, GetDataEndpoint, GetMedia.

Every stream has a data endpoint that must be asked for (GetDataEndpoint allows 5 calls a second and stream, so the
answer is kept until GetMedia says ``InvalidEndpoint``). GetMedia is one long HTTP response, so each call that is
listened to occupies a connection of the pool: the pool's size bounds the calls of a process.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

import aiohttp
import msgspec
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession, get_session
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    NoRegionError,
    ParamValidationError,
    PartialCredentialsError,
)

from cueline.ingest.ports import MediaSourceError, MediaStream, StreamFacts

_READ_BYTES: Final = 64 * 1024
_CONTROL_POOL: Final = 32
_CONTROL_READ_TIMEOUT_S: Final = 10
_CONNECT_TIMEOUT_S: Final = 10
_MEDIA_READ_TIMEOUT_S: Final = 3_600
"""A live stream may be silent for as long as the ingest stage allows; that it does not hang is the stage's concern."""
_KNOWN_ENDPOINTS: Final = 4_096
_IDLE_CLIENTS: Final = 16

_FINAL: Final = frozenset(
    {
        "ResourceNotFound",
        "NotAuthorized",
        "InvalidArgument",
        "AccessDenied",
        "UnrecognizedClient",
        "InvalidClientTokenId",
        "InvalidSignature",
        "SignatureDoesNotMatch",
        "MissingAuthenticationToken",
        "NoCredentials",
    }
)
"""Errors that trying again does not mend. All others (limits, throttling, 5xx, expired tokens) may pass."""


class AwsCredentials(msgspec.Struct, frozen=True):
    """Fixed credentials, for an emulator; in AWS leave them out, so that the default chain finds and refreshes them."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None = None

    def __repr__(self) -> str:
        return "AwsCredentials()"


class _MediaClient:
    """The client of one data endpoint and how many connections are open through it."""

    __slots__ = ("client", "resources", "users")

    def __init__(self, client: Any, resources: AsyncExitStack) -> None:
        self.client = client
        self.resources = resources
        self.users = 0


class _GetMediaStream:
    __slots__ = ("_body",)

    def __init__(self, body: Any) -> None:
        self._body = body

    async def read(self) -> bytes:
        try:
            chunk: bytes = await self._body.read(_READ_BYTES)
        except (aiohttp.ClientError, BotoCoreError, OSError) as error:
            raise _broken(error) from None
        return chunk


class KinesisVideoSource:
    """Serves all calls of a process from one account and region; needs ``aclose`` at the end.

    endpoint_url: of the control service, for an emulator; None asks AWS.
    session: for credentials of another kind, for instance an assumed role; made from the default chain when None.
    pool_size: GetMedia connections that may be open at once to one data endpoint.
    """

    archive: bool = False

    def __init__(
        self,
        *,
        region: str,
        endpoint_url: str | None = None,
        credentials: AwsCredentials | None = None,
        session: AioSession | None = None,
        pool_size: int = 1_024,
    ) -> None:
        self._session = session if session is not None else get_session()
        self._region = region
        self._endpoint_url = endpoint_url
        self._credentials = credentials
        self._pool_size = pool_size
        self._resources = AsyncExitStack()
        self._control: Any = None
        self._endpoints: OrderedDict[str, str] = OrderedDict()
        self._media_clients: dict[str, _MediaClient] = {}
        self._making = asyncio.Lock()

    async def describe(self, stream_arn: str) -> StreamFacts:
        control = await self._control_client()
        try:
            answer = await control.describe_stream(**_stream(stream_arn))
        except (ClientError, BotoCoreError, aiohttp.ClientError, OSError) as error:
            raise _mapped(error) from None
        info = answer.get("StreamInfo", {})
        return StreamFacts(
            retention_hours=int(info.get("DataRetentionInHours") or 0), kms_key=info.get("KmsKeyId") or None
        )

    @asynccontextmanager
    async def open(self, stream_arn: str, *, producer_ms: int) -> AsyncIterator[MediaStream]:
        async with AsyncExitStack() as stack:
            try:
                body = await self._get_media(stack, stream_arn, producer_ms)
            except MediaSourceError as error:
                if error.reason != "InvalidEndpoint":
                    raise
                self._endpoints.pop(stream_arn, None)
                body = await self._get_media(stack, stream_arn, producer_ms)
            yield _GetMediaStream(body)

    async def aclose(self) -> None:
        """Closes every client; streams that are still open break off."""
        clients, self._media_clients = list(self._media_clients.values()), {}
        for media in clients:
            await media.resources.aclose()
        self._control = None
        await self._resources.aclose()

    async def _get_media(self, stack: AsyncExitStack, stream_arn: str, producer_ms: int) -> Any:
        endpoint = await self._endpoint(stream_arn)
        media = await self._media_client(endpoint)
        media.users += 1
        stack.push_async_callback(self._let_go, endpoint, media)
        selector = {"StartSelectorType": "PRODUCER_TIMESTAMP", "StartTimestamp": max(producer_ms, 0) / 1000}
        try:
            answer = await media.client.get_media(**_stream(stream_arn), StartSelector=selector)
        except (ClientError, BotoCoreError, aiohttp.ClientError, OSError) as error:
            raise _mapped(error) from None
        body = answer["Payload"]
        stack.callback(body.close)
        return body

    async def _endpoint(self, stream_arn: str) -> str:
        known = self._endpoints.get(stream_arn)
        if known is not None:
            self._endpoints.move_to_end(stream_arn)
            return known
        control = await self._control_client()
        try:
            answer = await control.get_data_endpoint(**_stream(stream_arn), APIName="GET_MEDIA")
        except (ClientError, BotoCoreError, aiohttp.ClientError, OSError) as error:
            raise _mapped(error) from None
        endpoint: str = answer["DataEndpoint"]
        self._endpoints[stream_arn] = endpoint
        while len(self._endpoints) > _KNOWN_ENDPOINTS:
            self._endpoints.popitem(last=False)
        return endpoint

    async def _control_client(self) -> Any:
        async with self._making:
            if self._control is None:
                config = AioConfig(
                    max_pool_connections=_CONTROL_POOL,
                    connect_timeout=_CONNECT_TIMEOUT_S,
                    read_timeout=_CONTROL_READ_TIMEOUT_S,
                    retries={"total_max_attempts": 2},
                )
                self._control = await self._enter_client(self._resources, "kinesisvideo", self._endpoint_url, config)
            return self._control

    async def _media_client(self, endpoint: str) -> _MediaClient:
        async with self._making:
            media = self._media_clients.get(endpoint)
            if media is None:
                config = AioConfig(
                    max_pool_connections=self._pool_size,
                    connect_timeout=_CONNECT_TIMEOUT_S,
                    read_timeout=_MEDIA_READ_TIMEOUT_S,
                    retries={"total_max_attempts": 1},
                )
                resources = AsyncExitStack()
                client = await self._enter_client(resources, "kinesis-video-media", endpoint, config)
                media = self._media_clients[endpoint] = _MediaClient(client, resources)
            return media

    async def _enter_client(
        self, resources: AsyncExitStack, service: str, endpoint_url: str | None, config: AioConfig
    ) -> Any:
        fixed = self._credentials
        try:
            return await resources.enter_async_context(
                self._session.create_client(
                    service,
                    region_name=self._region,
                    endpoint_url=endpoint_url,
                    config=config,
                    aws_access_key_id=fixed.access_key_id if fixed else None,
                    aws_secret_access_key=fixed.secret_access_key if fixed else None,
                    aws_session_token=fixed.session_token if fixed else None,
                )
            )
        except (BotoCoreError, ValueError) as error:
            raise _mapped(error) from None

    async def _let_go(self, endpoint: str, media: _MediaClient) -> None:
        """Keeps a few clients that nobody uses, since the next call may well be on the same endpoint."""
        media.users -= 1
        idle = [name for name, other in self._media_clients.items() if not other.users]
        if len(idle) > _IDLE_CLIENTS and self._media_clients.get(endpoint) is media and not media.users:
            del self._media_clients[endpoint]
            await media.resources.aclose()


def _stream(stream_arn: str) -> dict[str, str]:
    return {"StreamARN" if stream_arn.startswith("arn:") else "StreamName": stream_arn}


def _mapped(error: Exception) -> MediaSourceError:
    """AWS's own error name where it gave one: ``ClientLimitExceededException`` is ``ClientLimitExceeded``."""
    if not isinstance(error, ClientError):
        return _broken(error)
    metadata = error.response.get("ResponseMetadata", {})
    status = int(metadata.get("HTTPStatusCode") or 0)
    reason = _error_name(error.response.get("Error", {}).get("Code"), metadata.get("HTTPHeaders", {}), status)
    return MediaSourceError(
        f"Kinesis Video Streams answered {reason} (HTTP {status})", reason=reason, retryable=reason not in _FINAL
    )


def _error_name(code: Any, headers: Any, status: int) -> str:
    """The error's name from where the answer has it.

    botocore reads the body and the header ``x-amzn-ErrorType``; the API reference of GetMedia also names
    ``x-amz-ErrorType``. A name may carry an ``Exception`` at its end, a namespace before it, an address after it.
    """
    spelled = str(code or "")
    if not spelled or spelled.isdecimal() or spelled == "Unknown":
        lowered = {str(name).lower(): str(value) for name, value in dict(headers).items()}
        spelled = lowered.get("x-amz-errortype") or lowered.get("x-amzn-errortype") or ""
    name = spelled.split(":", 1)[0].rsplit("#", 1)[-1].strip().removesuffix("Exception")
    by_status = {401: "NotAuthorized", 403: "AccessDenied", 404: "ResourceNotFound"}
    return name[:60] or by_status.get(status, f"Http{status}")


def _broken(error: Exception) -> MediaSourceError:
    """Failures without an answer: the connection, or what is needed to make one."""
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return MediaSourceError(
            "no AWS credentials were found; give this worker a role, or set them as the AWS CLI documents",
            reason="NoCredentials",
            retryable=False,
        )
    name = type(error).__name__
    wrong = isinstance(error, ParamValidationError | NoRegionError | ValueError)
    return MediaSourceError(
        f"the connection to Kinesis Video Streams failed ({name})", reason=name, retryable=not wrong
    )
