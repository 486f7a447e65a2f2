"""What anybody may know beside a listing: its taken nights, its reviews, places and amenities."""

import datetime as dt
import logging
from collections import Counter
from typing import Any

from bson import ObjectId
from django.core.cache import cache
from redis.exceptions import RedisError

from apps.common import mongo
from apps.common.pagination import Page, paginated
from apps.common.text import name_key
from apps.properties.nights import nights_taken
from apps.properties.selectors.listings import listing_unknown

logger = logging.getLogger(__name__)
AMENITIES = 60
AMENITIES_SECONDS = 600
SPELLINGS = 1000


def calendar(
    listing_id: ObjectId, *, start: dt.date, end: dt.date, now: dt.datetime
) -> dict[str, Any]:
    _check_shown(listing_id)
    taken = nights_taken(listing_id, start=start, end=end, now=now)
    return {"listing_id": listing_id, "from": start, "to": end, "taken": taken}


def _check_shown(listing_id: ObjectId) -> None:
    query = {"_id": listing_id, "is_active": True}
    if mongo.collection("listings").find_one(query, {"_id": 1}) is None:
        raise listing_unknown()


def review_page(listing_id: ObjectId, *, page: Page) -> dict[str, Any]:
    _check_shown(listing_id)
    reviews = mongo.collection("reviews")
    query = {"listing_id": listing_id}
    newest = [("date", -1), ("_id", -1)]
    found = reviews.find(query).sort(newest).skip(page.skip).limit(page.per_page)
    total = reviews.count_documents(query, hint="listing_newest")
    results = [
        {
            "id": row["_id"],
            "author": row["author"],
            "date": row["date"].date(),
            "text": row["text"],
        }
        for row in found
    ]
    return paginated(results, page=page, total=total)


def places() -> list[dict[str, Any]]:
    """The cities that have listings, with how many and their middle [longitude, latitude]."""
    point = "$location.coordinates.coordinates"
    group = {
        "_id": {
            "city": "$location.city",
            "state": "$location.state",
            "country": "$location.country",
        },
        "count": {"$sum": 1},
        "lng": {"$avg": {"$arrayElemAt": [point, 0]}},
        "lat": {"$avg": {"$arrayElemAt": [point, 1]}},
    }
    stages: list[dict[str, Any]] = [
        {"$match": {"is_active": True}},
        {"$group": group},
        {"$sort": {"count": -1, "_id": 1}},
    ]
    return [
        {**row["_id"], "count": row["count"], "center": [row["lng"], row["lat"]]}
        for row in mongo.collection("listings").aggregate(stages)
    ]


def amenities() -> list[dict[str, Any]]:
    """The most common ones. Counting reads every listing, so the answer is kept for a while."""
    key = "properties.amenities"
    try:
        found = cache.get(key)
        if found is None:
            found = _amenities_counted()
            cache.set(key, found, AMENITIES_SECONDS)
    except RedisError:
        logger.warning("cache.unavailable", extra={"key": key})
        found = _amenities_counted()
    return list(found)


def _amenities_counted() -> list[dict[str, Any]]:
    """Spellings that search takes for one are one; without those that a comma keeps it from."""
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
    for row in mongo.collection("listings").aggregate(stages):
        if "," not in row["_id"]:
            key = name_key(row["_id"])
            names.setdefault(key, row["_id"])
            counts[key] += row["count"]
    return [{"name": names[key], "count": count} for key, count in counts.most_common(AMENITIES)]
