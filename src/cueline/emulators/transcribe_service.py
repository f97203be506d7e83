"""The emulated Transcribe, whatever the transport: who may stream, and what one stream is answered."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from cueline.emulators.aws_signature import Account, EventSignatures, SignatureRefusedError
from cueline.emulators.hearing import Ear, EarFor
from cueline.emulators.hearing import Request as HearingRequest
from cueline.emulators.transcribe_faults import EXCEPTIONS, Fault, FaultBook, SessionFaults
from cueline.emulators.transcribe_request import BadRequestError, StreamRequest, read_request
from cueline.emulators.transcribe_results import ChannelSegments, Result, ResultWriter, exception
from cueline.kernel.clock import Clock
from cueline.kernel.errors import CuelineError, InputError
from cueline.kernel.ids import CHANNELS, Channel
from cueline.media.event_stream import EventStreamError, Frame

MAX_AUDIO_BYTES: Final = 32 * 1024
"""Of one AudioEvent."""

STREAM_LIMIT_S: Final = 4 * 3_600
IDLE_S: Final = 15.0
MAX_STREAMS: Final = 25
"""Streams at a time, as an account has it when nobody asked for more."""

_LET_OUT_S: Final = 60.0
_GARBAGE: Final = bytes(range(7, 71))


class StreamRefusedError(InputError):
    """The stream ends with an exception of the service's."""

    code = "stream_refused"

    def __init__(self, exception_name: str, message: str | None = None) -> None:
        self.status, usual = EXCEPTIONS[exception_name]
        super().__init__(message or usual)
        self.exception = exception_name


class CutError(InputError):
    """The connection is to be cut, or closed in good order, because of a fault."""

    code = "cut"

    def __init__(self, *, politely: bool) -> None:
        super().__init__("a fault ends this stream")
        self.politely = politely


class Line(Protocol):
    """One stream's frames over some transport."""

    async def receive(self) -> Frame | None:
        """The next frame; None when the client is gone. Raises EventStreamError."""

    async def send(self, data: bytes) -> None:
        """Sends a frame; does nothing when the client is gone."""

    async def gone(self) -> None:
        """Returns when the client is gone."""

    def abort(self) -> None:
        """Cuts the connection."""


class TranscribeService:
    """All streams of an emulator.

    ears: what sessions are heard with. vocabularies: names of the custom vocabularies that exist. idle_s: how long a
    stream may be without audio; a test may make it short.
    """

    def __init__(
        self,
        *,
        account: Account,
        ears: EarFor,
        clock: Clock,
        faults: Sequence[Fault] = (),
        vocabularies: frozenset[str] = frozenset(),
        max_streams: int = MAX_STREAMS,
        idle_s: float = IDLE_S,
    ) -> None:
        self.account = account
        self.clock = clock
        self.faults = FaultBook(faults)
        self.idle_s = idle_s
        self.ears = ears
        self.opened = 0
        self._vocabularies = vocabularies
        self._max_streams = max_streams
        self._streams: dict[str, Conversation] = {}

    @property
    def streams(self) -> int:
        """Streams that are open now."""
        return len(self._streams)

    def admit(self, values: Mapping[str, str]) -> StreamRequest:
        """Checks a stream's parameters and the limit. Raises StreamRefusedError."""
        try:
            request = read_request(values, self._vocabularies)
        except BadRequestError as error:
            raise StreamRefusedError("BadRequestException", str(error)) from None
        if len(self._streams) >= self._max_streams and request.session_id not in self._streams:
            raise StreamRefusedError("LimitExceededException", "You have too many streams open at the same time.")
        return request

    async def converse(
        self,
        line: Line,
        request: StreamRequest,
        signatures: EventSignatures,
        *,
        must_sign: bool,
        user_agent: str,
    ) -> None:
        """Serves one stream to its end."""
        self.opened += 1
        name = request.session_id or f"unnamed-{self.opened}"
        earlier = self._streams.get(name)
        if earlier is not None:
            earlier.give_way()
        try:
            conversation = Conversation(self, line, request, signatures, must_sign=must_sign, user_agent=user_agent)
        except InputError as error:  # what hears cannot hear this
            await line.send(exception("BadRequestException", str(error)))
            return
        self._streams[name] = conversation
        try:
            await conversation.run()
        finally:
            if self._streams.get(name) is conversation:
                del self._streams[name]


