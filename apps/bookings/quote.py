"""What a stay costs and whether it is free. A quote is signed: a booking made with its token in
time costs what it said, whatever the host changes meanwhile."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from bson import ObjectId
from django.conf import settings
from django.core import signing

from apps.bookings import policies
from apps.common.errors import ConflictError, InvalidInputError
from apps.common.money import to_wire
from apps.properties import pricing
from apps.properties.house_rules import stay_check
from apps.properties.nights import stay_taken
from apps.properties.selectors import ListingTerms, listing_terms, stays_near

SIGNER = signing.Signer(salt="bookings.quote")


class Stay(NamedTuple):
    listing_id: ObjectId
    check_in: dt.date
    check_out: dt.date
    guest_count: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Stay":
        return cls(**{name: values[name] for name in cls._fields})

    def wish(self) -> dict[str, Any]:
        return {name: value for name, value in self._asdict().items() if name != "listing_id"}

    def described(self) -> list[Any]:
        return [str(self.listing_id), str(self.check_in), str(self.check_out), self.guest_count]


class Priced(NamedTuple):
    lines: list[pricing.Line]
    currency: str

    @property
    def total(self) -> int:
        return pricing.total_of(self.lines)


def lines_to_wire(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    money = ("unit_amount", "amount")
    return [{**line, **{name: to_wire(line[name]) for name in money}} for line in lines]


def stay_priced(terms: ListingTerms, stay: Stay) -> Priced:
    price = pricing.stay_price(
        terms, check_in=stay.check_in, check_out=stay.check_out, guest_count=stay.guest_count
    )
    return Priced(price.lines, terms["currency"])


def token_issue(stay: Stay, priced: Priced, *, now: dt.datetime) -> str:
    until = now + settings.QUOTE_TTL
    return SIGNER.sign_object(
        {
            "stay": stay.described(),
            "lines": [list(line.values()) for line in priced.lines],
            "currency": priced.currency,
            "until": until.timestamp(),
        },
        compress=True,
    )


def token_priced(token: str, stay: Stay, *, now: dt.datetime) -> Priced:
    """Raises `InvalidInputError` for a token that we did not sign, and `ConflictError` for one
    that ran out or is about another stay."""
    try:
        said = SIGNER.unsign_object(token)
    except signing.BadSignature as error:
        sentence = "This is not a quote of ours. Ask for the price again."
        raise InvalidInputError(
            f"quote_token: {sentence}", fields={"quote_token": [sentence]}, code="QUOTE_INVALID"
        ) from error
    if said["stay"] != stay.described():
        raise ConflictError(
            "The quote is for another stay. Ask for the price again.", code="QUOTE_MISMATCH"
        )
    if now.timestamp() >= said["until"]:
        raise ConflictError(
            "The quote has run out. Ask for the price again: it may have changed.",
            code="QUOTE_EXPIRED",
        )
    names = ("code", "label", "quantity", "unit_amount", "amount")
    lines: Any = [dict(zip(names, line, strict=True)) for line in said["lines"]]
    return Priced(lines, said["currency"])


def price_agreed(terms: ListingTerms, stay: Stay, *, token: str | None, now: dt.datetime) -> Priced:
    """What the token says, else what the listing costs now."""
    return token_priced(token, stay, now=now) if token else stay_priced(terms, stay)


def quote(
    *,
    listing_id: ObjectId,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
) -> dict[str, Any]:
    """Raises `NotFoundError`, and what `stay_check` raises for the listing's rules."""
    terms = listing_terms(listing_id)
    asked: dict[str, Any] = {
        "check_in": check_in,
        "check_out": check_out,
        "guest_count": guest_count,
    }
    stay_check(terms, **asked, now=now)
    stay = Stay(listing_id, **asked)
    price = pricing.stay_price(terms, **asked)
    priced = Priced(price.lines, terms["currency"])
    taken = stay_taken(
        listing_id,
        check_in=check_in,
        check_out=check_out,
        prep_nights=terms["prep_nights"],
        now=now,
    )
    return {
        "listing_id": listing_id,
        **asked,
        "nights": (check_out - check_in).days,
        "currency": priced.currency,
        "nightly": [{**one._asdict(), "rate": to_wire(one.rate)} for one in price.nights],
        "lines": lines_to_wire(priced.lines),
        "rules": pricing.rules_applied(terms, price),
        "total_price": to_wire(priced.total),
        "available": not taken,
        "taken": taken,
        "alternatives": stays_offered(terms, stay, now=now) if taken else [],
        "instant_book": terms["instant_book"],
        "cancellation": policies.described(terms),
        "quote_token": token_issue(stay, priced, now=now),
        "expires_at": now + settings.QUOTE_TTL,
    }


def stays_offered(terms: ListingTerms, stay: Stay, *, now: dt.datetime) -> list[dict[str, Any]]:
    """{check_in, check_out, total_price} of the free stays near by, the nearest first."""
    guests = min(stay.guest_count, terms["capacity"]["max_guests"])
    near = stays_near(
        terms, check_in=stay.check_in, check_out=stay.check_out, guest_count=guests, now=now
    )
    return [
        {
            "check_in": begin,
            "check_out": end,
            "total_price": to_wire(
                stay_priced(terms, Stay(stay.listing_id, begin, end, guests)).total
            ),
        }
        for begin, end in near
    ]
