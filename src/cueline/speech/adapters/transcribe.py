"""Amazon Transcribe streaming as a ``Recogniser``: one pre-signed WebSocket per call, both channels on it.

A session that fails is not mended here: it ends with RecogniserError, and whoever opened it hears the unsettled audio
again with another one.
"""

import asyncio
from itertools import count
from typing import Final

from aiobotocore.session import AioSession
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI

from cueline.kernel.clock import Clock
from cueline.ops.system_clock import SystemClock
from cueline.speech.adapters import transcribe_wire as wire
from cueline.speech.adapters.transcribe_hearing import Hearing
from cueline.speech.adapters.transcribe_settings import TranscribeCredentials, TranscribeSettings
from cueline.speech.adapters.transcribe_signing import Signer
from cueline.speech.adapters.transcribe_wire import TranscribeRefusedError
from cueline.speech.ports import Capabilities, Opening, RecogniserError, Report
from cueline.unredacted.audio import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ, SAMPLES_PER_MS, StereoBlock

__all__ = ["TranscribeCredentials", "TranscribeRecogniser", "TranscribeRefusedError", "TranscribeSettings"]

KEEP_ALIVE_SILENCE_MS: Final = 1_000
"""Sent each time: long enough for the service to see that a speaker has paused, and to end what is open."""

_GRACE_S: Final = 120
"""How long past ``longest_s`` a session waits for a moment at which nobody speaks."""

_LAST_WORDS_S: Final = 0.5
_FRAME_BYTES: Final = 2 * BYTES_PER_SAMPLE


class TranscribeRecogniser:
    """Opens a stream for each call. session: for credentials of another kind, for instance an assumed role."""

    capabilities = Capabilities(
        name="transcribe",
        label="Amazon Transcribe",
        source="recognised",
        partials=True,
        acknowledges=False,
        languages=("en-US", "en-GB", "en-AU", "es-US", "es-ES", "de-DE", "fr-FR", "fr-CA", "it-IT", "pt-BR"),
    )

    def __init__(
        self, settings: TranscribeSettings, *, clock: Clock | None = None, session: AioSession | None = None
    ) -> None:
        """Raises TranscribeRefusedError for settings that the service would not take."""
        if not 50 <= settings.chunk_ms <= 200:
            raise TranscribeRefusedError("chunk_ms must be 50 to 200: the service asks for such frames")
        self._settings = settings
        self._clock: Clock = clock if clock is not None else SystemClock()
        self._signer = Signer(settings, session)
        self._attempts = count(1)

    async def open(self, opening: Opening) -> "TranscribeSession":
        """Connects, and gives up after ``open_timeout_s``. Raises RecogniserError."""
        session_id = wire.session_id(opening.contact_id, opening.position, next(self._attempts))
        address = await self._signer.address(wire.parameters(self._settings, opening, session_id))
        try:
            socket = await connect(
                address,
                open_timeout=self._settings.open_timeout_s,
                close_timeout=1.0,
                ping_interval=None,  # what AWS answers to pings is not documented; audio and results show life
                max_size=wire.MAX_MESSAGE_BYTES,
                max_queue=64,
                compression=None,
                proxy=None,
            )
        except InvalidStatus as error:
            raise wire.refused(error.response.status_code) from None
        except (OSError, TimeoutError, InvalidHandshake, InvalidURI):
            raise RecogniserError(f"Amazon Transcribe cannot be reached in {self._settings.region}") from None
        return TranscribeSession(socket, opening.position, self._settings, self._clock, session_id=session_id)

    async def aclose(self) -> None:
        """Nothing is shared."""


