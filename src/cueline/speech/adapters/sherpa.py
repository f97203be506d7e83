"""sherpa-onnx as a ``Recogniser``: a streaming transducer of one's own, without any service (extra cueline[sherpa]).

A worker process holds the model and serves many calls, whose audio it decodes in batches (``sherpa_worker.py``). A
worker that dies takes its sessions with it; they fail, and the next session starts another one.
"""

import asyncio
import contextlib
import importlib.util
import sys
from typing import Final

from cueline.kernel.errors import ConfigurationError
from cueline.speech.adapters import sherpa_wire as wire
from cueline.speech.adapters.sherpa_settings import SherpaSettings
from cueline.speech.ports import Capabilities, FinalHeard, Heard, Opening, PartialHeard, RecogniserError, Report
from cueline.speech.timeline import Timeline
from cueline.unredacted.audio import SAMPLE_RATE_HZ, SAMPLES_PER_MS, StereoBlock
from cueline.unredacted.transcript import RawWord

START_TIMEOUT_S: Final = 60.0
PUSH_TIMEOUT_S: Final = 60.0
CLOSE_TIMEOUT_S: Final = 2.0
MAX_UNHEARD: Final = 10 * SAMPLE_RATE_HZ
"""Samples of a session that may wait in the worker; then ``push`` waits."""

_PIPE_BYTES: Final = 1 << 20


class SherpaRecogniser:
    """Shares worker processes between sessions: each new one goes to the worker with the fewest."""

    def __init__(self, settings: SherpaSettings) -> None:
        """Raises ConfigurationError where sherpa-onnx or a file of the model is missing."""
        if importlib.util.find_spec("sherpa_onnx") is None:
            raise ConfigurationError("recogniser sherpa needs sherpa-onnx: pip install 'cueline[sherpa]'")
        self._files = settings.files()
        self._settings = settings
        self._workers: list[_Worker] = []
        self._starting = asyncio.Lock()
        self.capabilities = Capabilities(
            name="sherpa",
            label=f"sherpa-onnx (local, {settings.folder.name})",
            source="recognised",
            partials=True,
            acknowledges=True,
            languages=(settings.language,),
        )

    async def open(self, opening: Opening) -> "SherpaSession":
        """Begins a session on a worker, which is started where there is none yet. Raises RecogniserError."""
        async with self._starting:
            self._workers = [worker for worker in self._workers if worker.alive]
            if len(self._workers) < self._settings.workers:
                self._workers.append(await _Worker.start(self._settings))
            worker = min(self._workers, key=lambda each: len(each.sessions))
        return await worker.open(opening.position)

    async def aclose(self) -> None:
        while self._workers:
            await self._workers.pop().kill()


