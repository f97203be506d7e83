"""A process that recognises one call's two channels: ``python -m cueline.speech.adapters.pocketsphinx_worker``.

PocketSphinx holds the interpreter's lock while it works, so that it must not run in the call process itself. The
worker reads audio frames from standard input and writes reports to standard output; it ends when its input does,
which includes the death of the call process.
"""

import os
import resource
import sys
from typing import BinaryIO

import numpy as np

from cueline.kernel.ids import CHANNELS, Channel
from cueline.speech.adapters import pocketsphinx_wire as wire
from cueline.speech.adapters.pocketsphinx_decoder import UtteranceDecoder
from cueline.speech.adapters.pocketsphinx_vad import Closed, Opened, Speech, VoiceGate

PARTIAL_EVERY = 2_400
"""Samples of speech between two hypotheses: 300 ms."""


class ChannelRecogniser:
    """One channel: the voice gate, and a decoder that hears what it lets through."""

    def __init__(self, channel: Channel, decoder: UtteranceDecoder, out: BinaryIO) -> None:
        self._channel: Channel = channel
        self._gate = VoiceGate()
        self._decoder = decoder
        self._out = out
        self._heard = 0
        self._since_partial = 0

    def hear(self, pcm: bytes) -> None:
        """Takes the next audio and reports what follows from it."""
        samples = np.frombuffer(pcm, "<i2")
        for event in self._gate.hear(samples):
            self._take(event)
        self._heard += len(samples)
        self._report(wire.HEARD)

    def finish(self) -> None:
        """No more audio."""
        for event in self._gate.finish():
            self._take(event)
        self._report(wire.HEARD)

    def _take(self, event: Opened | Speech | Closed) -> None:
        match event:
            case Opened(start=start):
                self._decoder.start(start)
                self._since_partial = 0
            case Speech(pcm=pcm):
                self._decoder.feed(pcm)
                self._since_partial += len(pcm)
                if self._since_partial >= PARTIAL_EVERY:
                    self._since_partial = 0
                    self._report(wire.PARTIAL, words=self._decoder.hypothesis())
            case Closed(endpoint=endpoint):
                self._report(wire.FINAL, words=self._decoder.end(), endpoint=endpoint)

    def _report(self, kind: int, *, words: list[wire.WireWord] | None = None, endpoint: bool = False) -> None:
        settled = self._gate.settled
        self._out.write(
            wire.report(kind, self._channel, heard=self._heard, settled=settled, endpoint=endpoint, words=words)
        )


def serve(source: BinaryIO, out: BinaryIO) -> None:
    """Serves sessions, one after the other, until the input ends. RESET begins a new one with fresh decoders."""
    decoders = {channel: UtteranceDecoder() for channel in CHANNELS}
    recognisers = {channel: ChannelRecogniser(channel, decoders[channel], out) for channel in CHANNELS}
    out.write(wire.frame(wire.READY))
    out.flush()
    while (head := wire.read_exactly(source, wire.HEAD.size)) is not None:
        length, kind = wire.HEAD.unpack(head)
        if length > wire.MAX_BODY_BYTES:
            return
        body = wire.read_exactly(source, length)
        if body is None:
            return
        if kind == wire.AUDIO:
            for channel, pcm in wire.split_audio(body).items():
                recognisers[channel].hear(pcm)
                out.flush()
        elif kind == wire.FINISH:
            for recogniser in recognisers.values():
                recogniser.finish()
            out.write(wire.frame(wire.OVER))
            out.flush()
        elif kind == wire.RESET:
            for channel in CHANNELS:
                decoders[channel].reset()
                recognisers[channel] = ChannelRecogniser(channel, decoders[channel], out)
            out.write(wire.frame(wire.READY))
            out.flush()


def main() -> None:
    """Runs on the process's own standard streams, at a lower priority than the call process."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(0)


if __name__ == "__main__":
    main()
