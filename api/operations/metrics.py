"""Numbers for Prometheus: what was asked and how long it took, and how the server fares.

Names follow the Prometheus naming conventions; the text is that of `prometheus_client`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from api.serving import Serving

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The numbers of one application, in a registry of their own; `in_hand` are the requests being answered."""

    def __init__(self, serving: Serving) -> None:
        self.registry = CollectorRegistry(auto_describe=True)
        self._seconds = Histogram(
            "hypothread_request_seconds",
            "Seconds from the arrival of a request to the last byte of its answer.",
            ("route", "method", "status"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._in_hand = Gauge("hypothread_requests_in_hand", "Requests being answered.", registry=self.registry)
        self._known: dict[tuple[str, str, int], Histogram] = {}
        self.in_hand = 0
        self._in_hand.set_function(lambda: self.in_hand)
        self.registry.register(_State(serving))
        ProcessCollector(namespace="hypothread", registry=self.registry)

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts a request.

        Args:
            route: the template of its path; never the path, of which there is no end.
            method: its method; one that HTTP does not name counts as ``other``.
            status: of the answer; 0 where the client went away before there was one.
            seconds: how long it took.
        """
        key = (route, method, status)
        found = self._known.get(key)
        if found is None:
            # Looking a child up by its labels takes longer than counting does.
            method = method if method in _METHODS else "other"
            found = self._seconds.labels(route, method, str(status) if status else "none")
            if method != "other":
                self._known[key] = found
        found.observe(seconds)


class _State(Collector):
    """What is true at the moment of asking."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    @override
    def collect(self) -> Iterator[Metric]:
        """Every number, each with what it means."""
        pool, answers = self._serving.pool.statistics(), self._serving.answers
        readers = GaugeMetricFamily(
            "hypothread_readers", "Reader processes, by what they are doing.", labels=("state",)
        )
        for state, number in {
            "idle": pool.workers - pool.busy,
            "busy": pool.busy,
            "starting": pool.starting,
        }.items():
            readers.add_metric((state,), number)
        yield readers
        ended = CounterMetricFamily(
            "hypothread_reader_requests", "Requests to reader processes, by how they ended.", labels=("end",)
        )
        for end, number in {
            "answered": pool.answered,
            "refused": pool.refused,
            "timed out": pool.timed_out,
            "cancelled": pool.cancelled,
            "crashed": pool.crashed,
        }.items():
            ended.add_metric((end,), number)
        yield ended
        yield GaugeMetricFamily("hypothread_readers_waiting", "Requests that wait for a reader.", value=pool.waiting)
        yield GaugeMetricFamily(
            "hypothread_commit_number",
            "The number of the newest commit since the server was started.",
            value=self._serving.store.commit_number,
        )
        yield GaugeMetricFamily(
            "hypothread_kept_answers_bytes", "Bytes of answers kept until the next commit.", value=answers.size
        )