class _Worker:
    """One worker process, its pipes, and the task that hands its reports to their sessions."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise RecogniserError("a sherpa-onnx worker has no pipes")
        self._process = process
        self._in = process.stdin
        self._out = process.stdout
        self._numbers = 0
        self._reading: asyncio.Task[None] | None = None
        self.sessions: dict[int, SherpaSession] = {}

    @classmethod
    async def start(cls, settings: SherpaSettings) -> "_Worker":
        """Starts a worker and waits until its model is loaded. Raises RecogniserError."""
        files = settings.files()
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "cueline.speech.adapters.sherpa_worker",
                *(str(path) for path in files),
                str(settings.threads),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_PIPE_BYTES,
                start_new_session=True,  # Ctrl-C in a terminal is for the call process, which drains first
            )
        except OSError as error:
            raise RecogniserError(f"a sherpa-onnx worker could not be started: {error.strerror}") from None
        worker = cls(process)
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                kind, _, _ = await worker.read()
        except (TimeoutError, RecogniserError):
            await worker.kill()
            raise RecogniserError(
                f"a sherpa-onnx worker did not start: is {settings.folder.name} a streaming transducer for sherpa-onnx?"
            ) from None
        if kind != wire.READY:
            await worker.kill()
            raise RecogniserError("a sherpa-onnx worker did not greet as expected")
        worker._reading = asyncio.create_task(worker._read_on())
        return worker

    @property
    def alive(self) -> bool:
        return self._process.returncode is None and self._reading is not None and not self._reading.done()

    async def open(self, position: int) -> "SherpaSession":
        self._numbers += 1
        session = SherpaSession(self, self._numbers, position)
        self.sessions[self._numbers] = session
        await self.write(wire.frame(wire.OPEN, self._numbers))
        return session

    async def write(self, data: bytes) -> None:
        """Raises RecogniserError when the worker is gone or takes nothing for too long."""
        try:
            self._in.write(data)
            async with asyncio.timeout(PUSH_TIMEOUT_S):
                await self._in.drain()
        except (OSError, TimeoutError):
            raise RecogniserError("a sherpa-onnx worker takes no more audio") from None

    async def read(self) -> tuple[int, int, bytes]:
        """The next frame's kind, session and body. Raises RecogniserError when the worker is gone."""
        try:
            length, kind, session = wire.HEAD.unpack(await self._out.readexactly(wire.HEAD.size))
            if length > wire.MAX_BODY_BYTES:
                raise RecogniserError("a sherpa-onnx worker sent a frame that is too large")
            return kind, session, await self._out.readexactly(length)
        except (asyncio.IncompleteReadError, OSError):
            raise RecogniserError("a sherpa-onnx worker died") from None

    async def _read_on(self) -> None:
        """Until the worker is gone; its sessions are told."""
        failure = "a sherpa-onnx worker died"
        try:
            while True:
                kind, number, body = await self.read()
                session = self.sessions.get(number)
                if session is not None:
                    session.take(None if kind == wire.OVER else wire.read_report(kind, body))
        except (RecogniserError, wire.FrameError) as error:
            failure = str(error)
        finally:
            for session in list(self.sessions.values()):
                session.fail(failure)

    async def close(self, number: int) -> None:
        """Forgets a session, here and in the worker."""
        if self.sessions.pop(number, None) is not None and self.alive:
            with contextlib.suppress(RecogniserError):
                await self.write(wire.frame(wire.CLOSE, number))

    async def kill(self) -> None:
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_TIMEOUT_S):
                await self._process.wait()
                if self._reading is not None:
                    await self._reading


class SherpaSession:
    """One call's recognition."""

    def __init__(self, worker: _Worker, number: int, position: int) -> None:
        self._worker = worker
        self._number = number
        self._timeline = Timeline()
        self._timeline.anchor(0, position)
        self._sent = 0
        self._end = position
        self._heard = {"customer": 0, "agent": 0}
        # Bounded by the audio that may wait: a report needs audio, and ``push`` waits for what was heard.
        self._reports: asyncio.Queue[wire.WireReport | RecogniserError | None] = asyncio.Queue()
        self._caught_up = asyncio.Event()
        self._over = False
        self._closed = False
        self._failure: str | None = None

    async def push(self, block: StereoBlock) -> None:
        self._check()
        if block.position != self._end:
            self._timeline.anchor(self._sent, block.position)
        self._sent += block.samples
        self._end = block.end
        await self._worker.write(wire.audio(self._number, block.customer, block.agent))
        try:
            async with asyncio.timeout(PUSH_TIMEOUT_S):
                while self._sent - min(self._heard.values()) > MAX_UNHEARD:
                    self._check()
                    self._caught_up.clear()
                    await self._caught_up.wait()
        except TimeoutError:
            raise RecogniserError("a sherpa-onnx worker takes no more audio") from None

    async def finish(self) -> None:
        self._check()
        await self._worker.write(wire.frame(wire.FINISH, self._number))

    async def receive(self) -> Report | None:
        if self._over:
            return None
        self._check(reading=True)
        heard = await self._reports.get()
        if heard is None:
            self._over = True
            return None
        if isinstance(heard, RecogniserError):
            raise heard
        return self._placed(heard)

    async def aclose(self) -> None:
        if not self._closed:
            self._closed = True
            await self._worker.close(self._number)

    def take(self, heard: wire.WireReport | None) -> None:
        """A report of the worker; None: the session is over."""
        if heard is not None and heard.kind == wire.HEARD:
            self._heard[heard.channel] = heard.heard
            self._caught_up.set()
        self._reports.put_nowait(heard)

    def fail(self, why: str) -> None:
        """The worker is gone."""
        self._failure = why
        self._caught_up.set()
        self._reports.put_nowait(RecogniserError(why))

    def _check(self, *, reading: bool = False) -> None:
        if self._closed:
            raise RecogniserError("this sherpa-onnx session is closed")
        if self._failure is not None and not reading:
            raise RecogniserError(self._failure)

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
