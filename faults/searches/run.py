"""Runs many random searches and counts what is wrong."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import NamedTuple

from apps.common.clock import utc_now
from apps.properties.search import stays
from faults.searches import asked, homes, oracle
from faults.searches.judge import judged

CONTROL_SEARCHES = 200
# The conditions of `apps.properties.search.stays`.
LEFT_OUT = ("_free", "_prepared", "_in_time", "_long_enough")


class Breach(NamedTuple):
    number: int
    asked: asked.Asked
    problem: str


def breaches(searches: int, *, seed: int, now: dt.datetime | None = None) -> Iterator[Breach]:
    """Judges random searches over what is stored."""
    now = now or utc_now()
    rng = random.Random(seed)  # noqa: S311
    there = oracle.homes_read(now)
    for number in range(1, searches + 1):
        query = asked.search_asked(rng, now)
        if problem := judged(there, query, rng, now):
            yield Breach(number, query, problem)


def controls(*, seed: int) -> dict[str, int]:
    """Says with how many searches the oracle notices that one condition of the search is left out,
    one at a time; 0 for one that it does not notice."""
    return {name: _noticed(name, seed=seed) for name in LEFT_OUT}


def _noticed(name: str, *, seed: int) -> int:
    kept = getattr(stays, name)
    setattr(stays, name, lambda *_: {})
    try:
        found = next(breaches(CONTROL_SEARCHES, seed=seed), None)
    finally:
        setattr(stays, name, kept)
    return found.number if found else 0


def run(*, listings: int, searches: int, seed: int) -> list[Breach]:
    now = utc_now()
    homes.fill(listings, seed=seed, now=now)
    return list(breaches(searches, seed=seed, now=now))
