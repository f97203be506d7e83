"""Word detectors for tests: one in this process that does as told, and the worker process of one that misbehaves.

As a program (``python word_detector.py``) it speaks the wire of a Presidio worker and takes orders from the turn's own
words: ``hang`` answers nothing, ``die`` ends the process, ``fail`` says that it failed, ``junk`` sends no frame,
``strange`` answers for another turn, ``outside`` finds words that are not there, ``text`` names a type that is text.
In any turn "water" is a person.
"""

import asyncio
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from cueline.redaction.adapters import presidio_wire as wire
from cueline.redaction.detector import Finding
from cueline.redaction.ports import WordDetectorError
from cueline.unredacted.transcript import RawWord

PROGRAM = str(Path(__file__))


def worker_command(*arguments: str) -> tuple[str, ...]:
    """The command of such a worker. ``refuse``: it does not begin; ``mute``: it dies before it greets;
    ``deaf``: it greets and answers nothing.
    """
    return (sys.executable, PROGRAM, *arguments)


class NamesWater:
    """A ``WordDetector`` in this process: "water" is a person. ``held``: turns wait until ``release`` is set."""

    name = "fake"

    def __init__(self, *, held: bool = False) -> None:
        self.release = asyncio.Event()
        self.asked: list[str] = []
        self.error: Exception | None = None
        self.found: Iterable[Finding] | None = None
        if not held:
            self.release.set()

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def ready(self) -> None:
        if self.error is not None:
            raise WordDetectorError("not there")

    async def find(self, words: Sequence[RawWord]) -> Iterable[Finding]:
        self.asked.append(" ".join(word.text for word in words))
        await self.release.wait()
        if self.error is not None:
            raise self.error
        if self.found is not None:
            return self.found
        return [Finding(at, at, "PERSON") for at, word in enumerate(words) if word.text == "water"]


def main() -> None:
    source, out = sys.stdin.buffer, sys.stdout.buffer
    if "mute" in sys.argv:
        return
    if "refuse" in sys.argv:
        out.write(wire.frame(wire.REFUSED, 0, wire.NO_MODEL))
        out.flush()
        return
    out.write(wire.frame(wire.READY))
    out.flush()
    while (head := wire.read_exactly(source, wire.HEAD.size)) is not None:
        length, _, number = wire.HEAD.unpack(head)
        words = wire.read_turn(wire.read_exactly(source, length) or b"")
        spans = [wire.Span(at, at, "PERSON") for at, word in enumerate(words) if word == "water"]
        if "die" in words:
            return
        if "hang" in words or "deaf" in sys.argv:
            time.sleep(600)
        if "junk" in words:
            out.write(b"what is this, it is no frame at all, is it")
        if "outside" in words:
            spans.append(wire.Span(0, len(words), "PERSON"))
        if "text" in words:
            spans.append(wire.Span(0, 0, " ".join(words)))
        if "strange" in words:
            number += 7
        out.write(wire.frame(wire.FAILED, number) if "fail" in words else wire.found(number, spans))
        out.flush()


if __name__ == "__main__":
    main()
