"""PocketSphinx as a ``Recogniser``: real recognition without an account, a download or a graphics card.

Each session has a worker process of its own (``pocketsphinx_worker.py``); idle workers are kept warm, as a model takes
about a second to load.
"""

import asyncio
import contextlib
import sys
from collections import deque
from collections.abc import Awaitable, Callable

from cueline.speech.adapters import pocketsphinx_wire as wire
from cueline.speech.ports import Capabilities, FinalHeard, Heard, Opening, PartialHeard, RecogniserError, Report
from cueline.speech.timeline import Timeline
from cueline.unredacted.audio import SAMPLES_PER_MS, StereoBlock
from cueline.unredacted.transcript import RawWord

START_TIMEOUT_S = 30.0
PUSH_TIMEOUT_S = 60.0
CLOSE_TIMEOUT_S = 2.0
MAX_IDLE_WORKERS = 4
_PIPE_BYTES = 1 << 20


class PocketSphinxRecogniser:
    """Shares idle worker processes between sessions."""

    capabilities = Capabilities(
        name="pocketsphinx",
        label="PocketSphinx (local, English)",
        source="recognised",
        partials=True,
        acknowledges=True,
        languages=("en-US",),
    )

    def __init__(self) -> None:
        self._idle: deque[_Worker] = deque()

    async def open(self, opening: Opening) -> "PocketSphinxSession":
        """Takes an idle worker or starts one. Raises RecogniserError."""
        while self._idle:
            worker = self._idle.popleft()
            if worker.alive:
                return PocketSphinxSession(worker, opening.position, self._give_back)
        worker = await _Worker.start()
        return PocketSphinxSession(worker, opening.position, self._give_back)

    async def aclose(self) -> None:
        while self._idle:
            await self._idle.popleft().kill()

    async def _give_back(self, worker: "_Worker") -> None:
        if len(self._idle) < MAX_IDLE_WORKERS and await worker.reset():
            self._idle.append(worker)
        else:
            await worker.kill()


class _Worker:
    """One worker process and its pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise RecogniserError("a PocketSphinx worker has no pipes")
        self._process = process
        self._in = process.stdin
        self._out = process.stdout

    @classmethod
    async def start(cls) -> "_Worker":
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "cueline.speech.adapters.pocketsphinx_worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_PIPE_BYTES,
                start_new_session=True,  # Ctrl-C in a terminal is for the call process, which drains first
            )
        except OSError as error:
            raise RecogniserError(f"a PocketSphinx worker could not be started: {error.strerror}") from None
        worker = cls(process)
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                kind, _ = await worker.read()
        except (TimeoutError, RecogniserError):
            await worker.kill()
            raise RecogniserError("a PocketSphinx worker did not start; is the package installed?") from None
        if kind != wire.READY:
            await worker.kill()
            raise RecogniserError("a PocketSphinx worker did not greet as expected")
        return worker

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def write(self, data: bytes) -> None:
        """Raises RecogniserError when the worker is gone or takes nothing for too long."""
        try:
            self._in.write(data)
            async with asyncio.timeout(PUSH_TIMEOUT_S):
                await self._in.drain()
        except (OSError, TimeoutError):
            raise RecogniserError("a PocketSphinx worker takes no more audio") from None

    async def read(self) -> tuple[int, bytes]:
        """The next frame's kind and body. Raises RecogniserError when the worker is gone."""
        try:
            length, kind = wire.HEAD.unpack(await self._out.readexactly(wire.HEAD.size))
            if length > wire.MAX_BODY_BYTES:
                raise RecogniserError("a PocketSphinx worker sent a frame that is too large")
            return kind, await self._out.readexactly(length)
        except (asyncio.IncompleteReadError, OSError):
            raise RecogniserError("a PocketSphinx worker died") from None

    async def reset(self) -> bool:
        """Makes the worker ready for another session; False when it is not to be used again."""
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                await self.write(wire.frame(wire.RESET))
                while (await self.read())[0] != wire.READY:
                    pass
        except (RecogniserError, TimeoutError):
            return False
        return True

    async def kill(self) -> None:
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_TIMEOUT_S):
                await self._process.wait()


class PocketSphinxSession:
    """One call's recognition by one worker process."""

    def __init__(self, worker: _Worker, position: int, give_back: Callable[[_Worker], Awaitable[None]]) -> None:
        self._worker: _Worker | None = worker
        self._give_back = give_back
        self._timeline = Timeline()
        self._sent = 0
        self._end = position
        self._timeline.anchor(0, position)
        self._finished = False
        self._over = False

    async def push(self, block: StereoBlock) -> None:
        if block.position != self._end:
            self._timeline.anchor(self._sent, block.position)
        self._sent += block.samples
        self._end = block.end
        await self._alive().write(wire.audio(block.customer, block.agent))

    async def finish(self) -> None:
        self._finished = True
        await self._alive().write(wire.frame(wire.FINISH))

    async def receive(self) -> Report | None:
        if self._over:
            return None
        kind, body = await self._alive().read()
        if kind == wire.OVER:
            self._over = True
            return None
        return self._placed(wire.read_report(kind, body))

    async def aclose(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        if self._over and worker.alive:
            await self._give_back(worker)
        else:
            await worker.kill()

    def _alive(self) -> _Worker:
        if self._worker is None:
            raise RecogniserError("this PocketSphinx session is closed")
        return self._worker

    def _placed(self, heard: wire.WireReport) -> Report:
        """A report in the call's own time."""
        settled = self._timeline.position(heard.settled)
        if heard.kind == wire.HEARD:
            return Heard(heard.channel, self._timeline.position(heard.heard), settled)
        words = [
            RawWord(
                word.text,
                self._timeline.position(word.start) // SAMPLES_PER_MS,
                self._timeline.position(word.end) // SAMPLES_PER_MS,
            )
            for word in heard.words
        ]
        if heard.kind == wire.PARTIAL:
            return PartialHeard(heard.channel, words)
        return FinalHeard(heard.channel, words, settled=settled, endpoint=heard.endpoint)
