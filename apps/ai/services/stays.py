"""Listings that can really be booked: free by the search, at the total of the quote, both read
when the reply is made."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bson import ObjectId

from apps.ai.planner.stays import rating_score
from apps.ai.replies.trips import StayReply
from apps.ai.rows import StayRow
from apps.ai.selectors.places import Place
from apps.bookings.quote import quote
from apps.bookings.replies.bookings import LineReply
from apps.bookings.selectors import GuestStay, guest_stays
from apps.common.errors import AppError
from apps.common.money import to_wire, units_of
from apps.common.pagination import Page
from apps.properties.replies import FoundCardReply, ListingCardReply
from apps.properties.search import Criteria, listing_search
from apps.properties.selectors.chosen import listing_cards

REACH_M = 30_000
MOST_CANDIDATES, MOST_QUOTED = 300, 30
SHIFTS = (1, -1, 2, -2, 3, -3, 7, -7)


@dataclass(frozen=True, kw_only=True)
class RequestedStay:
    """`budget` is the total of the stay in minor units of `currency`; without one hundredths, of
    whatever currency the listing has."""

    place: Place
    check_in: dt.date
    check_out: dt.date
    guests: int
    budget: int | None = None
    currency: str | None = None

    @property
    def nights(self) -> int:
        return (self.check_out - self.check_in).days

    def affords(self, total_price: float, currency: str) -> bool:
        if self.budget is None:
            return True
        most = units_of(self.budget, self.currency)
        return self.currency in {None, currency} and Decimal(str(total_price)) <= most


def stays_affordable(request: RequestedStay, *, now: dt.datetime) -> list[StayReply]:
    """Quotes the best rated of the free listings near the centre of the place, as far as their
    stay is within the budget."""
    cards = [
        card
        for card in _candidates(request, now)
        if card.stay and request.affords(card.stay.total_price, card.currency)
    ]
    return _best(request, cards, now)


def stays_free(request: RequestedStay, *, now: dt.datetime) -> list[StayReply]:
    """Quotes the best rated of the free listings whatever they cost."""
    return _best(request, _candidates(request, now), now)


def _candidates(request: RequestedStay, now: dt.datetime) -> list[FoundCardReply]:
    criteria = Criteria(
        point=request.place.point,
        radius_m=REACH_M,
        guests=request.guests,
        check_in=request.check_in,
        check_out=request.check_out,
    )
    cards = listing_search(criteria, page=Page(per_page=MOST_CANDIDATES), now=now).results
    return [card for card in cards if card.location.city == request.place.city]


def _best(request: RequestedStay, cards: list[FoundCardReply], now: dt.datetime) -> list[StayReply]:
    cards = sorted(cards, key=lambda card: (-_rating(card), card.price_per_night, card.id))
    dates = (request.check_in, request.check_out)
    quoted = (
        stay_quoted(card.alone(), *dates, request.guests, now=now) for card in cards[:MOST_QUOTED]
    )
    return [stay for stay in quoted if stay]


def _rating(card: FoundCardReply) -> float:
    return rating_score(card.rating.average, card.rating.count)


def stay_quoted(
    card: ListingCardReply, check_in: dt.date, check_out: dt.date, guests: int, *, now: dt.datetime
) -> StayReply | None:
    """Returns None where the stay cannot be booked."""
    try:
        found = quote(
            listing_id=card.id,
            check_in=check_in,
            check_out=check_out,
            guest_count=guests,
            now=now,
        )
    except AppError:
        return None
    if not found.available:
        return None
    return StayReply(
        listing=card,
        check_in=check_in,
        check_out=check_out,
        nights=found.nights,
        guest_count=guests,
        total_price=found.total_price,
        currency=found.currency,
        lines=found.lines,
        booking_id=None,
    )


def stays_on_other_dates(request: RequestedStay, *, now: dt.datetime, most: int) -> list[StayReply]:
    """Finds stays of the same length a few days off, the nearest dates first."""
    found: dict[ObjectId, StayReply] = {}
    for days in SHIFTS:
        moved = dt.timedelta(days=days)
        shifted = replace(
            request, check_in=request.check_in + moved, check_out=request.check_out + moved
        )
        for stay in stays_affordable(shifted, now=now):
            found.setdefault(stay.listing.id, stay)
        if len(found) >= most:
            break
    return list(found.values())[:most]


def stays_now(
    stored: Iterable[StayRow], *, guests: int, user_id: ObjectId, now: dt.datetime
) -> list[StayReply | None]:
    """Quotes the stays of a plan anew; None stands for one that somebody else has booked. What the
    traveler has booked is shown as booked."""
    stored = list(stored)
    cards = listing_cards(stay["listing_id"] for stay in stored)
    booked = {
        (stay["listing_id"], stay["check_in"], stay["check_out"]): stay
        for stay in guest_stays(user_id)
    }
    return [_stay_now(stay, cards, booked, guests, now) for stay in stored]


def _stay_now(
    stay: StayRow,
    cards: Mapping[ObjectId, ListingCardReply],
    booked: Mapping[tuple[ObjectId, dt.date, dt.date], GuestStay],
    guests: int,
    now: dt.datetime,
) -> StayReply | None:
    listing_id = stay["listing_id"]
    dates = (stay["check_in"].date(), stay["check_out"].date())
    card, booking = cards.get(listing_id), booked.get((listing_id, *dates))
    if card is None:
        return None
    return _booked(card, booking) if booking else stay_quoted(card, *dates, guests, now=now)


def _booked(card: ListingCardReply, booking: GuestStay) -> StayReply:
    return StayReply(
        listing=card,
        check_in=booking["check_in"],
        check_out=booking["check_out"],
        nights=(booking["check_out"] - booking["check_in"]).days,
        guest_count=booking["guest_count"],
        total_price=to_wire(booking["total_price"], booking["currency"]),
        currency=booking["currency"],
        lines=[LineReply.of(line, booking["currency"]) for line in booking["lines"]],
        booking_id=booking["_id"],
    )
