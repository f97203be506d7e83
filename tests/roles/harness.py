"""The product as real processes and over real HTTP: worker processes, an emulator whose time a test moves by hand,
calls that are offered to it, and what PostgreSQL then holds."""

import asyncio
import inspect
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import asyncpg

from cueline.bus.memory import MemoryEventLog
from cueline.emulators.kinesis_video import KinesisVideoEmulator
from cueline.emulators.kinesis_video_faults import Fault
from cueline.emulators.kinesis_video_plan import PlayOptions
from cueline.emulators.kinesis_video_playback import Playback
from cueline.emulators.kinesis_video_recording import Recording
from cueline.events.catalogue import AgentConnected, Envelope
from cueline.events.records import NewCall
from cueline.kernel.clock import VirtualClock
from cueline.kernel.ids import AgentId, CallId, TenantId, call_id, contact_id
from cueline.ops.system_clock import SystemClock
from cueline.roles.oracle import SpokenWord, read_spoken
from cueline.storage.calls import PostgresCalls
from cueline.storage.counters import StorageCounters
from cueline.storage.embedded import EmbeddedPostgres
from cueline.storage.engine import Database
from cueline.storage.migrate import migrate
from cueline.storage.outbox import Outbox

T = TypeVar("T")
TENANT = TenantId("default")
START_MS = 1_750_000_000_000
PATIENCE_S = 90.0
"""How long a test waits for anything; only a fault of the product makes it wait so long."""

_POLL_S = 0.02
_QUIET_S = 0.25


# Processes


@dataclass
class Product:
    """One process of the product. stdout, stderr: files."""

    process: subprocess.Popen[bytes]
    stdout: Path
    stderr: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        """Everything that it wrote so far."""
        return "".join(path.read_text("utf-8", errors="replace") for path in (self.stdout, self.stderr))

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE_S)

    async def terminate(self) -> int:
        """SIGTERM; gives the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self.process.wait, PATIENCE_S)

    async def ready(self) -> str:
        """Waits for the line that says so, and gives it."""

        def line() -> str | None:
            assert self.alive, self.said()
            lines = self.stdout.read_text("utf-8").splitlines()
            return next((each for each in lines if each.startswith("Cueline ready")), None)

        return await until(line)


class Products:
    """Starts processes of the product, and ends all of them."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self.all: list[Product] = []

    def start(self, *arguments: str, prelude: str = "", **more: str) -> Product:
        """``cueline ARGUMENTS``. prelude: Python that runs in the process first; more: further environment."""
        number = len(self.all)
        stdout, stderr = self._folder / f"{number}.stdout", self._folder / f"{number}.stderr"
        code = f"{prelude}\nfrom cueline.cli import main\nmain()\n"
        with stdout.open("wb") as out, stderr.open("wb") as err:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=self._folder,
                env={**self._environment, **more},
                start_new_session=True,
            )
        self.all.append(Product(process, stdout, stderr))
        return self.all[-1]

    @property
    def alive(self) -> list[Product]:
        return [each for each in self.all if each.alive]

    def said(self) -> str:
        return "".join(each.said() for each in self.all)

    def end(self) -> None:
        for each in self.all:
            with suppress(ProcessLookupError):
                os.killpg(each.pid, signal.SIGKILL)
            each.process.wait(PATIENCE_S)


@contextmanager
def products(folder: Path, **settings: str) -> Iterator[Products]:
    """Processes with these settings (``database_url="..."`` sets ``CUELINE_DATABASE_URL``)."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONUNBUFFERED": "1",
        "AWS_ACCESS_KEY_ID": "emulator",
        "AWS_SECRET_ACCESS_KEY": "emulator",
        "AWS_EC2_METADATA_DISABLED": "true",
        "CUELINE_RECOGNISER": "script",
        "CUELINE_LOG_LEVEL": "debug",
        "CUELINE_OBJECTS": str(folder / "objects"),
        "CUELINE_KEYS": str(folder / "keys.json"),
    }
    environment |= {f"CUELINE_{name.upper()}": value for name, value in settings.items()}
    started = Products(folder, environment)
    try:
        yield started
    finally:
        started.end()


def owner_pid(owner: str) -> int:
    """The process that a lease's owner names."""
    return int(owner.removeprefix(f"{socket.gethostname()}-").split("-", 1)[0])


# Waiting


async def until(
    wanted: Callable[[], T | None] | Callable[[], Awaitable[T | None]],
    *,
    patience_s: float = PATIENCE_S,
    poll_s: float = _POLL_S,
) -> T:
    """Asks until there is an answer that is true, and gives it."""
    async with asyncio.timeout(patience_s):
        while True:
            answer = wanted()
            if inspect.isawaitable(answer):
                answer = await answer
            if answer:
                return cast("T", answer)
            await asyncio.sleep(poll_s)


# What PostgreSQL holds


@asynccontextmanager
async def own_server() -> AsyncIterator[tuple[EmbeddedPostgres, str, Path]]:
    """A PostgreSQL of the test's own, migrated: the server, its address, its folder.

    Not below pytest's temporary folders: every pytest that starts shuts these to other accounts, and where tests run
    as root the server has an account of its own.
    """
    with tempfile.TemporaryDirectory(prefix="cueline-test-pg-", ignore_cleanup_errors=True) as name:
        server = EmbeddedPostgres(Path(name), settings={"fsync": "off"})
        try:
            url = await asyncio.to_thread(server.start)
            await migrate(url)
            yield server, url, Path(name)
        finally:
            await asyncio.to_thread(server.stop)


