"""A browser (the system's Chromium) before a running Cueline into which sample calls are played.

Everything runs in one event loop for each test module. Screenshots go to ``test-results/``.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from cueline.emulators.kinesis_video import KinesisVideoEmulator
from cueline.kernel.clock import VirtualClock
from cueline.ops.system_clock import SystemClock
from cueline.roles.demo import DemoPlayer, OfferedSample, player, sample_scripts
from cueline.roles.settings import ROLES
from cueline.roles.supervise import serve
from cueline.samples.catalogue import sample_calls
from cueline.storage.engine import Database
from tests.components import CHROMIUM, ROOT
from tests.fakes.tcp_proxy import TcpProxy
from tests.installation import TOKEN, settings

SCREENSHOTS = ROOT / "test-results"
RECORDER = (Path(__file__).parent / "recorder.js").read_text(encoding="utf-8")
STEP_MS = 1_000
STEP_S = 0.05
"""A paced call goes on by so much of its own time in so much of ours: about twenty times as fast as it was spoken."""

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
WIDE: ViewportSize = {"width": 1280, "height": 800}
expect.set_options(timeout=30_000)


@dataclass
class Watched:
    """A page, and every state that each utterance was ever in on it.

    frames: (utterance id, state, holds, masks, HTML) after each change of the document.
    """

    page: Page
    frames: list[tuple[str, str, int, int, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def record(self, frame: dict[str, Any]) -> None:
        """Called by the page."""
        self.frames.append((frame["id"], frame["state"], frame["holds"], frame["masks"], frame["html"]))

    async def photograph(self, name: str) -> None:
        """A picture for people to look at."""
        await self.page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    async def utterances(self) -> list[str]:
        """Ids of the utterances on the page, from top to bottom."""
        ids: list[str] = await self.page.get_by_test_id("utterance").evaluate_all(
            "blocks => blocks.map(block => block.dataset.utteranceId)"
        )
        return ids


class Theatre:
    """A running Cueline, a cuttable network before it, and the sample calls."""

    def __init__(
        self, base_url: str, play: DemoPlayer, proxy: TcpProxy, http: httpx.AsyncClient, database: Database
    ) -> None:
        self.base_url = base_url
        self.database = database
        self.proxy = proxy
        self.http = http
        self._play = play
        self._numbers = 0
        self._finishing: set[asyncio.Task[None]] = set()

    async def begin(self, name: str, *, speed: float) -> OfferedSample:
        """Plays a sample call; its contact ends with it."""
        [sample] = [each for each in sample_calls() if each.name == name]
        self._numbers += 1
        offered = await self._play.start(
            sample, suffix=f"-{self._numbers}", speed=speed, start_ms=SystemClock().epoch_ms()
        )
        task = asyncio.create_task(self._play.finish(offered))
        self._finishing.add(task)
        task.add_done_callback(self._finishing.discard)
        return offered

    async def ended(self, call: str) -> None:
        """Waits for the call's end."""
        async with asyncio.timeout(90):
            while (await self.http.get(f"/v1/calls/{call}")).json()["phase"] != "ended":  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def spoken(self, call: str) -> list[str]:
        """Ids of the call's committed utterances in reading order."""
        events = (await self.http.get(f"/v1/calls/{call}/events")).json()["events"]
        said = [event for event in events if event["kind"] == "UtteranceCommitted"]
        return [event["utteranceId"] for event in sorted(said, key=lambda event: event["startedMs"])]


class PacedTheatre:
    """A Cueline whose calls are heard as far as a test says, and stand still there until it goes on.

    What a page shows then depends on what was said, not on how fast this machine is.
    """

    def __init__(self, theatre: Theatre, emulator: KinesisVideoEmulator, clock: VirtualClock) -> None:
        self.base_url = theatre.base_url
        self.http = theatre.http
        self._theatre = theatre
        self._emulator = emulator
        self._clock = clock
        self._began_ms: dict[str, int] = {}

    async def begin(self, name: str) -> OfferedSample:
        """A sample call that has begun, and of which nothing was heard yet."""
        began_ms = self._clock.monotonic_ms()
        offered = await self._theatre.begin(name, speed=1)
        self._began_ms[offered.call_id] = began_ms
        return offered

    async def hear(self, offered: OfferedSample, until_s: float) -> None:
        """Plays all calls on, second by second, until so much of this one was played."""
        until_ms = self._began_ms[offered.call_id] + round(1_000 * until_s)
        while (now_ms := self._clock.monotonic_ms()) < until_ms:
            self._clock.advance_to(min(now_ms + STEP_MS, until_ms))
            self._emulator.release_due()
            await asyncio.sleep(STEP_S)

    async def finish(self, offered: OfferedSample) -> None:
        """Plays a call to its end and waits until it is over."""
        await self.hear(offered, offered.playback.duration_ms / 1_000)
        await self._theatre.ended(offered.call_id)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre(postgres_url: str) -> AsyncIterator[Theatre]:
    """One Cueline for the module, on a database of its own."""
    async with running(postgres_url, KinesisVideoEmulator()) as theatre:
        yield theatre


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def paced_theatre(postgres_url: str) -> AsyncIterator[PacedTheatre]:
    """The demo's Cueline for the module: sample articles, the guide, and calls that are heard as far as a test says."""
    clock = VirtualClock(epoch_origin_ms=SystemClock().epoch_ms())
    emulator = KinesisVideoEmulator(clock=clock)
    async with running(postgres_url, emulator, demo=True) as theatre:
        yield PacedTheatre(theatre, emulator, clock)


@asynccontextmanager
async def running(server: str, emulator: KinesisVideoEmulator, *, demo: bool = False) -> AsyncIterator[Theatre]:
    """A Cueline with all roles that hears the emulator's calls."""
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(_database(server))
        endpoint = await emulator.start()
        stack.push_async_callback(emulator.stop)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cueline-recordings-")))
        stored = settings(url, objects=str(folder / "objects"), keys=str(folder / "keys.json"))
        served = await stack.enter_async_context(
            serve(stored, ROLES, emulator_url=endpoint, scripts=sample_scripts(), demo=demo)
        )
        assert served.base_url is not None
        proxy = TcpProxy(urlsplit(served.base_url).port or 0)
        await proxy.restore()
        stack.push_async_callback(proxy.cut)
        play = await stack.enter_async_context(player(served.base_url, TOKEN, emulator))
        headers = {"Authorization": f"Bearer {TOKEN}"}
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=served.base_url, headers=headers, timeout=20))
        yield Theatre(f"http://127.0.0.1:{proxy.port}", play, proxy, http, served.process.database)


@asynccontextmanager
async def _database(server: str) -> AsyncIterator[str]:
    name = f"cueline_journeys_{os.getpid()}"
    administration = await asyncpg.connect(server)
    try:
        await administration.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await administration.execute(f"CREATE DATABASE {name}")
        address, mark, options = server.partition("?")
        yield f"{address.rpartition('/')[0]}/{name}{mark}{options}"
        await administration.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await administration.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=FLAGS)
        yield launched
        await launched.close()


@asynccontextmanager
async def opened(browser: Browser, url: str, **options: Any) -> AsyncIterator[Watched]:
    """A page in a context of its own, whose faults fail the test at its end."""
    context = await browser.new_context(**{"viewport": WIDE, **options})
    watched = Watched(await context.new_page())
    await context.expose_function("recordUtterance", watched.record)
    await context.add_init_script(RECORDER)
    watched.page.on("pageerror", lambda error: watched.faults.append(error.stack or str(error)))
    try:
        await watched.page.goto(url)
        yield watched
    finally:
        await context.close()
    assert not watched.faults, watched.faults
