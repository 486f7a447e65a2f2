"""One row of listings.csv -> what is stored of it. Nothing here reads or writes the database."""

import re
from typing import Any

from apps.common.characters import cleaned
from apps.properties.enums import PropertyType
from apps.properties.imports import values
from apps.properties.imports.amenities import amenities
from apps.properties.imports.errors import RowError
from apps.properties.imports.html import plain_text
from apps.properties.imports.places import Place
from apps.properties.imports.prices import price
from apps.properties.imports.terms import NO_STYLES, Note, Styles, terms_of
from apps.properties.imports.values import Row
from apps.properties.models import search_keys

USUAL_MAX_NIGHTS = 1125
FIVE_STARS = 5
HUNDRED = 100
HUNDRED_TO_FIVE = HUNDRED / FIVE_STARS
RULES_TITLE = "House rules"
LONGEST_TITLE = 200
LONGEST_URL = 500
_STARS = re.compile(r" · ★[^·]*(?= ·|$)")
_BEDROOMS = re.compile(r"· (\d+) bedrooms?\b")
_KINDS = (
    (PropertyType.HOTEL, ("hotel", "resort")),
    (PropertyType.CABIN, ("cabin", "chalet", "hut", "tiny", "treehouse", "yurt", "tent", "dome")),
    (PropertyType.APARTMENT, ("apartment", "rental unit", "condo", "loft", "flat", "suite")),
    (PropertyType.HOUSE, ("house", "home", "villa", "bungalow", "cottage", "place", "casa")),
)


def listing_fields(
    row: Row,
    *,
    place: Place,
    median_price: int | None,
    styles: Styles = NO_STYLES,
    note: Note = lambda _sentence: None,
) -> dict[str, Any]:
    """Raises `RowError`. `median_price` stands in for a blank price; without both there is none.
    `note` gets what is not taken over."""
    name = values.required(row, "name")
    min_nights = min(values.whole(row, "minimum_nights") or 1, values.MAX_SMALL)
    max_nights = min(values.whole(row, "maximum_nights") or 365, USUAL_MAX_NIGHTS)
    names = amenities(row, dropped=lambda one: note(f"amenity {one!r} is not taken over"))
    known = {"location": _location(row, place), "amenities": names}
    return {
        **known,
        **search_keys(known),
        **_price(row, median_price, place.currency, styles),
        **terms_of(row, currency=place.currency, styles=styles, note=note),
        "title": _title(name, note),
        "description": _description(row),
        "currency": place.currency,
        "property_type": property_type(row).value,
        "capacity": _capacity(row, name),
        "images": _images(row, note),
        "rating": _rating(row),
        "min_nights": min_nights,
        "max_nights": max(min_nights, max_nights),
        "time_zone": place.time_zone,
    }


def _price(row: Row, median_price: int | None, currency: str, styles: Styles) -> dict[str, int]:
    written = values.prose(row, "price")
    if written:
        return {"price_per_night": price(written, currency=currency, style=styles.get("price"))}
    return {} if median_price is None else {"price_per_night": median_price}


def _title(name: str, note: Note) -> str:
    title = cleaned(_STARS.sub("", plain_text(name)))
    if len(title) > LONGEST_TITLE:
        note(f"a title is cut off at {LONGEST_TITLE} characters")
    return title[:LONGEST_TITLE]


def _images(row: Row, note: Note) -> list[str]:
    url = values.text(row, "picture_url")
    if len(url) > LONGEST_URL:
        note(f"a picture_url of more than {LONGEST_URL} characters is not taken over")
        return []
    return [url] if url else []


def _description(row: Row) -> str:
    """Older dumps have the host's rules apart: guests read them where they read the rest."""
    words = plain_text(values.prose(row, "description"))
    rules = plain_text(values.prose(row, "house_rules"))
    return f"{words}\n\n{RULES_TITLE}\n{rules}".strip() if rules else words


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
    bedrooms = _number(row, "bedrooms")
    return {
        "max_guests": _number(row, "accommodates") or 1,
        "bedrooms": _bedrooms_named(name) if bedrooms is None else bedrooms,
        "bathrooms": values.bathrooms(row),
        "beds": _number(row, "beds"),
    }


def _number(row: Row, column: str) -> int | None:
    number = values.whole(row, column)
    if number is not None and number > values.MAX_SMALL:
        raise RowError(f"{column} is {number}, more than {values.MAX_SMALL}")
    return number


def _bedrooms_named(name: str) -> int | None:
    """Dumps of 2023 leave `bedrooms` blank and say it in the name: `... · 2 bedrooms · ...`."""
    if "· Studio" in name:
        return 0
    said = _BEDROOMS.search(name)
    return int(said[1]) if said else None


def _rating(row: Row) -> dict[str, Any]:
    """Dumps before 2021 count to 100."""
    average = values.decimal(row, "review_scores_rating")
    if average is not None and not 0 <= average <= HUNDRED:
        raise RowError(f"review_scores_rating is {average}, outside 0 to {HUNDRED}")
    count = values.whole(row, "number_of_reviews") or 0
    if not average or not count:
        return {"average": None, "count": count}
    stars = average / HUNDRED_TO_FIVE if average > FIVE_STARS else average
    return {"average": round(stars, 2), "count": count}
