"""``cueline benchmark ...``: figures beside a peer's, from one run."""

from typing import Any

from cueline.emulators.benchmark_demuxer import benchmark_demuxer
from cueline.ops.system_clock import stopwatch_s


def demuxer() -> dict[str, Any]:
    """Our demuxer and PyAV over the same bytes. Raises UnavailableError without PyAV."""
    return dict(benchmark_demuxer(clock=stopwatch_s))


def demuxer_text(figures: dict[str, Any]) -> str:
    """The figures for a person."""
    return "\n".join(f"{name}: {value}" for name, value in figures.items())
