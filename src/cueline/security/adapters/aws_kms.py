"""Data keys under a key of AWS KMS, by aiobotocore: GenerateDataKey, Encrypt, Decrypt, ReEncrypt, DescribeKey.

All tenants may share one KMS key: each data key is bound to its tenant by KMS's *encryption context*, which KMS
authenticates and writes into its trail (CloudTrail): ``{"cueline:tenant": ..., "cueline:purpose": "recording"}``. A
policy of the KMS key can demand it. KMS rotates the key's material by itself, and opens what older material wrapped;
``rewrap`` is for moving to another KMS key.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any, Final

import aiohttp
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

from cueline.events.recording import WrappedKey
from cueline.kernel.errors import ConfigurationError, UnavailableError
from cueline.kernel.ids import TenantId, tenant_id
from cueline.security.keys import KeyInfo, KeyRefusedError
from cueline.security.tokens import KEY_BYTES

_PREFIX: Final = "kms:"
_TIMEOUT_S: Final = 10
_KEY: Final = re.compile(r"[A-Za-z0-9:/_-]{1,2048}")
_ARN: Final = re.compile(r"arn:[a-z-]{1,20}:kms:[A-Za-z0-9:/_-]{1,200}")
_WRAPPED_BYTES_MAX: Final = 6_144
"""What KMS takes as cipher text at most."""

_REFUSED: Final = {
    "AccessDenied": "its policy or the role's does not allow it",
    "Disabled": "the KMS key is disabled",
    "IncorrectKey": "the data key was wrapped by another KMS key",
    "InvalidArn": "the name of the KMS key is not valid",
    "InvalidCiphertext": "the data key was changed, or belongs to another tenant",
    "InvalidKeyUsage": "the KMS key is not one for encryption",
    "KMSInvalidState": "the KMS key is in no usable state, such as waiting for its deletion",
    "NotFound": "there is no such KMS key",
}
"""Refusals that trying again does not mend, and what they say. Others (throttling, 5xx, expired tokens) may pass."""


class KmsKeyRing:
    """``archive.ports.KeyRing`` on AWS KMS; needs ``aclose`` at the end.

    key: id, ARN or alias (``alias/...``) of a symmetric KMS key. endpoint_url: another address than Amazon's.
    session: for credentials; made from the default chain (environment, profile, role) when None.
    Raises ConfigurationError.
    """

    def __init__(
        self, key: str, *, region: str, endpoint_url: str | None = None, session: AioSession | None = None
    ) -> None:
        if not _KEY.fullmatch(key):
            raise ConfigurationError("CUELINE_KEYS: kms: and the id, ARN or alias/NAME of a KMS key")
        self._key = key
        self._region = region
        self._endpoint_url = endpoint_url
        self._session = session if session is not None else get_session()
        self._resources = AsyncExitStack()
        self._making = asyncio.Lock()
        self._made: Any = None
        self._arn: str | None = None

    async def new_data_key(self, tenant: TenantId) -> tuple[bytes, WrappedKey]:
        """Raises KeyRefusedError, UnavailableError, ConfigurationError."""
        client = await self._client()
        with _mapped():
            answer = await client.generate_data_key(
                KeyId=self._key, NumberOfBytes=KEY_BYTES, EncryptionContext=_context(tenant)
            )
        return bytes(answer["Plaintext"]), _wrapped(answer["KeyId"], answer["CiphertextBlob"])

    async def wrap(self, tenant: TenantId, data_key: bytes) -> WrappedKey:
        """A data key that another ring had. Raises KeyRefusedError, UnavailableError, ConfigurationError."""
        client = await self._client()
        with _mapped():
            answer = await client.encrypt(KeyId=self._key, Plaintext=data_key, EncryptionContext=_context(tenant))
        return _wrapped(answer["KeyId"], answer["CiphertextBlob"])

    async def unwrap(self, tenant: TenantId, wrapped: WrappedKey) -> bytes:
        """Raises KeyRefusedError, UnavailableError, ConfigurationError."""
        arn, client = _arn_of(wrapped), await self._client()
        with _mapped():
            answer = await client.decrypt(CiphertextBlob=wrapped.wrapped, KeyId=arn, EncryptionContext=_context(tenant))
        data_key = bytes(answer["Plaintext"])
        if len(data_key) != KEY_BYTES:
            raise KeyRefusedError("AWS KMS gave something that is no data key of ours")
        return data_key

    async def rewrap(self, tenant: TenantId, wrapped: WrappedKey) -> WrappedKey:
        """Within KMS: the data key does not come here, and none is asked for that is wrapped by this key already.

        Raises KeyRefusedError, UnavailableError, ConfigurationError.
        """
        source, newest, client = _arn_of(wrapped), await self._newest(), await self._client()
        if source == newest:
            return wrapped
        context = _context(tenant)
        with _mapped():
            answer = await client.re_encrypt(
                CiphertextBlob=wrapped.wrapped,
                SourceKeyId=source,
                SourceEncryptionContext=context,
                DestinationKeyId=newest,
                DestinationEncryptionContext=context,
            )
        return _wrapped(answer["KeyId"], answer["CiphertextBlob"])

    async def list(self) -> list[KeyInfo]:
        """The KMS key in use; which others wrapped something, the recordings tell.

        Raises KeyRefusedError, UnavailableError, ConfigurationError.
        """
        metadata = await self._describe()
        made = metadata.get("CreationDate")
        return [
            KeyInfo(
                tenant=None,
                key_id=_PREFIX + str(metadata["Arn"]),
                newest=True,
                made_at_ms=None if made is None else int(made.timestamp() * 1_000),
            )
        ]

    async def aclose(self) -> None:
        """Closes its connections."""
        self._made = None
        await self._resources.aclose()

    async def _newest(self) -> str:
        """The ARN that the key's id or alias stands for; asked once, so that many re-wrappings ask nothing twice."""
        if self._arn is None:
            self._arn = str((await self._describe())["Arn"])
        return self._arn

    async def _describe(self) -> dict[str, Any]:
        client = await self._client()
        with _mapped():
            answer = await client.describe_key(KeyId=self._key)
        metadata: dict[str, Any] = answer["KeyMetadata"]
        return metadata

    async def _client(self) -> Any:
        async with self._making:
            if self._made is None:
                config = AioConfig(
                    connect_timeout=_TIMEOUT_S,
                    read_timeout=_TIMEOUT_S,
                    retries={"mode": "standard", "total_max_attempts": 3},
                )
                with _mapped():
                    self._made = await self._resources.enter_async_context(
                        self._session.create_client(
                            "kms", region_name=self._region, endpoint_url=self._endpoint_url, config=config
                        )
                    )
            return self._made


