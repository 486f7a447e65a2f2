"""A guest asks for a stay."""

import datetime as dt
from typing import Any, NamedTuple

from bson import ObjectId
from django.conf import settings

from apps.bookings import events, quote
from apps.bookings.enums import Action, Actor, PaymentStatus, Status
from apps.bookings.services.rules import change_row
from apps.common import mongo
from apps.properties.enums import ClaimKind
from apps.properties.nights import midnight
from apps.properties.selectors import listing_summary, listing_terms
from apps.properties.services import nights_claim


class Requested(NamedTuple):
    """The booking as it is stored, and the summary of its listing."""

    booking: dict[str, Any]
    listing: dict[str, Any]


def booking_request(
    *,
    guest_id: ObjectId,
    listing_id: ObjectId,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
    special_requests: str = "",
) -> Requested:
    """Stores a pending booking with its nights and its event.

    Raises `NotFoundError`, `InvalidInputError` for the listing's rules, and `NightsTakenError`.
    """

    def transaction() -> Requested:
        terms = listing_terms(listing_id)
        quote.stay_check(
            terms, check_in=check_in, check_out=check_out, guest_count=guest_count, now=now
        )
        lines = quote.price_lines(terms, nights=(check_out - check_in).days)
        booking = {
            "_id": ObjectId(),
            "listing_id": listing_id,
            "guest_id": guest_id,
            "host_id": terms["host_id"],
            "check_in": midnight(check_in),
            "check_out": midnight(check_out),
            "guest_count": guest_count,
            "special_requests": special_requests,
            "lines": lines,
            "total_price": quote.total_of(lines),
            "currency": terms["currency"],
            "status": Status.PENDING.value,
            "payment_status": PaymentStatus.UNPAID.value,
            "cancellation_reason": None,
            "version": 1,
            "history": [change_row(Action.REQUEST, "", Status.PENDING, Actor.GUEST, guest_id, now)],
            "expires_at": now + settings.BOOKING_REQUEST_TTL,
            "created_at": now,
            "updated_at": now,
        }
        nights_claim(
            listing_id=listing_id,
            check_in=check_in,
            check_out=check_out,
            kind=ClaimKind.BOOKING,
            owner_id=str(booking["_id"]),
            now=now,
        )
        mongo.collection("bookings").insert_one(booking, session=mongo.session())
        events.booking_created(booking, now=now)
        return Requested(booking, listing_summary(terms))

    return mongo.run_in_transaction(transaction)
