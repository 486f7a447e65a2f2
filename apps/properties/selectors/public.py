"""Reads what anybody may know beside a listing: reviews and amenities."""

from collections import Counter
from typing import Any

from bson import ObjectId

from apps.common.cached import cached
from apps.common.pagination import Page
from apps.common.replies import Paged
from apps.common.text import name_key
from apps.properties.replies import AmenityKindReply, AmenityReply, ReviewReply
from apps.properties.rows import listings, reviews
from apps.properties.selectors.listings import check_shown
from apps.properties.vocabulary import amenities_known

AMENITIES = 60
AMENITIES_SECONDS = 600
SPELLINGS = 1000


def review_page(listing_id: ObjectId, *, page: Page) -> Paged[ReviewReply]:
    """Returns reviews, the newest first. Raises `ListingUnknownError`."""
    check_shown(listing_id)
    query = {"listing_id": listing_id}
    newest = [("date", -1), ("_id", -1)]
    found = reviews.find(query).sort(newest).skip(page.skip).limit(page.per_page)
    total = reviews.count(query, hint="listing_newest")
    return Paged.of([ReviewReply.of(row) for row in found], page=page, total=total)


def amenities() -> list[AmenityReply]:
    """Returns the most common ones. Counting reads every listing, so the answer is cached."""
    found = cached("properties.amenities", _amenities_counted, seconds=AMENITIES_SECONDS)
    return [AmenityReply(**row) for row in found]


def amenity_kinds() -> list[AmenityKindReply]:
    """Returns what a search can ask for, in the order of the vocabulary."""
    return [AmenityKindReply.of(kind) for kind in amenities_known().values()]


def _amenities_counted() -> list[dict[str, Any]]:
    """Counts as one the spellings that search treats as one. A name with a comma is left out:
    search cannot ask for it."""
    stages: list[dict[str, Any]] = [
        {"$match": {"is_active": True}},
        {"$project": {"amenities": 1}},
        {"$unwind": "$amenities"},
        {"$group": {"_id": "$amenities", "count": {"$sum": 1}}},
        {"$sort": {"count": -1, "_id": 1}},
        {"$limit": SPELLINGS},
    ]
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for row in listings.aggregate(stages):
        if "," not in row["_id"]:
            key = name_key(row["_id"])
            names.setdefault(key, row["_id"])
            counts[key] += row["count"]
    return [{"name": names[key], "count": count} for key, count in counts.most_common(AMENITIES)]
