"""Counters and histograms, as Prometheus reads them. Labels are stage names, codes and reasons; never content."""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

disable_created_metrics()  # type: ignore[no-untyped-call]

_BUCKETS_MS = (1, 2, 5, 10, 20, 50, 100, 200, 300, 500, 800, 1_200, 2_000, 3_000, 5_000, 10_000, 30_000)


class Metrics:
    """The process's metrics; one registry each, so that roles in one test process do not mix."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.stage_ms = Histogram(
            "cueline_stage_milliseconds",
            "From the arrival of an utterance's last fragment to each stage",
            ["stage"],
            buckets=_BUCKETS_MS,
            registry=self._registry,
        )
        self.utterances = Counter("cueline_utterances", "Utterances committed", ["speaker"], registry=self._registry)
        self.masks = Counter("cueline_masks", "Masks committed", ["type"], registry=self._registry)
        self.warnings = Counter("cueline_call_warnings", "Warnings on calls", ["code"], registry=self._registry)
        self.calls_ended = Counter("cueline_calls_ended", "Calls ended", ["reason"], registry=self._registry)
        self.calls_live = Gauge("cueline_calls_live", "Calls held by this worker", registry=self._registry)
        self.session_failures = Counter(
            "cueline_call_session_failures", "Call sessions that broke off", ["code"], registry=self._registry
        )
        self.gate_failures = Counter(
            "cueline_gate_failures", "Detectors that failed and so masked", ["code"], registry=self._registry
        )
        self.recogniser_failures = Counter(
            "cueline_recogniser_failures",
            "Sessions with a recogniser that were left for another",
            ["recogniser", "failure"],
            registry=self._registry,
        )
        self.recogniser_switches = Counter(
            "cueline_recogniser_switches", "Calls that a recogniser took on", ["recogniser"], registry=self._registry
        )
        self.recogniser_seam_ms = Histogram(
            "cueline_recogniser_seam_milliseconds",
            "From a recogniser's failure until another has heard what was spoken by then",
            buckets=_BUCKETS_MS,
            registry=self._registry,
        )
        self.recognisers_set_aside = Gauge(
            "cueline_recogniser_set_aside", "1 while calls pass it by", ["recogniser"], registry=self._registry
        )
        self._sockets = Gauge("cueline_live_sockets", "Open live WebSockets", registry=self._registry)
        self._open_sockets = 0
        self.refused = Counter("cueline_refused", "Requests refused", ["reason"], registry=self._registry)
        self.lag_ms = Gauge(
            "cueline_lag_milliseconds", "How far the slowest reported call is behind", registry=self._registry
        )

    def observe_stages(self, stages: Mapping[str, float]) -> None:
        """Takes an utterance's measured stages, milliseconds each."""
        for stage, value_ms in stages.items():
            self.stage_ms.labels(stage).observe(value_ms)

    def socket_opened(self) -> int:
        """Counts a live WebSocket; gives how many are open now."""
        self._open_sockets += 1
        self._sockets.set(self._open_sockets)
        return self._open_sockets

    def socket_closed(self) -> None:
        """Counts it away again."""
        self._open_sockets -= 1
        self._sockets.set(self._open_sockets)

    def export(self, prefix: str, read: Callable[[], Mapping[str, int]]) -> None:
        """Shows a room's plain totals as counters ``cueline_PREFIX_NAME_total``, read when they are asked for.

        A name ``a:b`` becomes counter ``a`` with the label ``reason="b"``.
        """
        self._registry.register(_Totals(prefix, read))

    def render(self) -> bytes:
        """All metrics in the Prometheus text format."""
        return generate_latest(self._registry)


class _Totals(Collector):
    """Plain totals as counters."""

    def __init__(self, prefix: str, read: Callable[[], Mapping[str, int]]) -> None:
        self._prefix = prefix
        self._read = read

    def collect(self) -> Iterator[CounterMetricFamily]:
        families: dict[str, CounterMetricFamily] = {}
        for key, value in self._read().items():
            name, _, reason = key.partition(":")
            if name not in families:
                labels = ["reason"] if reason else []
                text = f"{name.replace('_', ' ')} ({self._prefix})"
                families[name] = CounterMetricFamily(f"cueline_{self._prefix}_{name}", text, labels=labels)
            families[name].add_metric([reason] if reason else [], value)
        yield from families.values()

    def describe(self) -> Iterator[CounterMetricFamily]:
        return iter(())
