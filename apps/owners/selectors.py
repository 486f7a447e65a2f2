"""Reads of owners: the calendar with who holds each night, and the figures out of the facts."""

import datetime as dt
from collections import Counter
from typing import Any

from bson import ObjectId

from apps.owners.documents import BookingFact
from apps.owners.statistics import month_after, months_between, tallies, total_of
from apps.properties.enums import ClaimKind
from apps.properties.nights import midnight, nights_claimed
from apps.properties.selectors import (
    HostedListing,
    ListingUnknownError,
    host_listing,
    host_listings,
)

MONTHS_BACK, MONTHS_AHEAD = 6, 5
NO_LISTINGS_CURRENCY = "USD"


def availability(
    listing_id: ObjectId, *, host_id: ObjectId, start: dt.date, end: dt.date, now: dt.datetime
) -> dict[str, Any]:
    """The taken nights of [start, end); raises `NotFoundError` for another's listing."""
    host_listing(listing_id, host_id=host_id)
    claims = nights_claimed(listing_id, start=start, end=end, now=now)
    nights = [
        {
            "night": claim["night"],
            "kind": claim["kind"],
            "booking_id": claim["owner_id"] if claim["kind"] == ClaimKind.BOOKING else None,
        }
        for claim in claims
    ]
    return {"listing_id": listing_id, "from": start, "to": end, "nights": nights}


def analytics(
    host_id: ObjectId,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    listing_id: ObjectId | None = None,
    currency: str | None = None,
    today: dt.date,
) -> dict[str, Any]:
    """Figures of the months `first` to `last`, both included and given by their first day.

    Raises `NotFoundError` for another's listing.
    """
    first, last = _range(first, last, today)
    months = months_between(first, last)
    every = host_listings(host_id)
    currencies = _by_use(every)
    chosen = every
    if listing_id is not None:
        chosen = [row for row in every if row["_id"] == listing_id]
        if not chosen:
            raise ListingUnknownError
    currency = currency or next(iter(_by_use(chosen)), NO_LISTINGS_CURRENCY)
    facts = _facts(host_id, first=first, end=month_after(last), currency=currency)
    shown = _shown(chosen, {fact["listing_id"] for fact in facts}, currency)
    table = tallies(facts, shown, months)

    def by_month(month: dt.date) -> dict[str, Any]:
        return total_of(table[row["_id"], month] for row in shown).view()

    def by_listing(row: HostedListing) -> dict[str, Any]:
        total = total_of(table[row["_id"], month] for month in months)
        return {"listing_id": row["_id"], "title": row["title"], **total.view()}

    rows = [by_listing(row) for row in shown]
    return {
        "from": f"{first:%Y-%m}",
        "to": f"{last:%Y-%m}",
        "as_of": _as_of(host_id),
        "currency": currency,
        "currencies": currencies,
        "totals": total_of(table.values()).view(),
        "months": [{"month": f"{month:%Y-%m}", **by_month(month)} for month in months],
        "listings": sorted(rows, key=lambda row: (-row["revenue"], row["title"])),
    }


def _range(first: dt.date | None, last: dt.date | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """Where one end is not given, as many months as where none is."""
    if first is None:
        anchor = last or month_after(today.replace(day=1), MONTHS_AHEAD)
        first = month_after(anchor, -MONTHS_BACK - MONTHS_AHEAD)
    return first, last or month_after(first, MONTHS_BACK + MONTHS_AHEAD)


def _by_use(listings: list[HostedListing]) -> list[str]:
    """The currencies of the listings, the one that most of them have first."""
    present = [row for row in listings if not row["deleted_at"]] or listings
    counted = Counter(row["currency"] for row in present)
    return sorted(counted, key=lambda currency: (-counted[currency], currency))


def _shown(
    listings: list[HostedListing], with_facts: set[ObjectId], currency: str
) -> list[HostedListing]:
    """A deleted listing, or one with another currency now, counts where it had bookings."""
    return [
        row
        for row in listings
        if row["_id"] in with_facts or (row["currency"] == currency and not row["deleted_at"])
    ]


def _facts(
    host_id: ObjectId, *, first: dt.date, end: dt.date, currency: str
) -> list[dict[str, Any]]:
    query = {
        "host_id": host_id,
        "check_in": {"$lt": midnight(end)},
        "check_out": {"$gt": midnight(first)},
        "currency": currency,
    }
    wanted = {"listing_id": 1, "check_in": 1, "check_out": 1, "status": 1, "total": 1}
    return list(BookingFact._get_collection().find(query, wanted).hint("host_stay"))


def _as_of(host_id: ObjectId) -> dt.datetime | None:
    """When the newest event that the figures know of happened."""
    newest = BookingFact._get_collection().find_one(
        {"host_id": host_id}, {"changed_at": 1}, sort=[("changed_at", -1)], hint="host_changed"
    )
    return newest["changed_at"] if newest else None
