"""Deepgram's live recognition as a ``Recogniser``: one multichannel socket for each call.

A socket that fails is a session that fails: whoever holds the session opens another, here or at another provider, and
plays again what was not settled. So nothing is connected anew in here, and every wait has an end.
"""

import asyncio
from collections import deque
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from cueline.kernel.ids import CHANNELS
from cueline.speech.adapters import deepgram_wire as wire
from cueline.speech.adapters.deepgram_channel import ChannelResults
from cueline.speech.adapters.deepgram_settings import DeepgramSettings
from cueline.speech.ports import Capabilities, Opening, RecogniserError, Report
from cueline.speech.timeline import Timeline
from cueline.unredacted.audio import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ, SAMPLES_PER_MS, StereoBlock

__all__ = ["DeepgramRecogniser", "DeepgramRefusedError", "DeepgramSession", "DeepgramSettings"]

MIN_FRAME_SAMPLES: Final = 20 * SAMPLES_PER_MS
"""The vendor asks for frames of 20 ms or more; what is left over of a block goes with the next one."""

UNSENT_BYTES: Final = 128 * 1024
"""Four seconds of stereo audio may wait in the socket; then ``push`` waits."""

ENDS_SHORT_S: Final = 1.0
"""A stream that ends with so much of its audio unprocessed has lost some."""

_FINAL_STATUSES: Final = frozenset({*range(300, 400), 400, 401, 402, 403, 404, 405, 411, 413, 414, 422})
_PING_S: Final = 10.0
_CLOSE_S: Final = 0.5
_FRAME_BYTES: Final = BYTES_PER_SAMPLE * len(CHANNELS)


