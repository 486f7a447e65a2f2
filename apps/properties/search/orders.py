"""In which order homes are found, and what comes after one of them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from apps.common.exchange import Rates
from apps.properties.enums import SearchOrder
from apps.properties.search.criteria import Criteria
from apps.properties.search.geography import Condition, Region
from apps.properties.search.totals import compared, total_of

DOWN, UP = -1, 1
AVERAGE = "card.rating.average"
# A field that is computed while the homes are put in order.
PRICE = "price"
RATING = (AVERAGE, "card.rating.count")


class Order(NamedTuple):
    """`fields` with their directions, which end with the id: no two homes stand at one place.
    `hint` is the index that yields them so."""

    fields: tuple[tuple[str, int], ...]
    hint: str | None
    computed: dict[str, Any]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.fields]


def has_centre(region: Region | None) -> bool:
    """Returns whether a point or an area is named that has nearest homes."""
    return region is not None and not region.is_wide


def ordered_by(criteria: Criteria, region: Region | None) -> SearchOrder:
    """Returns the order that was asked for. Who names a point or an area sees the nearest homes
    first, everybody else the best."""
    if criteria.order is not None:
        return criteria.order
    return SearchOrder.DISTANCE if has_centre(region) else SearchOrder.RECOMMENDED


def order_of(criteria: Criteria, wanted: SearchOrder, rates: Rates) -> Order:
    """Returns any order but that by distance, which `nearest` has."""
    if wanted is SearchOrder.NEWEST:
        return Order((("created_at", DOWN), ("_id", DOWN)), "newest", {})
    if wanted is SearchOrder.RATING:
        return Order((*((name, DOWN) for name in RATING), ("_id", DOWN)), None, {})
    if wanted is SearchOrder.PRICE:
        price = compared(_price(criteria), rates)
        return Order(((PRICE, UP), ("_id", UP)), None, {PRICE: price})
    return Order((("rank", DOWN), ("_id", DOWN)), "best", {})


def _price(criteria: Criteria) -> Any:
    stay = next(criteria.options(), None)
    return total_of(stay) if stay else "$card.price_per_night"


def after(order: Order, values: Sequence[Any]) -> Condition:
    """Makes the condition of what stands behind the home that has these values. Nothing stands
    behind null but what follows by the next field; null stands behind every number."""
    ways: list[Condition] = []
    same: Condition = {}
    for (name, direction), value in zip(order.fields, values, strict=True):
        if direction == UP:
            ways.append({**same, name: {"$gt": value}})
        elif value is not None:
            ways.append({**same, name: {"$lt": value}})
            if name == AVERAGE:
                ways.append({name: None})
        same = {**same, name: value}
    return {"$or": ways}


def values_of(order: Order, row: Any) -> list[Any]:
    return [_value(row, name) for name in order.names]


def _value(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = row[name]
    return row.replace(tzinfo=dt.UTC) if isinstance(row, dt.datetime) else row
