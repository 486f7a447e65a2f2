"""The most costly requests that an anonymous person can send, one at a time, beside a usual one."""

import statistics
import time
from typing import NamedTuple

import httpx

from bench.search.cases import Parameters, path_of

TIMES, USUAL = 5, 20
TIMEOUT_SECONDS = 60


class Timed(NamedTuple):
    name: str
    milliseconds: float


def requests(dates: Parameters) -> dict[str, str]:
    world = {"bbox": "-180,-90,180,90"}
    longest = " ".join(["san", "ta", "mo", "ni", "ca", "new", "york"] * 8)[:200]
    asked = {
        "whole world, dates": {**world, **dates},
        "whole world, dates, page 1000": {**world, **dates, "page": "1000"},
        "a name of 200 letters": {"location": longest, **dates},
        "500 km around London, dates": {**_london(500), **dates},
        "500 km, dates, page 1000": {**_london(500), **dates, "page": "1000"},
        "20 amenities, whole world": {**world, **dates, "amenities": ",".join(["wifi"] * 20)},
    }
    return {name: path_of(parameters) for name, parameters in asked.items()}


def _london(kilometres: int) -> Parameters:
    return {"lat": "51.5074", "lng": "-0.1278", "radius_km": str(kilometres)}


def measure(url: str, usual: list[str], dates: Parameters) -> list[Timed]:
    """Returns the usual request first and then the worst first. The least of some times is what a
    request costs on a machine that others use too."""
    asked = requests(dates)
    with httpx.Client(base_url=url, timeout=TIMEOUT_SECONDS) as client:
        usually = statistics.median(_least(client, path) for path in usual[:USUAL])
        worst = [Timed(name, _least(client, path)) for name, path in asked.items()]
    return [Timed("usual", usually), *sorted(worst, key=lambda each: -each.milliseconds)]


def _least(client: httpx.Client, path: str) -> float:
    return min(_milliseconds(client, path) for _ in range(TIMES))


def _milliseconds(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    reply = client.get(path)
    if reply.status_code >= 500:  # noqa: PLR2004
        raise RuntimeError(f"{path}: {reply.status_code}")
    return (time.perf_counter() - began) * 1000
