"""Reads lists of listings: projections and replies, no object mapping."""

from typing import Any

from bson import ObjectId

from apps.common.errors import NotFoundError
from apps.common.pagination import TOTAL_CAP, Page
from apps.common.replies import Paged
from apps.properties.replies import ListingCardReply
from apps.properties.rows import listings

CARD = {
    "title": 1,
    "property_type": 1,
    "price_per_night": 1,
    "currency": 1,
    "location.city": 1,
    "location.state": 1,
    "location.country": 1,
    "location.coordinates.coordinates": 1,
    "capacity": 1,
    "images": {"$slice": 1},
    "rating": 1,
}
SUMMARY = {"title": 1, "location.city": 1, "location.country": 1, "images": {"$slice": 1}}
OWNED = {**CARD, "is_active": 1, "suspended_at": 1, "version": 1}


class ListingUnknownError(NotFoundError):
    sentence = "There is no such listing. It may have been withdrawn."


def listing_newest(page: Page) -> Paged[ListingCardReply]:
    query = {"is_active": True}
    found = listings.find(query, CARD).sort("_id", -1).skip(page.skip).limit(page.per_page)
    total = listings.count(query, hint="newest", limit=TOTAL_CAP + 1)
    return Paged.of(
        [ListingCardReply.of(row) for row in found],
        page=page,
        total=min(total, TOTAL_CAP),
        total_capped=total > TOTAL_CAP,
    )


def owned(host_id: ObjectId, **wanted: Any) -> dict[str, Any]:
    """Makes the query for an owner's listings, inactive ones too: a deleted one is nobody's."""
    return {"host_id": host_id, "deleted_at": None, **wanted}


def check_shown(listing_id: ObjectId) -> None:
    """Raises `ListingUnknownError` for an unknown or withdrawn listing."""
    if not listings.exists({"_id": listing_id, "is_active": True}):
        raise ListingUnknownError


def listing_is_active(listing_id: ObjectId) -> bool | None:
    """Returns None for a listing that does not exist."""
    found = listings.find_one({"_id": listing_id}, {"is_active": 1})
    return None if found is None else found["is_active"]
