"""Finds listings that are like one: near it, for as many guests, of its kind and price."""

import datetime as dt
import math
from collections.abc import Iterable
from typing import NamedTuple, TypedDict

from bson import ObjectId

from apps.common.exchange import Rates, current_rates
from apps.common.geo import distance_km
from apps.common.money import to_wire, units_of
from apps.common.pagination import Page
from apps.common.replies import UNSET, Paged, UnsetType
from apps.properties.house_rules import stay_refusal
from apps.properties.nights import listings_taken
from apps.properties.pricing import Terms, stay_price
from apps.properties.replies import SimilarCardReply, StayTotalReply
from apps.properties.rows import CardRow, SearchEntryRow, listings, search_entries
from apps.properties.selectors.listings import ListingUnknownError
from apps.properties.selectors.terms import TERMS, terms_of

REACH_KM = 30
# The nearest of those that have room: whatever lies farther is less like it anyway.
MOST_COMPARED = 100
# What each likeness counts for. A price of four times, or a quarter, is like it in nothing.
TYPE, PRICE, ROOM, NEARNESS = 0.3, 0.3, 0.2, 0.2
PRICE_TIMES = 4
ROOM_GUESTS = 4


class RequestedStay(TypedDict):
    check_in: dt.date
    check_out: dt.date
    guest_count: int


class Wanted(NamedTuple):
    """With dates, only what can be booked for them. Without `guests`, room for as many as there."""

    check_in: dt.date | None = None
    check_out: dt.date | None = None
    guests: int | None = None


def listing_similar(
    listing_id: ObjectId, *, wanted: Wanted, page: Page, now: dt.datetime
) -> Paged[SimilarCardReply]:
    """Returns the likest first. Raises `ListingUnknownError` for one that is not shown."""
    entry = search_entries.find_one({"_id": listing_id}, {"card": 1, "point": 1})
    if entry is None:
        raise ListingUnknownError
    near = _near(entry, wanted.guests or entry["card"]["capacity"]["max_guests"])
    totals = _totals(near, wanted, now=now)
    rates = current_rates()
    found = [one for one in near if totals is None or one["_id"] in totals]
    found.sort(key=lambda one: (-likeness(one["card"], entry["card"], rates), one["_id"]))
    return Paged.of(
        [
            _card(one, entry, UNSET if totals is None else totals[one["_id"]])
            for one in found[page.skip : page.skip + page.per_page]
        ],
        page=page,
        total=len(found),
    )


def likeness(one: CardRow, other: CardRow, rates: Rates) -> float:
    """Between 0 and 1. A price without a rate to compare it by counts as unlike."""
    room = abs(one["capacity"]["max_guests"] - other["capacity"]["max_guests"]) / ROOM_GUESTS
    away = _away(one, other) / REACH_KM
    return (
        TYPE * (one["property_type"] == other["property_type"])
        + PRICE * _like(_price_distance(one, other, rates))
        + ROOM * _like(room)
        + NEARNESS * _like(away)
    )


def _like(distance: float) -> float:
    return max(0.0, 1.0 - distance)


def _price_distance(one: CardRow, other: CardRow, rates: Rates) -> float:
    factor = rates.factor(one["currency"], other["currency"])
    prices = one["price_per_night"], other["price_per_night"]
    if factor is None or not all(prices):
        return 1.0
    mine, its = (units_of(card["price_per_night"], card["currency"]) for card in (one, other))
    return abs(math.log(factor * mine / its, PRICE_TIMES))


def _away(one: CardRow, other: CardRow) -> float:
    return distance_km(_lng_lat(one), _lng_lat(other))


def _lng_lat(card: CardRow) -> tuple[float, float]:
    lng, lat = card["location"]["coordinates"]["coordinates"]
    return lng, lat


def _card(
    one: SearchEntryRow, like: SearchEntryRow, stay: StayTotalReply | UnsetType
) -> SimilarCardReply:
    away = round(_away(one["card"], like["card"]), 1)
    return SimilarCardReply.found(one, stay=stay, distance_km=away)


def _near(entry: SearchEntryRow, guests: int) -> list[SearchEntryRow]:
    near = {"$geometry": entry["point"], "$maxDistance": REACH_KM * 1000}
    query = {
        "_id": {"$ne": entry["_id"]},
        "point": {"$nearSphere": near},
        "card.capacity.max_guests": {"$gte": guests},
    }
    return list(search_entries.find(query, {"card": 1}).limit(MOST_COMPARED))


def _totals(
    near: Iterable[SearchEntryRow], wanted: Wanted, *, now: dt.datetime
) -> dict[ObjectId, StayTotalReply] | None:
    """Returns what the stay costs at those that can be booked for it, None without dates. The
    claims decide."""
    if not (wanted.check_in and wanted.check_out):
        return None
    query = {"_id": {"$in": [one["_id"] for one in near]}}
    terms = [terms_of(row) for row in listings.find(query, TERMS)]
    stay: RequestedStay = {
        "check_in": wanted.check_in,
        "check_out": wanted.check_out,
        "guest_count": wanted.guests or 1,
    }
    allowed = [one for one in terms if stay_refusal(one, **stay, now=now) is None]
    taken = listings_taken(
        [one["_id"] for one in allowed],
        start=wanted.check_in,
        end=wanted.check_out,
        prep_nights={one["_id"]: one["prep_nights"] for one in allowed},
        now=now,
    )
    return {one["_id"]: _total(one, stay) for one in allowed if one["_id"] not in taken}


def _total(terms: Terms, stay: RequestedStay) -> StayTotalReply:
    return StayTotalReply(
        nights=(stay["check_out"] - stay["check_in"]).days,
        total_price=to_wire(stay_price(terms, **stay).total, terms["currency"]),
    )
