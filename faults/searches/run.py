"""Runs many random searches and counts what is wrong."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import NamedTuple

from apps.common.clock import utc_now
from apps.properties.search import stays
from faults.searches import asked, homes, oracle
from faults.searches.judge import judged

CONTROL_SEARCHES = 60
# The conditions of `apps.properties.search.stays`.
LEFT_OUT = ("_free", "_prepared", "_in_time", "_long_enough")


class Breach(NamedTuple):
    asked: asked.Asked
    problem: str


def breaches(searches: int, *, seed: int, now: dt.datetime | None = None) -> Iterator[Breach]:
    """Judges random searches over what is stored."""
    now = now or utc_now()
    rng = random.Random(seed)  # noqa: S311
    there = oracle.homes_read(now)
    for _ in range(searches):
        query = asked.search_asked(rng, now)
        if problem := judged(there, query, rng, now):
            yield Breach(query, problem)


def controls(*, seed: int) -> dict[str, int]:
    """Counts the breaches with one condition of the search left out at a time: none would mean that
    the oracle notices nothing."""
    return {name: len(_without(name, seed=seed)) for name in LEFT_OUT}


def _without(name: str, *, seed: int) -> list[Breach]:
    kept = getattr(stays, name)
    setattr(stays, name, lambda *_: {})
    try:
        return list(breaches(CONTROL_SEARCHES, seed=seed))
    finally:
        setattr(stays, name, kept)


def run(*, listings: int, searches: int, seed: int) -> list[Breach]:
    now = utc_now()
    homes.fill(listings, seed=seed, now=now)
    return list(breaches(searches, seed=seed, now=now))
