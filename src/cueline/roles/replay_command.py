"""``cueline replay``: files in, event log out."""

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from cueline.emulators.kinesis_video_recording import Recording
from cueline.kernel.errors import InputError
from cueline.kernel.ids import contact_id
from cueline.roles.replay import ReplayOutcome, ReplayRequest, replay
from cueline.roles.scripts import ScriptLibrary
from cueline.roles.settings import Settings
from cueline.speech.adapters.script import MAX_SCRIPT_BYTES, ScriptError


@dataclass(frozen=True, slots=True)
class ReplayArguments:
    """The command's arguments as they were given."""

    agent: Path
    customer: Path
    events: str
    recogniser: str
    script: Path | None
    speed: str
    clock: str
    contact: str
    timings: Path | None


async def replay_files(arguments: ReplayArguments, settings: Settings) -> str:
    """Runs the replay; gives a sentence about it. Raises InputError for arguments that are not as described."""
    contact = contact_id(arguments.contact)
    scripts = ScriptLibrary()
    if arguments.recogniser == "script":
        if arguments.script is None:
            raise InputError("--recogniser script needs --script WORDS.json")
        scripts.register(contact, _read_script(arguments.script))
    recording = Recording.read(agent=_readable(arguments.agent), customer=_readable(arguments.customer))
    with ExitStack() as stack:
        log = _open_log(arguments.events, stack)
        request = ReplayRequest(
            recording=recording,
            contact_id=contact,
            recogniser=arguments.recogniser,
            scripts=scripts,
            speed=_speed(arguments.speed),
            clock=_clock(arguments.clock),
            on_event=lambda line: _write_line(log, line),
        )
        outcome = await replay(request, settings)
        log.flush()
    if arguments.timings is not None:
        _write_timings(arguments.timings, outcome)
    said = ", ".join(f"{count} by the {speaker}" for speaker, count in sorted(outcome.utterances.items())) or "none"
    return (
        f"Replayed {outcome.duration_ms / 1_000:.1f} s of call at {outcome.achieved_speed} times real time: "
        f"utterances {said}; {outcome.masks} masks; ended: {outcome.end_reason}."
    )


def _readable(path: Path) -> Path:
    if not path.is_file():
        raise InputError(f"no such file: {path}")
    return path


def _read_script(path: Path) -> bytes:
    if _readable(path).stat().st_size > MAX_SCRIPT_BYTES:
        raise ScriptError(f"a words file has at most {MAX_SCRIPT_BYTES} bytes")
    return path.read_bytes()


def _speed(text: str) -> float | None:
    if text == "max":
        return None
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.01 <= speed <= 1_000:
        raise InputError("--speed is a number from 0.01 to 1000, or max")
    return speed


def _clock(text: str) -> Literal["virtual", "real"]:
    if text == "virtual":
        return "virtual"
    if text == "real":
        return "real"
    raise InputError("--clock is virtual or real")


def _open_log(target: str, stack: ExitStack) -> BinaryIO:
    if target == "-":
        return sys.stdout.buffer
    try:
        return stack.enter_context(Path(target).open("wb"))
    except OSError as error:
        raise InputError(f"cannot write {target}: {error.strerror}") from None


def _write_line(log: BinaryIO, line: bytes) -> None:
    log.write(line + b"\n")


def _write_timings(path: Path, outcome: ReplayOutcome) -> None:
    try:
        with path.open("wb") as out:
            for utterance, stages in outcome.timings.items():
                out.write(msgspec.json.encode({"utteranceId": utterance, "stages": stages}) + b"\n")
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from None
