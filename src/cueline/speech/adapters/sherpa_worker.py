"""A process that runs sherpa-onnx for many calls: ``python -m cueline.speech.adapters.sherpa_worker ENCODER ...``.

A thread reads frames; the main loop takes all that have come, feeds each session's streams, and decodes the streams of
all sessions together, a batch at a time: with many calls that costs far less than one by one. It ends when its input
does, which includes the death of the call process.
"""

import os
import queue
import resource
import sys
import threading
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import numpy as np

from cueline.kernel.ids import CHANNELS, Channel
from cueline.speech.adapters import sherpa_wire as wire
from cueline.speech.adapters.sherpa_channel import ChannelHearing

MODEL_RATE_HZ: Final = 16_000
"""sherpa-onnx brings 8 kHz audio to this itself; above 4 kHz there is then nothing."""

MAX_WAITING_FRAMES: Final = 512
MAX_BATCH: Final = 64

ROUND_BYTES: Final = 2 * 8_000
"""Audio of one session, half a second on both channels, after which its hypothesis is told: when a call catches up,
its words still come one after the other.
"""

_Frame = tuple[int, int, bytes]


def make_recogniser(encoder: str, decoder: str, joiner: str, tokens: str, threads: int) -> Any:
    """sherpa-onnx with a model. It ends the process where a file is none of its own."""
    import sherpa_onnx  # noqa: PLC0415 - an extra

    return sherpa_onnx.OnlineRecognizer.from_transducer(
        encoder=encoder,
        decoder=decoder,
        joiner=joiner,
        tokens=tokens,
        num_threads=threads,
        sample_rate=MODEL_RATE_HZ,
        enable_endpoint_detection=False,
    )


class Sessions:
    """All sessions of the worker."""

    def __init__(self, recogniser: Any, out: BinaryIO) -> None:
        self._recogniser = recogniser
        self._out = out
        self._sessions: dict[int, dict[Channel, ChannelHearing]] = {}
        self._over: list[int] = []

    def take(self, frames: list[_Frame]) -> None:
        """Takes all frames that have come, decodes what follows, and reports it."""
        fed: set[int] = set()
        for kind, session, body in frames:
            self._one(kind, session, body, fed)
        hearings = [hearing for number in sorted(fed) for hearing in self._sessions.get(number, {}).values()]
        self._decode(hearings)
        for hearing in hearings:
            hearing.decoded()
        for session in self._over:
            self._sessions.pop(session, None)
            self._out.write(wire.frame(wire.OVER, session))
        self._over.clear()
        self._out.flush()

    def _one(self, kind: int, session: int, body: bytes, fed: set[int]) -> None:
        if kind == wire.OPEN:
            self._sessions[session] = {channel: self._hearing(session, channel) for channel in CHANNELS}
        elif kind == wire.CLOSE:
            self._sessions.pop(session, None)
            self._over = [each for each in self._over if each != session]
        elif session in self._sessions:
            fed.add(session)
            hearings = self._sessions[session]
            if kind == wire.AUDIO:
                for channel, pcm in wire.split_audio(body).items():
                    hearings[channel].hear(np.frombuffer(pcm, "<i2"))
            elif kind == wire.FINISH:
                for hearing in hearings.values():
                    hearing.finish()
                self._over.append(session)

    def _hearing(self, session: int, channel: Channel) -> ChannelHearing:
        def emit(report: wire.WireReport) -> None:
            self._out.write(wire.channel_report(session, report))

        return ChannelHearing(channel, self._recogniser, emit)

    def _decode(self, hearings: list[ChannelHearing]) -> None:
        streams = [stream for hearing in hearings for stream in hearing.streams]
        while ready := [stream for stream in streams if self._recogniser.is_ready(stream)]:
            for first in range(0, len(ready), MAX_BATCH):
                self._recogniser.decode_streams(ready[first : first + MAX_BATCH])


def serve(recogniser: Any, source: BinaryIO, out: BinaryIO) -> None:
    """Serves sessions until the input ends."""
    waiting: queue.Queue[_Frame | None] = queue.Queue(MAX_WAITING_FRAMES)
    threading.Thread(target=_read, args=(source, waiting), daemon=True).start()
    sessions = Sessions(recogniser, out)
    out.write(wire.frame(wire.READY, 0))
    out.flush()
    while True:
        frames = [waiting.get()]
        while len(frames) < MAX_WAITING_FRAMES:
            try:
                frames.append(waiting.get_nowait())
            except queue.Empty:
                break
        known = [frame for frame in frames if frame is not None]
        for together in rounds(known):
            sessions.take(together)
        if len(known) < len(frames):
            return


def rounds(frames: list[_Frame]) -> Iterator[list[_Frame]]:
    """The frames in their order, parted so that no part holds more than ``ROUND_BYTES`` of a session, or one frame."""
    part: list[_Frame] = []
    held: dict[int, int] = {}
    for frame in frames:
        _, session, body = frame
        held[session] = held.get(session, 0) + len(body)
        if held[session] > ROUND_BYTES and part:
            yield part
            part, held = [], {session: len(body)}
        part.append(frame)
    if part:
        yield part


def _read(source: BinaryIO, waiting: "queue.Queue[_Frame | None]") -> None:
    while (head := wire.read_exactly(source, wire.HEAD.size)) is not None:
        length, kind, session = wire.HEAD.unpack(head)
        body = wire.read_exactly(source, length) if length <= wire.MAX_BODY_BYTES else None
        if body is None:
            break
        waiting.put((kind, session, body))
    waiting.put(None)


def main() -> None:
    """Runs on the process's own standard streams, at a lower priority than the call process."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    encoder, decoder, joiner, tokens, threads = sys.argv[1:]
    try:
        serve(make_recogniser(encoder, decoder, joiner, tokens, int(threads)), sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(0)
    os._exit(0)  # the reading thread may still wait for input


if __name__ == "__main__":
    main()
