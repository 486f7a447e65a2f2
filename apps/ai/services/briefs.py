"""Makes the brief of which a planner chooses."""

from collections.abc import Mapping, Sequence
from typing import Any

from apps.accounts.enums import Pace
from apps.ai.enums import Category
from apps.ai.planner.port import ActivityOption, Brief, Day, StayOption
from apps.ai.replies.trips import StayReply
from apps.ai.replies.weather import WeatherReply
from apps.ai.rows import ActivityRow
from apps.ai.selectors.places import Place
from apps.ai.services.requests import TripRequest
from apps.ai.services.weather_days import is_wet
from apps.common.money import from_wire
from apps.properties.nights import nights_of
from apps.properties.selectors.chosen import listing_amenities


def brief_made(
    request: TripRequest,
    place: Place,
    likes: Mapping[str, Any],
    stays: Sequence[StayReply],
    activities: Sequence[ActivityRow],
    weather: WeatherReply | None,
) -> Brief:
    amenities = listing_amenities(stay.listing.id for stay in stays)
    return Brief(
        destination=place.city,
        centre=place.point,
        days=_days(request, weather),
        guests=request.guests,
        stays=tuple(_stay_option(stay, amenities.get(stay.listing.id, ())) for stay in stays),
        activities=tuple(_activity_option(row) for row in activities),
        interests=tuple(likes["interests"]) if request.interests is None else request.interests,
        pace=request.pace or Pace(likes["pace"]),
        liked_amenities=tuple(likes["amenities"]),
        liked_types=tuple(likes["property_types"]),
    )


def _days(request: TripRequest, weather: WeatherReply | None) -> tuple[Day, ...]:
    by_date = {day.date: day for day in weather.days} if weather else {}
    dates = nights_of(request.start_date, request.end_date)
    return tuple(Day(date=date, is_wet=is_wet(by_date.get(date))) for date in dates)


def _stay_option(stay: StayReply, amenities: Sequence[str]) -> StayOption:
    card = stay.listing
    lng, lat = card.location.coordinates["coordinates"]
    return StayOption(
        id=str(card.id),
        title=card.title,
        point=(lng, lat),
        total=from_wire(stay.total_price, stay.currency),
        currency=stay.currency,
        property_type=card.property_type,
        rating=card.rating.average,
        reviews=card.rating.count,
        amenities=tuple(amenities),
    )


def _activity_option(row: ActivityRow) -> ActivityOption:
    lng, lat = row["coordinates"]["coordinates"]
    return ActivityOption(
        id=row["_id"],
        name=row["name"],
        category=Category(row["category"]),
        point=(lng, lat),
        indoors=row["indoors"],
        description=row["description"],
    )
