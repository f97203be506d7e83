"""Amazon Kinesis Video Streams over HTTP, for unmodified AWS clients through ``endpoint_url``.

It plays recordings as Amazon Connect would stream them: each fragment is there as a whole at its end, in real time or
faster, and goes wrong on demand. Operations and error names as in the services' own API references; requests need
not be signed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec
from aiohttp import web

from cueline.emulators import kinesis_video_requests as requests
from cueline.emulators.kinesis_video_faults import Fault, checked_faults, parse_faults
from cueline.emulators.kinesis_video_operations import Answer, StreamDirectory
from cueline.emulators.kinesis_video_plan import PlayOptions
from cueline.emulators.kinesis_video_playback import EmulatedStream, Playback
from cueline.emulators.kinesis_video_recording import Recording
from cueline.emulators.kinesis_video_requests import RequestError
from cueline.emulators.kinesis_video_stream import Cursor
from cueline.emulators.kinesis_video_wire import archived_document, missing_document, not_found_document, sending
from cueline.kernel.clock import Clock
from cueline.kernel.errors import InputError, UnavailableError
from cueline.kernel.ids import contact_id as checked_contact_id
from cueline.ops.system_clock import SystemClock

SESSION_LIMIT_S: Final = 45 * 60
"""A GetMedia session ends normally after about so long."""
MEDIA_CONNECTIONS: Final = 3
ARCHIVE_CONNECTIONS: Final = 5
"""GetMedia and GetMediaForFragmentList connections that one stream may have (the service's quotas)."""

_CONTENT_TYPE: Final = "video/webm"
_MAX_REQUEST_BYTES: Final = 1 << 20
_SHUTDOWN_S: Final = 1.0
_DEFAULT_OPTIONS: Final = PlayOptions()
_SYSTEM_CLOCK: Final = SystemClock()
_ENCODER: Final = msgspec.json.Encoder()


class KinesisVideoEmulator:
    """The server and its streams; everything happens on the event loop that ``start`` ran on.

    - clock: what releases fragments; whoever moves a virtual one calls ``release_due`` afterwards.
    - faults: for every recording that plays, on every stream (or on the one that a fault names).
    - session_limit_s: after so long a GetMedia session ends normally.
    - write_bytes: the media goes out in network chunks of this size; a fragment at once when ``None``.
    """

    def __init__(
        self,
        *,
        clock: Clock = _SYSTEM_CLOCK,
        host: str = "127.0.0.1",
        faults: Sequence[Fault] = (),
        session_limit_s: float = SESSION_LIMIT_S,
        write_bytes: int | None = None,
    ) -> None:
        self._clock = clock
        self._host = host
        self._faults = checked_faults(faults)
        self._session_limit_s = session_limit_s
        self._write_bytes = write_bytes
        self._directory = StreamDirectory(clock)
        self._runner: web.AppRunner | None = None
        self._requests = 0

    async def start(self, port: int = 0) -> str:
        """Listens, and returns the endpoint's URL; port 0 takes a free one. ``UnavailableError`` when it cannot."""
        app = web.Application(client_max_size=_MAX_REQUEST_BYTES)
        app.router.add_route("*", "/{operation:.*}", self._handle)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=_SHUTDOWN_S)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, port).start()
        except OSError as error:
            await runner.cleanup()
            raise UnavailableError(f"cannot listen on {self._host}:{port} ({error.strerror})") from None
        self._runner = runner
        host, bound_port = runner.addresses[0][:2]
        return f"http://[{host}]:{bound_port}" if ":" in host else f"http://{host}:{bound_port}"

    async def stop(self) -> None:
        """Stops every playback, ends every session, closes the socket; takes a second or two at most. Final."""
        for stream in self._directory.all():
            stream.close()
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    def create_stream(self, name: str, *, retention_hours: int = 24, kms_key: str | None = None) -> str:
        """The ARN of the stream of this name, which is made if there is none yet."""
        return self._stream(name, retention_hours=retention_hours, kms_key=kms_key).arn

    def play(
        self,
        recording: Recording,
        *,
        stream: str,
        contact_id: str,
        speed: float | None = 1.0,
        options: PlayOptions = _DEFAULT_OPTIONS,
    ) -> Playback:
        """Plays a recording on a stream (made when it is not there), after whatever plays on it already.

        speed: 1.0 is real time, ``None`` makes everything available at once, for readers that are to set the pace.
        """
        target = self._stream(stream)
        return target.play(recording, contact_id=checked_contact_id(contact_id), speed=speed, options=options)

    def release_due(self) -> None:
        """Makes available what the clock says is due; needed after moving a virtual clock only."""
        for stream in self._directory.all():
            stream.release_due()

    def _stream(self, name: str, *, retention_hours: int = 24, kms_key: str | None = None) -> EmulatedStream:
        known = self._directory.get(name)
        if known is not None:
            return known
        asked = {"StreamName": name, "DataRetentionInHours": retention_hours, "KmsKeyId": kms_key}
        try:
            return self._add_stream(requests.parse_request(_ENCODER.encode(asked), requests.CreateStream))
        except RequestError as error:
            raise InputError(f"not a stream that could be made: {error.message}") from None

    def _add_stream(self, asked: requests.CreateStream) -> EmulatedStream:
        stream = EmulatedStream(
            asked.stream_name,
            clock=self._clock,
            retention_hours=asked.data_retention_in_hours,
            kms_key=asked.kms_key_id,
            media_type=asked.media_type,
            faults=self._faults,
        )
        self._directory.add(stream)
        return stream

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self._requests += 1
        try:
            return await self._answer(request, await request.read())
        except RequestError as error:
            return web.json_response(
                body=_ENCODER.encode({"Message": error.message}), status=error.status, headers=self._headers(error.name)
            )

    async def _answer(self, request: web.Request, body: bytes) -> web.StreamResponse:
        operation = request.path.removeprefix("/") if request.method == "POST" else ""
        if operation == "getMedia":
            return await self._get_media(request, body)
        if operation == "getMediaForFragmentList":
            return await self._get_archived(request, body)
        answer = self._answers().get(operation)
        if answer is None:
            raise RequestError("UnknownOperationException", 404, "There is no such operation.")
        return web.json_response(body=_ENCODER.encode(answer(request, body)), headers=self._headers())

    def _answers(self) -> dict[str, Callable[[web.Request, bytes], Answer]]:
        directory = self._directory
        return {
            "createStream": lambda _, body: self._create(body),
            "describeStream": lambda _, body: directory.describe(body),
            "deleteStream": lambda _, body: directory.delete(body),
            "listStreams": lambda _, body: directory.list_streams(body),
            "updateDataRetention": lambda _, body: directory.update_retention(body),
            "getDataEndpoint": self._data_endpoint,
            "listFragments": lambda _, body: directory.list_fragments(body),
        }

    def _headers(self, error_name: str | None = None) -> dict[str, str]:
        """The reference of GetMedia writes ``x-amz-``, what is sent has ``x-amzn-``: both go out."""
        headers = {"x-amzn-RequestId": f"emulated-{self._requests:08d}"}
        if error_name is not None:
            headers |= {"x-amzn-ErrorType": error_name, "x-amz-ErrorType": error_name}
        return headers

    def _create(self, body: bytes) -> Answer:
        request = requests.parse_request(body, requests.CreateStream)
        if self._directory.get(request.stream_name) is not None:
            raise RequestError("ResourceInUseException", 400, "A stream of this name exists.")
        return {"StreamARN": self._add_stream(request).arn}

    def _data_endpoint(self, request: web.Request, body: bytes) -> Answer:
        self._directory.find(requests.parse_request(body, requests.GetDataEndpoint), "GetDataEndpoint")
        return {"DataEndpoint": f"http://{request.host}"}

    async def _get_media(self, request: web.Request, body: bytes) -> web.StreamResponse:
        asked = requests.parse_request(body, requests.GetMedia)
        stream = self._directory.find(asked, "GetMedia")
        cursor = requests.start_cursor(asked.start_selector, stream.store, stream.knows)
        if stream.media_connections >= MEDIA_CONNECTIONS:
            raise _too_many_connections(MEDIA_CONNECTIONS)
        stream.media_connections += 1
        response = self._media_response()
        try:
            await response.prepare(request)
            if cursor is None:
                await self._write(response, not_found_document())
            else:
                await self._feed(request, response, stream, cursor)
        except (ConnectionError, TimeoutError):
            _cut(request)
        finally:
            stream.media_connections -= 1
        return response

    async def _get_archived(self, request: web.Request, body: bytes) -> web.StreamResponse:
        asked = requests.parse_request(body, requests.GetMediaForFragmentList)
        stream = self._directory.find(asked, "GetMediaForFragmentList")
        if stream.archive_connections >= ARCHIVE_CONNECTIONS:
            raise _too_many_connections(ARCHIVE_CONNECTIONS)
        stream.archive_connections += 1
        response = self._media_response()
        try:
            await response.prepare(request)
            for number in asked.fragments:
                fragment = stream.store.get(int(number)) if stream.store.retention_hours else None
                await self._write(response, archived_document(fragment) if fragment else missing_document(number))
        except (ConnectionError, TimeoutError):
            _cut(request)
        finally:
            stream.archive_connections -= 1
        return response

    def _media_response(self) -> web.StreamResponse:
        response = web.StreamResponse(headers={**self._headers(), "Content-Type": _CONTENT_TYPE})
        response.enable_chunked_encoding()
        return response

    async def _feed(
        self, request: web.Request, response: web.StreamResponse, stream: EmulatedStream, cursor: Cursor
    ) -> None:
        """One GetMedia session: what is there from the cursor on, then what comes, until it ends or breaks."""
        opened_ms = self._clock.monotonic_ms()
        while not stream.closed:
            left_s = self._session_limit_s - (self._clock.monotonic_ms() - opened_ms) / 1000
            if left_s <= 0:
                return
            changed = stream.changed
            fragment = stream.store.next(cursor)
            if fragment is None:
                await _within(left_s, changed.wait())
                continue
            firings = fragment.session_faults.fire(fragment.slot)
            behind_now_ms = stream.store.behind_now_ms(fragment)
            out = sending(fragment, firings, behind_now_ms=behind_now_ms)
            stream.note_sent(fragment, share=out.share)
            await self._write(response, out.data)
            if out.then == "cut":
                _cut(request)
            if out.then != "on":
                return

    async def _write(self, response: web.StreamResponse, data: bytes) -> None:
        step = self._write_bytes or len(data) or 1
        for start in range(0, len(data), step):
            async with asyncio.timeout(self._session_limit_s):
                await response.write(data[start : start + step])


