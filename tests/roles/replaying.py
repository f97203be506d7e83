"""Sample calls replayed in this process through ``roles.replay``: emulator, HTTP, worker, PostgreSQL, event log."""

import asyncio
from typing import Literal

from cueline.emulators.kinesis_video_recording import Recording
from cueline.roles.demo import sample_scripts
from cueline.roles.replay import ReplayOutcome, ReplayRequest, replay
from cueline.roles.settings import Settings
from cueline.samples.catalogue import SampleCall, sample_calls


def sample(name: str) -> SampleCall:
    [found] = [each for each in sample_calls() if each.name == name]
    return found


def recording(call: SampleCall) -> Recording:
    return Recording.read(agent=call.agent_flac(), customer=call.customer_flac())


def replayed(
    call: SampleCall, *, speed: float | None = None, clock: Literal["virtual", "real"] = "virtual"
) -> tuple[list[bytes], ReplayOutcome]:
    """The lines of the event log, and what came of the call."""
    lines: list[bytes] = []
    request = ReplayRequest(
        recording=recording(call),
        contact_id=call.contact_id,
        recogniser="script",
        scripts=sample_scripts(),
        speed=speed,
        clock=clock,
        on_event=lines.append,
    )
    outcome = asyncio.run(replay(request, Settings(recogniser="script")))
    return lines, outcome
