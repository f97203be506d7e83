"""The benchmark compares like with like; how fast either is is nobody's business here."""

import itertools

import pytest

from cueline.emulators import benchmark_demuxer as benchmark
from cueline.kernel.errors import CheckFailedError


def test_result() -> None:
    pytest.importorskip("av", reason="PyAV, the peer, is not installed")
    ticks = itertools.count()
    result = benchmark.benchmark_demuxer(clock=lambda: float(next(ticks)), duration_s=6, rounds=3)
    assert result["ratioToPyav"] == 1.0
    assert result["audioBytes"] == 6 * 2 * 16_000
    assert result["streamBytes"] > result["audioBytes"]
    assert result["demuxerMbPerS"] == result["pyavMbPerS"] == round(float(result["streamBytes"]) / 1e6, 1)
    assert result["rounds"] == 3


def test_a_reader_that_stops_early_gives_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """FFmpeg may stop at a document's end where it sees another; then there is nothing to compare."""
    monkeypatch.setattr(benchmark, "_pyav_reader", lambda: lambda stream: 32_000)
    with pytest.raises(CheckFailedError, match="pyav read 32000"):
        benchmark.benchmark_demuxer(clock=float, duration_s=2)
