"""One socket of the emulated Deepgram: audio and control messages in, results out, and what goes wrong with it."""

import asyncio
from collections.abc import Sequence
from math import inf
from typing import Any, Final

import msgspec
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from cueline.emulators.deepgram_faults import CLOSE_CODES, Fault, FaultPlan
from cueline.emulators.deepgram_request import Asked
from cueline.emulators.deepgram_transcriber import ChannelTranscriber, Message, TranscriberOptions
from cueline.emulators.hearing import Ear
from cueline.kernel.errors import CuelineError

_BYTES_PER_SAMPLE: Final = 2
_MAX_UNSAID: Final = 10_000
_MAX_CONTROL_BYTES: Final = 16_384
_MODEL_UUID: Final = "00000000-0000-4000-8000-000000000003"
_ENCODER: Final = msgspec.json.Encoder()


class _Control(msgspec.Struct):
    type: str


class _Over(Exception):  # noqa: N818 - the socket has come to its end, well or not
    """The socket is over; it was closed, or is to be closed with this code and reason."""

    def __init__(self, code: int | None = None, reason: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class EmulatedSocket:
    """Runs until the client closes the stream or something goes wrong.

    received_ms: audio so far. frames, keep_alives, finalizes: how many of each came.
    """

    def __init__(
        self,
        connection: ServerConnection,
        asked: Asked,
        *,
        ear: Ear,
        plan: FaultPlan,
        request_id: str,
        silence_limit_s: float,
        delay_ms: int,
    ) -> None:
        self._connection = connection
        self._asked = asked
        self._ear = ear
        self._plan = plan
        self._request_id = request_id
        self._silence_limit_s = silence_limit_s
        self._delay_ms = delay_ms
        model = {"name": asked.model, "version": "emulated", "arch": asked.model.partition("-")[0]}
        metadata: dict[str, Any] = {"request_id": request_id, "model_info": model, "model_uuid": _MODEL_UUID}
        if asked.extra:
            metadata["extra"] = asked.extra
        options = TranscriberOptions(
            channels=asked.channels,
            interim_results=asked.interim_results,
            vad_events=asked.vad_events,
            punctuate=asked.punctuate,
            endpointing_ms=asked.endpointing_ms,
            utterance_end_ms=asked.utterance_end_ms,
            metadata=metadata,
        )
        self._channels = [ChannelTranscriber(channel, options) for channel in range(asked.channels)]
        self._known_ms = [0] * asked.channels
        self._left = b""
        self._samples = 0
        self._unsaid: asyncio.Queue[tuple[float, Message | str]] = asyncio.Queue(_MAX_UNSAID)
        self._slow_ms = 0
        self._stalled_until_ms = 0.0
        self._stalled: list[Message] = []
        self._to_swap = 0
        self._swapped: Message | None = None
        self._to_double = 0
        self.frames = 0
        self.keep_alives = 0
        self.finalizes = 0

    @property
    def received_ms(self) -> float:
        return self._samples * 1_000 / self._asked.rate_hz

    async def run(self) -> None:
        """Serves the socket to its end."""
        saying = asyncio.create_task(self._say_all())
        try:
            await self._listen()
        except _Over as over:
            if over.code is not None:
                await self._connection.close(over.code, over.reason)
        except ConnectionClosed:
            pass
        except CuelineError:  # of the ear
            await self._connection.close(*CLOSE_CODES["NET-0000"])
        finally:
            saying.cancel()
            await asyncio.gather(saying, return_exceptions=True)
            await self._ear.aclose()

    async def _listen(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self._silence_limit_s):
                    message = await self._connection.recv()
            except TimeoutError:
                raise _Over(*CLOSE_CODES["NET-0001"]) from None
            if isinstance(message, bytes):
                await self._hear(message)
            elif await self._obey(message):
                if self._stalled_until_ms == inf:
                    await self._connection.wait_closed()
                await self._unsaid.join()
                raise _Over(1000)

    async def _obey(self, message: str) -> bool:
        """A control message; True when it closes the stream."""
        try:
            control = msgspec.json.decode(message, type=_Control) if len(message) <= _MAX_CONTROL_BYTES else None
        except (msgspec.MsgspecError, RecursionError):
            control = None
        match control.type if control is not None else None:
            case "KeepAlive":
                self.keep_alives += 1
            case "Finalize":
                self.finalizes += 1
                self._advance(delay_ms=0)
                self._flush(from_finalize=True)
            case "CloseStream":
                await self._ear.finish()
                self._advance(delay_ms=0)
                self._flush(from_finalize=False)
                self._close()
                return True
            case _:
                raise _Over(*CLOSE_CODES["DATA-0000"])
        return False

    async def _hear(self, audio: bytes) -> None:
        if not audio:
            raise _Over(*CLOSE_CODES["DATA-0000"])
        self.frames += 1
        from_ms = self.received_ms
        data = self._left + audio
        width = _BYTES_PER_SAMPLE * self._asked.channels
        whole = len(data) // width * width
        self._left = data[whole:]
        self._samples += whole // width
        await self._ear.hear(_apart(data[:whole], self._asked.channels))
        self._advance(delay_ms=self._delay_ms)
        for fault in self._plan.due(from_ms, self.received_ms):
            self._fail(fault)
        if self.received_ms >= self._stalled_until_ms:
            self._catch_up()

    def _advance(self, *, delay_ms: int) -> None:
        now_ms = int(self.received_ms) - delay_ms
        for index, channel in enumerate(self._channels):
            words, known_ms = self._ear.take(index)
            channel.learn(words)
            self._known_ms[index] = known_ms
            for message in channel.advance(min(now_ms, known_ms)):
                self._utter(message)

    def _flush(self, *, from_finalize: bool) -> None:
        for channel, known_ms in zip(self._channels, self._known_ms, strict=True):
            # A word that is being spoken is left whole for what follows.
            end_ms = min(self.received_ms, known_ms) if from_finalize else self.received_ms
            for message in channel.flush(end_ms, from_finalize=from_finalize):
                self._utter(message)

    def _catch_up(self) -> None:
        stalled, self._stalled = self._stalled, []
        for message in stalled:
            self._say(message)

    def _close(self) -> None:
        if self._stalled_until_ms < inf:
            self._stalled_until_ms = 0.0
            self._catch_up()
        if self._swapped is not None:
            self._say(self._swapped)
        metadata = {
            "type": "Metadata",
            "transaction_key": "deprecated",
            "request_id": self._request_id,
            "sha256": "0" * 64,
            "created": "1970-01-01T00:00:00.000Z",
            "duration": round(self.received_ms / 1_000, 4),
            "channels": self._asked.channels,
        }
        self._say(metadata)

    def _utter(self, message: Message) -> None:
        """Says a message, or what the faults make of it."""
        final = message.get("is_final", False)
        if final and self._to_double:
            self._to_double -= 1
            self._say(message)
        if final and self._to_swap and self._swapped is None:
            self._to_swap -= 1
            self._swapped = message
            return
        self._say(message)
        if self._swapped is not None and message.get("channel_index") == self._swapped["channel_index"]:
            swapped, self._swapped = self._swapped, None
            self._say(swapped)

    def _say(self, message: Message | str) -> None:
        if self.received_ms < self._stalled_until_ms and isinstance(message, dict):
            self._stalled.append(message)
            return
        at_s = asyncio.get_running_loop().time() + self._slow_ms / 1_000
        try:
            self._unsaid.put_nowait((at_s, message))
        except asyncio.QueueFull:
            raise _Over(*CLOSE_CODES["NET-0000"]) from None

    async def _say_all(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            at_s, message = await self._unsaid.get()
            if at_s > loop.time():
                await asyncio.sleep(at_s - loop.time())
            try:
                text = message if isinstance(message, str) else _ENCODER.encode(message).decode()
                await self._connection.send(text)
            except ConnectionClosed:
                pass
            self._unsaid.task_done()

    def _fail(self, fault: Fault) -> None:
        match fault.kind:
            case "cut" | "die":
                self._plan.dead = self._plan.dead or fault.kind == "die"
                self._connection.transport.abort()
                raise _Over
            case "close":
                raise _Over(*CLOSE_CODES[fault.code or "NET-0000"])
            case "error":
                code = fault.code or "NET-0000"
                self._say({"type": "Error", "variant": code, "description": "An emulated fault.", "code": code})
            case "stall":
                self._stalled_until_ms = inf if fault.ms is None else self.received_ms + fault.ms
            case "slow":
                self._slow_ms = fault.ms or 0
            case "swap":
                self._to_swap += 1
            case "duplicate":
                self._to_double += 1
            case "garbage":
                self._say('{"type":"Results","channel_index":[0,')
            case _:
                for channel in self._channels:
                    channel.deaf_to_pauses = True


def _apart(interleaved: bytes, channels: int) -> Sequence[bytes]:
    """The PCM of each channel."""
    if channels == 1:
        return [interleaved]
    out = []
    for channel in range(channels):
        pcm = bytearray(len(interleaved) // channels)
        for byte in range(_BYTES_PER_SAMPLE):
            pcm[byte::_BYTES_PER_SAMPLE] = interleaved[
                channel * _BYTES_PER_SAMPLE + byte :: _BYTES_PER_SAMPLE * channels
            ]
        out.append(bytes(pcm))
    return out
