"""Reads of listings that somebody chose by id, and the names of neighbourhoods."""

from collections.abc import Iterable
from typing import Any

from bson import ObjectId

from apps.common import mongo
from apps.properties.selectors.listings import CARD, listing_card

AREAS = 300


def listing_cards(listing_ids: Iterable[ObjectId]) -> dict[ObjectId, dict[str, Any]]:
    """Cards by id; withdrawn listings are left out."""
    query = {"_id": {"$in": list(set(listing_ids))}, "is_active": True}
    return {row["_id"]: listing_card(row) for row in mongo.collection("listings").find(query, CARD)}


def listing_amenities(listing_ids: Iterable[ObjectId]) -> dict[ObjectId, list[str]]:
    query = {"_id": {"$in": list(set(listing_ids))}}
    found = mongo.collection("listings").find(query, {"amenities": 1})
    return {row["_id"]: row["amenities"] for row in found}


def area_names() -> list[str]:
    """The neighbourhoods with most listings: the parts of an address that has no numbers."""
    stages: list[dict[str, Any]] = [
        {"$match": {"is_active": True, "location.address": {"$gt": ""}}},
        {"$group": {"_id": "$location.address", "count": {"$sum": 1}}},
        {"$sort": {"count": -1, "_id": 1}},
        {"$limit": AREAS},
    ]
    found = mongo.collection("listings").aggregate(stages)
    parts = (part.strip() for row in found for part in row["_id"].split(","))
    return list(dict.fromkeys(part for part in parts if part and not _has_digit(part)))


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
