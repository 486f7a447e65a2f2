"""Runs many random searches and counts what is wrong."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import NamedTuple

from apps.common.clock import utc_now
from faults.searches import asked, homes, oracle
from faults.searches.judge import judged


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


def run(*, listings: int, searches: int, seed: int) -> list[Breach]:
    now = utc_now()
    homes.fill(listings, seed=seed, now=now)
    return list(breaches(searches, seed=seed, now=now))
