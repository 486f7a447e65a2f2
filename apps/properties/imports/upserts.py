"""Writes rows that an import may see again: new ones are added, changed ones set, equal ones
left."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from pymongo import UpdateOne

from apps.common.rows import Rows
from apps.properties.public_points import places_of
from apps.properties.rows import (
    LISTING_DEFAULTS,
    ListingRow,
    ReviewRow,
    exact_of,
    listings,
    reviews,
)

Row = TypeVar("Row", ListingRow, ReviewRow)
Outcomes = dict[str, int]


def listings_write(rows: Sequence[ListingRow], *, now: dt.datetime) -> Outcomes:
    """Gives a changed listing its next version. What a dump does not know (fees, house rules,
    whether a moderator withdrew it) is set once and then left."""
    once = {**LISTING_DEFAULTS, "created_at": now, "updated_at": now}
    change: dict[str, dict[str, Any]] = {"$inc": {"version": 1}, "$set": {"updated_at": now}}
    return _write(listings, rows, once=once, change=change, settle=_in_its_place)


def _in_its_place(old: ListingRow, new: ListingRow) -> ListingRow:
    """Leaves the public point where it is as long as it may stay there."""
    exact = exact_of(new)
    places = places_of(
        {**new["location"], **exact}, listing_id=new["_id"], host_id=new["host_id"], before=old
    )
    return {**new, "location": places.location}


def reviews_write(rows: Sequence[ReviewRow]) -> Outcomes:
    return _write(reviews, rows, once={}, change={}, settle=lambda _old, new: new)


def _write(
    handle: Rows[Row],
    rows: Sequence[Row],
    *,
    once: Mapping[str, Any],
    change: Mapping[str, Mapping[str, Any]],
    settle: Callable[[Row, Row], Row],
) -> Outcomes:
    wanted = {row["_id"]: row for row in rows}
    there = {row["_id"]: row for row in handle.find({"_id": {"$in": list(wanted)}})}
    fresh = [
        cast("Row", {**once, **cast("Mapping[str, Any]", new)})
        for key, new in wanted.items()
        if key not in there
    ]
    if fresh:
        handle.insert_many(fresh)
    updates = [
        UpdateOne({"_id": key}, {**change, "$set": {**change.get("$set", {}), **difference}})
        for key, row in there.items()
        if (difference := _difference(row, settle(row, wanted[key])))
    ]
    if updates:
        handle.bulk_write(updates)
    return {
        "created": len(fresh),
        "updated": len(updates),
        "unchanged": len(there) - len(updates),
    }


def _difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in new.items() if old.get(name) != value}
