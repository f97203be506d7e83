"""The sample calls, played by the Kinesis Video emulator into the whole product.

``cueline up --demo`` lets them run in the browser; ``cueline demo --once`` watches them as a browser would, over REST
and the WebSocket, and reports what came of them.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import numpy as np

from cueline.emulators.kinesis_video import KinesisVideoEmulator
from cueline.emulators.kinesis_video_plan import PlayOptions
from cueline.emulators.kinesis_video_playback import Playback
from cueline.emulators.kinesis_video_recording import Recording
from cueline.events.catalogue import CallEnded, EndReason, UtteranceCommitted, UtteranceTimed
from cueline.events.codec import decode
from cueline.events.guidance import CueRaised, CueWithdrawn, NotesWritten
from cueline.kernel.errors import CheckFailedError
from cueline.kernel.ids import CHANNELS, CallId, ContactId, UtteranceId, contact_id
from cueline.ops.trace import STAGES
from cueline.roles.assemble import Process
from cueline.roles.emulated_vendors import vendors_emulated
from cueline.roles.oracle import count, read_spoken, unmasked
from cueline.roles.scripts import ScriptLibrary
from cueline.roles.settings import ROLES, Settings
from cueline.roles.supervise import serve
from cueline.samples.catalogue import SampleCall, sample_calls
from cueline.speech.wer import word_error_rate

AGENT = "demo.agent"
FIRST_AFTER_S = 3.0
"""Time for the page to open, so that the first call is seen from its beginning."""

STAGGER_S = 8.0
REQUEST_TIMEOUT_S = 15.0
END_GRACE_S = 180.0
REVIVED_AT_MOST = 20


class DemoStalledError(CheckFailedError):
    """A demo call did not come to its end in time."""

    code = "demo_stalled"


@dataclass(frozen=True, slots=True)
class OfferedSample:
    """A sample call that is being played and was offered to the product."""

    sample: SampleCall
    contact: ContactId
    call_id: CallId
    playback: Playback


class DemoPlayer:
    """Plays sample calls and reports them to the product as a contact flow would."""

    def __init__(self, emulator: KinesisVideoEmulator, http: aiohttp.ClientSession) -> None:
        self._emulator = emulator
        self._http = http

    async def start(self, sample: SampleCall, *, suffix: str, speed: float, start_ms: int) -> OfferedSample:
        """Begins to play a sample under a contact id of its own and offers the call."""
        contact = contact_id(f"{sample.contact_id}{suffix}")
        recording = Recording.read(agent=sample.agent_flac(), customer=sample.customer_flac())
        stream = stream_of(contact)
        self._emulator.create_stream(stream)
        playback = self._emulator.play(
            recording,
            stream=stream,
            contact_id=contact,
            speed=speed,
            options=PlayOptions(first_producer_ms=start_ms),
        )
        call = await self._post(
            "/v1/calls",
            {
                "contactId": contact,
                "streamArn": playback.stream_arn,
                "startFragmentNumber": playback.start_fragment_number,
                "startTimestampMs": playback.start_timestamp_ms,
                "customerEndpoint": "+12025550142",
                "systemEndpoint": "+18005550199",
                "attributes": {"title": sample.title},
            },
        )
        connected = {"type": "CONNECTED_TO_AGENT", "atMs": 0, "agent": {"username": AGENT}}
        await self._post(f"/v1/calls/{contact}/events", connected)
        return OfferedSample(sample=sample, contact=contact, call_id=CallId(call["callId"]), playback=playback)

    async def finish(self, offered: OfferedSample) -> None:
        """Waits for the recording's end and reports the contact as disconnected."""
        await offered.playback.released()
        ended = {"type": "DISCONNECTED", "atMs": offered.playback.stop_timestamp_ms}
        await self._post(f"/v1/calls/{offered.contact}/events", ended)

    async def live_token(self, call_id: CallId) -> str:
        """A token for one WebSocket."""
        answer = await self._post("/v1/live-token", {"callId": call_id})
        return str(answer["token"])

    async def _post(self, path: str, body: dict[str, object]) -> dict[str, Any]:
        async with self._http.post(path, json=body) as answer:
            answer.raise_for_status()
            return dict(await answer.json())


def stream_of(contact: ContactId) -> str:
    """The emulated stream of a demo call: its own, so that it is the same again after a restart."""
    return f"cueline-{contact}"


