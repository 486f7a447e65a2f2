"""The filters of a search, each under the name by which it can be left out again."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from apps.common.exchange import Rates, bounds_in
from apps.common.money import MOST_DIGITS, currencies_of
from apps.common.text import name_key
from apps.properties.enums import CancellationPolicy
from apps.properties.search.criteria import Criteria, Stay
from apps.properties.search.geography import Condition
from apps.properties.search.stays import any_of, possible
from apps.properties.search.totals import total_of
from apps.properties.vocabulary import amenity_ids

# Policies that refund a guest in full until some days before check-in.
FREE_CANCELLATION = (CancellationPolicy.FLEXIBLE.value, CancellationPolicy.MODERATE.value)
# Currencies with another number of decimals than most.
ODD_BY_DIGITS = {count: currencies_of(count) for count in (0, MOST_DIGITS)}
ODD = sorted(code for codes in ODD_BY_DIGITS.values() for code in codes)
Filters = dict[str, list[Condition]]


class Bounds(NamedTuple):
    least: int | None
    most: int | None

    @property
    def is_set(self) -> bool:
        return self != (None, None)


def filters_of(criteria: Criteria, *, rates: Rates, now: dt.datetime) -> Filters:
    """Maps the name of each filter that is set to what it asks."""
    found = dict(_plain(criteria, rates))
    options = list(criteria.options())
    ways = [possible(stay, now=now) for stay in options]
    if options:
        found["dates"] = any_of(ways)
    if options and criteria.asks_total:
        totals = [_total(criteria, stay, rates) for stay in options]
        both = [[*way, total] for way, total in zip(ways, totals, strict=True)]
        found["total_price"] = totals if len(options) == 1 else any_of(both)
    return found


def _plain(criteria: Criteria, rates: Rates) -> Iterator[tuple[str, list[Condition]]]:
    price = Bounds(criteria.min_price, criteria.max_price)
    if price.is_set:
        yield "price", [_bounded("card.price_per_night", price, criteria.currency, rates)]
    if criteria.property_type:
        yield "property_type", [{"card.property_type": criteria.property_type}]
    for name, field in AT_LEAST.items():
        if (least := getattr(criteria, name)) is not None:
            yield name, [{field: {"$gte": least}}]
    if criteria.instant_book:
        yield "instant_book", [{"instant_book": True}]
    if criteria.free_cancellation:
        yield "free_cancellation", [{"policy": {"$in": list(FREE_CANCELLATION)}}]
    if criteria.amenities:
        yield "amenities", [_amenity(name) for name in criteria.amenities]
    for feature in criteria.features:
        yield feature, [{"amenities": feature}]


def _amenity(name: str) -> Condition:
    """Asks for what a name means, or for the very name where it means nothing that is known."""
    if ids := amenity_ids([name]):
        return {"amenities": {"$all": ids}}
    return {"amenity_keys": name_key(name)}


AT_LEAST: Mapping[str, str] = {
    "guests": "card.capacity.max_guests",
    "bedrooms": "card.capacity.bedrooms",
    "beds": "card.capacity.beds",
    "bathrooms": "card.capacity.bathrooms",
    "min_rating": "card.rating.average",
}


def _bounded(field: str, bounds: Bounds, currency: str | None, rates: Rates) -> Condition:
    """Bounds an amount of each listing: by the same number in its own currency, or by what the
    bound is worth in it. A listing whose currency has no rate is not compared, so not found."""
    if currency is None:
        return {"$or": list(_own(field, bounds))}
    by_bounds: dict[Bounds, list[str]] = {}
    for code, pair in rates.bounds(*bounds, currency).items():
        by_bounds.setdefault(Bounds(*pair), []).append(code)
    return {
        "$or": [
            {"card.currency": {"$in": sorted(codes)}, field: _range(one)}
            for one, codes in by_bounds.items()
        ]
    }


def _own(field: str, bounds: Bounds) -> Iterator[Condition]:
    """Yields a way for each number of decimals; nearly all currencies have the usual one."""
    yield {field: _range(bounds), "card.currency": {"$nin": ODD}}
    for count, codes in ODD_BY_DIGITS.items():
        own = Bounds(*bounds_in(*bounds, count))
        yield {field: _range(own), "card.currency": {"$in": codes}}


def _range(bounds: Bounds) -> dict[str, int]:
    named = {"$gte": bounds.least, "$lte": bounds.most}
    return {operator: value for operator, value in named.items() if value is not None}


def _total(criteria: Criteria, stay: Stay, rates: Rates) -> Condition:
    """Bounds the total of a stay."""
    bounds = Bounds(criteria.min_total, criteria.max_total)
    inside = {"$and": list(_within(bounds, criteria.currency, rates))}
    return {"$expr": {"$let": {"vars": {"total": total_of(stay)}, "in": inside}}}


def _within(bounds: Bounds, currency: str | None, rates: Rates) -> Iterator[dict[str, Any]]:
    """Yields what holds for `$$total` if it is within the bounds, or within what they are worth in
    the currency of the listing."""
    if currency is None:
        yield from _compared(*(_by_digits(bounds, side) for side in (0, 1)))
        return
    worth = rates.bounds(*bounds, currency)
    codes = list(worth)
    place = {"$indexOfArray": [codes, "$card.currency"]}
    least, most = (
        {"$arrayElemAt": [[worth[code][side] for code in codes], place]} for side in (0, 1)
    )
    yield {"$gte": [place, 0]}
    yield from _compared(
        None if bounds.least is None else least, None if bounds.most is None else most
    )


def _by_digits(bounds: Bounds, side: int) -> Any:
    """Makes the expression of one bound in the minor units of the listing's currency."""
    if bounds[side] is None:
        return None
    branches = [
        {
            "case": {"$in": ["$card.currency", codes]},
            "then": bounds_in(*bounds, count)[side],
        }
        for count, codes in ODD_BY_DIGITS.items()
    ]
    return {"$switch": {"branches": branches, "default": bounds[side]}}


def _compared(least: Any, most: Any) -> Iterator[dict[str, Any]]:
    if least is not None:
        yield {"$gte": ["$$total", least]}
    if most is not None:
        yield {"$lte": ["$$total", most]}