def _cut(request: web.Request) -> None:
    """Closes the connection under the response: what was written arrives, its end does not."""
    transport = request.transport
    if transport is not None:
        transport.close()
        asyncio.get_running_loop().call_later(_SHUTDOWN_S, transport.abort)


async def _within(seconds: float, wait: Awaitable[object]) -> None:
    """Waits at most so long."""
    try:
        async with asyncio.timeout(seconds):
            await wait
    except TimeoutError:
        return


def _too_many_connections(limit: int) -> RequestError:
    message = f"The stream has {limit} connections already."
    return RequestError("ConnectionLimitExceededException", 400, message)


def read_faults(path: Path) -> tuple[Fault, ...]:
    """The faults of a faults file; ``InputError`` says what is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read the faults file {path}: {error.strerror}") from None
    return parse_faults(data)


class Showing(msgspec.Struct, frozen=True):
    """A recording to play: on which stream, for which contact."""

    recording: Recording
    stream: str
    contact_id: str


async def serve(
    *,
    host: str,
    port: int,
    faults: Sequence[Fault] = (),
    recordings: Sequence[Showing] = (),
    speed: float | None = 1.0,
    ready: Callable[[str], None],
    playing: Callable[[Playback], None] | None = None,
    stop: asyncio.Event,
) -> None:
    """Serves until ``stop`` is set. ``ready`` gets the endpoint's URL, ``playing`` each playback once it has begun."""
    emulator = KinesisVideoEmulator(host=host, faults=faults)
    try:
        ready(await emulator.start(port))
        for showing in recordings:
            playback = emulator.play(
                showing.recording, stream=showing.stream, contact_id=showing.contact_id, speed=speed
            )
            if playing is not None:
                playing(playback)
        await stop.wait()
    finally:
        await emulator.stop()
