"""Says what a stay costs and whether it is free. A quote is signed: a booking made with its token
in time costs what it promised, whatever the host changes meanwhile. It is good for one booking of
the guest who asked; where nobody was logged in, for that of the first who books."""

import datetime as dt
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from bson import ObjectId
from django.conf import settings
from django.core import signing

from apps.bookings import policies
from apps.bookings.replies.bookings import LineReply
from apps.bookings.replies.prices import (
    AlternativeReply,
    NightPriceReply,
    PolicySummaryReply,
    QuoteReply,
)
from apps.bookings.rows import bookings
from apps.common.errors import AppError, ConflictError, InvalidInputError
from apps.common.money import DIGITS, digits, to_wire
from apps.common.replies import instant
from apps.properties import pricing
from apps.properties.house_rules import StayRuleError, stay_check
from apps.properties.nights import stay_taken
from apps.properties.pricing import Line
from apps.properties.selectors import ListingTerms, listing_terms, stays_near
from apps.properties.services import NightsTakenError

SIGNER = signing.Signer(salt="bookings.quote")


class QuoteInvalidError(InvalidInputError):
    code = "QUOTE_INVALID"
    field = "quote_token"
    sentence = "This is not a quote of ours. Ask for the price again."


class QuoteMismatchError(ConflictError):
    code = "QUOTE_MISMATCH"
    sentence = "The quote is for another stay. Ask for the price again."


class QuoteOfAnotherError(QuoteMismatchError):
    sentence = "The quote was made for another guest. Ask for the price again."


class QuoteUsedError(ConflictError):
    code = "QUOTE_USED"
    sentence = "A booking was made with this quote already. Ask for the price again."


class QuoteExpiredError(ConflictError):
    code = "QUOTE_EXPIRED"
    sentence = "The quote has expired. Ask for the price again: it may have changed."


class Stay(NamedTuple):
    listing_id: ObjectId
    check_in: dt.date
    check_out: dt.date
    guest_count: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Stay":
        return cls(**{name: values[name] for name in cls._fields})

    @property
    def dates(self) -> tuple[dt.date, dt.date]:
        return self.check_in, self.check_out

    @property
    def nights(self) -> int:
        return (self.check_out - self.check_in).days

    def requested(self) -> dict[str, Any]:
        return {name: value for name, value in self._asdict().items() if name != "listing_id"}

    def described(self) -> list[Any]:
        return [str(self.listing_id), str(self.check_in), str(self.check_out), self.guest_count]


class Priced(NamedTuple):
    lines: list[Line]
    currency: str

    @property
    def total(self) -> int:
        return pricing.total_of(self.lines)


class Agreed(NamedTuple):
    """`quote_id` is that of the quote which promised the price, None for the price of now."""

    priced: Priced
    quote_id: str | None = None


def stay_priced(terms: ListingTerms, stay: Stay) -> Priced:
    price = pricing.stay_price(terms, **stay.requested())
    return Priced(price.lines, terms["currency"])


def token_issue(
    stay: Stay,
    priced: Priced,
    *,
    now: dt.datetime,
    guest_id: ObjectId | None = None,
    quote_id: str | None = None,
) -> str:
    """A new quote for the guest, or another token of the quote with this id."""
    until = now + settings.QUOTE_TTL
    return SIGNER.sign_object(
        {
            "id": quote_id or secrets.token_urlsafe(12),
            "guest": str(guest_id) if guest_id else None,
            "stay": stay.described(),
            "lines": [list(line.values()) for line in priced.lines],
            "currency": priced.currency,
            "digits": digits(priced.currency),
            "until": until.timestamp(),
        },
        compress=True,
    )


def token_agreed(token: str, stay: Stay, *, guest_id: ObjectId, now: dt.datetime) -> Agreed:
    """Raises `QuoteInvalidError` for a token that we did not sign, `QuoteMismatchError`,
    `QuoteOfAnotherError` and `QuoteExpiredError`."""
    try:
        signed = SIGNER.unsign_object(token)
    except (signing.BadSignature, UnicodeEncodeError) as error:
        raise QuoteInvalidError from error
    if signed["stay"] != stay.described():
        raise QuoteMismatchError
    if now.timestamp() >= signed["until"] or "id" not in signed or _is_of_hundredths(signed):
        raise QuoteExpiredError
    if signed["guest"] not in {None, str(guest_id)}:
        raise QuoteOfAnotherError
    priced = Priced([_line(*line) for line in signed["lines"]], signed["currency"])
    return Agreed(priced, signed["id"])


