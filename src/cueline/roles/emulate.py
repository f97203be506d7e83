"""``cueline emulate kinesis-video``: the emulator as a server of its own."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cueline.emulators.kinesis_video import Showing, read_faults, serve
from cueline.emulators.kinesis_video_playback import Playback
from cueline.emulators.kinesis_video_recording import Recording
from cueline.kernel.errors import InputError
from cueline.kernel.ids import contact_id


@dataclass(frozen=True, slots=True)
class EmulatorArguments:
    """The command's arguments as they were given."""

    host: str
    port: int
    faults: Path | None
    agent: Path | None
    customer: Path | None
    capture: Path | None
    contact: str
    stream: str
    speed: float


async def emulate_kinesis_video(arguments: EmulatorArguments, *, put: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM. Raises InputError for arguments that do not fit together."""
    faults = read_faults(arguments.faults) if arguments.faults else ()
    recording = _recording(arguments)
    showing = []
    if recording is not None:
        showing.append(Showing(recording, stream=arguments.stream, contact_id=contact_id(arguments.contact)))
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)

    def playing(playback: Playback) -> None:
        put(
            f"Playing {playback.duration_ms / 1_000:.1f} s: stream {playback.stream_arn} "
            f"from fragment {playback.start_fragment_number} at {playback.start_timestamp_ms}"
        )

    await serve(
        host=arguments.host,
        port=arguments.port,
        faults=faults,
        recordings=showing,
        speed=arguments.speed,
        ready=lambda url: put(f"Kinesis Video emulator ready: {url}"),
        playing=playing,
        stop=stop,
    )


def _recording(arguments: EmulatorArguments) -> Recording | None:
    if arguments.capture is not None:
        if arguments.agent or arguments.customer:
            raise InputError("give --capture, or --agent and --customer, not both")
        return Recording.capture(arguments.capture)
    if (arguments.agent is None) != (arguments.customer is None):
        raise InputError("a recording needs both --agent and --customer")
    if arguments.agent is None or arguments.customer is None:
        return None
    return Recording.read(agent=arguments.agent, customer=arguments.customer)
