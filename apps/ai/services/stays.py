"""Listings that can really be booked: free by the search, at the total of the quote, both asked
when the reply is made."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bson import ObjectId

from apps.ai.planner.stays import rating_score
from apps.ai.selectors import Place
from apps.bookings.quote import lines_to_wire, quote
from apps.bookings.selectors import guest_stays
from apps.common.errors import AppError
from apps.common.money import from_wire, to_wire
from apps.common.pagination import Page
from apps.properties.search import Criteria, listing_search
from apps.properties.selectors.chosen import listing_cards

REACH_M = 30_000
DRAWN, QUOTED = 300, 30
SHIFTS = (1, -1, 2, -2, 3, -3, 7, -7)
QUOTE = ("check_in", "check_out", "nights", "guest_count", "total_price", "currency", "lines")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """`budget` is the total of the stay in minor units of the listing's currency."""

    place: Place
    check_in: dt.date
    check_out: dt.date
    guests: int
    budget: int | None = None
    currency: str | None = None

    @property
    def nights(self) -> int:
        return (self.check_out - self.check_in).days

    def affords(self, stay: Mapping[str, Any]) -> bool:
        if self.budget is None:
            return True
        same = self.currency in {None, stay["currency"]}
        return same and from_wire(stay["total_price"]) <= self.budget


def stays_affordable(wish: Wish, *, now: dt.datetime) -> list[dict[str, Any]]:
    """The best rated of the free listings near the middle of the place whose stay is within the
    budget, with their quotes."""
    return _best(wish, [card for card in _drawn(wish, now) if wish.affords(_total(card))], now)


def stays_free(wish: Wish, *, now: dt.datetime) -> list[dict[str, Any]]:
    """The same whatever they cost."""
    return _best(wish, _drawn(wish, now), now)


def _drawn(wish: Wish, now: dt.datetime) -> list[dict[str, Any]]:
    criteria = Criteria(
        point=wish.place.point,
        radius_m=REACH_M,
        guests=wish.guests,
        check_in=wish.check_in,
        check_out=wish.check_out,
    )
    cards = listing_search(criteria, page=Page(per_page=DRAWN), now=now)["results"]
    return [card for card in cards if card["location"]["city"] == wish.place.city]


def _total(card: Mapping[str, Any]) -> dict[str, Any]:
    return {"currency": card["currency"], "total_price": card["stay"]["total_price"]}


def _best(wish: Wish, cards: list[dict[str, Any]], now: dt.datetime) -> list[dict[str, Any]]:
    cards = sorted(cards, key=lambda card: (-_rated(card), card["price_per_night"], card["id"]))
    quoted = (_quoted(card, wish, now) for card in cards[:QUOTED])
    return [stay for stay in quoted if stay]


def _rated(card: Mapping[str, Any]) -> float:
    rating = card["rating"]
    return rating_score(rating.get("average"), rating.get("count") or 0)


def _quoted(card: dict[str, Any], wish: Wish, now: dt.datetime) -> dict[str, Any] | None:
    found = free_quote(card["id"], wish.check_in, wish.check_out, wish.guests, now=now)
    return {"listing": card_alone(card), **found, "booking_id": None} if found else None


def card_alone(card: Mapping[str, Any]) -> dict[str, Any]:
    """Without the total that a search with dates adds: here it stands beside the card."""
    return {name: value for name, value in card.items() if name != "stay"}


def free_quote(
    listing_id: ObjectId, check_in: dt.date, check_out: dt.date, guests: int, *, now: dt.datetime
) -> dict[str, Any] | None:
    """None where the stay cannot be booked."""
    try:
        found = quote(
            listing_id=listing_id,
            check_in=check_in,
            check_out=check_out,
            guest_count=guests,
            now=now,
        )
    except AppError:
        return None
    return {name: found[name] for name in QUOTE} if found["available"] else None


def other_dates(wish: Wish, *, now: dt.datetime, most: int) -> list[dict[str, Any]]:
    """Stays of the same length a few days off, the nearest dates first."""
    found: dict[ObjectId, dict[str, Any]] = {}
    for days in SHIFTS:
        moved = dt.timedelta(days=days)
        shifted = Wish(
            place=wish.place,
            check_in=wish.check_in + moved,
            check_out=wish.check_out + moved,
            guests=wish.guests,
            budget=wish.budget,
            currency=wish.currency,
        )
        for stay in stays_affordable(shifted, now=now):
            found.setdefault(stay["listing"]["id"], stay)
        if len(found) >= most:
            break
    return list(found.values())[:most]


def stays_now(
    kept: Iterable[Mapping[str, Any]], *, guests: int, user_id: ObjectId, now: dt.datetime
) -> list[dict[str, Any] | None]:
    """What {listing_id, check_in, check_out} of a plan are now: their quotes, or None where they
    are taken. One that the traveler has booked is theirs, not taken."""
    kept = list(kept)
    cards = listing_cards(stay["listing_id"] for stay in kept)
    booked = {
        (stay["listing_id"], stay["check_in"], stay["check_out"]): stay
        for stay in guest_stays(user_id)
    }
    return [_now(stay, cards, booked, guests, now) for stay in kept]


def _now(
    stay: Mapping[str, Any],
    cards: Mapping[ObjectId, dict[str, Any]],
    booked: Mapping[tuple[ObjectId, dt.date, dt.date], dict[str, Any]],
    guests: int,
    now: dt.datetime,
) -> dict[str, Any] | None:
    listing_id = stay["listing_id"]
    dates = (stay["check_in"].date(), stay["check_out"].date())
    card, booking = cards.get(listing_id), booked.get((listing_id, *dates))
    if card is None:
        return None
    if booking:
        return {"listing": card, **_booked(booking)}
    found = free_quote(listing_id, *dates, guests, now=now)
    return {"listing": card, **found, "booking_id": None} if found else None


def _booked(booking: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: booking[name] for name in ("check_in", "check_out", "guest_count", "currency")},
        "nights": (booking["check_out"] - booking["check_in"]).days,
        "total_price": to_wire(booking["total_price"]),
        "lines": lines_to_wire(booking["lines"]),
        "booking_id": booking["_id"],
    }
