"""A process with some roles: start, serve, drain, stop."""

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import uvicorn
from litestar import Litestar

from cueline.kernel.errors import UnavailableError
from cueline.redaction.guarded import GuardedDetector
from cueline.roles.assemble import (
    Process,
    make_archive,
    make_deliveries,
    make_guide,
    make_model,
    make_source,
    make_web,
    make_worker,
    open_process,
)
from cueline.roles.catalogue import Part, parts_of
from cueline.roles.checks import Checks
from cueline.roles.left_recordings import make_left_recordings
from cueline.roles.recognisers import FailoverMetrics, make_recogniser
from cueline.roles.retention_parts import make_retention_keeper
from cueline.roles.scripts import ScriptLibrary
from cueline.roles.settings import RoleName, Settings
from cueline.roles.worker import CallWorker
from cueline.roles.workflows import connections_of_workflows, make_keeper
from cueline.security.tokens import new_secret
from cueline.speech.ports import Recogniser

START_TIMEOUT_S = 15.0


class PortTakenError(UnavailableError):
    """The web side could not listen."""

    code = "port_taken"


@dataclass(frozen=True, slots=True)
class Served:
    """A process that serves. url: of the web side with its token; None without that part."""

    process: Process
    base_url: str | None
    token: str | None

    @property
    def page_url(self) -> str | None:
        return f"{self.base_url}/?token={self.token}" if self.base_url else None


@asynccontextmanager
async def serve(
    settings: Settings,
    roles: tuple[RoleName, ...],
    *,
    emulator_url: str | None = None,
    scripts: ScriptLibrary | None = None,
    demo: bool = False,
    temporary: bool = False,
    prepare: Callable[[Process], Awaitable[None]] | None = None,
) -> AsyncIterator[Served]:
    """Runs the roles' parts for as long as the context lasts, then drains.

    demo: the sample articles are loaded into the knowledge base.
    prepare: runs when the stores are open and before any call is claimed.
    Draining: the process turns unready, open calls are given back with their checkpoint, sockets are closed so that
    clients come back and resume.
    """
    parts = parts_of(roles)
    async with AsyncExitStack() as stack:
        spare = connections_of_workflows(settings) if "workflows" in parts else 0
        process = await stack.enter_async_context(
            open_process(settings, migrations="migrations" in parts, temporary=temporary, spare=spare)
        )
        if demo:
            await process.knowledge.load_samples(process.tenant)
        if prepare is not None:
            await prepare(process)
        recogniser: Recogniser | None = None
        worker: CallWorker | None = None
        model: GuardedDetector | None = None
        if "calls" in parts:
            library = scripts or ScriptLibrary(settings.script_dir)
            observer = FailoverMetrics(process.metrics)
            recogniser = make_recogniser(settings.recogniser, library, settings, observer=observer)
            stack.push_async_callback(recogniser.aclose)
            source = make_source(settings, emulator_url=emulator_url)
            stack.push_async_callback(source.aclose)
            model = make_model(process)
            archive = make_archive(process)
            worker = make_worker(process, recogniser=recogniser, source=source, model=model, archive=archive)
        start = await stack.enter_async_context(_background())
        if model is not None:
            start(model.run())
            await model.ready()
        base_url = token = None
        if "web" in parts:
            token = settings.token.get_secret_value() if settings.token else new_secret()
            checks = Checks(process.settings, process.health)
            app = make_web(process, access_token=token, recogniser=recogniser, checks=checks, demo=demo)
            base_url = await stack.enter_async_context(_web(app, settings))
        if "guides" in parts:
            start(make_guide(process).run())
        if worker is not None:
            start(worker.run())
        _keep(process, parts, start)
        stack.callback(_drain, process)
        gc.freeze()  # what stands by now stays: collections need not look through the lists of words again
        yield Served(process=process, base_url=base_url, token=token)


def _keep(process: Process, parts: tuple[Part, ...], start: "Start") -> None:
    """Starts the parts of the ``keeper`` role."""
    if "outbox_sweeper" in parts:
        start(process.outbox.run())
    if "deliveries" in parts and (deliveries := make_deliveries(process)) is not None:
        start(deliveries.run())
    if "workflows" in parts and (workflows := make_keeper(process)) is not None:
        start(workflows.run())
    if "retention" in parts:
        start(make_retention_keeper(process).run())
    if "recordings" in parts:
        start(make_left_recordings(process).run())


def _drain(process: Process) -> None:
    process.health.draining = True


@asynccontextmanager
async def _web(app: Litestar, settings: Settings) -> AsyncIterator[str]:
    """Serves the app; gives its base URL once it listens."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
        ws="websockets-sansio",
        ws_max_size=64 * 1024,
        lifespan="on",
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve())
    try:
        async with asyncio.timeout(START_TIMEOUT_S):
            while not server.started:
                if task.done():
                    raise PortTakenError(
                        f"cannot listen on {settings.host}:{settings.port}; choose another with --port, or 0 for any"
                    )
                await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError, SystemExit):
            await task


class _Server(uvicorn.Server):
    """Leaves signals to the process, and says by its end that it could not listen."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        except SystemExit:
            self.should_exit = True


Start = Callable[[Coroutine[None, None, None]], None]


@asynccontextmanager
async def _background() -> AsyncIterator[Start]:
    """Runs what is started until the context ends; a part that fails before ends the context."""
    async with asyncio.TaskGroup() as group:
        started: list[asyncio.Task[None]] = []

        def start(part: Coroutine[None, None, None]) -> None:
            started.append(group.create_task(part))

        try:
            yield start
        finally:
            for task in started:
                task.cancel()


async def until_stopped() -> bool:
    """Returns at the first SIGINT (True) or SIGTERM (False); a second one ends the process the hard way."""
    loop = asyncio.get_running_loop()
    received: asyncio.Future[bool] = loop.create_future()

    def stop(*, interrupted: bool) -> None:
        if not received.done():
            received.set_result(interrupted)

    loop.add_signal_handler(signal.SIGINT, partial(stop, interrupted=True))
    loop.add_signal_handler(signal.SIGTERM, partial(stop, interrupted=False))
    try:
        return await received
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        loop.remove_signal_handler(signal.SIGTERM)
