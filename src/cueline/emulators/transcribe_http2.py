"""The emulated Transcribe over HTTP/2: ``POST /stream-transcription``, events in both directions at once."""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import msgspec

from cueline.emulators.aws_signature import EventSignatures, Request, SignatureRefusedError, verify_headers
from cueline.emulators.http2_goaway import GoawayFilter
from cueline.emulators.transcribe_request import StreamRequest
from cueline.emulators.transcribe_service import StreamRefusedError, TranscribeService
from cueline.media.event_stream import EventStreamError, Frame, FrameDecoder

PATH: Final = "/stream-transcription"
PREFIX: Final = "x-amzn-transcribe-"
_READ_BYTES: Final = 64 * 1024
_MAX_FRAME_BYTES: Final = 256 * 1024
_QUEUED_FRAMES: Final = 256
_CONTENT_TYPE: Final = "application/vnd.amazon.eventstream"


class _Answer(NamedTuple):
    """A refusal: HTTP status, name of the exception, message."""

    status: int
    exception: str
    message: str


class Http2Server:
    """Listens, and keeps what is open so that it can be closed."""

    def __init__(self, service: TranscribeService) -> None:
        self._service = service
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def start(self, host: str, port: int, *, tls: ssl.SSLContext | None) -> int:
        """Listens and tells the port. Raises OSError."""
        self._server = await asyncio.start_server(self._accept, host, port, ssl=tls)
        return int(self._server.sockets[0].getsockname()[1])

    async def aclose(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(_Connection(self._service, reader, writer).run())
        self._open.add(task)
        task.add_done_callback(self._open.discard)
        await asyncio.gather(task, return_exceptions=True)


class _Connection:
    """One client's connection: bytes in and out, and its streams."""

    def __init__(self, service: TranscribeService, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._service = service
        self._reader = reader
        self.writer = writer
        self.http = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        self.window_changed = asyncio.Event()
        self._goaway = GoawayFilter()
        self._lines: dict[int, _Http2Line] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        try:
            self.http.initiate_connection()
            await self.flush()
            while data := await self._reader.read(_READ_BYTES):
                for event in self.http.receive_data(self._goaway.feed(data)):
                    await self._happened(event)
                await self.flush()
        except (OSError, h2.exceptions.ProtocolError):
            self.writer.transport.abort()
        finally:
            for line in self._lines.values():
                line.leave()
            self.window_changed.set()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self.writer.close()

    async def flush(self) -> None:
        data = self.http.data_to_send()
        if data:
            self.writer.write(data)
            await self.writer.drain()

    async def _happened(self, event: h2.events.Event) -> None:
        match event:
            case h2.events.RequestReceived(stream_id=int(number), headers=headers):
                self._begin(number, headers or ())
            case h2.events.DataReceived(stream_id=int(number)):
                await self._data(number, event)
            case h2.events.StreamEnded(stream_id=int(number)) if number in self._lines:
                self._lines[number].end_input()
            case h2.events.StreamReset(stream_id=int(number)) if number in self._lines:
                self._lines[number].leave()
            case h2.events.WindowUpdated() | h2.events.RemoteSettingsChanged():
                self.window_changed.set()
            case _:
                pass

    async def _data(self, number: int, event: h2.events.DataReceived) -> None:
        self.http.acknowledge_received_data(event.flow_controlled_length or 0, number)
        line = self._lines.get(number)
        if line is not None and event.data:
            await line.feed(event.data)

    def _begin(self, number: int, raw: Iterable[tuple[bytes, bytes]]) -> None:
        headers: dict[str, str] = {}
        for name, value in raw:
            headers[name.decode("latin-1").lower()] = value.decode("latin-1")
        headers.setdefault("host", headers.get(":authority", ""))
        answer = self._check(headers)
        if isinstance(answer, _Answer):
            self._refuse(number, answer)
            return
        request, signature = answer
        echoed = [(name, value) for name, value in headers.items() if name.startswith(PREFIX)]
        request_id = ("x-amzn-request-id", f"emulated-{self._service.opened + 1}")
        self.http.send_headers(number, [(":status", "200"), ("content-type", _CONTENT_TYPE), request_id, *echoed])
        line = self._lines[number] = _Http2Line(self, number)
        task = asyncio.create_task(self._serve(number, line, request, signature))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _check(self, headers: dict[str, str]) -> tuple[StreamRequest, str] | _Answer:
        address = urlsplit(headers.get(":path", ""))
        if (headers.get(":method"), address.path) != ("POST", PATH):
            return _Answer(404, "UnknownOperationException", "There is no such operation")
        refusal = self._service.faults.refusal()
        if refusal is not None:
            return _Answer(refusal, "ServiceUnavailableException", "As the faults ask for")
        query = parse_qsl(address.query, keep_blank_values=True)
        signed = Request("POST", address.path, query, headers)
        try:
            signature = verify_headers(signed, self._service.account, now_ms=self._service.clock.epoch_ms())
            values = {name.removeprefix(PREFIX): value for name, value in headers.items() if name.startswith(PREFIX)}
            return self._service.admit(values), signature
        except SignatureRefusedError as error:
            return _Answer(403, error.exception, str(error))
        except StreamRefusedError as error:
            return _Answer(error.status, error.exception, str(error))

    def _refuse(self, number: int, answer: _Answer) -> None:
        status, kind = (":status", str(answer.status)), ("content-type", "application/json")
        self.http.send_headers(number, [status, kind, ("x-amzn-errortype", answer.exception)])
        self.http.send_data(number, msgspec.json.encode({"Message": answer.message}), end_stream=True)

    async def _serve(self, number: int, line: "_Http2Line", request: StreamRequest, signature: str) -> None:
        try:
            signatures = EventSignatures(self._service.account, signature)
            await self._service.converse(line, request, signatures, must_sign=True, user_agent="")
            await line.end()
        finally:
            del self._lines[number]


class _Http2Line:
    """Frames back to back in a stream's data."""

    def __init__(self, connection: _Connection, number: int) -> None:
        self._connection = connection
        self._number = number
        self._decoder = FrameDecoder(max_frame_bytes=_MAX_FRAME_BYTES)
        self._frames: asyncio.Queue[Frame | EventStreamError | None] = asyncio.Queue()
        self._taken = asyncio.Event()
        self._left = asyncio.Event()
        self._gone = False

    async def feed(self, data: bytes) -> None:
        """Takes a piece of the stream; waits for whoever hears where too much is unheard."""
        try:
            for frame in self._decoder.feed(data):
                self._frames.put_nowait(frame)
        except EventStreamError as error:
            self._frames.put_nowait(error)
        while self._frames.qsize() > _QUEUED_FRAMES and not self._gone:
            self._taken.clear()
            await self._taken.wait()

    def end_input(self) -> None:
        """The client has ended its side, or is gone."""
        self._frames.put_nowait(None)

    def leave(self) -> None:
        """The client is gone."""
        self.end_input()
        self._left.set()

    async def gone(self) -> None:
        await self._left.wait()

    async def receive(self) -> Frame | None:
        frame = await self._frames.get()
        self._taken.set()
        if isinstance(frame, EventStreamError):
            raise frame
        return frame

    async def send(self, data: bytes) -> None:
        http = self._connection.http
        try:
            while data and not self._gone:
                room = min(http.local_flow_control_window(self._number), http.max_outbound_frame_size, len(data))
                if room <= 0:
                    self._connection.window_changed.clear()
                    await self._connection.window_changed.wait()
                    continue
                http.send_data(self._number, data[:room])
                data = data[room:]
                await self._connection.flush()
        except (OSError, h2.exceptions.ProtocolError):
            self._gone = True

    async def end(self) -> None:
        """Ends our side of the stream, in good order."""
        self._gone = True
        self._taken.set()
        try:
            self._connection.http.end_stream(self._number)
            await self._connection.flush()
        except (OSError, h2.exceptions.ProtocolError):
            return

    def abort(self) -> None:
        self._gone = True
        self._taken.set()
        self._connection.writer.transport.abort()
