"""A guest asks for a stay: the rules, the price and the payment come first, and then one
transaction in which the nights decide."""

import datetime as dt
from typing import NamedTuple

from bson import ObjectId
from django.conf import settings
from pymongo.errors import DuplicateKeyError

from apps.accounts.services import user_keep_active
from apps.bookings import events
from apps.bookings.enums import Action, Actor, PaymentStatus, Status
from apps.bookings.idempotency import Answer, Key, once
from apps.bookings.policies import policy_of
from apps.bookings.quote import (
    Agreed,
    QuoteUsedError,
    Stay,
    alternatives,
    price_agreed,
    stay_priced,
)
from apps.bookings.replies.bookings import BookingReply
from apps.bookings.rows import BookingRow, QuotedRow, bookings
from apps.bookings.services.charges import payment_commands_add
from apps.bookings.services.guests import guest_check
from apps.bookings.services.holds import holds_end, holds_own
from apps.calendars.services import feeds_refresh
from apps.common.errors import ConflictError
from apps.payments.services import payment_authorise, payment_bind, payment_release
from apps.properties.enums import ClaimKind
from apps.properties.house_rules import stay_check
from apps.properties.nights import midnight, stay_claims
from apps.properties.selectors import ListingTerms, listing_summary, listing_terms
from apps.properties.services import listing_keep_open, nights_claim, taken_error
from apps.texts.selectors import terms_check

INSTANT = "Booked at once, without an answer of the host."


class PriceChangedError(ConflictError):
    code = "PRICE_CHANGED"
    sentence = "The price has changed just now. Look at it again."


class Prepared(NamedTuple):
    """A request that its transaction is all that is missing of; `hold_ids` are the guest's own
    holds in its way. `is_sure`: it is known what other sites have sold by now."""

    guest_id: ObjectId
    guest_first_name: str
    stay: Stay
    special_requests: str
    terms_version: int | None
    agreed: Agreed
    hold_ids: list[ObjectId]
    payment_id: ObjectId
    is_sure: bool


def booking_request(
    *,
    guest_id: ObjectId,
    listing_id: ObjectId,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
    guest_first_name: str = "",
    special_requests: str = "",
    terms_version: int | None = None,
    quote_token: str | None = None,
    payment_method: str | None = None,
    payment_id: ObjectId | None = None,
    key: Key | None = None,
) -> Answer[BookingReply]:
    """Stores a pending booking with its nights, its payment and its event; where the listing can
    be booked instantly, a confirmed one; not while a calendar of another site cannot be read, then
    the host answers. A repeated `key` gets the first call's answer, in which
    `guest_first_name` is only shown.

    Raises, with the nearest free stays where it is the stay that cannot be booked, what
    `terms_check`, `listing_terms`, `stay_check`, `price_agreed`, `payment_authorise` and `once`
    raise, and
    `NightsTakenError`, `PriceChangedError` and `PaymentUsedError`.
    """
    stay = Stay(listing_id, check_in, check_out, guest_count)

    def prepare() -> Prepared:
        """Outside of the transaction, since a provider is asked. A look at the nights spares the
        usual loser his payment."""
        if terms_version is not None:
            terms_check(terms_version)
        terms = listing_terms(listing_id)
        guest_check(terms, guest_id)
        stay_check(terms, **stay.requested(), now=now)
        is_sure = not terms["instant_book"] or feeds_refresh(listing_id, clock=lambda: now)
        agreed = price_agreed(terms, stay, token=quote_token, guest_id=guest_id, now=now)
        hold_ids = _holds_in_the_way(guest_id, stay, terms, now=now)
        payment = payment_authorise(
            guest_id=guest_id,
            amount=agreed.priced.total,
            currency=agreed.priced.currency,
            method=payment_method,
            payment_id=payment_id,
            now=now,
        )
        return Prepared(
            guest_id,
            guest_first_name,
            stay,
            special_requests,
            terms_version,
            agreed,
            hold_ids,
            payment["_id"],
            is_sure,
        )

    with alternatives(stay, now=now):
        return once(
            key,
            lambda prepared: _placed(prepared, now),
            prepare=prepare,
            undo=lambda prepared: payment_release(prepared.payment_id, now=now),
            now=now,
            status=201,
        )


