"""A contact's attributes in Amazon Connect: what a call came to, for flows, reports and the next agent.

UpdateContactAttributes works during a contact and after it. A contact's attributes may hold 32 KB together (Amazon
Connect's feature specifications), so ours are few and short; keys hold letters, digits, hyphens and underscores.
"""

import re
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any, Final

from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, NoRegionError, ParamValidationError

from cueline.events.notes import NotesBody
from cueline.kernel.errors import CuelineError, InputError, UnavailableError

ATTRIBUTES_BYTES_MAX: Final = 32 * 1_024
REASON_MAX: Final = 200
SUMMARY_MAX: Final = 1_000
VALUE_MAX: Final = 100
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
_TIMEOUT_S: Final = 10

_FINAL: Final = frozenset((
    "ResourceNotFoundException", "InvalidParameterException", "InvalidRequestException", "AccessDeniedException",
    "UnrecognizedClientException", "InvalidSignatureException", "InvalidClientTokenId", "ValidationException",
))  # fmt: skip
"""Errors that trying again does not mend. All others (throttling, 5xx, expired tokens) may pass."""


class ContactRefusedError(CuelineError):
    """Amazon Connect refuses these attributes, and would again."""

    code = "contact_refused"


def attributes_of(body: NotesBody) -> dict[str, str]:
    """The attributes that a call's notes become; those that hold nothing are left out."""
    fields = body.fields
    found = {
        "cueline_reason": (body.reason or _text(fields, "reason"), REASON_MAX),
        "cueline_disposition": (_text(fields, "disposition") or body.disposition or "", VALUE_MAX),
        "cueline_outcome": (_text(fields, "outcome"), VALUE_MAX),
        "cueline_summary": (_text(fields, "summary"), SUMMARY_MAX),
        "cueline_notes_version": (str(body.version), VALUE_MAX),
    }
    return {key: _cut(value, limit) for key, (value, limit) in found.items() if value}


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    return value.strip() if isinstance(value, str) else ""


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


class ConnectAttributes:
    """``guidance.ports.ContactAttributes`` on Amazon Connect.

    instance_id: of the Amazon Connect instance. endpoint_url: another address than Amazon's. credentials: access key
    and secret; without them the default chain finds and refreshes them.
    """

    def __init__(
        self,
        *,
        instance_id: str,
        region: str,
        endpoint_url: str | None = None,
        credentials: tuple[str, str] | None = None,
    ) -> None:
        self._instance_id = instance_id
        self._region = region
        self._endpoint_url = endpoint_url
        self._credentials = credentials
        self._resources = AsyncExitStack()
        self._client: Any = None

    async def write(self, contact_id: str, attributes: Mapping[str, str]) -> None:
        """Sets attributes of a contact; others of it stay.

        Raises InputError where they are no attributes or more than 32 KB, ContactRefusedError where Amazon Connect
        refuses them for good, UnavailableError where trying again may help.
        """
        _check(attributes)
        try:
            client = await self._connected()
            await client.update_contact_attributes(
                InstanceId=self._instance_id, InitialContactId=contact_id, Attributes=dict(attributes)
            )
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _FINAL:
                raise ContactRefusedError(f"Amazon Connect refuses the contact's attributes ({code})") from None
            raise UnavailableError(f"Amazon Connect cannot take the contact's attributes now ({code})") from None
        except (NoCredentialsError, NoRegionError, ParamValidationError) as error:
            raise ContactRefusedError(f"the contact's attributes cannot be sent ({type(error).__name__})") from None
        except (BotoCoreError, OSError, TimeoutError) as error:
            raise UnavailableError(f"Amazon Connect does not answer ({type(error).__name__})") from None

    async def aclose(self) -> None:
        """Closes its connections."""
        self._client = None
        await self._resources.aclose()

    async def _connected(self) -> Any:
        if self._client is None:
            given: dict[str, str] = {}
            if self._credentials is not None:
                given = {"aws_access_key_id": self._credentials[0], "aws_secret_access_key": self._credentials[1]}
            config = AioConfig(connect_timeout=_TIMEOUT_S, read_timeout=_TIMEOUT_S, retries={"total_max_attempts": 1})
            made = get_session().create_client(
                "connect", region_name=self._region, endpoint_url=self._endpoint_url, config=config, **given
            )
            self._client = await self._resources.enter_async_context(made)
        return self._client


def _check(attributes: Mapping[str, str]) -> None:
    bad = sum(_KEY.fullmatch(key) is None for key in attributes)
    if bad:
        raise InputError(f"attributes: {bad} keys hold other than letters, digits, hyphens and underscores")
    size = sum(len(key.encode()) + len(value.encode()) for key, value in attributes.items())
    if not attributes or size > ATTRIBUTES_BYTES_MAX:
        raise InputError(f"attributes: one at least, {ATTRIBUTES_BYTES_MAX} bytes together at most")
