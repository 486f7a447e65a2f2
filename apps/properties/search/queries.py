"""A search as MongoDB is asked for it: where, what, in which order, by which index."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.common.exchange import Rates, current_rates
from apps.properties.enums import SearchOrder
from apps.properties.search.criteria import Criteria, Stay
from apps.properties.search.filters import Filters, filters_of
from apps.properties.search.geography import Condition, Region, region_of
from apps.properties.search.names import named_of
from apps.properties.search.orders import Order, order_of


@dataclass(frozen=True, kw_only=True)
class Query:
    """`named` are the conditions of places and words; `options` the stays that would do."""

    criteria: Criteria
    rates: Rates
    now: dt.datetime
    region: Region | None
    named: list[Condition]
    filters: Filters
    order: Order
    options: tuple[Stay, ...]

    @property
    def by_distance(self) -> Region | None:
        """Returns the region whose nearest are to come first."""
        wanted = self.criteria.ordered_by() is SearchOrder.DISTANCE
        return self.region if wanted else None

    @property
    def is_decided_later(self) -> bool:
        """Whether the total of one of several stays is asked for: which of them is meant has to be
        known before."""
        asks = self.criteria.asks_total or self.criteria.ordered_by() is SearchOrder.PRICE
        return asks and len(self.options) > 1

    def place(self) -> list[Condition]:
        """Returns where to look, for any order but that by distance, and for counting."""
        return [*self.named, *(self.region.within() if self.region else ())]

    def wanted(self, *, without: str = "") -> list[Condition]:
        return [one for name, all_ in self.filters.items() if name != without for one in all_]

    def hint(self) -> str:
        """Names the index that reads least, so that MongoDB tries no others."""
        if self.region and not self.region.is_wide:
            return "point"
        if any("place_keys" in one for one in self.named):
            return "place_best"
        if any("point" in one for one in self.named):
            return "point"
        if any("words" in one for one in self.named):
            return "words"
        return self.order.hint or "best"


def query_of(criteria: Criteria, *, now: dt.datetime) -> Query:
    rates = current_rates()
    return Query(
        criteria=criteria,
        rates=rates,
        now=now,
        region=region_of(criteria),
        named=named_of(criteria),
        filters=filters_of(criteria, rates=rates, now=now),
        order=order_of(criteria, rates),
        options=tuple(criteria.options()),
    )


def all_of(conditions: Iterable[Condition]) -> dict[str, Any]:
    found = list(conditions)
    if len(found) == 1:
        return found[0]
    return {"$and": found} if found else {}