def _holds_in_the_way(
    guest_id: ObjectId, stay: Stay, terms: ListingTerms, *, now: dt.datetime
) -> list[ObjectId]:
    """The guest's own; raises `NightsTakenError` for what is somebody else's."""
    claims = stay_claims(
        stay.listing_id,
        check_in=stay.check_in,
        check_out=stay.check_out,
        prep_nights=terms["prep_nights"],
        now=now,
    )
    own = holds_own(claims, guest_id)
    theirs = [claim["night"] for claim in claims if claim["owner_id"] not in own]
    if theirs:
        raise taken_error(theirs, check_out=stay.check_out)
    return list(own.values())


def _placed(prepared: Prepared, now: dt.datetime) -> BookingReply:
    """In the transaction; the rules are those of a listing that may have changed since."""
    stay, terms = prepared.stay, listing_terms(prepared.stay.listing_id)
    stay_check(terms, **stay.requested(), now=now)
    agreed = prepared.agreed
    if agreed.quote_id is None and stay_priced(terms, stay) != agreed.priced:
        raise PriceChangedError
    requested = _booking(prepared, terms, now)
    holds_end(prepared.hold_ids)
    nights_claim(
        listing_id=stay.listing_id,
        check_in=stay.check_in,
        check_out=stay.check_out,
        prep_nights=terms["prep_nights"],
        kind=ClaimKind.BOOKING,
        owner_id=str(requested["_id"]),
        now=now,
    )
    is_instant = terms["instant_book"] and prepared.is_sure
    booking = _accepted(requested, now) if is_instant else requested
    user_keep_active(prepared.guest_id)
    listing_keep_open(stay.listing_id)
    try:
        bookings.insert_one(booking)
    except DuplicateKeyError as error:
        raise QuoteUsedError from error
    payment_bind(prepared.payment_id, booking_id=booking["_id"], now=now)
    events.booking_created(requested, is_instant=booking is not requested, now=now)
    if booking is not requested:
        change = booking["history"][-1]
        payment_commands_add(requested, booking, change, now=now)
        events.booking_status_updated(booking, change, now=now)
    return BookingReply.of(
        booking,
        listing=listing_summary(terms),
        guest_first_name=prepared.guest_first_name,
        actor=Actor.GUEST,
    )


def _booking(prepared: Prepared, terms: ListingTerms, now: dt.datetime) -> BookingRow:
    guest_id, stay = prepared.guest_id, prepared.stay
    priced, quote_id = prepared.agreed
    asked = events.change_row(Action.REQUEST, "", Status.PENDING, Actor.GUEST, guest_id, now)
    quoted: QuotedRow = {"quote_id": quote_id} if quote_id else {}
    return {
        **quoted,
        "_id": ObjectId(),
        "listing_id": stay.listing_id,
        "guest_id": guest_id,
        "host_id": terms["host_id"],
        "check_in": midnight(stay.check_in),
        "check_out": midnight(stay.check_out),
        "guest_count": stay.guest_count,
        "special_requests": prepared.special_requests,
        "prep_nights": terms["prep_nights"],
        "policy": policy_of(terms),
        "alteration": None,
        "terms_version": prepared.terms_version,
        "lines": priced.lines,
        "total_price": priced.total,
        "currency": priced.currency,
        "status": Status.PENDING.value,
        "payment_status": PaymentStatus.UNPAID.value,
        "paid": 0,
        "refunded": 0,
        "cancellation_reason": None,
        "version": 1,
        "history": [asked],
        "expires_at": now + settings.BOOKING_REQUEST_TTL,
        "reminded_at": None,
        "created_at": now,
        "updated_at": now,
    }


def _accepted(requested: BookingRow, now: dt.datetime) -> BookingRow:
    """The second change of a booking that no host needs to look at."""
    change = events.change_row(
        Action.ACCEPT, Status.PENDING, Status.CONFIRMED, Actor.SYSTEM, None, now, INSTANT
    )
    return {
        **requested,
        "status": Status.CONFIRMED.value,
        "version": 2,
        "history": [*requested["history"], change],
        "expires_at": None,
    }
