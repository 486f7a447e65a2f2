from typing import Annotated, Self

from msgspec import Meta

from apps.ai.enums import Category, PartOfDay
from apps.ai.replies.weather import Credit
from apps.ai.rows import ActivityRow
from apps.common.geo import LngLat, distance_km
from apps.common.json import readable
from apps.common.replies import UNSET, Point, Reply, UnsetType, choices, example

ACTIVITY = {
    "id": "singapore-botanic-gardens",
    "name": "Singapore Botanic Gardens",
    "category": "nature",
    "description": "A tropical garden of 1859 with an orchid collection.",
    "address": "1 Cluny Road",
    "url": "https://example.com/gardens",
    "opening_hours": "05:00 to 24:00",
    "attribution": "Example data",
    "indoors": False,
    "coordinates": {"type": "Point", "coordinates": [103.8159, 1.3138]},
    "distance_km": 2.4,
}
FromPoint = Annotated[
    float | UnsetType, Meta(description="From the point, in a search with a point.")
]


@example(ACTIVITY)
class ActivityReply(Reply, frozen=True, kw_only=True, gc=False):
    id: str
    name: str
    category: Annotated[str, choices(Category)]
    description: str
    address: str
    url: str
    opening_hours: str
    attribution: Credit
    indoors: Annotated[bool, Meta(description="Whether rain does not matter.")]
    coordinates: Point
    distance_km: FromPoint = UNSET

    @classmethod
    def of(cls, row: ActivityRow, *, origin: LngLat | None = None) -> Self:
        return cls(
            id=row["_id"],
            name=row["name"],
            category=row["category"],
            description=row["description"],
            address=row["address"],
            url=row["url"],
            opening_hours=row["opening_hours"],
            attribution=row["attribution"],
            indoors=row["indoors"],
            coordinates=dict(row["coordinates"]),
            distance_km=distance_from(origin, row) if origin else UNSET,
        )


@readable
class PlannedActivityReply(Reply, frozen=True, kw_only=True, gc=False):
    """Stored with its plan in this form."""

    id: str
    name: str
    category: Annotated[str, choices(Category)]
    part_of_day: Annotated[str, choices(PartOfDay)]
    description: str
    coordinates: Point
    distance_km: Annotated[
        float, Meta(description="From the stay, or without one from the city's centre.")
    ]
    url: str

    @classmethod
    def of(cls, row: ActivityRow, *, part_of_day: PartOfDay, home: LngLat) -> Self:
        return cls(
            id=row["_id"],
            name=row["name"],
            category=row["category"],
            part_of_day=part_of_day.value,
            description=row["description"],
            coordinates=dict(row["coordinates"]),
            distance_km=distance_from(home, row),
            url=row["url"],
        )


def distance_from(origin: LngLat, row: ActivityRow) -> float:
    lng, lat = row["coordinates"]["coordinates"]
    return round(distance_km(origin, (lng, lat)), 2)
