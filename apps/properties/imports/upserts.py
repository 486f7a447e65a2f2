"""Writes rows that an import may see again: new ones are added, changed ones set, equal ones
left."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from bson import ObjectId
from pymongo import UpdateOne

from apps.accounts.services import users_keep_active
from apps.properties.imports.standing import fresh_standing, seen_standing
from apps.properties.imports.stays import stays_ahead
from apps.properties.nights import midnight
from apps.properties.public_points import places_of
from apps.properties.rows import (
    LISTING_DEFAULTS,
    ListingRow,
    ReviewRow,
    exact_of,
    listings,
    reviews,
)

Outcomes = dict[str, int]
NO_PRICE = 0


class Written(NamedTuple):
    outcomes: Outcomes
    notes: list[str]


def listings_write(
    rows: Sequence[ListingRow], *, now: dt.datetime, dumped_on: dt.date | None = None
) -> Written:
    """Gives a changed listing its next version. What a dump does not know is set once and then
    left; a listing that is deleted here is left whole. Another host takes a listing over when
    no guest of the former one is awaited. Belongs in a transaction."""
    wanted = {row["_id"]: row for row in rows}
    there = {row["_id"]: row for row in listings.find({"_id": {"$in": list(wanted)}})}
    deleted = {key for key, row in there.items() if row.get("deleted_at")}
    moved = {key for key in there if there[key]["host_id"] != wanted[key]["host_id"]} - deleted
    stays = stays_ahead(moved, now=now)
    offered = (wanted.keys() - there.keys()) | (moved - stays.keys())
    suspended = users_keep_active({wanted[key]["host_id"] for key in offered})
    fresh = [_fresh(new, suspended, now) for key, new in wanted.items() if key not in there]
    if fresh:
        listings.insert_many(fresh)
    kept = {key: {**wanted[key], "host_id": there[key]["host_id"]} for key in stays}
    changes = {
        key: _changed(old, kept.get(key, wanted[key]), suspended, now)
        for key, old in there.items()
        if key not in deleted
    }
    updates = [
        UpdateOne({"_id": key}, {"$inc": {"version": 1}, "$set": {"updated_at": now, **changed}})
        for key, changed in changes.items()
        if changed
    ]
    if updates:
        listings.bulk_write(updates)
    if dumped_on:
        _mark_seen(list(wanted), dumped_on)
    outcomes = {
        "created": len(fresh),
        "updated": len(updates),
        "unchanged": len(there) - len(updates) - len(deleted),
        "deleted here": len(deleted),
        "with another host": len(moved - stays.keys()),
    }
    return Written(outcomes, [_keeps_host(wanted[key], last) for key, last in stays.items()])


def _keeps_host(row: ListingRow, last: dt.date) -> str:
    return (
        f"listing {row['source_id']} has another host now: it keeps its own until the stays up to "
        f"the night of {last} are over"
    )


def _fresh(new: ListingRow, suspended: set[ObjectId], now: dt.datetime) -> ListingRow:
    price = new.get("price_per_night", NO_PRICE)
    once = {**LISTING_DEFAULTS, "created_at": now, "updated_at": now, "price_per_night": price}
    standing = fresh_standing(price=price, is_host_suspended=new["host_id"] in suspended, now=now)
    return cast("ListingRow", {**once, **new, **standing})


def _changed(
    old: ListingRow, new: Mapping[str, Any], suspended: set[ObjectId], now: dt.datetime
) -> dict[str, Any]:
    """Leaves the public point where it is as long as it may stay there."""
    place = {**new["location"], **exact_of(cast("ListingRow", new))}
    places = places_of(place, listing_id=old["_id"], host_id=new["host_id"], before=old)
    standing = seen_standing(old, new, suspended=suspended, now=now)
    return _difference(old, {**new, "location": places.location, **standing})


def _mark_seen(listing_ids: list[ObjectId], dumped_on: dt.date) -> None:
    """No change of the listing: its version stays."""
    day = midnight(dumped_on)
    earlier = {"$or": [{"seen_on": None}, {"seen_on": {"$lt": day}}]}
    listings.update_many({"_id": {"$in": listing_ids}, **earlier}, {"$set": {"seen_on": day}})


def reviews_write(rows: Sequence[ReviewRow]) -> Outcomes:
    wanted = {row["_id"]: row for row in rows}
    there = {row["_id"]: row for row in reviews.find({"_id": {"$in": list(wanted)}})}
    fresh = [row for key, row in wanted.items() if key not in there]
    if fresh:
        reviews.insert_many(fresh)
    updates = [
        UpdateOne({"_id": key}, {"$set": changed})
        for key, row in there.items()
        if (changed := _difference(row, wanted[key]))
    ]
    if updates:
        reviews.bulk_write(updates)
    return {
        "created": len(fresh),
        "updated": len(updates),
        "unchanged": len(there) - len(updates),
    }


def _difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in new.items() if old.get(name) != value}
