"""Compares search entries with what they are made of, and mends those that differ, while searches
and bookings go on: each batch is one transaction, so it sees both at one moment."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from bson import ObjectId
from pymongo import DeleteOne, InsertOne, ReplaceOne

from apps.common import mongo
from apps.common.rows import Write
from apps.properties.entries import entry_of, is_shown
from apps.properties.rows import (
    ListingRow,
    NightClaimRow,
    SearchEntryRow,
    listings,
    search_entries,
)
from apps.properties.services.changes import search_changed_everywhere
from apps.properties.services.entries import claims_of

BATCH = 100
# A batch starts anew as long as its listings are booked; nobody waits for it.
SECONDS = 60
FIRST = ObjectId("0" * 24)
Pair = tuple[SearchEntryRow | None, SearchEntryRow | None]


class Batch(NamedTuple):
    """Of the listings up to `last` in the order of ids: how many there were, and of those that
    differ what does."""

    last: ObjectId
    size: int
    differing: dict[ObjectId, list[str]]


def entries_check(*, after: ObjectId = FIRST) -> Iterator[Batch]:
    """Compares batch by batch, and changes nothing."""
    return _batches(after, is_mended=False)


def entries_rebuild(*, after: ObjectId = FIRST) -> Iterator[Batch]:
    """Writes what differs. One that was stopped goes on `after` the last of a batch; or begins
    anew, and finds what is done already."""
    return _batches(after, is_mended=True)


def entries_differing() -> dict[ObjectId, list[str]]:
    """Names what differs of all entries, for tests and trials: of a quiet system."""
    differing: dict[ObjectId, list[str]] = {}
    after = FIRST
    while pairs := _pairs({"_id": {"$gt": after}}, most=BATCH):
        differing |= _differing(pairs)
        after = max(pairs)
        if len(pairs) < BATCH:
            break
    return differing


def entries_compared(ids: Sequence[ObjectId]) -> dict[ObjectId, list[str]]:
    """Names what differs of these."""
    return mongo.run_in_transaction(lambda: _differing(_pairs({"_id": {"$in": list(ids)}})))


def _batches(after: ObjectId, *, is_mended: bool) -> Iterator[Batch]:
    while True:
        batch = mongo.run_in_transaction(
            partial(_batch, after, is_mended=is_mended), seconds=SECONDS
        )
        if batch is None:
            return
        yield batch
        after = batch.last


def _batch(after: ObjectId, *, is_mended: bool) -> Batch | None:
    pairs = _pairs({"_id": {"$gt": after}}, most=BATCH)
    if not pairs:
        return None
    differing = _differing(pairs)
    if differing and is_mended:
        _mend({key: pairs[key] for key in differing})
    return Batch(max(pairs), len(pairs), differing)


def _pairs(query: Mapping[str, Any], *, most: int = 0) -> dict[ObjectId, Pair]:
    """Finds what stands there, and what should, also of entries that have no listing. Of the first
    `most` in the order of ids, or of all."""
    entries = search_entries.find(query).sort("_id", 1).limit(most)
    stored = {entry["_id"]: entry for entry in entries}
    rows = {row["_id"]: row for row in listings.find(query).sort("_id", 1).limit(most)}
    ids = sorted(stored.keys() | rows.keys())[: most or None]
    claims = claims_of([key for key in ids if key in rows and is_shown(rows[key])])
    return {
        key: (stored.get(key), _expected(rows.get(key), stored.get(key), claims)) for key in ids
    }


def _expected(
    row: ListingRow | None,
    stored: SearchEntryRow | None,
    claims: Mapping[ObjectId, list[NightClaimRow]],
) -> SearchEntryRow | None:
    """Takes the ranking as it is: `services.ranking` makes another once a day."""
    if row is None or not is_shown(row):
        return None
    return entry_of(row, claims[row["_id"]], ranking=stored["ranking"] if stored else None)


def _differing(pairs: Mapping[ObjectId, Pair]) -> dict[ObjectId, list[str]]:
    return {key: names for key, pair in pairs.items() if (names := _differences(*pair))}


def _differences(stored: SearchEntryRow | None, expected: SearchEntryRow | None) -> list[str]:
    """Names the fields that differ, or `_id` for an entry that is missing or should not be."""
    if stored is None or expected is None:
        return [] if stored is expected else ["_id"]
    is_, should = _comparable(stored), _comparable(expected)
    return sorted(name for name in is_.keys() | should.keys() if is_.get(name) != should.get(name))


def _comparable(entry: SearchEntryRow) -> dict[str, Any]:
    """A month without a night that is taken is as good as none, and holds have no order."""
    holds = [{**hold, **_nights(hold)} for hold in entry["holds"]]
    holds.sort(key=lambda hold: (hold["owner_id"], hold["until"]))
    return {**entry, **_nights(entry), "holds": holds}


def _nights(found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: {month: mask for month, mask in found[name].items() if mask}
        for name in ("taken", "slept")
    }


def _mend(pairs: Mapping[ObjectId, Pair]) -> None:
    """Writes the listing of an entry that comes or goes, as `services.entries` says."""
    unpaired = [key for key, pair in pairs.items() if None in pair]
    if unpaired:
        listings.update_many({"_id": {"$in": unpaired}}, {"$inc": {"deals": 1}})
    search_entries.bulk_write([_write(key, *pair) for key, pair in pairs.items()], ordered=False)
    search_changed_everywhere()


def _write(
    key: ObjectId, stored: SearchEntryRow | None, expected: SearchEntryRow | None
) -> Write[SearchEntryRow]:
    if expected is None:
        return DeleteOne({"_id": key})
    return InsertOne(expected) if stored is None else ReplaceOne({"_id": key}, expected)
