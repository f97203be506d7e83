"""Pre-signed addresses of Transcribe's WebSocket, through botocore and the standard AWS credential chain."""

from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
from aiobotocore.session import AioSession, get_session
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError, ClientError

from cueline.speech.adapters.transcribe_settings import MAX_EXPIRES_S, TranscribeSettings
from cueline.speech.adapters.transcribe_wire import PATH, TranscribeRefusedError
from cueline.speech.ports import RecogniserError

_PORT: Final = 8443


class Signer:
    """Asks for credentials at every address that it signs: the chain renews those that run out."""

    def __init__(self, settings: TranscribeSettings, session: AioSession | None = None) -> None:
        self._settings = settings
        self._session = session

    async def address(self, query: dict[str, str]) -> str:
        """An address that may be opened within ``expires_s``. Raises RecogniserError where there are no credentials."""
        credentials = await self._credentials()
        request = AWSRequest(method="GET", url=f"{self._host()}{PATH}?{urlencode(query)}")
        expires_s = min(self._settings.expires_s, MAX_EXPIRES_S)
        SigV4QueryAuth(credentials, "transcribe", self._settings.region, expires=expires_s).add_auth(request)
        return str(request.url)

    def _host(self) -> str:
        if self._settings.url is not None:
            return self._settings.url.rstrip("/")
        domain = "amazonaws.com.cn" if self._settings.region.startswith("cn-") else "amazonaws.com"
        return f"wss://transcribestreaming.{self._settings.region}.{domain}:{_PORT}"

    async def _credentials(self) -> Any:
        given = self._settings.credentials
        if given is not None:
            return Credentials(given.access_key_id, given.secret_access_key, given.session_token)
        try:
            if self._session is None:
                self._session = get_session()
            found = await self._session.get_credentials()
            if found is not None:
                return await found.get_frozen_credentials()
        except (BotoCoreError, ClientError, aiohttp.ClientError, OSError):
            raise RecogniserError(
                "the AWS credential chain failed for Amazon Transcribe; see: cueline doctor"
            ) from None
        raise TranscribeRefusedError(
            "there are no AWS credentials for Amazon Transcribe: give the process a role, or set"
            " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        )
