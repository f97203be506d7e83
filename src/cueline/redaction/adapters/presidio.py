"""Presidio as a ``WordDetector``: names and places by a model that the operator installs, in worker processes.

Each worker (``presidio_worker.py``) answers one turn after the other. One that dies, or that answers nothing for
``hang_s``, is started again, each time after a longer wait; meanwhile whoever asks is told at once that none is there.
"""

import asyncio
import contextlib
import sys
from collections.abc import Coroutine, Sequence
from typing import Any, Final, TypeVar, cast

from cueline.events.redacted import EntityType
from cueline.redaction.adapters import presidio_wire as wire
from cueline.redaction.detector import Finding
from cueline.redaction.ports import WordDetectorError
from cueline.unredacted.transcript import RawWord

START_TIMEOUT_S: Final = 120.0
HANG_S: Final = 5.0
FIRST_WAIT_S: Final = 0.2
LONGEST_WAIT_S: Final = 30.0
CLOSE_TIMEOUT_S: Final = 2.0
MAX_ASKED: Final = 64
"""Turns that may wait in one worker's pipe, those that nobody waits for any more included."""

_MENDS: Final = {
    wire.NOT_INSTALLED: "presidio-analyzer, or what its model needs, is not installed: pip install 'cueline[presidio]'",
    wire.NO_MODEL: "the model of CUELINE_NAME_MODEL is not there or cannot be loaded; nothing is downloaded for you",
}
_DIED: Final = "a Presidio worker died"

T = TypeVar("T")


class PresidioDetector:
    """Shares worker processes between calls. ``run`` must run beside it.

    model: as CUELINE_NAME_MODEL. command: what a worker is, for tests.
    """

    name: Final = "presidio"

    def __init__(
        self,
        *,
        model: str = "blank",
        workers: int = 1,
        command: Sequence[str] | None = None,
        hang_s: float = HANG_S,
        first_wait_s: float = FIRST_WAIT_S,
    ) -> None:
        ours = (sys.executable, "-m", "cueline.redaction.adapters.presidio_worker", model)
        self._workers: Final = [
            _Worker(command or ours, hang_s=hang_s, first_wait_s=first_wait_s) for _ in range(workers)
        ]

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for worker in self._workers:
                tasks.create_task(worker.live())

    async def ready(self) -> None:
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                for worker in self._workers:
                    await worker.begun.wait()
        except TimeoutError:
            raise WordDetectorError("Presidio's model took too long to load") from None
        for worker in self._workers:
            if not worker.up:
                raise WordDetectorError(worker.refusal or _DIED)

    async def find(self, words: Sequence[RawWord]) -> list[Finding]:
        up = [worker for worker in self._workers if worker.up]
        if not up:
            raise WordDetectorError("no Presidio worker is there")
        spans = await min(up, key=lambda worker: worker.asked).ask([word.text for word in words])
        # The guard looks at the types: what a process sent is not trusted to be one.
        return [Finding(span.first, span.last, cast(EntityType, span.type)) for span in spans]


class _Worker:
    """One worker process after the other."""

    def __init__(self, command: Sequence[str], *, hang_s: float, first_wait_s: float) -> None:
        self._command: Final = tuple(command)
        self._hang_s: Final = hang_s
        self._first_wait_s: Final = first_wait_s
        self._process: asyncio.subprocess.Process | None = None
        self._waiting: dict[int, asyncio.Future[list[wire.Span]]] = {}
        self._number = 0
        self._wait_s = first_wait_s
        self._hanging: asyncio.TimerHandle | None = None
        self.up = False
        self.begun: Final = asyncio.Event()
        self.refusal: str | None = None

    @property
    def asked(self) -> int:
        """Turns that it has not answered yet."""
        return len(self._waiting)

    async def live(self) -> None:
        """Starts the process, and again when it died, until cancelled."""
        while True:
            try:
                await self._serve()
            except (OSError, EOFError, TimeoutError, wire.FrameError):
                self.refusal = self.refusal or _DIED
            finally:
                await _to_its_end(self._bury())
            await asyncio.sleep(self._wait_s)
            self._wait_s = min(self._wait_s * 2, LONGEST_WAIT_S)

    async def ask(self, words: Sequence[str]) -> list[wire.Span]:
        """Raises WordDetectorError. A turn that is not waited for any more is answered to nobody."""
        process = self._process
        if process is None or process.stdin is None or self.asked >= MAX_ASKED:
            raise WordDetectorError("a Presidio worker takes no more turns")
        self._number = (self._number + 1) & 0xFFFF_FFFF
        try:
            process.stdin.write(wire.turn(self._number, words))
        except (OSError, wire.FrameError):
            raise WordDetectorError("a Presidio worker does not take this turn") from None
        answer: asyncio.Future[list[wire.Span]] = asyncio.get_running_loop().create_future()
        self._waiting[self._number] = answer
        if self._hanging is None:
            self._watch()
        return await answer

    async def _start(self) -> asyncio.subprocess.Process:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=wire.MAX_BODY_BYTES,
            start_new_session=True,  # Ctrl-C in a terminal is for the call process, which drains first
        )
        return self._process

    async def _serve(self) -> None:
        process = await _to_its_end(self._start())
        if process.stdout is None:
            raise EOFError
        async with asyncio.timeout(START_TIMEOUT_S):
            kind, _, body = await _read(process.stdout)
        if kind != wire.READY:
            self.refusal = _MENDS.get(body, _DIED)
            return
        self.up, self.refusal = True, None
        self.begun.set()
        while True:
            kind, number, body = await _read(process.stdout)
            self._take(kind, number, body)

    def _take(self, kind: int, number: int, body: bytes) -> None:
        answer = self._waiting.pop(number, None)
        if answer is None:
            raise wire.FrameError("a worker answered a turn that it was not asked about")
        self._wait_s = self._first_wait_s
        self._watch()
        if answer.done():
            return
        if kind != wire.FOUND:
            answer.set_exception(WordDetectorError("a Presidio worker could not look at a turn"))
            return
        try:
            answer.set_result(wire.read_found(body))
        except wire.FrameError as error:
            answer.set_exception(WordDetectorError(str(error)))

    def _watch(self) -> None:
        """The process is killed when it does not answer in time, which ends the wait for its next frame."""
        if self._hanging is not None:
            self._hanging.cancel()
            self._hanging = None
        if self._waiting:
            self._hanging = asyncio.get_running_loop().call_later(self._hang_s, self._kill)

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def _bury(self) -> None:
        """Ends the process; whoever waits for it is told."""
        self.up = False
        self.begun.set()
        waiting, self._waiting = self._waiting, {}
        for answer in waiting.values():
            if not answer.done():
                answer.set_exception(WordDetectorError(_DIED))
        self._watch()
        self._kill()
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(TimeoutError, OSError):
                async with asyncio.timeout(CLOSE_TIMEOUT_S):
                    await process.communicate()  # to the end of both pipes, so that they are closed


async def _to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Does the work even when cancelled meanwhile: a start or an end broken off half way leaves a process behind."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.gather(task, return_exceptions=True)
        raise


async def _read(stream: asyncio.StreamReader) -> tuple[int, int, bytes]:
    """The next frame's kind, number and body. Raises EOFError when the worker is gone, FrameError for what is none."""
    length, kind, number = wire.HEAD.unpack(await stream.readexactly(wire.HEAD.size))
    if length > wire.MAX_BODY_BYTES:
        raise wire.FrameError("a worker sent a frame that is too large")
    return kind, number, await stream.readexactly(length)