def _context(tenant: TenantId) -> dict[str, str]:
    return {"cueline:tenant": tenant_id(tenant), "cueline:purpose": "recording"}


def _wrapped(arn: str, blob: bytes) -> WrappedKey:
    return WrappedKey(_PREFIX + arn, bytes(blob))


def _arn_of(wrapped: WrappedKey) -> str:
    arn = wrapped.key_id.removeprefix(_PREFIX)
    if arn == wrapped.key_id:
        raise KeyRefusedError(
            "this data key was not wrapped by AWS KMS: CUELINE_KEYS must name the ring that it was wrapped by"
        )
    if not _ARN.fullmatch(arn) or not 0 < len(wrapped.wrapped) <= _WRAPPED_BYTES_MAX:
        raise KeyRefusedError("this data key was changed")
    return arn


@contextmanager
def _mapped() -> Iterator[None]:
    """What AWS refuses, as our own error: its code, never its text, which repeats what was sent."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))[:60]
        reason = _REFUSED.get(code.removesuffix("Exception"))
        if reason is not None:
            raise KeyRefusedError(f"AWS KMS refuses: {reason} ({code})") from None
        raise UnavailableError(f"AWS KMS cannot be used now ({code})") from None
    except (NoCredentialsError, PartialCredentialsError):
        raise UnavailableError("no AWS credentials were found for KMS: give some, as for the AWS CLI") from None
    except (NoRegionError, ParamValidationError, ValueError) as error:
        raise ConfigurationError(f"CUELINE_KEYS or the address of KMS is not valid ({type(error).__name__})") from None
    except (BotoCoreError, aiohttp.ClientError, OSError, TimeoutError) as error:
        raise UnavailableError(f"AWS KMS does not answer ({type(error).__name__})") from None