def _is_of_hundredths(signed: Mapping[str, Any]) -> bool:
    """Of one from before amounts had the decimals of their currency, which names none."""
    return bool(signed.get("digits", DIGITS) != digits(signed["currency"]))


def _line(code: str, label: str, quantity: int, unit_amount: int, amount: int) -> Line:
    return Line(code=code, label=label, quantity=quantity, unit_amount=unit_amount, amount=amount)


def price_agreed(
    terms: ListingTerms, stay: Stay, *, token: str | None, guest_id: ObjectId, now: dt.datetime
) -> Agreed:
    """Returns what the token promised, else the price of now; raises as `token_agreed`, and
    `QuoteUsedError`. A booking's unique `quote_id` decides between two at once."""
    if not token:
        return Agreed(stay_priced(terms, stay))
    agreed = token_agreed(token, stay, guest_id=guest_id, now=now)
    if bookings.exists({"quote_id": agreed.quote_id}):
        raise QuoteUsedError
    return agreed


def quote(
    *,
    listing_id: ObjectId,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
    guest_id: ObjectId | None = None,
) -> QuoteReply:
    """Raises `ListingUnknownError`, and what `stay_check` raises for the listing's rules."""
    stay = Stay(listing_id, check_in, check_out, guest_count)
    terms = listing_terms(listing_id)
    stay_check(terms, **stay.requested(), now=now)
    price = pricing.stay_price(terms, **stay.requested())
    priced = Priced(price.lines, terms["currency"])
    taken = stay_taken(
        stay.listing_id,
        check_in=stay.check_in,
        check_out=stay.check_out,
        prep_nights=terms["prep_nights"],
        now=now,
    )
    return QuoteReply(
        **stay._asdict(),
        nights=stay.nights,
        currency=priced.currency,
        nightly=[
            NightPriceReply(night=one.night, rate=to_wire(one.rate, priced.currency), rule=one.rule)
            for one in price.nights
        ],
        lines=[LineReply.of(line, priced.currency) for line in priced.lines],
        rules=pricing.rules_applied(terms, price),
        total_price=to_wire(priced.total, priced.currency),
        available=not taken,
        taken=taken,
        alternatives=stays_offered(terms, stay, now=now) if taken else [],
        instant_book=terms["instant_book"],
        cancellation=PolicySummaryReply.of(policies.policy_of(terms)),
        quote_token=token_issue(stay, priced, now=now, guest_id=guest_id),
        expires_at=instant(now + settings.QUOTE_TTL),
    )


def stays_offered(terms: ListingTerms, stay: Stay, *, now: dt.datetime) -> list[AlternativeReply]:
    """Returns the nearest free stays, with their prices."""
    guests = min(stay.guest_count, terms["capacity"]["max_guests"])
    near = stays_near(
        terms, check_in=stay.check_in, check_out=stay.check_out, guest_count=guests, now=now
    )
    return [
        AlternativeReply(
            check_in=begin,
            check_out=end,
            total_price=to_wire(
                stay_priced(terms, Stay(stay.listing_id, begin, end, guests)).total,
                terms["currency"],
            ),
        )
        for begin, end in near
    ]


@contextmanager
def alternatives(stay: Stay, *, now: dt.datetime) -> Iterator[None]:
    """Adds `alternatives`, the nearest stays that can be booked, to the details of a refusal raised
    inside. Belongs around the transaction, since a race is lost to a stay that only a new read
    shows."""
    try:
        yield
    except AppError as error:
        if isinstance(error, NightsTakenError | StayRuleError):
            terms = listing_terms(stay.listing_id)
            error.details["alternatives"] = stays_offered(terms, stay, now=now)
        raise
