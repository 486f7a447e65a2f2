"""Prometheus: what every role measures, and how it is read.

A process with several workers shares its figures through files in PROMETHEUS_MULTIPROC_DIR, which
`docker/entrypoint.py` makes before prometheus_client is loaded. Labels have few values: a route's
pattern and never a path, an id or a name.
"""

import os
from collections.abc import Iterable

from prometheus_client import REGISTRY, CollectorRegistry, Histogram, generate_latest
from prometheus_client import start_http_server as _start_http_server
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

REQUESTS = Histogram(
    "http_request_seconds",
    "Answered requests by method, route and status.",
    ["method", "route", "status"],
    buckets=SECONDS,
)


def registry(collectors: Iterable[Collector] = ()) -> CollectorRegistry:
    """What this role has measured, in all its processes; `collectors` are asked on each read."""
    extra = list(collectors)
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ and not extra:
        return REGISTRY
    made = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(made)
    else:
        made.register(REGISTRY)
    for collector in extra:
        made.register(collector)
    return made


def text() -> bytes:
    return generate_latest(registry())


def serve(bind: str, collectors: Iterable[Collector] = ()) -> None:
    """Serves the figures of a worker, which has no other port, at `bind` (address:port)."""
    address, _, port = bind.rpartition(":")
    _start_http_server(int(port), addr=address, registry=registry(collectors))
