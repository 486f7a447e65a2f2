import datetime as dt
from typing import Annotated, Self

import msgspec
from msgspec import Meta

from apps.common.replies import Id, Money, Reply, choices, example
from apps.properties.enums import PlaceKind
from apps.properties.rows import ReviewRow
from apps.properties.vocabulary import Amenity


class PlaceReply(Reply, frozen=True, kw_only=True, gc=False):
    city: str
    state: str
    country: str
    count: int
    center: Annotated[list[float], Meta(description="Longitude, then latitude.")]


@example(
    {
        "id": "4717560",
        "name": "Paris",
        "kind": "city",
        "label": "Paris, Texas, United States",
        "country": "United States",
        "center": [-95.5555, 33.6609],
        "bbox": [-95.6, 33.63, -95.51, 33.7],
    }
)
class PlaceSuggestionReply(Reply, frozen=True, kw_only=True, gc=False):
    """`id` is what `place` of a search takes. It stays the same place."""

    id: str
    name: str
    kind: Annotated[str, choices(PlaceKind)]
    label: Annotated[str, Meta(description="What tells it from others of its name.")]
    country: str
    center: Annotated[list[float], Meta(description="Longitude, then latitude.")]
    bbox: Annotated[list[float], Meta(description="West, south, east, north.")]


@example(
    {
        "suggestions": [],
        "places": [
            {
                "city": "Singapore",
                "state": "Central Region",
                "country": "Singapore",
                "count": 128,
                "center": [103.85, 1.29],
            }
        ],
    }
)
class PlacesReply(Reply, frozen=True, kw_only=True, gc=False):
    places: list[PlaceReply]
    suggestions: Annotated[
        list[PlaceSuggestionReply],
        Meta(
            description="What `q` may mean, the likeliest first, or the best known cities in"
            " `bbox`; empty without either."
        ),
    ]


class CalendarNightReply(Reply, frozen=True, kw_only=True, gc=False):
    night: dt.date
    price: Money
    is_free: bool
    min_nights: Annotated[int, Meta(description="Of a stay that begins on this day.")]
    max_nights: int
    check_in: Annotated[bool, Meta(description="Free, and the rules let a stay begin that day.")]
    check_out: Annotated[bool, Meta(description="The rules let a stay end that day.")]


@example(
    {
        "listing_id": "66f1c2a4b8e0d3f5a7c91e01",
        "from": "2026-12-16",
        "to": "2026-12-18",
        "taken": ["2026-12-16"],
        "currency": "SGD",
        "nights": [
            {
                "night": "2026-12-16",
                "price": 120.0,
                "is_free": False,
                "min_nights": 2,
                "max_nights": 30,
                "check_in": False,
                "check_out": True,
            },
            {
                "night": "2026-12-17",
                "price": 120.0,
                "is_free": True,
                "min_nights": 2,
                "max_nights": 30,
                "check_in": True,
                "check_out": True,
            },
        ],
    }
)
class TakenNightsReply(Reply, frozen=True, kw_only=True, gc=False):
    listing_id: Id
    start: dt.date = msgspec.field(name="from")
    end: dt.date = msgspec.field(name="to")
    taken: list[dt.date]
    currency: str
    nights: list[CalendarNightReply]


@example(
    {
        "id": "66f1c2a4b8e0d3f5a7c91e33",
        "author": "Mei",
        "date": "2026-08-30",
        "text": "Just as described, and very quiet at night.",
    }
)
class ReviewReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    author: str
    date: dt.date
    text: str

    @classmethod
    def of(cls, row: ReviewRow) -> Self:
        return cls(id=row["_id"], author=row["author"], date=row["date"].date(), text=row["text"])


class AmenityReply(Reply, frozen=True, kw_only=True, gc=False):
    name: str
    count: int


class AmenityKindReply(Reply, frozen=True, kw_only=True, gc=False):
    id: str
    name: str
    group: str

    @classmethod
    def of(cls, kind: Amenity) -> Self:
        return cls(id=kind.id, name=kind.name, group=kind.group)


@example(
    {
        "amenities": [{"name": "Wifi", "count": 940}, {"name": "Kitchen", "count": 812}],
        "known": [{"id": "wifi", "name": "Wifi", "group": "essentials"}],
    }
)
class AmenitiesReply(Reply, frozen=True, kw_only=True, gc=False):
    amenities: list[AmenityReply]
    known: Annotated[
        list[AmenityKindReply],
        Meta(
            description="All that a search can ask for: `facets` count them by `id`; those of the"
            " group `accessibility` are what `accessibility` takes."
        ),
    ]
