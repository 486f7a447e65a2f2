"""Gives listings of before a public point: their address and exact point stood where everybody
reads. What is written so by an older process that ran beside this one is found again."""

from collections.abc import Callable, Mapping
from typing import Any

from pymongo import UpdateOne

from apps.properties.models import search_keys
from apps.properties.public_points import places_of
from apps.properties.rows import ListingRow, listings

BATCH = 500
FIELDS = {"location": 1, "exact": 1, "source": 1, "host_id": 1, "amenities": 1, "version": 1}
# No row of today has it, so that a run that was stopped goes on where it was.
OF_BEFORE = {
    "location.address": {"$exists": True},
    "location.coordinates.coordinates.1": {"$exists": True},
}


def locations_hide(progress: Callable[[int], None] = lambda _done: None) -> int:
    """Returns how many listings were changed. A listing that is changed meanwhile comes again."""
    done = 0
    while updates := [_update(row) for row in listings.find(OF_BEFORE, FIELDS).limit(BATCH)]:
        done += listings.bulk_write(updates, ordered=False).modified_count
        progress(done)
    return done


def _update(row: ListingRow) -> UpdateOne:
    old: Mapping[str, Any] = row["location"]
    street, area = _street_and_area(old.get("address") or "", is_imported=bool(row.get("source")))
    place = {**old, "address": street, "area": area}
    places = places_of(place, listing_id=row["_id"], host_id=row["host_id"])
    keys = search_keys({"location": places.location, "amenities": row.get("amenities") or []})
    return UpdateOne(
        {"_id": row["_id"], "version": row.get("version")},
        {"$set": {**places._asdict(), **keys}},
    )


def _street_and_area(address: str, *, is_imported: bool) -> tuple[str, str]:
    """Imports and demo data named a neighbourhood where hosts name a street."""
    if is_imported and not any(letter.isdigit() for letter in address):
        return "", address
    return address, ""
