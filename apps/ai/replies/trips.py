import datetime as dt
from typing import Annotated, Any, Self

from msgspec import Meta

from apps.ai.enums import PlannerName
from apps.ai.replies.activities import ACTIVITY, PlannedActivityReply
from apps.ai.replies.weather import WEATHER, WEATHER_DAY, WeatherDayReply, WeatherReply
from apps.ai.rows import ItineraryHeadRow
from apps.bookings.replies.bookings import LineReply
from apps.bookings.replies.samples import LINES
from apps.common.replies import Id, Instant, Money, Reply, choices, example, instant
from apps.properties.replies import CARD, ListingCardReply

BookingId = Annotated[
    Id | None, Meta(description="Of the traveler's booking of this stay, if there is one.")
]
HEAD = {
    "id": "66f1c2a4b8e0d3f5a7c91e77",
    "destination": "Singapore",
    "start_date": "2026-12-16",
    "end_date": "2026-12-18",
    "guests": 2,
    "planner": "embedded",
    "created_at": "2026-11-22T08:15:00Z",
}
STAY = {
    "listing": CARD,
    "check_in": "2026-12-16",
    "check_out": "2026-12-18",
    "nights": 2,
    "guest_count": 2,
    "total_price": 302.4,
    "currency": "SGD",
    "lines": LINES,
    "booking_id": None,
}
SHOWN = ("id", "name", "category", "description", "coordinates", "url", "distance_km")
DAY = {
    "date": "2026-12-16",
    "weather": WEATHER_DAY,
    "note": "Rain is likely: take an umbrella.",
    "activities": [{**{name: ACTIVITY[name] for name in SHOWN}, "part_of_day": "morning"}],
}


class StayReply(Reply, frozen=True, kw_only=True, gc=False):
    listing: ListingCardReply
    check_in: dt.date
    check_out: dt.date
    nights: int
    guest_count: int
    total_price: Money
    currency: str
    lines: list[LineReply]
    booking_id: BookingId


class PlannedDayReply(Reply, frozen=True, kw_only=True, gc=False):
    date: dt.date
    weather: WeatherDayReply | None
    note: str
    activities: list[PlannedActivityReply]


@example(HEAD)
class ItineraryHeadReply(Reply, frozen=True, kw_only=True, gc=False):
    id: Id
    destination: str
    start_date: dt.date
    end_date: dt.date
    guests: int
    planner: Annotated[str, choices(PlannerName)]
    created_at: Instant

    @classmethod
    def of(cls, row: ItineraryHeadRow, **others: Any) -> Self:
        """`others` are the fields that the row does not say."""
        return cls(
            id=row["_id"],
            destination=row["destination"],
            start_date=row["start_date"].date(),
            end_date=row["end_date"].date(),
            guests=row["guests"],
            planner=row["planner"],
            created_at=instant(row["created_at"]),
            **others,
        )


@example(
    {
        **HEAD,
        "summary": "2 nights in Singapore for 2 guests, with one activity.",
        "weather": WEATHER,
        "stay": STAY,
        "alternatives": [],
        "days": [DAY],
    }
)
class ItineraryReply(ItineraryHeadReply, frozen=True, kw_only=True, gc=False):
    summary: str
    weather: WeatherReply | None
    stay: Annotated[
        StayReply | None, Meta(description="Available at this total when the reply was made.")
    ]
    alternatives: list[StayReply]
    days: list[PlannedDayReply]