class _Connect(connect):
    """Follows no redirect: the API key goes to the address that was set, and to no other."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


class DeepgramRefusedError(RecogniserError):
    """Deepgram will not take such a request, however often it is asked: key, plan, model or parameters are wrong."""

    code = "recogniser_refused"
    retryable = False


class DeepgramRecogniser:
    """Opens a socket for each session; nothing is shared."""

    capabilities = Capabilities(
        name="deepgram",
        label="Deepgram",
        source="recognised",
        partials=True,
        acknowledges=False,
        languages=(
            *("en-US", "en-GB", "en-AU", "en-IN", "en-NZ", "es", "es-419", "de", "fr", "hi", "it", "ja", "nl", "pt"),
            *("pt-BR", "ru", "multi"),
        ),
    )

    def __init__(self, settings: DeepgramSettings) -> None:
        self._settings = settings

    async def open(self, opening: Opening) -> "DeepgramSession":
        """Connects. Raises RecogniserError, and DeepgramRefusedError where asking again will not help."""
        settings = self._settings
        try:
            async with asyncio.timeout(settings.connect_s):
                socket = await _Connect(
                    wire.request_url(settings, opening),
                    additional_headers={"Authorization": f"Token {settings.api_key.get_secret_value()}"},
                    compression=None,  # PCM does not shrink, and trying costs more than all the rest
                    max_size=wire.MAX_MESSAGE_BYTES,
                    write_limit=UNSENT_BYTES,
                    open_timeout=None,
                    close_timeout=_CLOSE_S,
                    ping_interval=_PING_S,
                    ping_timeout=_PING_S,
                )
        except InvalidStatus as error:
            raise _refusal(error.response.status_code, error.response.headers) from None
        except (TimeoutError, OSError, InvalidHandshake, ConnectionClosed, EOFError) as error:
            why = "in time" if isinstance(error, TimeoutError) else f"({type(error).__name__})"
            raise RecogniserError(f"Deepgram could not be reached {why}") from None
        return DeepgramSession(socket, settings, opening.position)

    async def aclose(self) -> None:
        """Nothing is shared."""


class DeepgramSession:
    """One call's socket. ``request_id`` is the vendor's, for its support."""

    def __init__(self, socket: ClientConnection, settings: DeepgramSettings, position: int) -> None:
        self._socket = socket
        self._settings = settings
        self._timeline = Timeline()
        self._timeline.anchor(0, position)
        self._channels = [
            ChannelResults(
                channel,
                self._timeline,
                endpointing_ms=settings.endpointing_ms,
                utterance_end_ms=settings.utterance_end_ms,
            )
            for channel in CHANNELS
        ]
        self._taken = 0
        self._sent = 0
        self._end = position
        self._unsent = bytearray()
        self._reports: deque[Report] = deque()
        self._asked_final_at = 0
        self._finished = False
        self._processed_s: float | None = None
        self._late = False
        self._over = False
        self._closed = False
        loop = asyncio.get_running_loop()
        self._pushed_at = self._spoke_at = loop.time()
        response = socket.response
        self.request_id = wire.request_id_in(response.headers.get("dg-request-id")) if response else None
        self._tending = loop.create_task(self._tend())

    async def push(self, block: StereoBlock) -> None:
        if block.position != self._end:
            self._timeline.anchor(self._taken, block.position)
        self._taken += block.samples
        self._end = block.end
        self._unsent += interleaved(block)
        await self._send_audio(least=MIN_FRAME_SAMPLES)
        self._pushed_at = asyncio.get_running_loop().time()
        if self._holds_too_long():
            await self._ask_for_finals()

    async def finish(self) -> None:
        await self._send_audio(least=1)
        self._finished = True
        await self._send(wire.CLOSE_STREAM)
        self._tending.cancel()
        self._tending = asyncio.get_running_loop().create_task(self._limit_finish())

    async def receive(self) -> Report | None:
        while not self._reports:
            if self._over:
                return None
            if self._closed:
                raise self._error("this Deepgram session is closed")
            try:
                raw = await self._socket.recv()
            except ConnectionClosed as closed:
                self._end_of_stream(closed)
                continue
            self._take(raw)
        return self._reports.popleft()

    async def aclose(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._tending.cancel()
        await asyncio.wait([self._tending])
        await self._socket.close()

    def _take(self, raw: str | bytes) -> None:
        try:
            match message := wire.parse(raw):
                case wire.Results():
                    self._reports += self._channels[message.channel].take(message, sent=self._sent)
                case wire.UtteranceEnd():
                    self._reports += self._channels[message.channel].end_utterance(message, sent=self._sent)
                case wire.Closing():
                    self._processed_s = message.duration_s
                    self.request_id = self.request_id or message.request_id
                case wire.ServiceFault():
                    named = f" with {message.error_code}" if message.error_code else ""
                    raise self._error(f"Deepgram failed{named}")
                case None:
                    return
        except wire.WireError as error:
            raise self._error(str(error)) from None
        # A word may reach back over a break in the call's time, but not before what was settled.
        self._timeline.forget_before(max(0, min(each.kept_from for each in self._channels) - 1))

    def _end_of_stream(self, closed: ConnectionClosed) -> None:
        """Raises RecogniserError unless everything that was sent has been answered."""
        if self._late:
            raise self._error("Deepgram did not give its last results in time")
        received = closed.rcvd
        if not self._finished or received is None or received.code != 1000:
            known = wire.error_code_in(received.reason) if received else None
            meaning = wire.CLOSE_MEANINGS.get(known or "")
            code = f" with {received.code}" if received else " without a word"
            named = f" {known}" if known else ""
            raise self._error(f"Deepgram hung up{code}{named}{': ' + meaning if meaning else ''}")
        if self._processed_s is not None and self._processed_s < self._sent / SAMPLE_RATE_HZ - ENDS_SHORT_S:
            raise self._error("Deepgram hung up before it had processed all audio")
        self._tending.cancel()
        for channel in self._channels:
            self._reports += channel.finish(sent=self._sent)
        self._over = True

    async def _send_audio(self, *, least: int) -> None:
        """Sends what has gathered, in frames; fewer samples than ``least`` wait for more, and no frame is empty."""
        size = self._settings.chunk_ms * SAMPLES_PER_MS * _FRAME_BYTES
        while len(self._unsent) >= least * _FRAME_BYTES:
            frame = bytes(self._unsent[:size])
            del self._unsent[:size]
            self._sent += len(frame) // _FRAME_BYTES
            await self._send(frame)

    async def _send(self, message: str | bytes) -> None:
        try:
            async with asyncio.timeout(self._settings.send_s):
                await self._socket.send(message)
        except TimeoutError:
            raise self._error("Deepgram takes no more audio") from None
        except ConnectionClosed as closed:
            if not self._finished:
                self._end_of_stream(closed)
        self._spoke_at = asyncio.get_running_loop().time()

    async def _tend(self) -> None:
        """Keeps the socket alive while there is no audio, and has what is open made final when a pause is long."""
        loop = asyncio.get_running_loop()
        while True:
            idle_at = self._pushed_at + self._settings.idle_finalize_ms / 1_000
            unasked = self._sent > self._asked_final_at
            alive_at = self._spoke_at + self._settings.keep_alive_s
            await asyncio.sleep(max(0.01, min(alive_at, idle_at if unasked else alive_at) - loop.time()))
            try:
                if unasked and loop.time() >= self._pushed_at + self._settings.idle_finalize_ms / 1_000:
                    await self._ask_for_finals()
                elif loop.time() >= self._spoke_at + self._settings.keep_alive_s:
                    await self._send(wire.KEEP_ALIVE)
            except RecogniserError:
                return  # whoever receives or pushes meets the same

    async def _limit_finish(self) -> None:
        await asyncio.sleep(self._settings.finish_s)
        self._late = True
        self._socket.transport.abort()

    async def _ask_for_finals(self) -> None:
        self._asked_final_at = self._sent
        await self._send(wire.FINALIZE)

    def _holds_too_long(self) -> bool:
        hold = self._settings.hold_ms * SAMPLES_PER_MS
        since = [each.open_since for each in self._channels if each.open_since is not None]
        return bool(since) and self._sent - max(min(since), self._asked_final_at) > hold

    def _error(self, text: str) -> RecogniserError:
        return RecogniserError(f"{text} (request {self.request_id})" if self.request_id else text)


def interleaved(block: StereoBlock) -> bytes:
    """Both channels sample by sample, in the order of CHANNELS.

    >>> interleaved(StereoBlock(position=0, customer=b"AABB", agent=b"aabb", received_ms=0))
    b'AAaaBBbb'
    """
    out = bytearray(2 * len(block.customer))
    for index, channel in enumerate(CHANNELS):
        pcm = block.channel(channel)
        out[2 * index :: 4] = pcm[::2]
        out[2 * index + 1 :: 4] = pcm[1::2]
    return bytes(out)


def _refusal(status: int, headers: Headers) -> RecogniserError:
    request_id = wire.request_id_in(headers.get("dg-request-id"))
    reason = "".join(each for each in headers.get("dg-error", "") if each.isascii() and each.isprintable())[:120]
    text = f"Deepgram refused with status {status}{': ' + reason if reason else ''}"
    if request_id:
        text += f" (request {request_id})"
    return DeepgramRefusedError(text) if status in _FINAL_STATUSES else RecogniserError(text)