class TranscribeSession:
    """One call's stream. ``session_id`` is the service's name for it."""

    def __init__(
        self,
        socket: ClientConnection,
        position: int,
        settings: TranscribeSettings,
        clock: Clock,
        *,
        session_id: str,
    ) -> None:
        self.session_id = session_id
        self._socket = socket
        self._settings = settings
        self._clock = clock
        self._hearing = Hearing(position)
        # Bounded: a pusher that runs ahead, and the socket, wait for the reader.
        self._reports: asyncio.Queue[Report | RecogniserError | None] = asyncio.Queue(maxsize=1_024)
        self._unsent = b""
        self._chunk_bytes = settings.chunk_ms * SAMPLES_PER_MS * _FRAME_BYTES
        self._sending = asyncio.Lock()
        self._last_audio_ms = clock.monotonic_ms()
        self._messages = 0
        self._finished = False
        self._over: RecogniserError | bool = False
        self._failure: RecogniserError | None = None
        self._reader = asyncio.create_task(self._read())
        self._tasks = {self._reader, asyncio.create_task(self._keep_alive())}

    async def push(self, block: StereoBlock) -> None:
        """Sends what makes whole frames; the rest goes with the next block."""
        async with self._sending:
            self._check_age()
            self._last_audio_ms = self._clock.monotonic_ms()
            reports = self._hearing.audio(block, self._last_audio_ms)
            self._unsent += wire.interleaved(block.customer, block.agent)
            while len(self._unsent) >= self._chunk_bytes:
                chunk, self._unsent = self._unsent[: self._chunk_bytes], self._unsent[self._chunk_bytes :]
                await self._send(chunk)
        for report in reports:
            await self._reports.put(report)

    async def finish(self) -> None:
        """Sends the rest and the empty event that ends the stream; the last results have ``finish_timeout_s``."""
        async with self._sending:
            self._finished = True
            rest, self._unsent = self._unsent, b""
            if rest:
                await self._send(rest)
            await self._send(b"")
        self._tasks.add(asyncio.create_task(self._expire()))

    async def receive(self) -> Report | None:
        if isinstance(self._over, RecogniserError):
            raise self._over
        if self._over:
            return None
        report = await self._reports.get()
        if report is None:
            self._over = True
        elif isinstance(report, RecogniserError):
            self._over = report
            raise report
        return report

    async def aclose(self) -> None:
        if not self._over:
            self._over = RecogniserError("this Amazon Transcribe session is closed")
        tasks, self._tasks = self._tasks, set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._socket.close()

    async def _send(self, pcm: bytes) -> None:
        try:
            async with asyncio.timeout(self._settings.send_timeout_s):
                await self._socket.send(wire.audio_frame(pcm))
        except TimeoutError:
            raise RecogniserError("Amazon Transcribe takes no more audio") from None
        except ConnectionClosed:
            # What the service said before it closed tells more, and may still lie unread.
            await asyncio.wait({self._reader}, timeout=_LAST_WORDS_S)
            raise self._failure or RecogniserError("Amazon Transcribe closed the stream") from None

    def _check_age(self) -> None:
        """Ends the session before the service does, where possible while nobody speaks."""
        age_s = self._hearing.clock.sent / SAMPLE_RATE_HZ
        if age_s >= self._settings.longest_s and (
            not self._hearing.open or age_s >= self._settings.longest_s + _GRACE_S
        ):
            raise RecogniserError("this Amazon Transcribe stream is near its longest duration; another must go on")

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                self._messages += 1
                for result in wire.read_message(message):
                    for report in self._hearing.result(result):
                        await self._reports.put(report)
            await self._end()
        except ConnectionClosed:
            await self._fail(RecogniserError("the connection to Amazon Transcribe broke"))
        except RecogniserError as error:
            await self._fail(error)

    async def _end(self) -> None:
        """The service closed in good order, which is right only after the stream's end."""
        if not self._finished:
            raise RecogniserError("Amazon Transcribe closed the stream before its end")
        for report in self._hearing.finish():
            await self._reports.put(report)
        await self._reports.put(None)

    async def _fail(self, error: RecogniserError) -> None:
        self._failure = self._failure or error
        await self._reports.put(error)

    async def _expire(self) -> None:
        """Fails the session when the last results do not come."""
        seen = -1
        while seen != self._messages:
            seen = self._messages
            await asyncio.sleep(self._settings.finish_timeout_s)
        await self._fail(RecogniserError("Amazon Transcribe did not give the last results in time"))

    async def _keep_alive(self) -> None:
        """Sends silence where no audio comes: the service would end the stream after 15 s."""
        silent = bytes(self._chunk_bytes)
        try:
            while not self._finished:
                waited_ms = self._clock.monotonic_ms() - self._last_audio_ms
                if waited_ms < self._settings.keep_alive_ms:
                    await asyncio.sleep((self._settings.keep_alive_ms - waited_ms) / 1_000)
                    continue
                async with self._sending:
                    await self._send_silence(silent)
        except RecogniserError as error:
            await self._fail(error)

    async def _send_silence(self, silent: bytes) -> None:
        if self._finished:
            return
        rest, self._unsent = self._unsent, b""
        if rest:
            await self._send(rest)
        for _ in range(KEEP_ALIVE_SILENCE_MS // self._settings.chunk_ms):
            self._hearing.clock.silence(len(silent) // _FRAME_BYTES)
            await self._send(silent)
        self._last_audio_ms = self._clock.monotonic_ms()
