"""Objects in Amazon S3, or what speaks its protocol, by obstore.

Every operation is bounded: a time for connecting, for a request, and for all tries together. Errors say what an
operator can do; what the service answered is not repeated, as it names keys and requests. Objects above ``PART_BYTES``
go up in parts; parts of an upload that was cut off stay in the bucket until a lifecycle rule removes them.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import obstore
from aiobotocore.session import AioSession, get_session
from botocore.exceptions import BotoCoreError
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from cueline.archive.adapters.objects import checked_size
from cueline.archive.layout import checked_key, checked_prefix
from cueline.kernel.clock import Clock
from cueline.kernel.errors import ConfigurationError, NotFoundError, UnavailableError

if TYPE_CHECKING:
    from obstore.store import S3Credential, S3CredentialProvider

PART_BYTES: Final = 8 * 1_024 * 1_024
_PARTS_AT_ONCE: Final = 4
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION: Final = re.compile(r"[a-z0-9-]{1,40}")
_KMS_KEY: Final = re.compile(r"[A-Za-z0-9:/_-]{1,2048}")
_ADDRESS: Final = re.compile(
    r"https?://([A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?"
)
"""obstore panics on addresses that are none, so they are looked at before."""

_CREDENTIALS_LIFE_S: Final = 600
"""obstore asks again some minutes before; that they are fresh then is botocore's concern."""


class S3Objects:
    """``archive.ports.ObjectStore`` on a bucket, below a prefix (empty, or a path that ends in ``/``).

    kms_key: S3 encrypts each object under this KMS key (SSE-KMS); None leaves it to the bucket. Our own encryption
    comes before either. endpoint_url: of something else that speaks S3; None is Amazon's.
    session: for credentials; made from the default chain (environment, profile, role) when None.
    operation_timeout_s: how long one operation may take with all its tries.
    """

    def __init__(
        self,
        bucket: str,
        *,
        prefix: str = "",
        region: str,
        clock: Clock,
        endpoint_url: str | None = None,
        kms_key: str | None = None,
        session: AioSession | None = None,
        request_timeout_s: float = 30.0,
        operation_timeout_s: float = 120.0,
    ) -> None:
        _check(bucket, region, endpoint_url, kms_key)
        self._bucket = bucket
        self._operation_timeout_s = operation_timeout_s
        config: dict[str, Any] = {"region": region}
        if endpoint_url is not None:
            config["endpoint"] = endpoint_url
        if kms_key is not None:
            config |= {
                "server_side_encryption": "aws:kms", "sse_kms_key_id": kms_key, "sse_bucket_key_enabled": True,
            }  # fmt: skip
        try:
            self._store = S3Store(
                bucket,
                prefix=checked_prefix(prefix).rstrip("/") or None,
                config=config,  # type: ignore[arg-type] # a TypedDict of all there is
                client_options={
                    "allow_http": endpoint_url is not None and endpoint_url.startswith("http://"),
                    "connect_timeout": timedelta(seconds=min(5.0, request_timeout_s)),
                    "timeout": timedelta(seconds=request_timeout_s),
                },
                retry_config={
                    "max_retries": 4,
                    "retry_timeout": timedelta(seconds=operation_timeout_s),
                    "backoff": {
                        "init_backoff": timedelta(milliseconds=200), "max_backoff": timedelta(seconds=5), "base": 2,
                    },
                },
                credential_provider=_credentials(session if session is not None else get_session(), clock),
            )  # fmt: skip
        except (BaseError, ValueError):
            raise ConfigurationError("the bucket of CUELINE_OBJECTS, or how it is reached, is not valid") from None

    async def put(self, key: str, body: bytes) -> None:
        """Raises InputError for a key that is none, BoundExceededError, UnavailableError."""
        checked_size(len(body))
        with self._mapped():
            async with asyncio.timeout(self._operation_timeout_s):
                await obstore.put_async(
                    self._store,
                    checked_key(key),
                    body,
                    use_multipart=len(body) > PART_BYTES,
                    chunk_size=PART_BYTES,
                    max_concurrency=_PARTS_AT_ONCE,
                )

    async def get(self, key: str) -> bytes:
        """Raises InputError for a key that is none, NotFoundError, BoundExceededError, UnavailableError."""
        with self._mapped():
            async with asyncio.timeout(self._operation_timeout_s):
                answer = await obstore.get_async(self._store, checked_key(key))
                checked_size(answer.meta["size"])
                return bytes(await answer.bytes_async())

    async def delete(self, keys: Sequence[str]) -> None:
        """Raises InputError for a key that is none, UnavailableError."""
        with self._mapped(deleting=True):
            async with asyncio.timeout(self._operation_timeout_s):
                await obstore.delete_async(self._store, [checked_key(key) for key in keys])

    async def list(self, prefix: str) -> AsyncIterator[str]:
        """Raises InputError for a prefix that is none, UnavailableError."""
        pages = aiter(obstore.list(self._store, checked_prefix(prefix) or None))
        while True:
            with self._mapped():
                async with asyncio.timeout(self._operation_timeout_s):
                    page = await anext(pages, None)
            if page is None:
                return
            for each in page:
                yield each["path"]

    async def aclose(self) -> None:
        """Connections close with the store."""

    @contextmanager
    def _mapped(self, *, deleting: bool = False) -> Iterator[None]:
        where = f"the bucket {self._bucket}"
        try:
            yield
        except FileNotFoundError as error:
            if "NoSuchBucket" in str(error):
                raise UnavailableError(f"{where} does not exist: check CUELINE_OBJECTS") from None
            if not deleting:
                raise NotFoundError("there is no such object") from None
        except (PermissionDeniedError, UnauthenticatedError):
            raise UnavailableError(f"{where} refuses these AWS credentials, or there are none") from None
        except TimeoutError:
            raise UnavailableError(f"{where} does not answer in time") from None
        except BaseError as error:
            missing = "NoSuchBucket" in str(error)
            reason = "does not exist: check CUELINE_OBJECTS" if missing else "cannot be used at present"
            raise UnavailableError(f"{where} {reason}") from None


def _check(bucket: str, region: str, endpoint_url: str | None, kms_key: str | None) -> None:
    """Raises ConfigurationError."""
    faults = {
        "CUELINE_OBJECTS: s3://BUCKET/PREFIX with a bucket's name of 3 to 63 of a-z 0-9 . -": (_BUCKET, bucket),
        "CUELINE_AWS_REGION is the name of no region": (_REGION, region),
        "CUELINE_S3_ENDPOINT_URL is no http:// or https:// address": (_ADDRESS, endpoint_url),
        "CUELINE_OBJECTS_KMS_KEY is no id, ARN or alias of a KMS key": (_KMS_KEY, kms_key),
    }
    for fault, (pattern, text) in faults.items():
        if text is not None and not pattern.fullmatch(text):
            raise ConfigurationError(fault)


def _credentials(session: AioSession, clock: Clock) -> "S3CredentialProvider":
    """The chain that the rest of Cueline uses: also profiles and single sign-on, which obstore's own does not know."""

    async def current() -> "S3Credential":
        try:
            found = await session.get_credentials()
            frozen = None if found is None else await found.get_frozen_credentials()
        except BotoCoreError:
            frozen = None
        if frozen is None:
            raise UnavailableError("no AWS credentials were found: give some, as for the AWS CLI")
        return {
            "access_key_id": frozen.access_key,
            "secret_access_key": frozen.secret_key,
            "token": frozen.token,
            "expires_at": datetime.fromtimestamp(clock.epoch_ms() / 1_000 + _CREDENTIALS_LIFE_S, tz=UTC),
        }

    return current