def _asked(request: StreamRequest, user_agent: str) -> HearingRequest:
    """What an ear needs to know. Cueline says in its user agent which call it is, and where in it the stream begins."""
    marks = dict(part[3:].split("#", 1) for part in user_agent.split() if part.startswith("md/") and "#" in part)
    position = marks.get("position", "0")
    known = position.isascii() and position.isdigit() and len(position) < 12
    return HearingRequest(
        contact=marks.get("contact"),
        position_ms=int(position) // 8 if known else 0,
        rate_hz=request.rate_hz,
        channels=request.channels,
    )


class Conversation:
    """One stream: audio in, results out; results may be held back by a fault while audio goes on."""

    def __init__(
        self,
        service: TranscribeService,
        line: Line,
        request: StreamRequest,
        signatures: EventSignatures,
        *,
        must_sign: bool,
        user_agent: str,
    ) -> None:
        self._service = service
        self._line = line
        self._request = request
        self._signatures = signatures
        self._signed = must_sign
        self._ear: Ear = service.ears(_asked(request, user_agent))
        self._segments = {channel: ChannelSegments(channel) for channel in CHANNELS[: request.channels]}
        self._writer = ResultWriter(
            language=request.language, identified=request.identified, stability=request.stability
        )
        self._faults = SessionFaults(service.faults)
        self._out: asyncio.Queue[tuple[float | None, bytes]] = asyncio.Queue(maxsize=10_000)
        self._slow_s = 0.0
        self._twice = False
        self._early = False
        self._held: dict[Channel, bytes] = {}
        self._samples = 0
        self._frames = 0
        self._gives_way = False
        self._listening: asyncio.Task[bool] | None = None

    def give_way(self) -> None:
        """A newer stream has the same session id: this one ends."""
        self._gives_way = True
        if self._listening is not None:
            self._listening.cancel()

    async def run(self) -> None:
        writer = asyncio.create_task(self._write())
        self._listening = asyncio.create_task(self._listen())
        there = True
        try:
            there = await self._listening
        except asyncio.CancelledError:
            if not self._gives_way:
                raise
            await self._say(StreamRefusedError("ConflictException"))
        except StreamRefusedError as error:
            await self._say(error)
        except CutError as cut:
            there = cut.politely
            if not cut.politely:
                self._line.abort()
        except CuelineError:  # what hears has failed
            await self._say(StreamRefusedError("InternalFailureException"))
        finally:
            self._listening.cancel()
            if there:
                await self._let_out()
            writer.cancel()
            await asyncio.gather(writer, self._listening, return_exceptions=True)
            await self._ear.aclose()

    async def _let_out(self) -> None:
        """Waits until all has been sent, but for a client that is gone or a stall for good not too long."""
        waiting = {asyncio.create_task(self._out.join()), asyncio.create_task(self._line.gone())}
        await asyncio.wait(waiting, timeout=_LET_OUT_S, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def _say(self, error: StreamRefusedError) -> None:
        await self._out.put((0.0, exception(error.exception, str(error))))

    async def _write(self) -> None:
        while True:
            wait_s, data = await self._out.get()
            if wait_s is None:
                await asyncio.Event().wait()  # a stall for good
            elif wait_s:
                await asyncio.sleep(wait_s)
            if data:
                await self._line.send(data)
            self._out.task_done()

    async def _listen(self) -> bool:
        """Until the stream's end (True) or until the client is gone (False)."""
        while True:
            try:
                async with asyncio.timeout(self._service.idle_s):
                    outer = await self._line.receive()
            except TimeoutError:
                raise StreamRefusedError(
                    "BadRequestException",
                    "Your request timed out because no new audio was received for 15 seconds.",
                ) from None
            except EventStreamError as error:
                raise StreamRefusedError("BadRequestException", f"The frame cannot be decoded: {error}") from None
            if outer is None:
                return False
            pcm = self._audio(outer)
            if not pcm:
                await self._end()
                return True
            await self._hear(pcm)

    def _audio(self, outer: Frame) -> bytes:
        """The audio in a frame; none at the stream's end. Raises StreamRefusedError."""
        frame: Frame | None = outer
        if ":chunk-signature" in outer.headers or self._signed:
            self._signed = True
            try:
                frame = self._signatures.open(outer, now_ms=self._service.clock.epoch_ms())
            except SignatureRefusedError as error:
                raise StreamRefusedError("BadRequestException", str(error)) from None
            if frame is None:
                return b""
        if frame is None or (frame.text(":message-type"), frame.text(":event-type")) != ("event", "AudioEvent"):
            raise StreamRefusedError("BadRequestException", "Only AudioEvents may be sent")
        if frame.payload and frame.text(":content-type") != "application/octet-stream":
            raise StreamRefusedError("BadRequestException", "An AudioEvent's content type is application/octet-stream")
        if len(frame.payload) > MAX_AUDIO_BYTES:
            raise StreamRefusedError("BadRequestException", f"An AudioEvent holds at most {MAX_AUDIO_BYTES} bytes")
        if len(frame.payload) % (2 * self._request.channels):
            raise StreamRefusedError("BadRequestException", "An AudioEvent must hold whole samples of all channels")
        return frame.payload

    async def _hear(self, pcm: bytes) -> None:
        count = self._request.channels
        samples = memoryview(pcm).cast("h")
        self._samples += len(samples) // count
        self._frames += 1
        if self._samples > STREAM_LIMIT_S * self._request.rate_hz:
            raise StreamRefusedError("LimitExceededException")
        await self._ear.hear([samples[channel::count].tobytes() for channel in range(count)])
        for fault in self._faults.due(self._samples * 1_000 // self._request.rate_hz, self._frames):
            await self._go_wrong(fault)
        await self._give()

    async def _give(self) -> None:
        for number, (channel, segments) in enumerate(self._segments.items()):
            await self._give_results(channel, segments.hear(*self._ear.take(number)))

    async def _end(self) -> None:
        await self._ear.finish()
        await self._give()
        for channel, segments in self._segments.items():
            await self._give_results(channel, segments.finish())

    async def _give_results(self, channel: Channel, results: list[Result]) -> None:
        name = f"ch_{CHANNELS.index(channel)}" if self._request.channel_identification else None
        for result in results:
            data = self._writer.frame(result, name)
            if self._early and result.partial:
                self._held[channel] = data
                continue
            await self._out.put((self._slow_s, data))
            if not result.partial:
                await self._after_final(channel, data)

    async def _after_final(self, channel: Channel, data: bytes) -> None:
        if self._twice:
            self._twice = False
            await self._out.put((self._slow_s, data))
        held = self._held.pop(channel, None)
        if held is not None:
            self._early = False
            await self._out.put((self._slow_s, held))

    async def _go_wrong(self, fault: Fault) -> None:
        match fault.kind:
            case "exception":
                raise StreamRefusedError(fault.name or "InternalFailureException")
            case "cut" | "close":
                raise CutError(politely=fault.kind == "close")
            case "stall":
                await self._out.put((None if fault.ms is None else fault.ms / 1_000, b""))
            case "slow":
                self._slow_s = (fault.ms or 0) / 1_000
            case "duplicate_final":
                self._twice = True
            case "out_of_order":
                self._early = True
            case "bad_crc":
                whole = exception("InternalFailureException", "")
                await self._out.put((0.0, whole[:-1] + bytes([whole[-1] ^ 0xFF])))
            case _:
                await self._out.put((0.0, _GARBAGE))
