"""``cueline replay``: a recording through the whole path, from Kinesis Video's wire to the event log.

The recording is played by the Kinesis Video emulator over HTTP into the same worker that takes live calls, on a
PostgreSQL of its own. On the virtual clock the call's results are taken in lockstep with its audio: the event log
holds media times only and is the same on every run.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Literal

from cueline.bus.ports import EventLog
from cueline.emulators.kinesis_video import KinesisVideoEmulator
from cueline.emulators.kinesis_video_plan import PlayOptions
from cueline.emulators.kinesis_video_playback import Playback
from cueline.emulators.kinesis_video_recording import Recording
from cueline.events.catalogue import (
    MEASURED,
    AgentConnected,
    CallEnded,
    EndReason,
    Envelope,
    UtteranceCommitted,
    UtteranceTimed,
)
from cueline.events.codec import encode
from cueline.events.guidance import NotesWritten
from cueline.events.records import NewCall
from cueline.kernel.errors import CheckFailedError
from cueline.kernel.ids import AgentId, ContactId, UtteranceId, call_id
from cueline.roles.assemble import (
    Process,
    make_guide,
    make_model,
    make_source,
    make_worker,
    open_process,
)
from cueline.roles.guidance import Lockstep
from cueline.roles.recognisers import make_recogniser
from cueline.roles.scripts import ScriptLibrary
from cueline.roles.settings import Settings
from cueline.roles.tap import Tap
from cueline.storage.outbox import STEP_TIMEOUT_S
from cueline.tenancy.directory import DEFAULT_TENANT

VIRTUAL_START_MS = 1_750_000_000_000
"""Producer time of the first sample on the virtual clock; any fixed moment does."""

AGENT = AgentId("replay-agent")
STREAM = "cueline-replay"
END_GRACE_S = 120.0
"""How long the path may take to finish after the last fragment, beyond the call's own length."""


@dataclass(frozen=True, slots=True)
class ReplayRequest:
    """What to replay. speed None: as fast as the path takes it. clock ``virtual``: in lockstep, reproducible."""

    recording: Recording
    contact_id: ContactId
    recogniser: str
    scripts: ScriptLibrary
    speed: float | None
    clock: Literal["virtual", "real"]
    on_event: Callable[[bytes], None]


@dataclass(slots=True)
class ReplayOutcome:
    """What came of it. achieved_speed: call seconds per second."""

    end_reason: EndReason | None = None
    utterances: dict[str, int] = field(default_factory=dict)
    masks: int = 0
    duration_ms: int = 0
    achieved_speed: float = 0.0
    timings: dict[UtteranceId, dict[str, float]] = field(default_factory=dict)


class ReplayStalledError(CheckFailedError):
    """The call did not come to its end in time."""

    code = "replay_stalled"


class _Observer:
    """Writes the event log as it comes and keeps the figures."""

    def __init__(self, on_event: Callable[[bytes], None]) -> None:
        self._on_event = on_event
        self.outcome = ReplayOutcome()
        self.ended = asyncio.Event()

    def observe(self, envelope: Envelope) -> None:
        payload = envelope.payload
        if isinstance(payload, UtteranceTimed):
            self.outcome.timings.setdefault(payload.utterance_id, {}).update(payload.stages)
        if envelope.kind not in MEASURED:
            self._on_event(encode(envelope))
        if isinstance(payload, UtteranceCommitted):
            counts = self.outcome.utterances
            counts[payload.speaker] = counts.get(payload.speaker, 0) + 1
            self.outcome.masks += len(payload.masks)
        if isinstance(payload, CallEnded):
            self.outcome.end_reason = payload.reason
        if isinstance(payload, NotesWritten):  # the guide's last word, and so the call's
            self.ended.set()


async def replay(request: ReplayRequest, settings: Settings) -> ReplayOutcome:
    """Runs the replay. Raises ReplayStalledError, and what the parts raise."""
    observer = _Observer(request.on_event)
    virtual = request.clock == "virtual"
    async with AsyncExitStack() as stack:
        lockstep: list[Lockstep] = []

        def watched(bus: EventLog) -> EventLog:
            tap = Tap(bus, observer.observe)
            lockstep.append(Lockstep(tap))
            return lockstep[0] if virtual else tap

        process = await stack.enter_async_context(
            open_process(
                settings,
                migrations=True,
                temporary=True,
                wrap_bus=watched,
                publish_s=None if virtual else STEP_TIMEOUT_S,
            )
        )
        guide = make_guide(process)
        lockstep[0].guide = guide.handle
        emulator = KinesisVideoEmulator()
        endpoint = await emulator.start()
        stack.push_async_callback(emulator.stop)
        recogniser = make_recogniser(request.recogniser, request.scripts, settings)
        stack.push_async_callback(recogniser.aclose)
        source = make_source(settings, emulator_url=endpoint)
        stack.push_async_callback(source.aclose)
        model = make_model(process)
        worker = make_worker(process, recogniser=recogniser, source=source, model=model, lockstep=virtual)
        options = PlayOptions(first_producer_ms=VIRTUAL_START_MS if virtual else process.clock.epoch_ms())
        emulator.create_stream(STREAM)
        began_ms = process.clock.precise_ms()
        playback = emulator.play(
            request.recording, stream=STREAM, contact_id=request.contact_id, speed=request.speed, options=options
        )
        await _offer(process, playback, request.contact_id)
        async with asyncio.TaskGroup() as tasks:
            running = [] if model is None else [tasks.create_task(model.run())]
            if not virtual:
                running.append(tasks.create_task(guide.run()))
            try:
                if model is not None:
                    await model.ready()
                running.append(tasks.create_task(worker.run()))
                await _until_ended(process, playback, request.contact_id, observer.ended)
            finally:
                for task in running:
                    task.cancel()
        observer.outcome.duration_ms = playback.duration_ms
        took_ms = process.clock.precise_ms() - began_ms
        observer.outcome.achieved_speed = round(playback.duration_ms / took_ms, 2)
    return observer.outcome


async def _offer(process: Process, playback: Playback, contact: ContactId) -> None:
    """The call as Connect's Lambda and contact events would report it: an agent is there from the first word."""
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
    await process.calls.record(DEFAULT_TENANT, call, AgentConnected(agent_id=AGENT), at_ms=0)


async def _until_ended(process: Process, playback: Playback, contact: ContactId, ended: asyncio.Event) -> None:
    await playback.released()
    call = call_id(DEFAULT_TENANT, contact)
    await process.calls.disconnect(DEFAULT_TENANT, call, epoch_ms=playback.stop_timestamp_ms)
    try:
        async with asyncio.timeout(END_GRACE_S + 4 * playback.duration_ms / 1_000):
            await ended.wait()
    except TimeoutError:
        raise ReplayStalledError("the call did not come to its end; run with CUELINE_LOG_LEVEL=debug") from None
