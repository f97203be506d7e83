"""Amazon Transcribe streaming, emulated: over WebSocket and over HTTP/2, for unmodified clients of AWS.

What is checked is what the service checks: the signature of the address and, where events are signed, of each of them;
parameters, checksums, sizes, the wait for audio, streams at a time. What is heard is recorded words or what a local
recogniser makes of the audio.
"""

import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, urlsplit
from weakref import WeakKeyDictionary

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request as Upgrade
from websockets.http11 import Response

from cueline.emulators.aws_signature import Account, EventSignatures, Request, SignatureRefusedError, verify_presigned
from cueline.emulators.hearing import EarFor, RecordedEar, SpokenWords
from cueline.emulators.hearing import Request as HearingRequest
from cueline.emulators.transcribe_faults import Fault
from cueline.emulators.transcribe_http2 import Http2Server
from cueline.emulators.transcribe_results import exception
from cueline.emulators.transcribe_service import IDLE_S, MAX_STREAMS, StreamRefusedError, TranscribeService
from cueline.kernel.clock import Clock
from cueline.kernel.errors import InputError, UnavailableError
from cueline.media.event_stream import EventStreamError, Frame, decode
from cueline.ops.system_clock import SystemClock

PATH: Final = "/stream-transcription-websocket"
MAX_MESSAGE_BYTES: Final = 256 * 1024
_NO_PARAMETERS: Final = ("X-Amz-", "user-agent", "x-amz-user-agent")

EMULATOR_ACCESS_KEY_ID: Final = "AKIAEMULATEDTRANSCRI"
EMULATOR_SECRET_ACCESS_KEY: Final = "emulated-transcribe-secret"  # noqa: S105 - it opens nothing but an emulator
"""The access key that the emulator takes unless another is named."""


WordsFor = Callable[[str | None], SpokenWords | None]
"""The words of a contact's call; None where nothing is known of it."""


