"""``cueline evaluate speech``: what a recogniser hears of recordings with references, and what it costs."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from cueline.kernel.errors import InputError
from cueline.roles.demo import sample_scripts
from cueline.roles.recognisers import make_recogniser
from cueline.roles.settings import Settings
from cueline.roles.speech_profiles import read_speech_profiles
from cueline.roles.speech_recordings import (
    Limits,
    evaluation_folder,
    folder_digest,
    folder_keywords,
    folder_recordings,
    limits_in,
    own_keywords,
    sample_recordings,
    sound_recordings,
)
from cueline.speech.measuring.play import Played, Recording, play
from cueline.speech.measuring.report import SETS, judge, markdown, summary_lines
from cueline.speech.measuring.scoring import ChannelScore, score_channel, spread, summed
from cueline.speech.ports import Recogniser
from cueline.speech.profiles import DEFAULT

_CLOCK_TICKS: Final = os.sysconf("SC_CLK_TCK")
_MAX_PROCESSES: Final = 4_096


class _One(NamedTuple):
    """A recording that was played."""

    group: str
    scores: list[ChannelScore]
    played: Played
    audio_s: float
    voices: int
    cpu_s: float


def _silent(_: str) -> None:
    """Nobody listens."""


async def evaluate(
    settings: Settings,
    *,
    data: Path | None = None,
    chosen: Sequence[str] = (),
    most: int | None = None,
    paced: bool = False,
    say: Callable[[str], None] = _silent,
) -> dict[str, Any]:
    """``evaluate_speech`` with the recogniser that is set up. Raises what it raises, and ConfigurationError."""
    recogniser = make_recogniser(settings.recogniser, sample_scripts(), settings)
    try:
        return await evaluate_speech(settings, recogniser, data=data, chosen=chosen, most=most, paced=paced, say=say)
    finally:
        await recogniser.aclose()


async def evaluate_speech(
    settings: Settings,
    recogniser: Recogniser,
    *,
    data: Path | None = None,
    chosen: Sequence[str] = (),
    most: int | None = None,
    paced: bool = False,
    say: Callable[[str], None] = _silent,
) -> dict[str, Any]:
    """Plays the recordings, one after the other, and judges what was heard.

    data: a folder of recordings (``speech_recordings`` says how it is laid out). chosen: sets of ``SETS`` to play; all
    that there are unless given. most: only the first so many recordings of each set, which no limit is for. paced: as
    in a call, for latencies.
    Returns the report: ``sets`` (each with ``all`` and ``groups``), ``thresholds`` and ``ok``: false where a measured
    figure misses its limit. Raises InputError for a bad folder, RecogniserError when the recogniser fails,
    UnavailableError outside a source checkout.
    """
    sets = _sets(data, chosen)
    limits = _limits(recogniser.capabilities.name, data) if most is None else {}
    report: dict[str, Any] = {
        "recogniser": recogniser.capabilities.name,
        "label": recogniser.capabilities.label,
        "paced": paced,
        "sets": {},
    }
    speech, number = read_speech_profiles(settings).of(DEFAULT), 0
    for name, (recordings, keywords) in sets.items():
        played: list[_One] = []
        for recording in recordings[:most]:
            number += 1
            cpu_before = _cpu_s()
            heard = await play(recogniser, recording, speech=speech, paced=paced, number=number)
            cpu_s = _cpu_s() - cpu_before
            played.append(_scored(recording, heard, keywords, cpu_s))
            say(f"{name}: {len(played)} of {len(recordings[:most])}")
        groups = sorted({one.group for one in played})
        report["sets"][name] = {
            "all": _figures(played, paced=paced),
            "groups": {group: _figures([one for one in played if one.group == group], paced=paced) for group in groups},
        }
    report["thresholds"] = judge(report["sets"], limits)
    report["ok"] = all(one["met"] is not False for one in report["thresholds"])
    return report


def evaluation_text(report: dict[str, Any]) -> str:
    """The figures for a person."""
    return "\n".join(summary_lines(report))


def write_report(report: dict[str, Any], path: Path) -> None:
    """The report as Markdown."""
    path.write_text(markdown(report), encoding="utf-8")


def _sets(data: Path | None, chosen: Sequence[str]) -> dict[str, tuple[list[Recording], tuple[str, ...]]]:
    unknown = sorted(set(chosen) - SETS.keys())
    if unknown:
        raise InputError(f"--set takes {', '.join(SETS)}; not {', '.join(unknown)}")
    if "recordings" in chosen and data is None:
        raise InputError("--set recordings needs a folder: --data FOLDER, or CUELINE_CORPUS")
    wanted = [name for name in SETS if name in chosen] if chosen else list(SETS)
    makers: dict[str, Callable[[], tuple[list[Recording], tuple[str, ...]]]] = {
        "samples": lambda: (sample_recordings(), own_keywords()),
        "sounds": lambda: (sound_recordings(), ()),
    }
    if data is not None:
        makers["recordings"] = lambda: (folder_recordings(data), folder_keywords(data) or own_keywords())
    return {name: makers[name]() for name in wanted if name in makers}


def _limits(recogniser: str, data: Path | None) -> Limits:
    """Ours, and those that a folder brings for itself: ours of recordings are for the very ones they were set with."""
    folder = evaluation_folder()
    limits = dict(limits_in(folder / "thresholds.json").get(recogniser, {}))
    if data is None or folder_digest(data) != (folder / "recordings.sha256").read_text().strip():
        limits.pop("recordings", None)
    if data is not None:
        limits |= limits_in(data / "thresholds.json").get(recogniser, {})
    return limits


def _scored(recording: Recording, played: Played, keywords: Sequence[str], cpu_s: float) -> _One:
    scores = [score_channel(said, played.heard[channel], keywords) for channel, said in recording.said.items()]
    return _One(recording.group, scores, played, recording.duration_s, len(recording.pcm), cpu_s)


def _figures(played: Sequence[_One], *, paced: bool) -> dict[str, Any]:
    audio_s = sum(one.audio_s for one in played)
    took_s = sum(one.played.took_s for one in played)
    voices_s = sum(one.audio_s * one.voices for one in played)
    memory = _workers_peak_mb()
    return {
        "recordings": len(played),
        "audioS": round(audio_s, 1),
        **summed(score for one in played for score in one.scores),
        "firstPartialMs": spread([time for one in played for time in one.played.first_partial_ms]),
        "finalMs": spread([time for one in played for time in one.played.final_ms]),
        "tookS": round(took_s, 1),
        "realTimeFactor": None if paced else round(took_s / audio_s, 3),
        "cpuPerChannel": round(sum(one.cpu_s for one in played) / voices_s, 4),
        "memoryPerChannelMb": None if memory is None else round(memory / 2, 1),
    }


def _descendants() -> list[Path]:
    """The ``/proc`` folders of the processes that this one started, and they in turn."""
    found, unread = list[Path](), [os.getpid()]
    while unread and len(found) < _MAX_PROCESSES:
        for task in Path(f"/proc/{unread.pop()}/task").glob("*/children"):
            try:
                children = [int(child) for child in task.read_text().split()]
            except OSError:
                continue
            unread += children
            found += [Path(f"/proc/{child}") for child in children]
    return found


def _cpu_s() -> float:
    """Processor time of this process and of all that it started and that still live."""
    ticks = 0
    for process in [Path("/proc/self"), *_descendants()]:
        try:
            # Behind the name, which may hold anything: state is field 3, so that utime (14) is the twelfth from there.
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _CLOCK_TICKS


def _workers_peak_mb() -> float | None:
    """The most memory that one worker process ever had; None where the recogniser has none."""
    peaks = []
    for process in _descendants():
        try:
            lines = (process / "status").read_text().splitlines()
        except OSError:
            continue
        peaks += [int(line.split()[1]) / 1_024 for line in lines if line.startswith("VmHWM:")]
    return max(peaks, default=None)
