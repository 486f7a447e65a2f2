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
from apps.properties.search.orders import Order, order_of, ordered_by

# So many homes of a wide place are looked at.
LOOKED_AT = 20_000
BEST = (("rank", -1), ("_id", -1))


@dataclass(frozen=True, kw_only=True)
class Query:
    """`named` are the conditions of places and words; `options` the stays that would do; `order`
    is how the database makes any `sort` but that by distance.
    """

    criteria: Criteria
    rates: Rates
    now: dt.datetime
    region: Region | None
    named: list[Condition]
    filters: Filters
    sort: SearchOrder
    order: Order
    options: tuple[Stay, ...]

    @property
    def by_distance(self) -> Region | None:
        """Returns the region whose nearest are to come first."""
        return self.region if self.sort is SearchOrder.DISTANCE else None

    @property
    def is_decided_later(self) -> bool:
        """Whether the total of one of several stays is asked for: which of them is meant has to be
        known before."""
        asks = self.criteria.asks_total or self.sort is SearchOrder.PRICE
        return asks and len(self.options) > 1

    def place(self) -> list[Condition]:
        """Returns where to look, for any order but that by distance, and for counting."""
        return [*self.named, *(self.region.within() if self.region else ())]

    @property
    def is_bounded(self) -> bool:
        """Whether the place may have so many homes that not all are looked at."""
        return self.region is None or self.region.is_wide

    def candidates(self, *more: Condition) -> list[dict[str, Any]]:
        """Makes the stages that yield the homes which a search finds: of a wide place of the first
        `LOOKED_AT` in the order of the index, which `more` moves."""
        if not self.is_bounded:
            return [{"$match": all_of([*self.place(), *self.wanted(), *more])}]
        bounds = self.region.bounds if self.region else ()
        walked = self.walked()
        return [
            {"$match": all_of([*self.named, *more])},
            *([{"$sort": dict(walked)}] if walked else ()),
            {"$limit": LOOKED_AT},
            {"$match": all_of([*bounds, *self.wanted()])},
        ]

    def walked(self) -> tuple[tuple[str, int], ...]:
        """Returns the order in which homes of a wide place are looked at. The index of words has
        none."""
        if self.hint() == "words":
            return ()
        return self.order.fields if self.hint() == "newest" else BEST

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
    rates, region = current_rates(), region_of(criteria)
    sort = ordered_by(criteria, region)
    return Query(
        criteria=criteria,
        rates=rates,
        now=now,
        region=region,
        named=named_of(criteria),
        filters=filters_of(criteria, rates=rates, now=now),
        sort=sort,
        order=order_of(criteria, sort, rates),
        options=tuple(criteria.options()),
    )


def all_of(conditions: Iterable[Condition]) -> dict[str, Any]:
    found = list(conditions)
    if len(found) == 1:
        return found[0]
    return {"$and": found} if found else {}
