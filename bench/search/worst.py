"""The most costly requests that an anonymous person can send, one at a time, beside a usual one."""

import datetime as dt
import math
import statistics
import time
from typing import NamedTuple

import httpx

from bench.search.cases import Parameters, path_of

TIMES, USUAL = 3, 20
TIMEOUT_SECONDS = 60
CORNERS, MONTHS = 60, 3
WORLD = {"bbox": "-180,-90,180,90"}
LONDON = {"lat": "51.5074", "lng": "-0.1278", "radius_km": "500"}
LETTERS = ("holiday flat near the beach with a pool and breakfast " * 4)[:200].strip()
ALL = {
    "amenities": "wifi,kitchen,washer,dryer,iron,heating",
    "min_price": "1",
    "max_price": "100000",
    "currency": "EUR",
    "max_total": "100000",
    "min_rating": "1",
    "sort": "price",
}


class Timed(NamedTuple):
    name: str
    milliseconds: float


def requests(dates: Parameters) -> dict[str, str]:
    """All that is allowed, the widest of each kind."""
    months = {"flexible": "weekend", "months": _months(dates["check_in"])}
    facets = {"facets": "true"}
    asked: dict[str, Parameters] = {
        "world, dates": {**WORLD, **dates},
        "world, dates, last page": {**WORLD, **dates, "page": "51"},
        "world, dates, facets": {**WORLD, **dates, **facets},
        "world, total price, facets": {**WORLD, **dates, **facets, "sort": "price"},
        "world, weekends of months, by price": {**WORLD, **months, "sort": "price"},
        "world, dates and 3 days around": {**WORLD, **dates, "flexible": "3"},
        "world, all filters": {**WORLD, **dates, **ALL},
        "words of 200 letters": {"q": LETTERS, **dates},
        "a place of 200 letters": {"location": LETTERS, **dates},
        "polygon of many corners, by price": {"polygon": _polygon(), **dates, "sort": "price"},
        "500 km, facets": {**LONDON, **dates, **facets},
        "500 km, last page": {**LONDON, **dates, "page": "51"},
        "nothing at all": {},
    }
    return {name: path_of(parameters) for name, parameters in asked.items()}


def _months(check_in: str) -> str:
    first = dt.date.fromisoformat(check_in).replace(day=1)
    return ",".join(f"{first + dt.timedelta(days=31 * month):%Y-%m}" for month in range(MONTHS))


def _polygon() -> str:
    """A wide circle, drawn with as many corners as may be sent."""
    turns = (2 * math.pi * corner / CORNERS for corner in range(CORNERS))
    return ";".join(f"{40 * math.cos(turn):.3f},{40 * math.sin(turn):.3f}" for turn in turns)


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
