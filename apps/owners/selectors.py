"""Reads of owners: the calendar with who holds each night, and the figures from the facts."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from bson import ObjectId

from apps.owners.replies import (
    CalendarNightsReply,
    FiguresReply,
    ListingFiguresReply,
    MonthFiguresReply,
    OwnerFiguresReply,
)
from apps.owners.rows import BookingFactRow, booking_facts
from apps.owners.statistics import Table, month_after, months_between, tallies, total_of
from apps.properties.nights import midnight, nights_claimed
from apps.properties.selectors import (
    HostedListing,
    ListingUnknownError,
    host_listing,
    host_listings,
)

MONTHS_BACK, MONTHS_AHEAD = 6, 5
NO_LISTINGS_CURRENCY = "USD"
COUNTED = {"listing_id": 1, "check_in": 1, "check_out": 1, "status": 1, "total": 1}
Listings = Sequence[HostedListing]


def availability(
    listing_id: ObjectId, *, host_id: ObjectId, start: dt.date, end: dt.date, now: dt.datetime
) -> CalendarNightsReply:
    """Returns the taken nights of [start, end).

    Raises `ListingUnknownError` for another's listing.
    """
    host_listing(listing_id, host_id=host_id)
    claims = nights_claimed(listing_id, start=start, end=end, now=now)
    return CalendarNightsReply.of(claims, listing_id=listing_id, start=start, end=end)


def analytics(
    host_id: ObjectId,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    listing_id: ObjectId | None = None,
    currency: str | None = None,
    today: dt.date,
) -> OwnerFiguresReply:
    """Returns the figures of the months `first` to `last`, both included and named by their first
    day. Raises `ListingUnknownError` for another's listing.
    """
    first, last = _range(first, last, today)
    months = months_between(first, last)
    owned = host_listings(host_id)
    chosen = _chosen(owned, listing_id)
    currency = currency or next(iter(_by_use(chosen)), NO_LISTINGS_CURRENCY)
    facts = _facts(host_id, first=first, end=month_after(last), currency=currency)
    counted = _counted(chosen, {fact["listing_id"] for fact in facts}, currency)
    table = tallies(facts, counted, months)
    return OwnerFiguresReply.of(
        first=first,
        last=last,
        as_of=_as_of(host_id),
        currency=currency,
        currencies=_by_use(owned),
        totals=total_of(table.values()).reply(FiguresReply, currency=currency),
        months=_by_month(table, counted, months, currency),
        listings=_by_listing(table, counted, months, currency),
    )


def _by_month(
    table: Table, listings: Listings, months: Sequence[dt.date], currency: str
) -> list[MonthFiguresReply]:
    return [
        total_of(table[row["_id"], month] for row in listings).reply(
            MonthFiguresReply, currency=currency, month=f"{month:%Y-%m}"
        )
        for month in months
    ]


def _by_listing(
    table: Table, listings: Listings, months: Sequence[dt.date], currency: str
) -> list[ListingFiguresReply]:
    """The one with the most revenue first."""
    figures = [
        total_of(table[row["_id"], month] for month in months).reply(
            ListingFiguresReply, currency=currency, listing_id=row["_id"], title=row["title"]
        )
        for row in listings
    ]
    return sorted(figures, key=lambda one: (-one.revenue, one.title))


def _range(first: dt.date | None, last: dt.date | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """Completes a range that lacks an end with as many months as one without any."""
    if first is None:
        anchor = last or month_after(today.replace(day=1), MONTHS_AHEAD)
        first = month_after(anchor, -MONTHS_BACK - MONTHS_AHEAD)
    return first, last or month_after(first, MONTHS_BACK + MONTHS_AHEAD)


def _chosen(owned: Listings, listing_id: ObjectId | None) -> Listings:
    if listing_id is None:
        return owned
    chosen = [row for row in owned if row["_id"] == listing_id]
    if not chosen:
        raise ListingUnknownError
    return chosen


def _by_use(listings: Listings) -> list[str]:
    """Returns the currencies of the listings, the one that most of them have first."""
    present = [row for row in listings if not row["deleted_at"]] or listings
    counted = Counter(row["currency"] for row in present)
    return sorted(counted, key=lambda currency: (-counted[currency], currency))


def _counted(listings: Listings, with_facts: set[ObjectId], currency: str) -> Listings:
    """A deleted listing, or one with another currency now, counts where it had bookings."""
    return [
        row
        for row in listings
        if row["_id"] in with_facts or (row["currency"] == currency and not row["deleted_at"])
    ]


def _facts(
    host_id: ObjectId, *, first: dt.date, end: dt.date, currency: str
) -> list[BookingFactRow]:
    query = {
        "host_id": host_id,
        "check_in": {"$lt": midnight(end)},
        "check_out": {"$gt": midnight(first)},
        "currency": currency,
    }
    return list(booking_facts.find(query, COUNTED).hint("host_stay"))


def _as_of(host_id: ObjectId) -> dt.datetime | None:
    """Returns when the newest event that the figures know of happened."""
    newest = booking_facts.find_one(
        {"host_id": host_id}, {"changed_at": 1}, sort=[("changed_at", -1)], hint="host_changed"
    )
    return newest["changed_at"] if newest else None
