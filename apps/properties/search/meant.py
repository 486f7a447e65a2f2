"""Which of several stays is meant at each home: the first that can be booked there. The database
has narrowed the homes; here each is decided on in one pass, by the rules and prices themselves."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from bson import ObjectId

from apps.common.exchange import bounds_in
from apps.common.money import digits
from apps.common.pagination import Page
from apps.properties.entries import month_and_bit
from apps.properties.house_rules import stay_refusal
from apps.properties.nights import nights_of
from apps.properties.pricing import Terms, stay_price
from apps.properties.rows import search_entries
from apps.properties.search.criteria import Stay
from apps.properties.search.cursors import Place
from apps.properties.search.queries import Query
from apps.properties.search.results import Results, Row
from apps.properties.search.totals import BEYOND, per_hundredth
from apps.properties.selectors.terms import season_terms

# So many homes are decided on, the best ranked ones, where the order or a bound is of the total.
CANDIDATES = 1_000
WEEKDAYS = range(7)


class Meant(NamedTuple):
    """`price` is the total as it is compared with others."""

    stay: Stay
    total: int
    price: float


class Decided(NamedTuple):
    """`is_capped` where there were more candidates than are decided on."""

    rows: dict[ObjectId, Row]
    meant: dict[ObjectId, Meant]
    is_capped: bool = False


def stays_meant(query: Query, rows: Iterable[Row]) -> dict[ObjectId, Meant]:
    """Leaves out homes that were booked since the database found them."""
    found = ((row["_id"], _meant(query, row)) for row in rows)
    return {key: meant for key, meant in found if meant}


def totals_decided(query: Query) -> Decided:
    """Decides on all that the other filters find, the best ranked first; keeps those whose total
    is within its bounds."""
    stages: list[dict[str, Any]] = [
        *query.candidates(),
        {"$sort": {"rank": -1, "_id": -1}},
        {"$limit": CANDIDATES + 1},
        {"$project": {"words": 0, "place_keys": 0, "amenity_keys": 0, "amenities": 0}},
    ]
    found = list(search_entries.aggregate(stages, hint=query.hint()))
    rows = {row["_id"]: row for row in found[:CANDIDATES]}
    meant = {
        key: one
        for key, one in stays_meant(query, rows.values()).items()
        if _is_within(query, one.total, rows[key]["card"]["currency"])
    }
    return Decided(rows, meant, len(found) > CANDIDATES)


def _is_within(query: Query, total: int, currency: str) -> bool:
    """A total in a currency without a rate is not compared with that of another."""
    criteria = query.criteria
    least, most = criteria.min_total, criteria.max_total
    if criteria.currency and currency != criteria.currency:
        worth = query.rates.bounds(least, most, criteria.currency)
        if currency not in worth:
            return least is None and most is None
        least, most = worth[currency]
    elif not criteria.currency:
        least, most = bounds_in(least, most, digits(currency))
    return (least is None or total >= least) and (most is None or total <= most)


def cheapest(decided: Decided, *, page: Page, after: Place | None) -> Results:
    """Reads a page of what was decided, in the order of the totals."""
    places = sorted((one.price, key) for key, one in decided.meant.items())
    if after is not None:
        places = [place for place in places if place > after.values]
    begin = 0 if after else page.skip
    wanted = places[begin : begin + page.per_page + 1]
    shown = wanted[: page.per_page]
    rows = [decided.rows[key] for _, key in shown]
    return Results(rows, len(wanted) > len(shown), shown[-1] if shown else None)


def _meant(query: Query, row: Row) -> Meant | None:
    terms = terms_of(row)
    for stay in query.options:
        dates: dict[str, Any] = {**stay._asdict()}
        if stay_refusal(terms, **dates, now=query.now) is None and _is_free(row, stay, query.now):
            total = stay_price(terms, **dates).total
            return Meant(stay, total, _compared(query, total, terms["currency"]))
    return None


def _compared(query: Query, total: int, currency: str) -> float:
    """As `totals.compared`."""
    rate = query.rates.per_euro.get(currency)
    return BEYOND + total if rate is None else total * (float(1 / rate) / per_hundredth(currency))


def _is_free(row: Row, stay: Stay, now: dt.datetime) -> bool:
    """As `stays.possible` says it to the database."""
    prepared = stay.check_out + dt.timedelta(days=row["prep_nights"])
    held = [hold for hold in row["holds"] if hold["until"].replace(tzinfo=dt.UTC) > now]
    return not any(
        claims[field].get(month, 0) & bit
        for field, nights in (
            ("taken", nights_of(stay.check_in, stay.check_out)),
            ("slept", nights_of(stay.check_out, prepared)),
        )
        for month, bit in map(month_and_bit, nights)
        for claims in (row, *held)
    )


def terms_of(row: Row) -> Terms:
    """Makes the terms of a listing of its entry."""
    card = row["card"]
    terms: dict[str, Any] = {
        **row,
        "price_per_night": card["price_per_night"],
        "currency": card["currency"],
        "capacity": card["capacity"],
        "is_active": True,
        "check_in_days": _days(row["check_in_days"]),
        "check_out_days": _days(row["check_out_days"]),
        "seasons": [season_terms(one) for one in row["seasons"]],
    }
    return cast("Terms", terms)


def _days(bits: int) -> list[int]:
    return [day for day in WEEKDAYS if bits >> day & 1]
