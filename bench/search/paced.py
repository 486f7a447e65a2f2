"""Searches that come when they are due, so many a second, whether the last ones are answered or
not: what people see on a server that is not full."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import httpx

from bench.load import middle_and_p95

RATE, SECONDS = 20, 10
THREADS, TIMEOUT_SECONDS = 64, 120


def measure(url: str, paths: list[str]) -> tuple[float, float]:
    """Returns p50 and p95 in milliseconds, from when a request was due."""
    begin = time.perf_counter() + 0.5
    due = [begin + number / RATE for number in range(RATE * SECONDS)]
    with (
        httpx.Client(base_url=url, timeout=TIMEOUT_SECONDS) as client,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        sent = zip(due, islice(cycle(paths), len(due)), strict=True)
        jobs = [pool.submit(_send, client, path, when) for when, path in sent]
        found = sorted(job.result() for job in jobs)
    return middle_and_p95(found)


def _send(client: httpx.Client, path: str, due: float) -> float:
    time.sleep(max(0.0, due - time.perf_counter()))
    client.get(path).raise_for_status()
    return (time.perf_counter() - due) * 1000
