"""What this app does for a person who is suspended, restored or erased."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from bson import ObjectId

from apps.common.parts import USER, Part, Subject, Withdrawal
from apps.properties import media
from apps.properties.rows import ListingRow, listings
from apps.properties.services.deletion import listing_delete
from apps.properties.services.moderation import listings_bring_back, listings_withdraw


class PropertiesPart(Part):
    keeps = MappingProxyType(
        {
            "listings.host_id": "stays, since bookings name the listing; it is deleted from every "
            "list, its photos, description and address are erased, and its point is coarse",
        }
    )

    def withdraw(self, withdrawal: Withdrawal) -> None:
        if withdrawal.subject.kind == USER:
            listings_withdraw(host_id=withdrawal.subject.id, now=withdrawal.now)

    def restore(self, subject: Subject, *, now: dt.datetime) -> None:
        if subject.kind == USER:
            listings_bring_back(host_id=subject.id, now=now)

    def export(self, user_id: ObjectId) -> Iterator[tuple[str, Any]]:
        ours = {"place_names": 0, "amenity_keys": 0, "deals": 0, "active_before": 0}
        yield "listings", list(listings.find({"host_id": user_id}, ours))

    def files(self, user_id: ObjectId) -> Iterator[str]:
        for listing in listings.find({"host_id": user_id}, {"images": 1}):
            names = (media.photo_name(listing["_id"], url) for url in listing["images"])
            yield from filter(None, names)

    def erase(self, user_id: ObjectId, *, now: dt.datetime) -> None:
        for listing in listings.find({"host_id": user_id}):
            if listing.get("deleted_at") is None:
                listing_delete(listing_id=listing["_id"], host_id=user_id, now=now)
            _forget(listing)


def _forget(listing: ListingRow) -> None:
    """Leaves what a receipt needs: the title and the city."""
    for url in listing["images"]:
        media.photo_delete(listing["_id"], url)
    values: dict[str, Any] = {
        "description": "",
        "images": [],
        "location.area": "",
        "exact": None,
        "arrival_instructions": "",
        "location.coordinates.coordinates": [
            round(number, 1) for number in listing["location"]["coordinates"]["coordinates"]
        ],
        "place_names": [],
    }
    listings.update_one({"_id": listing["_id"]}, {"$set": values})


PART = PropertiesPart()
