import datetime as dt
from typing import Annotated, Self

import msgspec
from msgspec import Meta

from apps.common.replies import Id, Reply, example
from apps.properties.rows import ReviewRow


class PlaceReply(Reply, frozen=True, kw_only=True, gc=False):
    city: str
    state: str
    country: str
    count: int
    center: Annotated[list[float], Meta(description="Longitude, then latitude.")]


@example(
    {
        "places": [
            {
                "city": "Singapore",
                "state": "Central Region",
                "country": "Singapore",
                "count": 128,
                "center": [103.85, 1.29],
            }
        ]
    }
)
class PlacesReply(Reply, frozen=True, kw_only=True, gc=False):
    places: list[PlaceReply]


@example(
    {
        "listing_id": "66f1c2a4b8e0d3f5a7c91e01",
        "from": "2026-12-01",
        "to": "2027-01-01",
        "taken": ["2026-12-16", "2026-12-17"],
    }
)
class TakenNightsReply(Reply, frozen=True, kw_only=True, gc=False):
    listing_id: Id
    start: dt.date = msgspec.field(name="from")
    end: dt.date = msgspec.field(name="to")
    taken: list[dt.date]


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


@example({"amenities": [{"name": "Wifi", "count": 940}, {"name": "Kitchen", "count": 812}]})
class AmenitiesReply(Reply, frozen=True, kw_only=True, gc=False):
    amenities: list[AmenityReply]