class Ledger:
    """Offers calls and reads what became of them, past the product."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._database = Database(url, pool_size=2)
        outbox = Outbox(self._database, MemoryEventLog(), StorageCounters())
        self.calls = PostgresCalls(self._database, outbox, clock=SystemClock())

    async def close(self) -> None:
        await self._database.close()

    async def rows(self, sql: str, *arguments: object) -> list[Mapping[str, Any]]:
        return [dict(row) for row in await self._database.statement(sql, *arguments)]

    async def events(self, call: CallId) -> list[Envelope]:
        return await self.calls.events(TENANT, call, after=0, limit=5_000)

    async def progress(self) -> tuple[object, ...]:
        """Changes whenever something is committed for any call."""
        rows = await self.rows("SELECT call_id, sequence, commit_number, lease_epoch FROM calls ORDER BY 1")
        return tuple(tuple(row.values()) for row in rows)

    async def holders(self) -> dict[str, int]:
        """Which process holds each call that is held."""
        rows = await self.rows("SELECT call_id, lease_owner FROM calls WHERE lease_owner IS NOT NULL")
        return {row["call_id"]: owner_pid(row["lease_owner"]) for row in rows}

    async def held(self, calls: int, *, by_none_of: Collection[int] = ()) -> None:
        """Waits until so many calls are held and worked on, and none by one of these processes."""

        async def holding() -> bool:
            rows = await self.rows("SELECT lease_owner FROM calls WHERE lease_owner IS NOT NULL AND commit_number > 0")
            return len(rows) == calls and not {owner_pid(row["lease_owner"]) for row in rows} & set(by_none_of)

        await until(holding)

    async def has(self, utterance: str) -> None:
        """Waits until this utterance (its id) is committed."""

        async def committed() -> bool:
            return bool(await self.rows("SELECT 1 FROM utterances WHERE utterance_id = $1", utterance))

        await until(committed)

    async def all_ended(self) -> bool:
        [row] = await self.rows("SELECT count(*) AS open FROM calls WHERE phase <> 'ended'")
        return row["open"] == 0

    async def quiet(self) -> None:
        """Waits until nothing has been committed for a while: what was released has been taken in."""
        before: tuple[object, ...] | None = None
        async with asyncio.timeout(PATIENCE_S):
            while (now := await self.progress()) != before:
                before = now
                await asyncio.sleep(_QUIET_S)

    async def dump(self) -> str:
        """Every row of every table, as text."""
        connection = await asyncpg.connect(self.url, timeout=10)
        try:
            tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            rows = []
            for (table,) in tables:
                rows += [f"{table}: {row[0]}" for row in await connection.fetch(f'SELECT t::text FROM "{table}" AS t')]
        finally:
            await connection.close()
        return "\n".join(rows)


# Calls that are played


@dataclass
class PlayedCall:
    """A call whose audio the emulator has; ``spoken`` are its known words."""

    call: CallId
    contact: str
    playback: Playback
    spoken: list[SpokenWord]


class Stage:
    """An emulator whose time stands still until it is moved: media is released exactly as far as a test wants.

    ``scripts`` is the folder of words files, one for each call that is played.
    """

    def __init__(self, scripts: Path, faults: Sequence[Fault] = ()) -> None:
        self.clock = VirtualClock(epoch_origin_ms=START_MS)
        self.emulator = KinesisVideoEmulator(clock=self.clock, faults=faults)
        self.scripts = scripts
        self.scripts.mkdir(parents=True, exist_ok=True)
        self.url = ""

    def play(
        self,
        contact: str,
        recording: Recording,
        words: bytes,
        *,
        speed: float | None = 1.0,
        options: PlayOptions | None = None,
    ) -> PlayedCall:
        """Begins now, on a stream named as the contact."""
        playback = self.emulator.play(
            recording,
            stream=contact,
            contact_id=contact,
            speed=speed,
            options=options or PlayOptions(first_producer_ms=START_MS),
        )
        (self.scripts / f"{contact}.json").write_bytes(words)
        call = call_id(TENANT, contact_id(contact))
        return PlayedCall(call, contact, playback, read_spoken(words))

    def release_to(self, ms: int) -> None:
        """Moves time on, since the stage was made."""
        self.clock.advance_to(ms)
        self.emulator.release_due()


@asynccontextmanager
async def stage(folder: Path, faults: Sequence[Fault] = ()) -> AsyncIterator[Stage]:
    made = Stage(folder, faults)
    made.url = await made.emulator.start()
    try:
        yield made
    finally:
        await made.emulator.stop()


@asynccontextmanager
async def ledger(url: str) -> AsyncIterator[Ledger]:
    made = Ledger(url)
    try:
        yield made
    finally:
        await made.close()


async def offer(calls: PostgresCalls, played: PlayedCall, *, stream_arn: str | None = None) -> None:
    """The call as Connect would report it, an agent connected from its begin."""
    playback = played.playback
    await calls.offer(
        NewCall(
            tenant=TENANT,
            call_id=played.call,
            contact_id=contact_id(played.contact),
            stream_arn=stream_arn or playback.stream_arn,
            start_fragment_number=playback.start_fragment_number,
            start_timestamp_ms=playback.start_timestamp_ms,
        )
    )
    await calls.record(TENANT, played.call, AgentConnected(agent_id=AgentId("agent")), at_ms=0)


async def hang_up(calls: PostgresCalls, played: PlayedCall) -> None:
    await calls.disconnect(TENANT, played.call, epoch_ms=played.playback.stop_timestamp_ms)
