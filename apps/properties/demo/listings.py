"""Makes about 300 listings, put together from hand-written parts by a fixed seed."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import cast

from bson import ObjectId
from django.conf import settings

from apps.properties.demo import compose, people
from apps.properties.demo.cities import Area, City, cities
from apps.properties.demo.compose import Picture
from apps.properties.enums import PropertyType
from apps.properties.imports.ids import stable_id
from apps.properties.models import search_keys
from apps.properties.public_points import places_of
from apps.properties.rows import LISTING_DEFAULTS, ListingRow

Type = PropertyType
SOURCE = "demo"
MIX = (
    *(Type.APARTMENT,) * 10,
    *(Type.HOUSE,) * 5,
    *(Type.ROOM,) * 4,
    *(Type.HOTEL, Type.CABIN) * 2,
    Type.OTHER,
    Type.SHARED_ROOM,
)
HOSTS_A_CITY = 5
JONAS = {"Copenhagen": 5, "Lisbon": 3}


@dataclass(frozen=True)
class Demo:
    """A listing with what belongs to it. `is_open` ones have no nights blocked by their owner."""

    document: ListingRow
    area: Area
    host_name: str
    pictures: tuple[Picture, ...]
    is_open: bool

    @property
    def id(self) -> ObjectId:
        return self.document["_id"]

    @property
    def source_id(self) -> str:
        return self.document["source_id"] or ""

    @property
    def city(self) -> str:
        return self.document["location"]["city"]


@cache
def demo_listings() -> tuple[Demo, ...]:
    return tuple(
        _listing(city, at, number) for at, city in enumerate(cities()) for number in range(len(MIX))
    )


def of_owner() -> list[Demo]:
    """Those of owner@example.com."""
    return [demo for demo in demo_listings() if demo.document["host_id"] == _jonas()]


def _jonas() -> ObjectId:
    return people.person_id(people.OWNER)


def _listing(city: City, at: int, number: int) -> Demo:
    source_id = f"{city.place.slug}-{number:02d}"
    pick = Random(f"demo {source_id}")  # noqa: S311 no secret
    kind, area = MIX[number], city.areas[number % len(city.areas)]
    is_jonas = number < JONAS.get(city.name, 0)
    host = at * HOSTS_A_CITY + number % HOSTS_A_CITY
    pictures = compose.pictures(pick, city, kind, source_id)
    amenities, description = compose.texts(pick, kind, area)
    is_open = is_jonas or number % 3 == 0
    listing_id = stable_id(SOURCE, "listing", source_id)
    row = {
        **LISTING_DEFAULTS,
        "_id": listing_id,
        "title": compose.title(pick, city, kind, number),
        "description": description,
        **compose.prices(pick, city, kind, bedrooms := compose.bedrooms(pick, kind)),
        "currency": city.place.currency,
        "location": compose.location(pick, city, area),
        "property_type": kind.value,
        "amenities": amenities,
        "capacity": compose.capacity(pick, kind, bedrooms),
        "host_id": _jonas() if is_jonas else people.person_id(people.host_email(host)),
        "images": [f"{settings.MEDIA_URL}demo/{picture.file}" for picture in pictures],
        "min_nights": pick.choice((1, 1, 2, 2, 3)) if is_open else compose.minimum(pick),
        "max_nights": pick.choice((30, 60, 90, 365)),
        "check_in_time": pick.choice(("14:00", "15:00", "16:00")),
        "check_out_time": pick.choice(("10:00", "11:00", "12:00")),
        "time_zone": city.place.time_zone,
        "source": SOURCE,
        "source_id": source_id,
    }
    host_name = "Jonas" if is_jonas else people.first_name(host)
    rules = Random(f"terms {source_id}")  # noqa: S311 no secret
    row |= compose.terms(rules, city, row["price_per_night"], is_open=is_open)
    row |= places_of(row["location"], listing_id=listing_id, host_id=row["host_id"])._asdict()
    row |= search_keys(row)
    return Demo(cast("ListingRow", row), area, host_name, pictures, is_open)


def blocked_nights(demo: Demo, today: dt.date) -> set[dt.date]:
    """Returns the nights that the owner keeps: a few stretches of the coming half year."""
    if demo.is_open:
        return set()
    pick = Random(f"blocked {demo.source_id}")  # noqa: S311 no secret
    stretches = ((pick.randint(3, 180), pick.randint(2, 9)) for _ in range(pick.randint(3, 6)))
    return {
        today + dt.timedelta(days=start + day)
        for start, nights in stretches
        for day in range(nights)
    }


def with_rating(demo: Demo, reviews: int) -> ListingRow:
    pick = Random(f"rating {demo.source_id}")  # noqa: S311 no secret
    average = round(min(5.0, pick.triangular(3.7, 5.0, 4.9)), 2)
    return {**demo.document, "rating": {"average": average if reviews else None, "count": reviews}}
