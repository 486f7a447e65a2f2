"""Pages by distance. `$nearSphere` in `find` walks the index outwards and stops at the limit, which
`$geoNear` and `$geoWithin` do not: they cost ten times as much.

It leaves open who comes first of those that are equally far, so where a page would end among them
they are put in the order of their ids.
"""

from collections.abc import Iterable
from typing import Any

from bson import ObjectId

from apps.common.pagination import Page
from apps.properties.rows import search_entries
from apps.properties.search.cursors import Place
from apps.properties.search.geography import Condition, Region, circle, distance_m
from apps.properties.search.queries import Query, all_of
from apps.properties.search.results import Results, Row, projection_of

# Metres: what is nearer to each other than this is equally far.
SAME_M = 1e-4
FIELDS = ("distance", "_id")


def nearest(query: Query, region: Region, *, page: Page, after: Place | None) -> Results:
    if page.skip and after is None:
        return _numbered(query, region, page)
    rows = find(query, region.near(least_m=_begin(after)), _past(region, after))
    found = _measured(region, rows.limit(page.per_page + 1))
    has_next = len(found) > page.per_page
    if has_next and _same(found[-2], found[-1]):
        found = _with_lowest_ids(query, region, found, after)
    return _results(found[: page.per_page], has_next=has_next)


def _begin(after: Place | None) -> float:
    return 0 if after is None else max(0.0, after.values[0] - SAME_M)


def _past(region: Region, after: Place | None) -> list[Condition]:
    """Leaves out what the page before had at the distance at which it ended."""
    if after is None:
        return []
    metres, last = after.values
    had = {**circle(region.centre, metres + SAME_M), "_id": {"$lte": last}}
    return [{"$nor": [had]}]


def _with_lowest_ids(
    query: Query, region: Region, found: list[Row], after: Place | None
) -> list[Row]:
    """Fills the end of a page from all that are as far as its last, the lowest ids first."""
    metres = found[-2]["metres"]
    nearer = [row for row in found if row["metres"] < metres - SAME_M]
    ring = region.near(least_m=max(0.0, metres - SAME_M), most_m=metres + SAME_M)
    same = find(query, ring, _past(region, after)).sort("_id", 1)
    return nearer + _measured(region, same.limit(len(found) - 1 - len(nearer)))


def find(query: Query, near: Condition, more: Iterable[Condition]) -> Any:
    bounds = query.region.bounds if query.region else ()
    conditions = all_of([*query.named, *bounds, *query.wanted(), *more])
    return search_entries.find({**near, "$and": [conditions]}, projection_of(query))


def _results(rows: list[Row], *, has_next: bool) -> Results:
    rows.sort(key=lambda row: (round(row["metres"], 4), row["_id"]))
    return Results(rows, has_next, _last(rows))


def _last(rows: list[Row]) -> tuple[float, ObjectId] | None:
    if not rows:
        return None
    metres: float = rows[-1]["metres"]
    return metres, max(row["_id"] for row in rows if row["metres"] >= metres - SAME_M)


def _same(a: Row, b: Row) -> bool:
    return abs(a["metres"] - b["metres"]) <= SAME_M


def _measured(region: Region, rows: Iterable[Row]) -> list[Row]:
    """Adds how far each is from the centre."""
    return [{**row, "metres": _metres(region, row)} for row in rows]


def _metres(region: Region, row: Row) -> float:
    lng, lat = row["card"]["location"]["coordinates"]["coordinates"]
    return distance_m(region.centre, (lng, lat))


def _numbered(query: Query, region: Region, page: Page) -> Results:
    """Reads a later page by its number, with the home before it and the one after it."""
    rows = find(query, region.near(), ()).skip(page.skip - 1).limit(page.per_page + 2)
    read = _measured(region, rows)
    before, found = read[:1], read[1:]
    has_next = len(found) > page.per_page
    ends = [(before[0], found[0])] if found else []
    ends += [(found[-2], found[-1])] if has_next else []
    if any(_same(*end) for end in ends):
        found = _measured(region, _in_exact_order(query, region, page))
    return _results(found[: page.per_page], has_next=has_next)


def _in_exact_order(query: Query, region: Region, page: Page) -> list[Row]:
    """Puts the whole region in order, where a page begins or ends among equally far homes."""
    near = {
        "near": {"type": "Point", "coordinates": list(region.centre)},
        "distanceField": "metres",
        "maxDistance": region.reach_m,
        "query": all_of([*query.named, *region.bounds, *query.wanted()]),
        "key": "point",
    }
    return list(
        search_entries.aggregate(
            [
                {"$geoNear": near},
                {"$set": {"metres": {"$round": ["$metres", 4]}}},
                {"$sort": {"metres": 1, "_id": 1}},
                {"$skip": page.skip},
                {"$limit": page.per_page},
                {"$project": projection_of(query)},
            ]
        )
    )
