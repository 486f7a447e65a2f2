"""Reads listings by their ids or their host, and the names of neighbourhoods, for other apps."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple, TypedDict

from bson import ObjectId

from apps.properties.replies import AddressReply, ListingCardReply, ListingSummaryReply
from apps.properties.rows import ListingRow, LocationRow, listings
from apps.properties.selectors.listings import CARD, SUMMARY, ListingUnknownError, owned

AREAS = 300
HOSTED = {"title": 1, "currency": 1, "time_zone": 1, "deleted_at": 1}
STAYED_AT = {"title": 1, "location": 1, "time_zone": 1, "check_in_time": 1, "check_out_time": 1}
ARRIVAL = {
    **STAYED_AT,
    "exact": 1,
    "arrival_instructions": 1,
    "check_in_until": 1,
}


class AnyCard(NamedTuple):
    """A card, of a listing that may be withdrawn."""

    card: ListingCardReply
    is_active: bool


class HostedListing(TypedDict):
    _id: ObjectId
    title: str
    currency: str
    time_zone: str
    deleted_at: dt.datetime | None


class StayedAt(TypedDict):
    """What everybody may know of the place of a stay."""

    title: str
    location: LocationRow
    time_zone: str
    check_in_time: str
    check_out_time: str


class Arrival(NamedTuple):
    """What a guest needs to know to find the place, and to get in. `place` is exact: who may see it
    is decided in `apps.bookings.arrival` alone."""

    place: AddressReply
    instructions: str
    check_in_time: str
    check_in_until: str | None
    time_zone: str


def listing_cards(listing_ids: Iterable[ObjectId]) -> dict[ObjectId, ListingCardReply]:
    """Returns cards by id; withdrawn listings are left out."""
    query = {**_among(listing_ids), "is_active": True}
    return {row["_id"]: ListingCardReply.of(row) for row in listings.find(query, CARD)}


def listing_cards_any(listing_ids: Iterable[ObjectId]) -> dict[ObjectId, AnyCard]:
    """Returns cards by id, withdrawn listings included."""
    found = listings.find(_among(listing_ids), {**CARD, "is_active": 1})
    return {row["_id"]: AnyCard(ListingCardReply.of(row), row["is_active"]) for row in found}


def listing_summaries(listing_ids: Iterable[ObjectId]) -> dict[ObjectId, ListingSummaryReply]:
    """Returns summaries by id, withdrawn listings included."""
    found = listings.find(_among(listing_ids), SUMMARY)
    return {row["_id"]: ListingSummaryReply.of(row) for row in found}


def listing_amenities(listing_ids: Iterable[ObjectId]) -> dict[ObjectId, list[str]]:
    found = listings.find(_among(listing_ids), {"amenities": 1})
    return {row["_id"]: row["amenities"] for row in found}


def _among(listing_ids: Iterable[ObjectId]) -> dict[str, dict[str, list[ObjectId]]]:
    return {"_id": {"$in": list(set(listing_ids))}}


def listing_title(listing_id: str) -> str:
    found = listings.find_one({"_id": ObjectId(listing_id)}, {"title": 1})
    return found["title"] if found else "A withdrawn listing"


def listing_stayed_at(listing_id: ObjectId) -> StayedAt | None:
    """Reads the listing as it is now, a deleted one too; None for one that does not exist."""
    return listings.find_one({"_id": listing_id}, STAYED_AT)


def listing_arrival(listing_id: ObjectId) -> Arrival:
    """Reads the listing as it is now, a deleted one too; raises `ListingUnknownError`."""
    row = listings.find_one({"_id": listing_id}, ARRIVAL)
    if row is None:
        raise ListingUnknownError
    return Arrival(
        place=AddressReply.exact(row),
        instructions=row.get("arrival_instructions", ""),
        check_in_time=row["check_in_time"],
        check_in_until=row.get("check_in_until"),
        time_zone=row["time_zone"],
    )


def listings_known(listing_ids: Iterable[ObjectId]) -> set[ObjectId]:
    """Returns those that exist, deleted ones included."""
    return {row["_id"] for row in listings.find(_among(listing_ids), {"_id": 1})}


def listing_is_deleted(listing_id: ObjectId) -> bool:
    return listings.exists({"_id": listing_id, "deleted_at": {"$ne": None}})


def host_listings(host_id: ObjectId) -> list[HostedListing]:
    """Returns all that the owner has or had."""
    return [_hosted(row) for row in listings.find({"host_id": host_id}, HOSTED).hint("host_id")]


def host_listing(listing_id: ObjectId, *, host_id: ObjectId) -> HostedListing:
    """Returns one of `host_listings` that is not deleted; raises `ListingUnknownError`."""
    row = listings.find_one(owned(host_id, _id=listing_id), HOSTED)
    if row is None:
        raise ListingUnknownError
    return _hosted(row)


def _hosted(row: ListingRow) -> HostedListing:
    return {
        "_id": row["_id"],
        "title": row["title"],
        "currency": row["currency"],
        "time_zone": row["time_zone"],
        "deleted_at": row.get("deleted_at"),
    }


def area_names() -> list[str]:
    """Returns the neighbourhoods with most listings: the parts of an area's name
    that have no numbers."""
    stages: list[dict[str, Any]] = [
        {"$match": {"is_active": True, "location.area": {"$gt": ""}}},
        {"$group": {"_id": "$location.area", "count": {"$sum": 1}}},
        {"$sort": {"count": -1, "_id": 1}},
        {"$limit": AREAS},
    ]
    parts = (part.strip() for row in listings.aggregate(stages) for part in row["_id"].split(","))
    return list(dict.fromkeys(part for part in parts if part and not _has_digit(part)))


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
