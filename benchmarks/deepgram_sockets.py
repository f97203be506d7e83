"""Many calls' sockets to the Deepgram emulator, at real time, on one core.

    python benchmarks/deepgram_sockets.py [--calls 200] [--seconds 60] [--chunk-ms 100] [--block-ms 250] [--json]
    python benchmarks/deepgram_sockets.py --compare-chunks [--calls 20] [--seconds 20]

The emulator is a process of its own. This one is bound to a single core and runs nothing but what a call has of
Deepgram: the session, and the utterances made of its finals. Measured, each in milliseconds: from when a block of audio
is due to when all its frames are handed to the operating system, and from when a result has come out of the socket to
when the utterance that it completes is there. Of the first, what a busy machine adds by waking the process late is
given beside it. Processor time is this process' own. Words are counted: a run in which one is missing or comes twice
fails.
"""

import argparse
import asyncio
import gc
import json
import os
import resource
import sys
from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any, Final

import uvloop
from pydantic import SecretStr
from websockets.asyncio.connection import Connection
from websockets.frames import Frame, Opcode
from websockets.protocol import Event

from cueline.emulators.deepgram import EMULATOR_KEY, DeepgramEmulator
from cueline.emulators.hearing import SpokenWord
from cueline.events.checkpoint import ChannelProgress
from cueline.kernel.ids import CHANNELS, CallId, Channel, ContactId
from cueline.ops.system_clock import SystemClock
from cueline.speech.adapters.deepgram import DeepgramRecogniser, DeepgramSession, DeepgramSettings
from cueline.speech.ports import FinalHeard, Heard, Opening, Switched, Waiting
from cueline.speech.utterances import ChannelUtterances
from cueline.unredacted.audio import StereoBlock
from cueline.unredacted.transcript import RawWord

CHUNKS_MS: Final = (20, 50, 100, 250)
LIMIT_MS: Final = 50.0
LONGEST_MS: Final = 5_000
CLOCK: Final = SystemClock()
ARRIVED: dict[Connection, deque[float]] = {}


def words_of(seconds: int) -> list[list[SpokenWord]]:
    """Both speak by turns, eight words of 300 ms and a pause; the agent while the customer is silent."""
    turns: list[list[SpokenWord]] = [[], []]
    for turn, start_ms in enumerate(range(0, seconds * 1_000 - 4_000, 3_500)):
        turns[turn % 2] += [
            SpokenWord(f"w{turn}x{number}", start_ms + 300 * number, start_ms + 300 * number + 280)
            for number in range(8)
        ]
    return turns


async def serve(seconds: int) -> None:
    """The emulator's process: says its address and stays until its standard input ends."""
    words = words_of(seconds)
    emulator = DeepgramEmulator(lambda _: words)
    print(await emulator.start(), flush=True)
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()
    await emulator.stop()


def stamp_arrivals() -> None:
    """Notes when each message leaves the socket, before anything is made of it."""
    process_event = Connection.process_event

    def stamped(connection: Connection, event: Event) -> None:
        if isinstance(event, Frame) and event.opcode is Opcode.TEXT:
            ARRIVED.setdefault(connection, deque(maxlen=10_000)).append(CLOCK.precise_ms())
        process_event(connection, event)

    Connection.process_event = stamped  # type: ignore


class Times:
    """Counts of milliseconds in steps of a twentieth; as large after an hour as in the beginning."""

    def __init__(self) -> None:
        self._counts = array("L", bytes(8 * (20 * LONGEST_MS + 1)))

    def add(self, value_ms: float) -> None:
        """One time more; those beyond the longest count as the longest."""
        self._counts[min(20 * LONGEST_MS, max(0, int(value_ms * 20)))] += 1

    def figures(self) -> dict[str, float]:
        """Percentiles in milliseconds."""
        total = sum(self._counts)
        sums = list(accumulate(self._counts))
        found = {f"p{share}Ms": bisect_left(sums, total * share / 100) / 20 for share in (50, 95, 99)}
        return found | {"count": total}


