"""Takes about 30 % of the nights of a listing, in runs, as a real calendar is."""

import datetime as dt
from random import Random

from bson import ObjectId

from apps.properties.enums import ClaimKind
from apps.properties.load.listings import SOURCE, Load
from apps.properties.load.shares import Choice, choice
from apps.properties.nights import claim_row
from apps.properties.rows import NightClaimRow

NIGHTS = 200
OWNER = f"{SOURCE}:calendar"
# The share of taken nights differs from listing to listing: some are empty, some full, the middle
# is 0.3.
ALPHA, BETA = 0.9, 2.1
EMPTY, FULL = 0.01, 0.98
BLOCKED = 0.2


def claims_of(load: Load, number: int, key: ObjectId) -> list[NightClaimRow]:
    pick = Random(f"nights {load.seed} {number}")  # noqa: S311 no secret
    return [
        claim_row(key, night, kind=kind, owner_id=owner)
        for start, end, kind in _runs(pick)
        for owner in (f"block:{key}" if kind is ClaimKind.BLOCK else OWNER,)
        for night in (load.first + dt.timedelta(days=day) for day in range(start, end))
    ]


def _runs(pick: Random) -> list[tuple[int, int, ClaimKind]]:
    """Lists what is taken of the days [0, NIGHTS): from, to and by whom."""
    share, lengths = pick.betavariate(ALPHA, BETA), choice("run_of_nights")
    if share < EMPTY:
        return []
    gap = _mean(lengths) * (1 - min(share, FULL)) / share
    runs, day = [], round(pick.expovariate(1 / gap))
    while day < NIGHTS:
        end = min(NIGHTS, day + lengths.draw(pick))
        runs.append((day, end, ClaimKind.BLOCK if pick.random() < BLOCKED else ClaimKind.EXTERNAL))
        day = end + round(pick.expovariate(1 / gap))
    return runs


def _mean(lengths: Choice) -> float:
    before, total = 0.0, 0.0
    for value, upto in zip(lengths.values, lengths.weights, strict=True):
        total += value * (upto - before)
        before = upto
    return total / before
