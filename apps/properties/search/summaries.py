"""What all homes that a search finds have in common: counts for filters, prices, places on the map.
One command over at most `SUMMED` homes."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from apps.common.ecb import BASE
from apps.common.geo import MONGODB_RADIUS_M
from apps.common.money import to_wire
from apps.properties.replies.search import (
    ClusterReply,
    CountReply,
    FacetsReply,
    PriceBarReply,
)
from apps.properties.rows import search_entries
from apps.properties.search.geography import width_of
from apps.properties.search.queries import Query
from apps.properties.search.totals import (
    BEYOND,
    Expression,
    compared,
    per_hundredth,
    total_of,
)

SUMMED = 10_000
# Bars of prices for each doubling, and squares of the map for each side of the area.
BARS = 4
SQUARES = 12
WIDEST_DEGREES = 180.0
COUNTED = {
    "property_types": "$type",
    "policies": "$policy",
    "instant_book": "$instant_book",
}


class Summary(NamedTuple):
    """`total` is exact unless `is_capped`."""

    reply: FacetsReply
    total: int
    is_capped: bool


def summary_of(query: Query) -> Summary:
    stages: list[dict[str, Any]] = [
        *query.candidates(),
        {"$limit": SUMMED + 1},
        {"$project": _slim(query)},
        {"$facet": _counts(query)},
    ]
    [row] = search_entries.aggregate(stages, hint=query.hint())
    summed = row["all"][0]["count"] if row["all"] else 0
    reply = FacetsReply(
        summed_capped=summed > SUMMED,
        amenities=_counted(row["amenities"]),
        property_types=_counted(row["property_types"]),
        policies=_counted(row["policies"]),
        instant_book=sum(one["count"] for one in row["instant_book"] if one["_id"]),
        currency=(currency := _currency(query)),
        prices=list(_bars(row["prices"], currency)),
        clusters=[_cluster(one) for one in row["clusters"]],
    )
    return Summary(reply, min(summed, SUMMED), summed > SUMMED)


def _slim(query: Query) -> dict[str, Any]:
    return {
        "_id": 0,
        "type": "$card.property_type",
        "policy": 1,
        "instant_book": 1,
        "amenities": 1,
        "lng": {"$arrayElemAt": ["$point.coordinates", 0]},
        "lat": {"$arrayElemAt": ["$point.coordinates", 1]},
        "price": _price(query),
    }


def _price(query: Query) -> Expression:
    """Makes the price that is compared, in the currency of the search: of the stay, if there is
    one alone, else of a night."""
    amount = "$card.price_per_night"
    if len(query.options) == 1:
        amount = total_of(query.options[0])
    currency = _currency(query)
    worth = float(query.rates.per_euro[currency]) * per_hundredth(currency)
    return {"$multiply": [compared(amount, query.rates), worth]}


def _currency(query: Query) -> str:
    """That of the search, if a rate says what others are worth in it."""
    asked = query.criteria.currency
    return asked if asked and asked in query.rates.per_euro else BASE


def _counts(query: Query) -> dict[str, list[dict[str, Any]]]:
    by_value = {name: [{"$sortByCount": value}] for name, value in COUNTED.items()}
    step = step_of(query)
    square = {axis: {"$floor": {"$divide": [f"${axis}", step]}} for axis in ("lng", "lat")}
    bar = {"$floor": {"$multiply": [BARS, {"$log": [{"$max": ["$price", 1]}, 2]}]}}
    middle = {axis: {"$avg": f"${axis}"} for axis in ("lng", "lat")}
    return {
        **by_value,
        "all": [{"$count": "count"}],
        "amenities": [{"$unwind": "$amenities"}, {"$sortByCount": "$amenities"}],
        "prices": [{"$group": {"_id": bar, "count": {"$sum": 1}}}, {"$sort": {"_id": 1}}],
        "clusters": [
            {"$group": {"_id": square, "count": {"$sum": 1}, **middle}},
            {"$sort": {"count": -1, "_id": 1}},
        ],
    }


def step_of(query: Query) -> float:
    """Returns the side of a square of the map in degrees, a power of two: squares stay where they
    are while the map moves."""
    region, bbox = query.region, query.criteria.bbox
    if bbox:
        wide = max(width_of(bbox), bbox[3] - bbox[1])
    elif region:
        wide = min(WIDEST_DEGREES, math.degrees(2 * region.reach_m / MONGODB_RADIUS_M))
    else:
        wide = WIDEST_DEGREES
    return float(2 ** math.ceil(math.log2(max(wide, 0.001) / SQUARES)))


def _counted(rows: list[dict[str, Any]]) -> list[CountReply]:
    return [CountReply(value=row["_id"], count=row["count"]) for row in rows]


def _bars(rows: list[dict[str, Any]], currency: str) -> Iterator[PriceBarReply]:
    """Yields bars of which each reaches to a fifth more than the one before; empty ones are left
    out, and so is what no rate compares."""
    for row in rows:
        least, most = (2 ** ((row["_id"] + more) / BARS) for more in (0, 1))
        if most < BEYOND:
            yield PriceBarReply(
                least=to_wire(round(least), currency),
                most=to_wire(round(most), currency),
                count=row["count"],
            )


def _cluster(row: Mapping[str, Any]) -> ClusterReply:
    return ClusterReply(center=[row["lng"], row["lat"]], count=row["count"])
