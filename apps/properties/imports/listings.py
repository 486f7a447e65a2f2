"""One row of listings.csv -> what is stored of it. Nothing here reads or writes the database."""

import re
from typing import Any

from apps.common.characters import cleaned
from apps.properties.enums import PropertyType
from apps.properties.imports import values
from apps.properties.imports.errors import RowError
from apps.properties.imports.html import plain_text
from apps.properties.imports.places import Place
from apps.properties.imports.values import Row
from apps.properties.models import search_keys

USUAL_MAX_NIGHTS = 1125
FIVE_STARS = 5
HUNDRED_TO_FIVE = 20
_STARS = re.compile(r" · ★[^·]*(?= ·|$)")
_BEDROOMS = re.compile(r"· (\d+) bedrooms?\b")
_KINDS = (
    (PropertyType.HOTEL, ("hotel", "resort")),
    (PropertyType.CABIN, ("cabin", "chalet", "hut", "tiny", "treehouse", "yurt", "tent", "dome")),
    (PropertyType.APARTMENT, ("apartment", "rental unit", "condo", "loft", "flat", "suite")),
    (PropertyType.HOUSE, ("house", "home", "villa", "bungalow", "cottage", "place", "casa")),
)


def listing_fields(row: Row, *, place: Place, median_price: int | None) -> dict[str, Any]:
    """Raises `RowError`. `median_price` stands in for a blank price."""
    name = values.required(row, "name")
    min_nights = min(values.whole(row, "minimum_nights") or 1, values.MAX_SMALL)
    max_nights = min(values.whole(row, "maximum_nights") or 365, USUAL_MAX_NIGHTS)
    known = {"location": _location(row, place), "amenities": values.amenities(row)}
    return {
        **known,
        **search_keys(known),
        "title": cleaned(_STARS.sub("", plain_text(name)))[:200],
        "description": plain_text(values.prose(row, "description")),
        "price_per_night": _price(row, median_price),
        "currency": place.currency,
        "property_type": property_type(row).value,
        "capacity": _capacity(row, name),
        "images": [url[:500]] if (url := values.text(row, "picture_url")) else [],
        "rating": _rating(row),
        "min_nights": min_nights,
        "max_nights": max(min_nights, max_nights),
        "time_zone": place.time_zone,
    }


def _price(row: Row, median_price: int | None) -> int:
    written = values.text(row, "price")
    if written:
        return values.price(written)
    if median_price is None:
        raise RowError("price is blank and the calendar names none")
    return median_price


def _location(row: Row, place: Place) -> dict[str, Any]:
    latitude = values.coordinate(row, "latitude", 90)
    longitude = values.coordinate(row, "longitude", 180)
    return {
        "area": _area(row),
        "city": place.city,
        "state": place.state,
        "country": place.country,
        "coordinates": {"type": "Point", "coordinates": [longitude, latitude]},
    }


def _area(row: Row) -> str:
    """The dumps name no streets: the neighbourhood and its group is all there is."""
    area = values.text(row, "neighbourhood_cleansed") or values.text(row, "neighbourhood")
    group = values.text(row, "neighbourhood_group_cleansed")
    names = (name.title() if name.isupper() else name for name in (area, group) if name)
    return ", ".join(dict.fromkeys(names))[:300]


def property_type(row: Row) -> PropertyType:
    room = values.text(row, "room_type").lower()
    kind = values.text(row, "property_type").lower()
    if room == "shared room":
        return PropertyType.SHARED_ROOM
    if room == "hotel room":
        return PropertyType.HOTEL
    found = (name for name, words in _KINDS if any(word in kind for word in words))
    named = next(found, PropertyType.OTHER)
    if room == "private room" and named is not PropertyType.HOTEL:
        return PropertyType.ROOM
    return named if kind else PropertyType.APARTMENT


def _capacity(row: Row, name: str) -> dict[str, Any]:
    return {
        "max_guests": min(max(values.whole(row, "accommodates") or 1, 1), values.MAX_SMALL),
        "bedrooms": _small(values.whole(row, "bedrooms"), _bedrooms_named(name)),
        "bathrooms": values.bathrooms(row),
        "beds": _small(values.whole(row, "beds"), None),
    }


def _small(number: int | None, otherwise: int | None) -> int | None:
    return otherwise if number is None else min(number, values.MAX_SMALL)


def _bedrooms_named(name: str) -> int | None:
    """Dumps of 2023 leave `bedrooms` blank and say it in the name: `... · 2 bedrooms · ...`."""
    if "· Studio" in name:
        return 0
    said = _BEDROOMS.search(name)
    return int(said[1]) if said else None


def _rating(row: Row) -> dict[str, Any]:
    """Dumps before 2021 count to 100."""
    average = values.decimal(row, "review_scores_rating")
    count = values.whole(row, "number_of_reviews") or 0
    if not average or not count:
        return {"average": None, "count": count}
    stars = average / HUNDRED_TO_FIVE if average > FIVE_STARS else average
    return {"average": round(stars, 2), "count": count}
