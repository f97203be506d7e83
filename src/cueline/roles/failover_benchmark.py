"""``cueline benchmark failover``: counting calls whose recognisers fail, and a worker that is killed among them.

The product's own path: Kinesis Video's emulator plays calls at real time, workers recognise them by Deepgram and, in
its place, Amazon Transcribe (emulators of both), and commit what is said to a PostgreSQL of their own. Deepgram stalls,
says finals twice, is cut every seven seconds, and is dead for good from a moment on; Transcribe is cut now and then,
so that calls come back. Half way, the process that holds a quarter of the calls is killed.
"""

import asyncio
import signal
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from cueline.emulators.deepgram_faults import Fault as DeepgramFault
from cueline.emulators.kinesis_video import KinesisVideoEmulator
from cueline.emulators.kinesis_video_plan import PlayOptions
from cueline.emulators.kinesis_video_playback import Playback
from cueline.emulators.kinesis_video_recording import Recording
from cueline.emulators.transcribe import serve_transcribe
from cueline.emulators.transcribe_faults import Fault as TranscribeFault
from cueline.emulators.transcribe_service import MAX_STREAMS
from cueline.events.catalogue import AgentConnected, CallEnded, Envelope, UtteranceCommitted, UtteranceTimed
from cueline.events.records import NewCall
from cueline.kernel.errors import CheckFailedError
from cueline.kernel.ids import AgentId, CallId, ContactId, call_id
from cueline.roles.assemble import Process, make_source, make_worker, open_process
from cueline.roles.counting import counted, pcm, words_json
from cueline.roles.demo import stage_figures
from cueline.roles.emulate_deepgram import words_of
from cueline.roles.oracle import Flaw, Sighting, SpokenWord, committed_sightings, flaws
from cueline.roles.recognisers import make_one
from cueline.roles.scripts import ScriptLibrary
from cueline.roles.settings import Settings
from cueline.roles.tap import Tap
from cueline.speech.failing_over import FailoverRecogniser
from cueline.speech.failover import Failure
from cueline.speech.ports import Capabilities, FinalHeard, Opening, Recogniser, RecogniserSession, Report
from cueline.tenancy.directory import DEFAULT_TENANT

RECOGNISERS: Final = ("deepgram", "transcribe")
CUT_EVERY_MS: Final = 7_000
STALLED_AT_MS: Final = 2_000
FALLBACK_CUT_EVERY_MS: Final = 15_000
DEAD_AT: Final = 0.6
KILLED_AT: Final = 0.5
"""Shares of the calls' time."""

KILLED_SHARE: Final = 4
LEASE_S: Final = 2.0
STARTS_S: Final = 30.0
LOOK_S: Final = 0.05
END_GRACE_S: Final = 60.0
TARGET_SEAM_MS: Final = 1_500.0
MASKED_SHARE: Final = 0.01
"""More than this beneath masks, where nothing can be counted, is no count."""

SHOWN_FLAWS: Final = 20


class FailoverUnfinishedError(CheckFailedError):
    """Calls did not come to their end, or a part did not start."""

    code = "benchmark_unfinished"


@dataclass(slots=True)
class _Observed:
    """A ``FailoverObserver`` that keeps what it is told."""

    failures: Counter[str] = field(default_factory=Counter)
    seams_ms: list[float] = field(default_factory=list)

    def left(self, name: str, failure: Failure) -> None:
        self.failures[f"{name} {failure}"] += 1

    def went_on(self, name: str, seam_ms: float) -> None:  # noqa: ARG002 - as the protocol has it
        self.seams_ms.append(seam_ms)

    def standing(self, name: str, *, set_aside: bool) -> None:
        """Does not matter here."""


Sightings = defaultdict[ContactId, list[Sighting]]


class _Watched:
    """A recogniser whose finals are noted."""

    def __init__(self, behind: Recogniser, seen: Sightings) -> None:
        self._behind = behind
        self._seen = seen

    @property
    def capabilities(self) -> Capabilities:
        return self._behind.capabilities

    async def open(self, opening: Opening) -> RecogniserSession:
        return _WatchedSession(await self._behind.open(opening), self._seen[opening.contact_id])

    async def aclose(self) -> None:
        await self._behind.aclose()


