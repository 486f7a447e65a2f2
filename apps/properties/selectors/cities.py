"""The cities that have listings."""

from typing import Any

from apps.common.cached import cached
from apps.common.geo import LngLat, middle
from apps.properties.replies import PlaceReply
from apps.properties.rows import listings
from apps.properties.vocabulary import city_of

PLACES_SECONDS = 300
# Of the points of a city so many are looked at.
POINTS = 101
PLACE = {"city": "$location.city", "state": "$location.state", "country": "$location.country"}


def places() -> list[PlaceReply]:
    """Returns the cities that have listings, with how many and their middle. Counting reads every
    listing, so the answer is cached."""
    found = cached("properties.places", _counted, seconds=PLACES_SECONDS)
    return [PlaceReply(**row) for row in found]


def _counted() -> list[dict[str, Any]]:
    points = {"$firstN": {"input": "$location.coordinates.coordinates", "n": POINTS}}
    stages: list[dict[str, Any]] = [
        {"$match": {"is_active": True}},
        {"$project": {"location": 1}},
        {"$group": {"_id": PLACE, "count": {"$sum": 1}, "points": points}},
        {"$sort": {"count": -1, "_id": 1}},
    ]
    return [_city(row) for row in listings.aggregate(stages)]


def _city(row: dict[str, Any]) -> dict[str, Any]:
    place = {"state": "", **row["_id"]}
    return {**place, "count": row["count"], "center": list(_center(place, row["points"]))}


def _center(place: dict[str, str], points: list[list[float]]) -> LngLat:
    """Where people live there; of a city that nobody knows, where most of its listings are."""
    near = middle([point for point in points if point])
    known = city_of({**place, "coordinates": {"coordinates": near}})
    return known.center if known else near
