"""Stores the load data, a batch at a time, beside the making of the next. The listings of a batch
are written after all that belongs to them, so a run that was stopped is completed by the same one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import chain
from typing import NamedTuple

from apps.accounts.selectors import people_count
from apps.accounts.services import users_add
from apps.properties.entries import entry_of
from apps.properties.imports.context import Progress, batches
from apps.properties.load.listings import SOURCE, Host, Load, hosts, listing_id, listing_of
from apps.properties.load.nights import claims_of
from apps.properties.load.pictures import pictures_write
from apps.properties.rows import (
    ListingRow,
    NightClaimRow,
    SearchEntryRow,
    listings,
    night_claims,
    search_entries,
)

LISTINGS_A_BATCH = 200
WRITERS, MOST_WAITING = 2, 4


class NotForLoadError(Exception):
    """The database has what no load made."""


class Batch(NamedTuple):
    listings: list[ListingRow]
    claims: list[NightClaimRow]


class Added(NamedTuple):
    listings: int
    claims: int


def load_add(load: Load, *, count: int, now: dt.datetime, progress: Progress) -> Added:
    """Adds the first `count` listings of the load that are not there. Raises `NotForLoadError`."""
    _check()
    pictures_write()
    done, claims, seen = 0, 0, 0
    with ThreadPoolExecutor(WRITERS) as pool:
        waiting: set[Future[Added]] = set()
        for numbers in batches(_numbered(load, count), LISTINGS_A_BATCH):
            users_add({host.user for host, _ in numbers}, now=now)
            waiting.add(pool.submit(_write, _batch(load, numbers)))
            finished, waiting = _finished(waiting)
            for added in finished:
                done, claims = done + added.listings, claims + added.claims
            seen += len(numbers)
            progress("listings", seen, count)
        for future in waiting:
            done, claims = done + future.result().listings, claims + future.result().claims
    return Added(done, claims)


def _check() -> None:
    people = people_count(except_source=f"{SOURCE}:")
    others = listings.count({"source": {"$ne": SOURCE}}, limit=1)
    if people or others:
        what = f"{people:,} people" if people else "listings of other sources"
        raise NotForLoadError(
            f"This database has {what} in it, and load data is only for a database of its own: "
            "name an empty one by MONGODB_DATABASE. Nothing was changed."
        )


def _numbered(load: Load, count: int) -> Iterator[tuple[Host, int]]:
    return ((host, number) for host in hosts(load, count) for number in host.numbers)


def _batch(load: Load, numbers: Iterable[tuple[Host, int]]) -> Batch:
    """Makes those of the numbers that are not stored."""
    by_id = {listing_id(load, number): (host, number) for host, number in numbers}
    there = {row["_id"] for row in listings.find({"_id": {"$in": list(by_id)}}, {"_id": 1})}
    missing = {key: each for key, each in by_id.items() if key not in there}
    return Batch(
        [listing_of(load, host, number) for host, number in missing.values()],
        list(chain.from_iterable(claims_of(load, n, key) for key, (_, n) in missing.items())),
    )


def _write(batch: Batch) -> Added:
    """Writes past the handles that keep the search entries: nobody can book what is not there yet,
    and one entry made of all claims costs less than one that follows each."""
    if batch.listings:
        ids = [row["_id"] for row in batch.listings]
        night_claims.collection.delete_many({"listing_id": {"$in": ids}})
        search_entries.delete_many({"_id": {"$in": ids}})
        if batch.claims:
            night_claims.collection.insert_many(batch.claims, ordered=False)
        search_entries.insert_many(list(_entries(batch)), ordered=False)
        listings.collection.insert_many(batch.listings, ordered=False)
    return Added(len(batch.listings), len(batch.claims))


def _entries(batch: Batch) -> Iterator[SearchEntryRow]:
    claims = defaultdict(list)
    for claim in batch.claims:
        claims[claim["listing_id"]].append(claim)
    return (entry_of(row, claims[row["_id"]]) for row in batch.listings)


def _finished(waiting: set[Future[Added]]) -> tuple[list[Added], set[Future[Added]]]:
    """Waits until fewer than `MOST_WAITING` are being written."""
    at_once = 0 if len(waiting) < MOST_WAITING else None
    done, rest = wait(waiting, timeout=at_once, return_when=FIRST_COMPLETED)
    return [future.result() for future in done], rest