class TranscribeEmulator:
    """Both transports, each on a port of its own; everything happens on the event loop that ``start`` ran on.

    - words_for: the words of a contact, which Cueline names in its user agent; another client's streams get those of
      ``None``.
    - ear_for: what hears in place of recorded words.
    - faults: what goes wrong.
    - account: the access key that is taken, and the region.
    - vocabularies: the custom vocabularies that the account has.
    - tls: a certificate makes ``wss`` and HTTP/2 over TLS of them; without one they are plain.
    - idle_s: without audio for so long, a stream is ended. max_streams: at a time.
    """

    def __init__(
        self,
        words_for: WordsFor | None = None,
        *,
        ear_for: EarFor | None = None,
        faults: Sequence[Fault] = (),
        account: Account | None = None,
        vocabularies: Iterable[str] = (),
        tls: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
        idle_s: float = IDLE_S,
        max_streams: int = MAX_STREAMS,
        clock: Clock | None = None,
    ) -> None:
        if (words_for is None) == (ear_for is None):
            raise InputError("the Transcribe emulator needs either words or something that hears")
        self._words_for = words_for
        self.service = TranscribeService(
            account=account or Account(EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY, region="us-east-1"),
            ears=ear_for or self._recorded,
            clock=clock or SystemClock(),
            faults=faults,
            vocabularies=frozenset(vocabularies),
            max_streams=max_streams,
            idle_s=idle_s,
        )
        self._host = host
        self._tls = tls
        self._socket: Server | None = None
        self._http2 = Http2Server(self.service)
        self._signatures: WeakKeyDictionary[ServerConnection, str] = WeakKeyDictionary()

    async def start(self, port: int = 0, http2_port: int = 0) -> tuple[str, str]:
        """The addresses of WebSocket and HTTP/2; port 0 takes a free one. ``UnavailableError`` when it cannot."""
        try:
            self._socket = await serve(
                self._serve,
                self._host,
                port,
                process_request=self._admit,
                ssl=self._tls,
                max_size=MAX_MESSAGE_BYTES,
                max_queue=64,
                compression=None,
                ping_interval=None,
                close_timeout=1.0,
                server_header=None,
            )
            http2 = await self._http2.start(self._host, http2_port, tls=self._tls)
        except OSError as error:
            raise UnavailableError(f"cannot listen on {self._host}: {error.strerror}") from None
        taken = int(next(iter(self._socket.sockets)).getsockname()[1])
        host = f"[{self._host}]" if ":" in self._host else self._host
        secure = "s" if self._tls is not None else ""
        return f"ws{secure}://{host}:{taken}", f"http{secure}://{host}:{http2}"

    async def stop(self) -> None:
        """Closes every stream; takes a second or two at most."""
        await self._http2.aclose()
        server, self._socket = self._socket, None
        if server is not None:
            server.close()
            await server.wait_closed()

    def _recorded(self, request: HearingRequest) -> RecordedEar:
        words = self._words_for(request.contact) if self._words_for is not None else None
        return RecordedEar(words or ((), ()), request)

    def _admit(self, connection: ServerConnection, upgrade: Upgrade) -> Response | None:
        address = urlsplit(upgrade.path)
        if address.path != PATH:
            return _refusal(connection, HTTPStatus.NOT_FOUND, "UnknownOperationException", "There is no such path")
        refusal = self.service.faults.refusal()
        if refusal is not None:
            return _refusal(connection, HTTPStatus(refusal), "ServiceUnavailableException", "As the faults ask for")
        headers = {name.lower(): value for name, value in upgrade.headers.raw_items()}
        query = parse_qsl(address.query, keep_blank_values=True)
        request = Request("GET", address.path, query, headers)
        try:
            signature = verify_presigned(request, self.service.account, now_ms=self.service.clock.epoch_ms())
        except SignatureRefusedError as error:
            return _refusal(connection, HTTPStatus.FORBIDDEN, error.exception, str(error))
        self._signatures[connection] = signature
        return None

    async def _serve(self, connection: ServerConnection) -> None:
        line = _WebSocketLine(connection)
        upgrade = connection.request
        signatures = EventSignatures(self.service.account, self._signatures.pop(connection, ""))
        query = parse_qsl(urlsplit(upgrade.path if upgrade is not None else "").query, keep_blank_values=True)
        values = {name: value for name, value in query if not name.startswith(_NO_PARAMETERS)}
        try:
            request = self.service.admit(values)
        except StreamRefusedError as error:
            await line.send(exception(error.exception, str(error)))
            return
        agent = next((value for name, value in query if name == "user-agent"), "")
        await self.service.converse(line, request, signatures, must_sign=False, user_agent=agent)


class _WebSocketLine:
    """One frame a message."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection

    async def receive(self) -> Frame | None:
        try:
            message = await self._connection.recv()
        except ConnectionClosed:
            return None
        if isinstance(message, str):
            raise EventStreamError("text where frames are due")
        return decode(message)

    async def send(self, data: bytes) -> None:
        try:
            await self._connection.send(data)
        except ConnectionClosed:
            return

    async def gone(self) -> None:
        await self._connection.wait_closed()

    def abort(self) -> None:
        self._connection.transport.abort()


def _refusal(connection: ServerConnection, status: HTTPStatus, name: str, message: str) -> Response:
    response = connection.respond(status, msgspec.json.encode({"message": message}).decode())
    response.headers["x-amzn-ErrorType"] = name
    return response


@asynccontextmanager
async def serve_transcribe(
    words_for: WordsFor,
    *,
    port: int = 0,
    faults: Sequence[Fault] = (),
    idle_s: float = IDLE_S,
    max_streams: int = MAX_STREAMS,
    region: str = "us-east-1",
) -> AsyncIterator[str]:
    """Serves recorded words while the context is open, and gives the WebSocket's address.

    The access key is ``EMULATOR_ACCESS_KEY_ID`` with ``EMULATOR_SECRET_ACCESS_KEY``.
    """
    account = Account(EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY, region=region)
    emulator = TranscribeEmulator(words_for, account=account, faults=faults, idle_s=idle_s, max_streams=max_streams)
    try:
        yield (await emulator.start(port))[0]
    finally:
        await emulator.stop()