class _WatchedSession:
    def __init__(self, behind: RecogniserSession, seen: list[Sighting]) -> None:
        self.push, self.finish, self.aclose = behind.push, behind.finish, behind.aclose
        self._receive = behind.receive
        self._seen = seen

    async def receive(self) -> Report | None:
        report = await self._receive()
        if isinstance(report, FinalHeard):
            channel = report.channel
            self._seen += [Sighting(channel, word.text, word.start_ms, word.end_ms) for word in report.words]
        return report


@dataclass(slots=True)
class _Calls:
    """The calls that are played. watched: those that this process had from their begin."""

    spoken: list[SpokenWord]
    contacts: list[ContactId] = field(default_factory=list)
    ended: set[CallId] = field(default_factory=set)
    all_ended: asyncio.Event = field(default_factory=asyncio.Event)
    elsewhere: set[CallId] = field(default_factory=set)
    timings: dict[str, dict[str, float]] = field(default_factory=dict)
    by_recogniser: Sightings = field(default_factory=lambda: defaultdict(list))
    by_failover: Sightings = field(default_factory=lambda: defaultdict(list))

    def observe(self, envelope: Envelope) -> None:
        if isinstance(envelope.payload, UtteranceTimed):
            self.timings.setdefault(envelope.payload.utterance_id, {}).update(envelope.payload.stages)
        if isinstance(envelope.payload, CallEnded):
            self.ended.add(envelope.call_id)
            if len(self.ended) == len(self.contacts):
                self.all_ended.set()


