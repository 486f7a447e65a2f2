"""Reads of listings: PyMongo projections and plain dicts, no object mapping."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from bson import ObjectId

from apps.common import mongo
from apps.common.errors import NotFoundError
from apps.common.money import to_wire
from apps.common.pagination import TOTAL_CAP, Page, paginated
from apps.properties.nights import nights_taken

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
COPIED = (
    "description",
    "amenities",
    "min_nights",
    "max_nights",
    "check_in_time",
    "check_out_time",
    "time_zone",
    "is_active",
    "version",
)


def listing_card(row: dict[str, Any]) -> dict[str, Any]:
    location = row["location"]
    images = row.get("images") or []
    return {
        "id": row["_id"],
        "title": row["title"],
        "property_type": row["property_type"],
        "price_per_night": to_wire(row["price_per_night"]),
        "currency": row["currency"],
        "location": {
            "city": location["city"],
            "state": location.get("state", ""),
            "country": location["country"],
            "coordinates": location["coordinates"]["coordinates"],
        },
        "capacity": row["capacity"],
        "image": images[0] if images else None,
        "rating": row["rating"],
    }


def listing_newest(page: Page) -> dict[str, Any]:
    listings = mongo.collection("listings")
    query = {"is_active": True}
    found = listings.find(query, CARD).sort("_id", -1).skip(page.skip).limit(page.per_page)
    total = listings.count_documents(query, hint="newest", limit=TOTAL_CAP + 1)
    return paginated(
        [listing_card(row) for row in found],
        page=page,
        total=min(total, TOTAL_CAP),
        total_capped=total > TOTAL_CAP,
    )


def listing_detail(listing_id: ObjectId) -> dict[str, Any]:
    """Raises `NotFoundError` for an unknown or withdrawn listing."""
    row = mongo.collection("listings").find_one({"_id": listing_id, "is_active": True})
    if row is None:
        raise _unknown()
    host = mongo.collection("users").find_one(
        {"_id": row["host_id"]}, {"first_name": 1, "created_at": 1}
    )
    card = listing_card(row)
    return {
        **card,
        **{name: row.get(name) for name in COPIED},
        "location": {**card["location"], "address": row["location"].get("address", "")},
        "images": row.get("images") or [],
        "cleaning_fee": to_wire(row["cleaning_fee"]),
        "host": _host(host),
    }


def _host(user: dict[str, Any] | None) -> dict[str, Any] | None:
    if user is None:
        return None
    return {"id": user["_id"], "first_name": user["first_name"], "since": user["created_at"]}


def _unknown() -> NotFoundError:
    return NotFoundError("There is no such listing. It may have been withdrawn.")


def listing_terms(listing_id: ObjectId) -> dict[str, Any]:
    """What a booking depends on, read in the running transaction; raises `NotFoundError`."""
    wanted = {
        **SUMMARY,
        "host_id": 1,
        "price_per_night": 1,
        "cleaning_fee": 1,
        "currency": 1,
        "capacity.max_guests": 1,
        "min_nights": 1,
        "max_nights": 1,
        "time_zone": 1,
        "is_active": 1,
    }
    row = mongo.collection("listings").find_one(
        {"_id": listing_id}, wanted, session=mongo.session()
    )
    if row is None:
        raise _unknown()
    return row


def listing_summaries(listing_ids: Iterable[ObjectId]) -> dict[ObjectId, dict[str, Any]]:
    """{id, title, city, country, image} by id; withdrawn listings included."""
    found = mongo.collection("listings").find({"_id": {"$in": list(set(listing_ids))}}, SUMMARY)
    return {row["_id"]: listing_summary(row) for row in found}


def listing_summary(row: dict[str, Any]) -> dict[str, Any]:
    images = row.get("images") or []
    return {
        "id": row["_id"],
        "title": row["title"],
        "city": row["location"]["city"],
        "country": row["location"]["country"],
        "image": images[0] if images else None,
    }


def calendar(
    listing_id: ObjectId, *, start: dt.date, end: dt.date, now: dt.datetime
) -> dict[str, Any]:
    if mongo.collection("listings").find_one({"_id": listing_id, "is_active": True}, {"_id": 1}):
        taken = nights_taken(listing_id, start=start, end=end, now=now)
        return {"listing_id": listing_id, "from": start, "to": end, "taken": taken}
    raise _unknown()


def review_page(listing_id: ObjectId, *, page: Page) -> dict[str, Any]:
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


def listing_title(listing_id: str) -> str:
    found = mongo.collection("listings").find_one(
        {"_id": ObjectId(listing_id)}, {"title": 1}, session=mongo.session()
    )
    return str(found["title"]) if found else "A withdrawn listing"