async def revive(process: Process, emulator: KinesisVideoEmulator) -> None:
    """Gives demo calls that a killed process left open their streams back.

    Kinesis keeps what was streamed; the emulator died with the process. The recording is there again from its start,
    with the same fragment numbers and times, so that whoever takes the call over goes on at its checkpoint.
    """
    samples = {sample.contact_id: sample for sample in sample_calls()}
    for record in await process.calls.list_calls(process.tenant, live=True, limit=REVIVED_AT_MOST, before_ms=None):
        sample = samples.get(ContactId(record.contact_id.rpartition("-")[0]))
        if sample is None:
            continue
        emulator.create_stream(stream_of(record.contact_id))
        playback = emulator.play(
            Recording.read(agent=sample.agent_flac(), customer=sample.customer_flac()),
            stream=stream_of(record.contact_id),
            contact_id=record.contact_id,
            speed=None,
            options=PlayOptions(first_producer_ms=record.start_timestamp_ms),
        )
        await process.calls.disconnect(process.tenant, record.call_id, epoch_ms=playback.stop_timestamp_ms)


def sample_scripts(folder: Path | None = None) -> ScriptLibrary:
    """The samples' words, and those of a folder."""
    scripts = ScriptLibrary(folder)
    for sample in sample_calls():
        scripts.register(sample.contact_id, sample.words_json())
    return scripts


@asynccontextmanager
async def player(base_url: str, token: str, emulator: KinesisVideoEmulator) -> AsyncIterator[DemoPlayer]:
    """A player against a running product."""
    timeout = aiohttp.ClientTimeout(total=REQUEST_TIMEOUT_S)
    headers = {"Authorization": f"Bearer {token}"}
    # Calls are reported seconds apart: a connection that is kept may be closed by the server as it is used again.
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(base_url, headers=headers, timeout=timeout, connector=connector) as http:
        yield DemoPlayer(emulator, http)


async def play_live(play: DemoPlayer, *, now_ms: Callable[[], int], say: Callable[[str], None]) -> None:
    """Plays every sample once at its own speed, one some seconds after the other."""
    async with asyncio.TaskGroup() as tasks:
        for index, sample in enumerate(sample_calls()):
            await asyncio.sleep(STAGGER_S if index else FIRST_AFTER_S)
            start_ms = now_ms()
            offered = await play.start(sample, suffix=f"-{start_ms:x}", speed=1.0, start_ms=start_ms)
            say(f"Demo call is live: {sample.title} ({sample.duration_ms // 1000} s)")
            tasks.create_task(play.finish(offered))
    say("The demo calls are over; their transcripts stay in the list of calls.")


class StageFigures(msgspec.Struct, rename="camel"):
    """Percentiles of one stage of the waterfall, milliseconds since the utterance's last fragment arrived."""

    p50_ms: float
    p95_ms: float
    count: int


class DemoCall(msgspec.Struct, rename="camel"):
    """What came of one sample call. cues: raised and not withdrawn, for agent and supervisor.

    wer: over the words outside masks; None where nothing was recognised.
    """

    call_id: CallId
    utterances: dict[str, int]
    redactions: dict[str, int]
    cues: int
    wer: float | None
    end_reason: EndReason | None


class DemoReport(msgspec.Struct, rename="camel"):
    """The report of ``cueline demo --once``. lost and doubled: words; None where the recogniser is a real one."""

    ok: bool
    achieved_speed: float
    recogniser: str
    calls: list[DemoCall]
    stages: dict[str, StageFigures]
    lost: int | None
    doubled: int | None


@dataclass(slots=True)
class _Watched:
    """What a viewer of one call saw."""

    utterances: list[UtteranceCommitted] = field(default_factory=list)
    timings: dict[UtteranceId, dict[str, float]] = field(default_factory=dict)
    cues: set[str] = field(default_factory=set)
    end_reason: EndReason | None = None
    noted: bool = False


async def demo_once(settings: Settings, *, speed: float, say: Callable[[str], None]) -> DemoReport:
    """Plays all samples at once through the whole product and reports. Raises DemoStalledError."""
    async with AsyncExitStack() as stack:
        settings = await stack.enter_async_context(vendors_emulated(settings, sample_scripts(), say))
        emulator = KinesisVideoEmulator()
        endpoint = await emulator.start()
        stack.push_async_callback(emulator.stop)
        served = await stack.enter_async_context(
            serve(settings, ROLES, emulator_url=endpoint, scripts=sample_scripts(), demo=True, temporary=True)
        )
        if served.base_url is None or served.token is None:
            raise DemoStalledError("the web side did not start")
        play = await stack.enter_async_context(player(served.base_url, served.token, emulator))
        clock = served.process.clock
        began_ms = clock.precise_ms()
        offered = [
            await play.start(sample, suffix="", speed=speed, start_ms=clock.epoch_ms()) for sample in sample_calls()
        ]
        say(f"{len(offered)} sample calls are being played at up to {speed:g} times their speed")
        async with asyncio.TaskGroup() as tasks:
            watching = [tasks.create_task(_watch(play, served.base_url, each, say)) for each in offered]
            for each in offered:
                tasks.create_task(play.finish(each))
        took_s = (clock.precise_ms() - began_ms) / 1_000
        await asyncio.sleep(0.2)  # the last deliveries are measured after they were made
    longest_s = max(each.playback.duration_ms for each in offered) / 1_000
    return _report(settings.recogniser, offered, [task.result() for task in watching], longest_s / took_s)


