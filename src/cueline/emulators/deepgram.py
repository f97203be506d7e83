"""Deepgram's live endpoint, for unmodified clients of it: as strict as the service, and wrong on demand.

What it says depends on the audio that came, by the audio's own time: words after their end and a delay, hypotheses
about every half second, finals at endpoints. The words are those of a recording (``hearing.py``), or of whatever else
hears. The protocol is in ``deepgram_request.py`` and ``deepgram_transcriber.py``, what goes wrong in
``deepgram_faults.py``; this is the server.
"""

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final
from weakref import WeakKeyDictionary

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request as HttpRequest
from websockets.http11 import Response

from cueline.emulators.deepgram_faults import CLOSE_CODES, Fault, FaultPlan
from cueline.emulators.deepgram_request import PATH, Asked, Refusal, check_request
from cueline.emulators.deepgram_socket import EmulatedSocket
from cueline.emulators.hearing import EarFor, RecordedEar, Request, SpokenWords
from cueline.kernel.errors import InputError, UnavailableError

EMULATOR_KEY: Final = "emulated-deepgram-key"
"""The API key that the emulator takes unless others are named."""

SILENCE_LIMIT_S: Final = 10.0
DELAY_MS: Final = 200
MAX_SOCKETS: Final = 500
_MAX_FRAME_BYTES: Final = 4 << 20

WordsFor = Callable[[str | None], SpokenWords | None]
"""The words of a contact's call; None where nothing is known of it."""


class DeepgramEmulator:
    """The server; everything happens on the event loop that ``start`` ran on.

    - words_for: the words of a contact, which a request names as `extra=contact:ID` (and `extra=position:SAMPLES`, at
      8000 Hz, for where in the call its audio begins). A request that names none gets those of ``None``.
    - ear_for: what hears in place of recorded words.
    - faults: what goes wrong.
    - keys: the API keys that are taken.
    - silence_limit_s: without audio or a sign of life for so long, a socket is closed with NET-0001.
    - delay_ms: how much audio after its end a word is known.
    - sockets_max: more at once are refused with status 429.
    """

    def __init__(
        self,
        words_for: WordsFor | None = None,
        *,
        ear_for: EarFor | None = None,
        faults: Sequence[Fault] = (),
        keys: Sequence[str] = (EMULATOR_KEY,),
        host: str = "127.0.0.1",
        silence_limit_s: float = SILENCE_LIMIT_S,
        delay_ms: int = DELAY_MS,
        sockets_max: int = MAX_SOCKETS,
    ) -> None:
        if (words_for is None) == (ear_for is None):
            raise InputError("the Deepgram emulator needs either words or something that hears")
        self._words_for = words_for
        self._ear_for = ear_for or self._recorded
        self._plan = FaultPlan(faults)
        self._keys = frozenset(keys)
        self._host = host
        self._silence_limit_s = silence_limit_s
        self._delay_ms = delay_ms
        self._sockets_max = sockets_max
        self._server: Server | None = None
        # A connection that breaks off in its handshake is never handled.
        self._asked: WeakKeyDictionary[ServerConnection, Asked] = WeakKeyDictionary()
        self._requests = 0
        self.sockets: list[EmulatedSocket] = []

    async def start(self, port: int = 0) -> str:
        """Listens, and returns the endpoint's URL; port 0 takes a free one. ``UnavailableError`` when it cannot."""
        try:
            self._server = await serve(
                self._handle,
                self._host,
                port,
                process_request=self._check,
                process_response=self._label,
                compression=None,
                max_size=_MAX_FRAME_BYTES,
                ping_interval=None,
                close_timeout=1.0,
                server_header=None,
            )
        except OSError as error:
            raise UnavailableError(f"cannot listen on {self._host}:{port} ({error.strerror})") from None
        host, bound_port = next(iter(self._server.sockets)).getsockname()[:2]
        return f"ws://[{host}]:{bound_port}{PATH}" if ":" in host else f"ws://{host}:{bound_port}{PATH}"

    async def stop(self) -> None:
        """Closes every socket; takes a second or two at most."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            await server.wait_closed()

    def _recorded(self, request: Request) -> RecordedEar:
        words = self._words_for(request.contact) if self._words_for is not None else None
        return RecordedEar(words or ((), ()), request)

    def _check(self, connection: ServerConnection, request: HttpRequest) -> Response | None:
        self._requests += 1
        try:
            self._asked[connection] = self._admit(request)
        except Refusal as refusal:
            return self._refuse(refusal)
        return None

    def _admit(self, request: HttpRequest) -> Asked:
        status = self._plan.refusal()
        if status is None and len(self.sockets) >= self._sockets_max:
            status = 429
        if status is not None:
            raise Refusal(status, _REFUSALS[status], f"EMULATED_{status}")
        return check_request(request.path, request.headers.get("Authorization"), self._keys)

    def _refuse(self, refusal: Refusal) -> Response:
        body = {"err_code": refusal.name, "err_msg": str(refusal), "request_id": self._request_id()}
        raw = msgspec.json.encode(body)
        headers = Headers(
            {
                "Content-Type": "application/json",
                "Content-Length": str(len(raw)),
                "dg-error": str(refusal),
                "dg-request-id": self._request_id(),
            }
        )
        return Response(refusal.status, HTTPStatus(refusal.status).phrase, headers, raw)

    def _label(self, _connection: ServerConnection, _request: HttpRequest, response: Response) -> None:
        if response.status_code == HTTPStatus.SWITCHING_PROTOCOLS:
            response.headers["dg-request-id"] = self._request_id()

    def _request_id(self) -> str:
        digest = hashlib.sha256(str(self._requests).encode()).hexdigest()
        return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))

    async def _handle(self, connection: ServerConnection) -> None:
        asked = self._asked.pop(connection)
        response = connection.response
        try:
            ear = self._ear_for(_request(asked))
        except InputError:
            await connection.close(*CLOSE_CODES["NET-0000"])
            return
        socket = EmulatedSocket(
            connection,
            asked,
            ear=ear,
            plan=self._plan,
            request_id=response.headers["dg-request-id"] if response is not None else "",
            silence_limit_s=self._silence_limit_s,
            delay_ms=self._delay_ms,
        )
        self.sockets.append(socket)
        try:
            await socket.run()
        finally:
            self.sockets.remove(socket)


_REFUSALS: Final = {
    400: "Bad request.",
    401: "Invalid credentials.",
    402: "The project has no credit left.",
    403: "The project has no access to this model.",
    429: "Too many requests.",
    500: "Internal error.",
    503: "The service is overloaded.",
}


def _request(asked: Asked) -> Request:
    position = asked.extra.get("position", "0")
    return Request(
        contact=asked.extra.get("contact"),
        position_ms=int(position) // 8 if position.isascii() and position.isdigit() and len(position) < 12 else 0,
        rate_hz=asked.rate_hz,
        channels=asked.channels,
    )


@asynccontextmanager
async def serve_deepgram(
    words_for: WordsFor,
    *,
    port: int = 0,
    faults: Sequence[Fault] = (),
    silence_limit_s: float = SILENCE_LIMIT_S,
    delay_ms: int = DELAY_MS,
) -> AsyncIterator[str]:
    """Serves recorded words while the context is open, and gives the endpoint's URL; the key is ``EMULATOR_KEY``."""
    emulator = DeepgramEmulator(words_for, faults=faults, silence_limit_s=silence_limit_s, delay_ms=delay_ms)
    try:
        yield await emulator.start(port)
    finally:
        await emulator.stop()
