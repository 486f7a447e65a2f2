"""Which of several stays is meant at each home: the first that can be booked there."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from bson import ObjectId

from apps.common.pagination import Page
from apps.properties.rows import search_entries
from apps.properties.search.criteria import Stay
from apps.properties.search.cursors import Place
from apps.properties.search.filters import Bounds, total_within
from apps.properties.search.queries import Query, all_of
from apps.properties.search.results import Results
from apps.properties.search.stays import possible
from apps.properties.search.totals import compared, total_of

# So many homes are decided on, the best ranked ones, where the order or a bound is of the total.
CANDIDATES = 2_000


class Meant(NamedTuple):
    """`price` is the total as it is compared with others."""

    stay: Stay
    total: int
    price: float
    is_within: bool


class Decided(NamedTuple):
    """`is_capped` where there were more candidates than are decided on."""

    meant: dict[ObjectId, Meant]
    is_capped: bool = False


def stays_meant(query: Query, ids: Iterable[ObjectId]) -> Decided:
    return _decided(query, [{"$match": {"_id": {"$in": list(ids)}}}])


def totals_decided(query: Query) -> Decided:
    """Decides on all that the other filters find, the best ranked first; keeps those whose total
    is within its bounds."""
    stages: list[dict[str, Any]] = [
        {"$match": all_of([*query.place(), *query.wanted()])},
        {"$sort": {"rank": -1, "_id": -1}},
        {"$limit": CANDIDATES},
    ]
    decided = _decided(query, stages, hint=query.hint())
    within = {key: one for key, one in decided.meant.items() if one.is_within}
    return Decided(within, decided.is_capped)


def _decided(query: Query, stages: list[dict[str, Any]], **options: Any) -> Decided:
    """Decides by one command: for each stay, at which homes it can be booked."""
    ways: dict[str, list[dict[str, Any]]] = {
        f"stay{number}": [
            {"$match": all_of(possible(stay, now=query.now))},
            {"$project": _shown(query, stay)},
        ]
        for number, stay in enumerate(query.options)
    }
    ways["asked"] = [{"$count": "count"}]
    [by_stay] = search_entries.aggregate([*stages, {"$facet": ways}], **options)
    asked = by_stay.pop("asked")
    found: dict[ObjectId, Meant] = {}
    for stay, rows in zip(query.options, by_stay.values(), strict=True):
        for row in rows:
            meant = Meant(stay, int(row["total"]), row["price"], row["within"])
            found.setdefault(row["_id"], meant)
    return Decided(found, bool(asked) and asked[0]["count"] == CANDIDATES)


def _shown(query: Query, stay: Stay) -> dict[str, Any]:
    total, criteria = total_of(stay), query.criteria
    bounds = Bounds(criteria.min_total, criteria.max_total)
    within = total_within("$$total", total, bounds, criteria, query.rates)
    return {"total": total, "price": compared(total, query.rates), "within": within}


def cheapest(query: Query, decided: Decided, *, page: Page, after: Place | None) -> Results:
    """Reads a page of what was decided, in the order of the totals."""
    places = sorted((one.price, key) for key, one in decided.meant.items())
    if after is not None:
        places = [place for place in places if place > after.values]
    begin = 0 if after else page.skip
    wanted = places[begin : begin + page.per_page + 1]
    shown = wanted[: page.per_page]
    by_id = {
        row["_id"]: row
        for row in search_entries.find({"_id": {"$in": [key for _, key in shown]}}, {"card": 1})
    }
    rows: list[Any] = [by_id[key] for _, key in shown if key in by_id]
    return Results(rows, len(wanted) > len(shown), shown[-1] if shown else None)