async def _watch(play: DemoPlayer, base_url: str, offered: OfferedSample, say: Callable[[str], None]) -> _Watched:
    """Follows a call on its WebSocket, as a browser does, to its end."""
    seen = _Watched()
    live_url = f"{base_url}/v1/live?token={await play.live_token(offered.call_id)}"
    try:
        async with (
            asyncio.timeout(END_GRACE_S + 2 * offered.playback.duration_ms / 1_000),
            aiohttp.ClientSession() as http,
            http.ws_connect(live_url) as socket,
        ):
            await socket.send_json({"resume": None})
            async for message in socket:
                if message.type is not aiohttp.WSMsgType.TEXT or '"kind":"Heartbeat"' in message.data:
                    continue
                _take(seen, message.data.encode())
                if seen.noted and seen.end_reason is not None:
                    said = f"{len(seen.utterances)} utterances and {len(seen.cues)} cues"
                    say(f"{offered.sample.title}: ended after {said}")
                    break
    except TimeoutError:
        raise DemoStalledError("a demo call did not come to its end; run with CUELINE_LOG_LEVEL=debug") from None
    return seen


def _take(seen: _Watched, raw: bytes) -> None:
    payload = decode(raw).payload
    if isinstance(payload, UtteranceCommitted):
        seen.utterances.append(payload)
    elif isinstance(payload, UtteranceTimed):
        seen.timings.setdefault(payload.utterance_id, {}).update(payload.stages)
    elif isinstance(payload, CueRaised):
        seen.cues.add(payload.cue_id)
    elif isinstance(payload, CueWithdrawn):
        seen.cues.discard(payload.cue_id)
    elif isinstance(payload, CallEnded):
        seen.end_reason = payload.reason
    elif isinstance(payload, NotesWritten):
        seen.noted = True


def _report(recogniser: str, offered: Sequence[OfferedSample], seen: Sequence[_Watched], speed: float) -> DemoReport:
    scripted = recogniser == "script"
    lost = doubled = 0
    calls = []
    for each, watched in zip(offered, seen, strict=True):
        spoken = read_spoken(each.sample.words_json())
        tally = count(spoken, watched.utterances)
        lost, doubled = lost + tally.lost, doubled + tally.doubled
        calls.append(
            DemoCall(
                call_id=each.call_id,
                utterances=_counted(utterance.speaker for utterance in watched.utterances),
                redactions=_counted(mask.type for utterance in watched.utterances for mask in utterance.masks),
                cues=len(watched.cues),
                wer=None if scripted else _word_error_rate(each.sample, watched.utterances),
                end_reason=watched.end_reason,
            )
        )
    whole = all(
        call.end_reason == "disconnected" and {"agent", "customer"} <= call.utterances.keys() and call.redactions
        for call in calls
    )
    return DemoReport(
        ok=whole and not (scripted and (lost or doubled)),
        achieved_speed=round(speed, 2),
        recogniser=recogniser,
        calls=calls,
        stages=stage_figures(stages for watched in seen for stages in watched.timings.values()),
        lost=lost if scripted else None,
        doubled=doubled if scripted else None,
    )


def _word_error_rate(sample: SampleCall, utterances: Sequence[UtteranceCommitted]) -> float | None:
    spoken = read_spoken(sample.words_json())
    texts = [unmasked(spoken, utterances, channel) for channel in CHANNELS]
    reference, hypothesis = (" ".join(part) for part in zip(*texts, strict=True))
    return round(word_error_rate(reference, hypothesis).rate, 3) if reference else None


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def stage_figures(timings: Iterable[dict[str, float]]) -> dict[str, StageFigures]:
    """Percentiles of each stage that was measured, in the order of the waterfall."""
    values: dict[str, list[float]] = {}
    for stages in timings:
        for stage, value_ms in stages.items():
            values.setdefault(stage, []).append(value_ms)
    return {
        stage: StageFigures(
            p50_ms=round(float(np.percentile(values[stage], 50)), 1),
            p95_ms=round(float(np.percentile(values[stage], 95)), 1),
            count=len(values[stage]),
        )
        for stage in STAGES
        if stage in values
    }