class Run:
    """What the calls of one run measure."""

    def __init__(self, seconds: int) -> None:
        self.sent = Times()
        self.woken = Times()
        self.segment = Times()
        self.wrong = 0
        self._expected = dict(zip(CHANNELS, words_of(seconds), strict=True))

    async def call(self, recogniser: DeepgramRecogniser, number: int, *, seconds: int, block_ms: int) -> None:
        """One call from its first audio to its last result."""
        session = await recogniser.open(Opening(CallId(f"c{number}"), ContactId(f"k{number}"), "en-US", 0))
        receiving = asyncio.create_task(self._receive(session))
        pcm = b"\1\0" * (8 * block_ms)
        began_ms = CLOCK.precise_ms()
        for index in range(seconds * 1_000 // block_ms):
            due_ms = began_ms + index * block_ms
            await asyncio.sleep(max(0.0, (due_ms - CLOCK.precise_ms()) / 1_000))
            self.woken.add(CLOCK.precise_ms() - due_ms)
            block = StereoBlock(position=index * block_ms * 8, customer=pcm, agent=pcm, received_ms=0)
            await session.push(block)
            self.sent.add(CLOCK.precise_ms() - due_ms)
        await session.finish()
        await receiving
        ARRIVED.pop(session._socket, None)  # noqa: SLF001
        await session.aclose()

    async def _receive(self, session: DeepgramSession) -> None:
        utterances = {channel: ChannelUtterances(channel, ChannelProgress(0, 0)) for channel in CHANNELS}
        said: dict[Channel, int] = dict.fromkeys(CHANNELS, 0)
        whole = True
        taken = session._take  # noqa: SLF001 - the one place where a message begins to be read
        arrived_ms = 0.0

        def take(raw: str | bytes) -> None:
            nonlocal arrived_ms
            arrived_ms = ARRIVED[session._socket].popleft()  # noqa: SLF001
            taken(raw)

        def check(channel: Channel, words: Sequence[RawWord]) -> bool:
            expected = self._expected[channel][said[channel] : said[channel] + len(words)]
            said[channel] += len(words)
            return [word.text for word in words] == [word.text for word in expected]

        session._take = take  # type: ignore[method-assign]  # noqa: SLF001
        while (report := await session.receive()) is not None:
            if isinstance(report, Switched | Waiting):
                continue
            channel = utterances[report.channel]
            if isinstance(report, FinalHeard):
                complete = channel.settle(report)[1]
            elif isinstance(report, Heard):
                complete = channel.hear(report)
            else:
                channel.revise(report)
                continue
            for utterance in complete:
                self.segment.add(CLOCK.precise_ms() - arrived_ms)
                whole &= check(report.channel, utterance.words)
        for name, channel in utterances.items():
            for utterance in channel.finish():
                whole &= check(name, utterance.words)
        self.wrong += not (whole and all(said[name] == len(self._expected[name]) for name in CHANNELS))


async def measure(*, calls: int, seconds: int, chunk_ms: int, block_ms: int) -> dict[str, Any]:
    """One run and its figures."""
    emulator = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--serve", "--seconds", str(seconds),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert emulator.stdout is not None
    assert emulator.stdin is not None
    url = (await emulator.stdout.readline()).decode().strip()
    settings = DeepgramSettings(api_key=SecretStr(EMULATOR_KEY), url=url, chunk_ms=chunk_ms, connect_s=60.0)
    recogniser = DeepgramRecogniser(settings)
    run = Run(seconds)
    memory: list[float] = []
    gc.collect()
    cpu_before = resource.getrusage(resource.RUSAGE_SELF)
    watching = asyncio.create_task(_watch_memory(memory))
    async with asyncio.TaskGroup() as tasks:
        for number in range(calls):
            tasks.create_task(run.call(recogniser, number, seconds=seconds, block_ms=block_ms))
            await asyncio.sleep(min(2.0, seconds / 10) / calls)  # calls do not begin in the same moment
    watching.cancel()
    cpu = resource.getrusage(resource.RUSAGE_SELF)
    used_s = cpu.ru_utime + cpu.ru_stime - cpu_before.ru_utime - cpu_before.ru_stime
    emulator.stdin.close()
    await emulator.wait()
    return {
        "calls": calls,
        "seconds": seconds,
        "chunkMs": chunk_ms,
        "blockMs": block_ms,
        "callsWithWrongWords": run.wrong,
        "cpuPercentOfCore": round(100 * used_s / seconds, 1),
        "cpuMsPerCallMinute": round(60_000 * used_s / (calls * seconds), 1),
        "audioToFrameSent": run.sent.figures(),
        "ofWhichWokenLate": run.woken.figures(),
        "resultToSegment": run.segment.figures(),
        "memoryMb": {
            "afterOneTenth": memory_at(memory, 0.1),
            "middle": memory_at(memory, 0.5),
            "end": memory_at(memory, 1),
        },
    }


async def _watch_memory(memory: list[float]) -> None:
    while True:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])  # noqa: ASYNC240 - no disk
        memory.append(pages * os.sysconf("SC_PAGESIZE") / 1e6)
        await asyncio.sleep(0.5)


def memory_at(memory: list[float], share: float) -> float:
    """The median of a few looks around a share of the run."""
    place = min(len(memory) - 1, int(len(memory) * share))
    return round(median(memory[max(0, place - 3) : place + 1]), 1)


def main() -> int:
    """Runs what was asked for; 1 when words were lost or doubled."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--chunk-ms", type=int, default=DeepgramSettings(api_key=SecretStr("-")).chunk_ms)
    parser.add_argument("--block-ms", type=int, default=250, help="audio comes in pieces of this length")
    parser.add_argument("--compare-chunks", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.serve:
        uvloop.run(serve(asked.seconds))
        return 0
    cores = sorted(os.sched_getaffinity(0))
    stamp_arrivals()
    chunks = CHUNKS_MS if asked.compare_chunks else (asked.chunk_ms,)
    wrong = 0
    for chunk_ms in chunks:
        coroutine = measure(calls=asked.calls, seconds=asked.seconds, chunk_ms=chunk_ms, block_ms=asked.block_ms)
        found = uvloop.run(_on_one_core(cores[0], coroutine))
        wrong += found["callsWithWrongWords"]
        print(json.dumps(found) if asked.json else json.dumps(found, indent=1))
        slow = max(found["audioToFrameSent"]["p99Ms"], found["resultToSegment"]["p99Ms"])
        print(f"p99 {slow} ms, limit {LIMIT_MS} ms: {'held' if slow < LIMIT_MS else 'NOT held'}", file=sys.stderr)
    return 1 if wrong else 0


async def _on_one_core(core: int, work: Any) -> dict[str, Any]:
    running = asyncio.create_task(work)
    await asyncio.sleep(0.5)  # the emulator was started meanwhile, and may use every core
    os.sched_setaffinity(0, {core})
    found: dict[str, Any] = await running
    return found


if __name__ == "__main__":
    sys.exit(main())
