"""Reads a listing's calendar: each night with its price, and what a stay from there must be."""

import datetime as dt
from collections.abc import Container

from bson import ObjectId

from apps.common.money import to_wire
from apps.properties.house_rules import may_begin, may_end, nights_allowed, today_at
from apps.properties.nights import nights_of, nights_taken
from apps.properties.pricing import Terms, night_priced
from apps.properties.replies import CalendarNightReply, TakenNightsReply
from apps.properties.selectors.listings import ListingUnknownError
from apps.properties.selectors.terms import listing_terms


def calendar(
    listing_id: ObjectId, *, start: dt.date, end: dt.date, now: dt.datetime
) -> TakenNightsReply:
    """Raises `ListingUnknownError`."""
    terms = listing_terms(listing_id)
    if not terms["is_active"]:
        raise ListingUnknownError
    taken = nights_taken(listing_id, start=start, end=end, now=now)
    today, closed = today_at(terms, now), frozenset(taken)
    return TakenNightsReply(
        listing_id=listing_id,
        start=start,
        end=end,
        taken=taken,
        currency=terms["currency"],
        nights=[_night(terms, night, today, closed) for night in nights_of(start, end)],
    )


def _night(
    terms: Terms, night: dt.date, today: dt.date, taken: Container[dt.date]
) -> CalendarNightReply:
    least, most = nights_allowed(terms, night)
    is_free = night >= today and night not in taken
    return CalendarNightReply(
        night=night,
        price=to_wire(night_priced(terms, night).rate, terms["currency"]),
        is_free=is_free,
        min_nights=least,
        max_nights=most,
        check_in=is_free and may_begin(terms, night, today),
        check_out=may_end(terms, night),
    )
