"""What a planner gets to choose from."""

from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId

from apps.accounts.enums import Pace
from apps.ai.enums import Category
from apps.ai.planner.port import ActivityOption, Brief, Day, StayOption
from apps.ai.selectors import Place
from apps.ai.services.requests import TripRequest
from apps.ai.services.weather import is_wet
from apps.common.money import from_wire
from apps.properties.nights import nights_of
from apps.properties.selectors.chosen import listing_amenities


def brief_made(
    request: TripRequest,
    place: Place,
    likes: Mapping[str, Any],
    stays: Sequence[dict[str, Any]],
    activities: Sequence[dict[str, Any]],
    weather: Mapping[str, Any] | None,
) -> Brief:
    amenities = listing_amenities(stay["listing"]["id"] for stay in stays)
    days = nights_of(request.start_date, request.end_date)
    told = weather["days"] if weather else [None] * len(days)
    return Brief(
        destination=place.city,
        centre=place.point,
        days=tuple(
            Day(date=day, is_wet=is_wet(found)) for day, found in zip(days, told, strict=True)
        ),
        guests=request.guests,
        stays=tuple(_stay_option(stay, amenities) for stay in stays),
        activities=tuple(_activity_option(row) for row in activities),
        interests=tuple(likes["interests"]) if request.interests is None else request.interests,
        pace=request.pace or Pace(likes["pace"]),
        liked_amenities=tuple(likes["amenities"]),
        liked_types=tuple(likes["property_types"]),
    )


def _stay_option(stay: Mapping[str, Any], amenities: Mapping[ObjectId, list[str]]) -> StayOption:
    card = stay["listing"]
    lng, lat = card["location"]["coordinates"]["coordinates"]
    return StayOption(
        id=str(card["id"]),
        title=card["title"],
        point=(lng, lat),
        total=from_wire(stay["total_price"]),
        currency=stay["currency"],
        property_type=card["property_type"],
        rating=card["rating"].get("average"),
        reviews=card["rating"].get("count") or 0,
        amenities=tuple(amenities.get(card["id"], ())),
    )


def _activity_option(row: Mapping[str, Any]) -> ActivityOption:
    lng, lat = row["coordinates"]["coordinates"]
    return ActivityOption(
        id=row["_id"],
        name=row["name"],
        category=Category(row["category"]),
        point=(lng, lat),
        indoors=row["indoors"],
        description=row["description"],
    )
