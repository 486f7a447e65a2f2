"""Reads of listings: PyMongo projections and plain dicts, no object mapping."""

from collections.abc import Iterable, Mapping
from typing import Any

from bson import ObjectId

from apps.common import mongo
from apps.common.errors import NotFoundError
from apps.common.money import to_wire
from apps.common.pagination import TOTAL_CAP, Page, paginated
from apps.properties.enums import CancellationPolicy
from apps.properties.nights import WINDOW_DAYS

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
OWNERS = {"is_active": 1, "suspended_at": 1, "version": 1}
HOSTED = {"title": 1, "currency": 1, "time_zone": 1, "deleted_at": 1}
TERM_DEFAULTS: Mapping[str, Any] = {
    "weekend_price": None,
    "seasons": [],
    "weekly_discount_percent": 0,
    "monthly_discount_percent": 0,
    "tax_per_person_night": 0,
    "tax_nights_cap": None,
    "lead_days": 0,
    "window_days": WINDOW_DAYS,
    "prep_nights": 0,
    "check_in_days": [],
    "check_out_days": [],
    "instant_book": False,
    "alteration_consent": True,
    "cancellation_policy": CancellationPolicy.MODERATE.value,
}
TERMS = {
    "price_per_night": 1,
    "cleaning_fee": 1,
    "currency": 1,
    "capacity.max_guests": 1,
    "min_nights": 1,
    "max_nights": 1,
    "check_in_time": 1,
    "time_zone": 1,
    "is_active": 1,
    **dict.fromkeys(TERM_DEFAULTS, 1),
}
NOT_SHOWN = {"place_names": 0, "amenity_keys": 0}
COPIED = (
    "host_id",
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
            "coordinates": {
                "type": "Point",
                "coordinates": location["coordinates"]["coordinates"],
            },
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
    query = {"_id": listing_id, "is_active": True}
    row = mongo.collection("listings").find_one(query, NOT_SHOWN)
    if row is None:
        raise listing_unknown()
    return _detail(row)


def _detail(row: dict[str, Any]) -> dict[str, Any]:
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
        **_terms_view(terms_of(row)),
        "host": _host(host),
    }


def _terms_view(terms: dict[str, Any]) -> dict[str, Any]:
    """What `TERM_DEFAULTS` names, as it goes out."""
    prices = {name: _money(terms[name]) for name in ("weekend_price", "tax_per_person_night")}
    seasons = [
        {**season, "price_per_night": _money(season["price_per_night"])}
        for season in terms["seasons"]
    ]
    return {**{name: terms[name] for name in TERM_DEFAULTS}, **prices, "seasons": seasons}


def _money(minor: int | None) -> float | None:
    return None if minor is None else to_wire(minor)


def owned(host_id: ObjectId, **wanted: Any) -> dict[str, Any]:
    """The query for an owner's listings, inactive ones too: a deleted one is nobody's."""
    return {"host_id": host_id, "deleted_at": None, **wanted}


def owned_page(host_id: ObjectId, *, page: Page, is_active: bool | None = None) -> dict[str, Any]:
    query = owned(host_id) if is_active is None else owned(host_id, is_active=is_active)
    listings = mongo.collection("listings")
    found = listings.find(query, {**CARD, **OWNERS}).sort("_id", -1)
    results = [
        {**listing_card(row), **_for_owner(row)}
        for row in found.skip(page.skip).limit(page.per_page)
    ]
    return paginated(results, page=page, total=listings.count_documents(query, hint="host_id"))


def owned_detail(listing_id: ObjectId, *, host_id: ObjectId) -> dict[str, Any]:
    """Raises `NotFoundError`, also for another owner's."""
    row = mongo.collection("listings").find_one(owned(host_id, _id=listing_id), NOT_SHOWN)
    if row is None:
        raise listing_unknown()
    return {**_detail(row), **_for_owner(row)}


def _for_owner(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "is_active": row["is_active"],
        "is_suspended": row.get("suspended_at") is not None,
        "version": row["version"],
    }


def _host(user: dict[str, Any] | None) -> dict[str, Any] | None:
    if user is None:
        return None
    return {"id": user["_id"], "first_name": user["first_name"], "since": user["created_at"]}


def listing_is_active(listing_id: ObjectId) -> bool | None:
    """None for one that does not exist."""
    found = mongo.collection("listings").find_one({"_id": listing_id}, {"is_active": 1})
    return None if found is None else bool(found["is_active"])


def listing_unknown() -> NotFoundError:
    return NotFoundError("There is no such listing. It may have been withdrawn.")


def listing_terms(listing_id: ObjectId) -> dict[str, Any]:
    """What a stay at the listing costs and must be, with its summary, in the running transaction.

    Withdrawn listings included; raises `NotFoundError`.
    """
    row = mongo.collection("listings").find_one(
        {"_id": listing_id}, {**SUMMARY, **TERMS, "host_id": 1}, session=mongo.session()
    )
    if row is None:
        raise listing_unknown()
    return terms_of(row)


def terms_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row with `TERMS`, complete and with plain dates."""
    seasons = row.get("seasons") or []
    return {**TERM_DEFAULTS, **row, "seasons": [_season(one) for one in seasons]}


def _season(stored: dict[str, Any]) -> dict[str, Any]:
    return {**stored, "start": stored["start"].date(), "end": stored["end"].date()}


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


def listing_title(listing_id: str) -> str:
    found = mongo.collection("listings").find_one(
        {"_id": ObjectId(listing_id)}, {"title": 1}, session=mongo.session()
    )
    return str(found["title"]) if found else "A withdrawn listing"


def host_listings(host_id: ObjectId) -> list[dict[str, Any]]:
    """{_id, title, currency, time_zone, deleted_at} of all that the owner has or had."""
    found = mongo.collection("listings").find({"host_id": host_id}, HOSTED).hint("host_id")
    return [{**row, "deleted_at": row.get("deleted_at")} for row in found]


def host_listing(listing_id: ObjectId, *, host_id: ObjectId) -> dict[str, Any]:
    """One of `host_listings` that is not deleted; raises `NotFoundError`."""
    row = mongo.collection("listings").find_one(
        owned(host_id, _id=listing_id), HOSTED, session=mongo.session()
    )
    if row is None:
        raise listing_unknown()
    return row
