"""Metrics as Prometheus reads them."""

import re

import pytest

from cueline.ops.metrics import Metrics
from cueline.ops.trace import STAGES


def sample(metrics: Metrics, name: str) -> float | None:
    found = re.search(rf"^{re.escape(name)} (\S+)$", metrics.render().decode(), re.MULTILINE)
    return float(found[1]) if found else None


def test_stages_are_histograms() -> None:
    metrics = Metrics()
    metrics.observe_stages({"committed": 15.0, "delivered": 900.0})
    metrics.observe_stages({"committed": 40_000.0})
    name = "cueline_stage_milliseconds"
    assert sample(metrics, f'{name}_count{{stage="committed"}}') == 2
    assert sample(metrics, f'{name}_bucket{{le="20.0",stage="committed"}}') == 1
    assert sample(metrics, f'{name}_bucket{{le="30000.0",stage="committed"}}') == 1
    assert sample(metrics, f'{name}_bucket{{le="+Inf",stage="committed"}}') == 2
    assert sample(metrics, f'{name}_sum{{stage="delivered"}}') == 900
    assert not [
        stage for stage in STAGES if stage not in {"committed", "delivered"} and stage in metrics.render().decode()
    ]


def test_sockets_are_counted_up_and_down() -> None:
    metrics = Metrics()
    assert [metrics.socket_opened(), metrics.socket_opened()] == [1, 2]
    metrics.socket_closed()
    assert (metrics.socket_opened(), sample(metrics, "cueline_live_sockets")) == (2, 2)


@pytest.mark.parametrize(
    ("counter", "label", "line"),
    [
        ("utterances", "agent", 'cueline_utterances_total{speaker="agent"}'),
        ("masks", "NUMBER", 'cueline_masks_total{type="NUMBER"}'),
        ("warnings", "audio_gap", 'cueline_call_warnings_total{code="audio_gap"}'),
        ("calls_ended", "no_audio", 'cueline_calls_ended_total{reason="no_audio"}'),
        ("session_failures", "x", 'cueline_call_session_failures_total{code="x"}'),
        ("gate_failures", "x", 'cueline_gate_failures_total{code="x"}'),
        ("refused", "token", 'cueline_refused_total{reason="token"}'),
    ],
)
def test_counters(counter: str, label: str, line: str) -> None:
    metrics = Metrics()
    getattr(metrics, counter).labels(label).inc(3)
    assert sample(metrics, line) == 3


def test_gauges_are_there_from_the_start() -> None:
    metrics = Metrics()
    assert {sample(metrics, f"cueline_{name}") for name in ("calls_live", "live_sockets", "lag_milliseconds")} == {0.0}


def test_two_processes_in_one_do_not_mix() -> None:
    one, two = Metrics(), Metrics()
    one.masks.labels("PIN").inc()
    assert sample(two, 'cueline_masks_total{type="PIN"}') is None
