"""Calendars and figures as their owners see them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Self

import msgspec
from bson import ObjectId
from msgspec import Meta

from apps.bookings.enums import Status
from apps.common.money import to_wire
from apps.common.replies import (
    Id,
    Instant,
    Money,
    Reply,
    choices,
    example,
    instant_or_none,
)
from apps.properties.enums import ClaimKind

LISTING_ID = "66f1c2a4b8e0d3f5a7c91e01"
FIGURES = {
    "revenue": 1240.5,
    "nights_sold": 9,
    "nights_available": 31,
    "occupancy": 0.2903,
    "average_daily_rate": 137.83,
    "bookings": {
        "pending": 1,
        "confirmed": 2,
        "declined": 0,
        "cancelled": 1,
        "expired": 0,
        "completed": 1,
    },
}


class NightReply(Reply, frozen=True, kw_only=True, gc=False):
    night: dt.date
    kind: Annotated[str, choices(ClaimKind)]
    booking_id: Id | None

    @classmethod
    def of(cls, claim: Mapping[str, Any]) -> Self:
        """Names the booking of a night that one has; what else claims nights stays unnamed."""
        is_booked = claim["kind"] == ClaimKind.BOOKING and ObjectId.is_valid(claim["owner_id"])
        return cls(
            night=claim["night"],
            kind=claim["kind"],
            booking_id=ObjectId(claim["owner_id"]) if is_booked else None,
        )


@example(
    {
        "listing_id": LISTING_ID,
        "from": "2026-12-24",
        "to": "2027-01-05",
        "nights": [{"night": "2026-12-24", "kind": "block", "booking_id": None}],
    }
)
class CalendarNightsReply(Reply, frozen=True, kw_only=True, gc=False):
    listing_id: Id
    start: dt.date = msgspec.field(name="from")
    end: dt.date = msgspec.field(name="to")
    nights: list[NightReply]

    @classmethod
    def of(
        cls,
        claims: Sequence[Mapping[str, Any]],
        *,
        listing_id: ObjectId,
        start: dt.date,
        end: dt.date,
    ) -> Self:
        nights = [NightReply.of(claim) for claim in claims]
        return cls(listing_id=listing_id, start=start, end=end, nights=nights)


class BookingCountsReply(Reply, frozen=True, kw_only=True, gc=False):
    """How many bookings are in each status."""

    pending: int
    confirmed: int
    declined: int
    cancelled: int
    expired: int
    completed: int

    @classmethod
    def of(cls, counted: Mapping[str, int]) -> Self:
        return cls(**{status.value: counted.get(status.value, 0) for status in Status})


class FiguresReply(Reply, frozen=True, kw_only=True, gc=False):
    revenue: Money
    nights_sold: int
    nights_available: int
    occupancy: Annotated[float, Meta(ge=0, le=1, extra_json_schema={"format": "double"})]
    average_daily_rate: Money
    bookings: BookingCountsReply

    @classmethod
    def of(
        cls,
        *,
        revenue: int,
        sold: int,
        available: int,
        bookings: Mapping[str, int],
        currency: str,
        **named: Any,
    ) -> Self:
        """`named` is what subclasses add."""
        rate = (2 * revenue + sold) // (2 * sold) if sold else 0
        return cls(
            revenue=to_wire(revenue, currency),
            nights_sold=sold,
            nights_available=available,
            occupancy=round(sold / available, 4) if available else 0.0,
            average_daily_rate=to_wire(rate, currency),
            bookings=BookingCountsReply.of(bookings),
            **named,
        )


class MonthFiguresReply(FiguresReply, frozen=True, kw_only=True, gc=False):
    month: str


class ListingFiguresReply(FiguresReply, frozen=True, kw_only=True, gc=False):
    listing_id: Id
    title: str


@example(
    {
        "from": "2026-12",
        "to": "2026-12",
        "as_of": "2026-11-22T08:15:00Z",
        "currency": "SGD",
        "currencies": ["SGD"],
        "totals": FIGURES,
        "months": [{"month": "2026-12", **FIGURES}],
        "listings": [{"listing_id": LISTING_ID, "title": "A quiet flat", **FIGURES}],
    }
)
class OwnerFiguresReply(Reply, frozen=True, kw_only=True, gc=False):
    first: str = msgspec.field(name="from")
    last: str = msgspec.field(name="to")
    as_of: Instant | None
    currency: str
    currencies: list[str]
    totals: FiguresReply
    months: list[MonthFiguresReply]
    listings: list[ListingFiguresReply]

    @classmethod
    def of(
        cls, *, first: dt.date, last: dt.date, as_of: dt.datetime | None, **figures: Any
    ) -> Self:
        return cls(
            first=f"{first:%Y-%m}", last=f"{last:%Y-%m}", as_of=instant_or_none(as_of), **figures
        )