def deepgram_faults(calls: int) -> list[DeepgramFault]:
    """Half of the first sockets stall; the others are cut every seven seconds; finals come twice all along."""
    return [
        DeepgramFault(kind="stall", at_ms=STALLED_AT_MS, times=max(1, calls // 2)),
        DeepgramFault(kind="duplicate", at_ms=1_000, every_ms=1_000),
        DeepgramFault(kind="cut", at_ms=CUT_EVERY_MS, every_ms=CUT_EVERY_MS),
    ]


async def failover(settings: Settings, *, calls: int, seconds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Figures of so many calls of so many seconds. Raises FailoverUnfinishedError."""
    played = _Calls(counted(seconds * 1_000))
    observed = _Observed()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cueline-failover-")))
        scripts = _write_scripts(folder, played, calls)
        deepgram, deepgram_url = await stack.enter_async_context(_deepgram(folder, calls))
        transcribe_url = await stack.enter_async_context(_transcribe(folder, scripts, calls))
        settings = settings.model_copy(
            update={
                "deepgram_url": deepgram_url,
                "deepgram_api_key": None,
                "transcribe_url": transcribe_url,
                "lease_timeout_s": LEASE_S,
                "calls_max": 10_000,
            }
        )
        process = await stack.enter_async_context(
            open_process(settings, migrations=True, temporary=True, wrap_bus=lambda bus: Tap(bus, played.observe))
        )
        kinesis = KinesisVideoEmulator()
        kinesis_url = await kinesis.start()
        stack.push_async_callback(kinesis.stop)
        worker = await stack.enter_async_context(_worker(process, kinesis_url, calls_max=calls // KILLED_SHARE))
        say(f"{calls} calls count for {seconds} s, at real time")
        playbacks = [await _play(process, kinesis, contact, played.spoken, seconds) for contact in played.contacts]
        if worker is not None:
            await _held(process, calls // KILLED_SHARE)
            played.elsewhere = await _all_held(process)
        recogniser = _recogniser(process, scripts, settings, played, observed)
        stack.push_async_callback(recogniser.aclose)
        source = make_source(settings, emulator_url=kinesis_url)
        stack.push_async_callback(source.aclose)
        working = asyncio.create_task(make_worker(process, recogniser=recogniser, source=source).run())
        try:
            async with asyncio.timeout(2 * seconds + END_GRACE_S):
                await asyncio.sleep(seconds * KILLED_AT)
                if worker is not None:
                    worker.kill()
                    say(f"The worker with {len(played.elsewhere)} of the calls was killed")
                await asyncio.sleep(seconds * (DEAD_AT - KILLED_AT))
                deepgram.kill()
                say("Deepgram is dead for good")
                for contact, playback in zip(played.contacts, playbacks, strict=True):
                    await _hang_up(process, contact, playback)
                await played.all_ended.wait()
        except TimeoutError:
            left = calls - len(played.ended)
            raise FailoverUnfinishedError(f"{left} of {calls} calls did not come to their end") from None
        finally:
            working.cancel()
            await asyncio.wait([working])
        return await _figures(process, played, observed)


def _write_scripts(folder: Path, played: _Calls, calls: int) -> ScriptLibrary:
    raw = words_json(played.spoken)
    scripts = ScriptLibrary(folder)
    for number in range(calls):
        contact = ContactId(f"count-{number:04d}")
        played.contacts.append(contact)
        scripts.register(contact, raw)
        (folder / f"{contact}.json").write_bytes(raw)
    return scripts


def _recogniser(
    process: Process, scripts: ScriptLibrary, settings: Settings, played: _Calls, observed: _Observed
) -> Recogniser:
    """As the product makes it, with what each part says noted."""
    vendors = [_Watched(make_one(name, scripts, settings), played.by_recogniser) for name in RECOGNISERS]
    return _Watched(FailoverRecogniser(vendors, clock=process.clock, observer=observed), played.by_failover)


@asynccontextmanager
async def _deepgram(folder: Path, calls: int) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The emulator in a process of its own, and its address."""
    faults = folder / "faults.list"
    faults.write_bytes(msgspec.json.encode(deepgram_faults(calls)))
    arguments = ("emulate", "deepgram", "--script-dir", str(folder), "--faults", str(faults))
    async with _cueline(arguments, {}) as process:
        line = await _ready(process)
        yield process, _address(line)


@asynccontextmanager
async def _transcribe(folder: Path, scripts: ScriptLibrary, calls: int) -> AsyncIterator[str]:
    """The other emulator's address; in a process of its own too, unless there are more calls than it serves there."""
    cuts = [TranscribeFault(kind="cut", at_ms=FALLBACK_CUT_EVERY_MS, every_ms=FALLBACK_CUT_EVERY_MS, times=None)]
    if calls > MAX_STREAMS:
        async with serve_transcribe(words_of(scripts), faults=cuts, max_streams=2 * calls) as url:
            yield url
        return
    faults = folder / "cuts.list"
    faults.write_bytes(msgspec.json.encode([msgspec.to_builtins(cut) | {"times": None} for cut in cuts]))
    async with _cueline(("emulate", "transcribe", "--script-dir", str(folder), "--faults", str(faults)), {}) as process:
        yield _address(await _ready(process))


def _address(line: str) -> str:
    return next(part for part in line.split() if part.startswith("ws://"))


@asynccontextmanager
async def _worker(
    process: Process, kinesis_url: str, *, calls_max: int
) -> AsyncIterator[asyncio.subprocess.Process | None]:
    """A process that takes the first calls, to be killed; none where there are too few calls for it."""
    if calls_max < 1:
        yield None
        return
    settings = process.settings
    variables = {
        "CUELINE_DATABASE_URL": process.tenants.by_id(DEFAULT_TENANT).database_url,
        "CUELINE_KINESIS_ENDPOINT_URL": kinesis_url,
        "CUELINE_RECOGNISER": ",".join(RECOGNISERS),
        "CUELINE_DEEPGRAM_URL": settings.deepgram_url or "",
        "CUELINE_TRANSCRIBE_URL": settings.transcribe_url or "",
        "CUELINE_LEASE_TIMEOUT_S": str(LEASE_S),
        "CUELINE_CALLS_MAX": str(calls_max),
        "CUELINE_LOG_LEVEL": "error",
        "AWS_ACCESS_KEY_ID": "emulator",
        "AWS_SECRET_ACCESS_KEY": "emulator",
    }
    async with _cueline(("run", "--roles", "call"), variables) as worker:
        await _ready(worker)
        yield worker


@asynccontextmanager
async def _cueline(arguments: Sequence[str], variables: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of the product, which is gone with the context."""
    process = await asyncio.create_subprocess_exec(
        "env",
        *(f"{name}={value}" for name, value in variables.items()),
        sys.executable,
        "-c",
        "from cueline.cli import main; main()",
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        await process.wait()


async def _ready(process: asyncio.subprocess.Process) -> str:
    try:
        async with asyncio.timeout(STARTS_S):
            while process.stdout is not None and (line := (await process.stdout.readline()).decode()):
                if "ready" in line:
                    return line
    except TimeoutError:
        pass
    raise FailoverUnfinishedError("a process of the benchmark did not start")


async def _play(
    process: Process, kinesis: KinesisVideoEmulator, contact: ContactId, spoken: list[SpokenWord], seconds: int
) -> Playback:
    """Plays a call and offers it, an agent connected from its begin."""
    recording = Recording.from_pcm(
        customer=pcm(spoken, "customer", seconds * 1_000), agent=pcm(spoken, "agent", seconds * 1_000)
    )
    kinesis.create_stream(contact)
    options = PlayOptions(first_producer_ms=process.clock.epoch_ms())
    playback = kinesis.play(recording, stream=contact, contact_id=contact, speed=1.0, options=options)
    call = call_id(DEFAULT_TENANT, contact)
    await process.calls.offer(
        NewCall(
            tenant=DEFAULT_TENANT,
            call_id=call,
            contact_id=contact,
            stream_arn=playback.stream_arn,
            start_fragment_number=playback.start_fragment_number,
            start_timestamp_ms=playback.start_timestamp_ms,
        )
    )
    await process.calls.record(DEFAULT_TENANT, call, AgentConnected(agent_id=AgentId("counter")), at_ms=0)
    return playback


async def _hang_up(process: Process, contact: ContactId, playback: Playback) -> None:
    await playback.released()
    call = call_id(DEFAULT_TENANT, contact)
    await process.calls.disconnect(DEFAULT_TENANT, call, epoch_ms=playback.stop_timestamp_ms)


async def _all_held(process: Process) -> set[CallId]:
    rows = await process.database.statement("SELECT call_id FROM calls WHERE lease_owner IS NOT NULL")
    return {CallId(row["call_id"]) for row in rows}


async def _held(process: Process, calls: int) -> None:
    """Waits until the other process holds as many calls as it may."""
    for _ in range(int(STARTS_S / LOOK_S)):
        if len(await _all_held(process)) >= calls:
            return
        await asyncio.sleep(LOOK_S)
    raise FailoverUnfinishedError("the worker that was to be killed took no calls")


async def _figures(process: Process, played: _Calls, observed: _Observed) -> dict[str, Any]:
    found: list[tuple[ContactId, Flaw]] = []
    masked = 0
    reasons: Counter[str] = Counter()
    for contact in played.contacts:
        call = call_id(DEFAULT_TENANT, contact)
        events = [each.payload for each in await process.calls.events(DEFAULT_TENANT, call, after=0, limit=10_000)]
        reasons.update(each.reason for each in events if isinstance(each, CallEnded))
        committed = committed_sightings(each for each in events if isinstance(each, UtteranceCommitted))
        masked += sum(word.text.startswith("[") for word in committed)
        watched = [("recogniser", played.by_recogniser[contact]), ("failOver", played.by_failover[contact])]
        stages = [*([] if call in played.elsewhere else watched), ("committed", committed)]
        found += [(contact, flaw) for flaw in flaws(played.spoken, stages)]
    seams = observed.seams_ms
    lost, doubled = (sum(flaw.kind == kind for _, flaw in found) for kind in ("lost", "doubled"))
    p50, p95 = (round(float(np.percentile(seams, share)), 1) if seams else None for share in (50, 95))
    words = len(played.spoken) * len(played.contacts)
    whole = not found and masked <= words * MASKED_SHARE and reasons["disconnected"] == len(played.contacts)
    return {
        "ok": whole and p95 is not None and p95 < TARGET_SEAM_MS,
        "calls": len(played.contacts),
        "words": words,
        "lost": lost,
        "doubled": doubled,
        "masked": masked,
        "flaws": [{"contact": contact, **msgspec.to_builtins(flaw)} for contact, flaw in found[:SHOWN_FLAWS]],
        "failures": dict(sorted(observed.failures.items())),
        "seamMs": {"p50": p50, "p95": p95, "count": len(seams)},
        "takenOver": len(played.elsewhere),
        "endReasons": dict(reasons),
        "stages": {name: msgspec.to_builtins(each) for name, each in stage_figures(played.timings.values()).items()},
    }


def failover_text(figures: dict[str, Any]) -> str:
    """The figures for a person."""
    return "\n".join(f"{name}: {value}" for name, value in figures.items())
