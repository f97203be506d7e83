"""``cueline evaluate redaction`` and ``cueline benchmark redactor``: the gate over calls with gold spans."""

import gc
import gzip
import hashlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import thread_time
from typing import Any, Final

import msgspec

from cueline.kernel.errors import InputError, UnavailableError
from cueline.redaction.measuring.calls import Call, read_call
from cueline.redaction.measuring.figures import Peer, measure
from cueline.redaction.measuring.first_pass import FirstPassRedactor
from cueline.redaction.measuring.presidio import presidio_peer
from cueline.redaction.measuring.report import judge, markdown, summary_lines
from cueline.redaction.redactor import Redactor

SETS: Final = ("heldout", "development")
BENCHMARK_CALLS: Final = 200
"""Calls of the held-out set that a benchmark takes: a few thousand turns."""

_SAY_EVERY: Final = 100

# Engine times are processor time of this thread: on a machine that is busy with other things a wall clock would measure
# those too, in us and in the peer.


def _silent(_: str) -> None:
    """Nobody listens."""


def evaluation_folder() -> Path:
    """``evals/redaction`` of the source checkout. Raises UnavailableError where the package runs without one."""
    for parent in Path(__file__).resolve().parents:
        folder = parent / "evals" / "redaction"
        if (folder / "thresholds.json").is_file():
            return folder
    raise UnavailableError("the evaluation sets are part of the source checkout (evals/redaction), not of the wheel")


def _set_path(data: str) -> Path:
    path = evaluation_folder() / f"{data}.jsonl.gz" if data in SETS else Path(data)
    if not path.is_file():
        raise InputError(f"no evaluation set there; --data takes {', '.join(SETS)} or a file (.jsonl or .jsonl.gz)")
    return path


def _lines(content: bytes, path: Path) -> list[bytes]:
    try:
        plain = gzip.decompress(content) if path.suffix == ".gz" else content
    except (OSError, EOFError):
        raise InputError("the evaluation set is not a gzip file") from None
    return [line for line in plain.split(b"\n") if line.strip()]


def set_lines(data: str) -> tuple[Path, bytes, list[bytes]]:
    """A set's file, its bytes, and its calls as lines. Raises InputError, UnavailableError."""
    path = _set_path(data)
    content = path.read_bytes()
    return path, content, _lines(content, path)


def _calls(lines: list[bytes], most: int | None) -> Iterator[Call]:
    return map(read_call, islice(lines, most))


def _peer() -> tuple[Peer | None, str | None]:
    try:
        return presidio_peer(thread_time), None
    except UnavailableError as error:
        return None, str(error)


def evaluate_redaction(
    *, data: str = "heldout", calls: int | None = None, say: Callable[[str], None] = _silent
) -> dict[str, Any]:
    """Measures the gate on a set and judges it by ``evals/redaction/thresholds.json``.

    data: ``heldout``, ``development`` or a file in their format. calls: the first so many; None is all.
    Returns the report of ``measure`` with ``data``, ``sha256``, ``presidioNote``, ``thresholds`` and ``ok``: false
    where a measured figure misses its limit (what was not measured misses nothing). Raises InputError for a bad set,
    UnavailableError outside a source checkout.
    """
    path = _set_path(data)
    thresholds = msgspec.json.decode((evaluation_folder() / "thresholds.json").read_bytes())
    content = path.read_bytes()
    lines = _lines(content, path)
    count = len(lines) if calls is None else min(calls, len(lines))
    peer, note = _peer()
    say(f"{path.name}: {count:,} calls" + ("" if note is None else f"; {note}"))

    gc.freeze()  # as a process that serves does: collections then pass over the lists of words

    def on_call(done: int) -> None:
        if done % _SAY_EVERY == 0 or done == count:
            say(f"{done:,} of {count:,} calls")

    figures = measure(
        _calls(lines, calls),
        Redactor,
        thread_time,
        peer=peer,
        make_first_pass=FirstPassRedactor,
        on_call=on_call,
    )
    named = data if data in SETS else path.name
    report = {"data": named, "sha256": hashlib.sha256(content).hexdigest(), "presidioNote": note, **figures}
    report["thresholds"] = judge(report, thresholds)
    report["ok"] = all(one["met"] is not False for one in report["thresholds"])
    return report


def evaluation_text(report: dict[str, Any]) -> str:
    """The figures for a person."""
    return "\n".join(summary_lines(report))


def write_report(report: dict[str, Any], path: Path) -> None:
    """The report as Markdown."""
    path.write_text(markdown(report), encoding="utf-8")


def benchmark_redactor() -> dict[str, Any]:
    """Engine time per final over calls of the held-out set, beside Presidio in the same run where it is installed.

    ``ratioToPresidio``: Presidio's mean time over ours; None without Presidio.
    """
    path = _set_path("heldout")
    peer, note = _peer()
    calls = _calls(_lines(path.read_bytes(), path), BENCHMARK_CALLS)
    gc.freeze()  # as a process that serves does: collections then pass over the lists of words
    figures = measure(calls, Redactor, thread_time, peer=peer, partials=False)
    engine, theirs = figures["engine"], figures["presidio"]
    return {
        "meanMs": engine["meanMs"],
        "p50Ms": engine["p50Ms"],
        "p99Ms": engine["p99Ms"],
        "turns": engine["turns"],
        "presidioMeanMs": theirs["meanMs"] if theirs else None,
        "presidioP99Ms": theirs["p99Ms"] if theirs else None,
        "ratioToPresidio": theirs["timesSlower"] if theirs else None,
        "presidioNote": note,
    }


def benchmark_redactor_text(figures: dict[str, Any]) -> str:
    """The benchmark for a person."""
    return "\n".join(f"{name}: {value}" for name, value in figures.items())
