"""The homes of one page, as the database yields them."""

from typing import Any, NamedTuple

from apps.common.pagination import Page
from apps.properties.rows import search_entries
from apps.properties.search.cursors import Place
from apps.properties.search.orders import after as behind
from apps.properties.search.orders import values_of
from apps.properties.search.queries import Query
from apps.properties.search.totals import total_of

Row = dict[str, Any]


class Results(NamedTuple):
    """`last` are the values by which the next page begins."""

    rows: list[Row]
    has_next: bool
    last: tuple[Any, ...] | None


def projection_of(query: Query) -> dict[str, Any]:
    """Several stays need the whole entry: which is meant depends on it."""
    if not query.options:
        return {"card": 1}
    if len(query.options) == 1:
        return {"card": 1, "total": total_of(query.options[0])}
    return {"words": 0, "place_keys": 0, "amenity_keys": 0, "amenities": 0}


def ordered(query: Query, *, page: Page, after: Place | None) -> Results:
    """Reads a page in any order but that by distance."""
    rows = list(search_entries.aggregate(stages_of(query, page, after), hint=query.hint()))
    found = rows[: page.per_page]
    last = tuple(values_of(query.order, found[-1])) if found else None
    return Results(found, len(rows) > page.per_page, last)


def stages_of(query: Query, page: Page, after: Place | None = None) -> list[dict[str, Any]]:
    """Reads one more than a page, which tells whether there is a next one."""
    order = query.order
    behind_last = [behind(order, after.values)] if after else []
    is_walked = query.is_bounded and query.walked() == order.fields
    return [
        *query.candidates(*(behind_last if is_walked else ())),
        *([{"$set": order.computed}] if order.computed else ()),
        *({"$match": one} for one in (() if is_walked else behind_last)),
        *(() if is_walked else [{"$sort": dict(order.fields)}]),
        {"$skip": 0 if after else page.skip},
        {"$limit": page.per_page + 1},
        {"$project": projection_of(query) | _kept(query)},
    ]


def _kept(query: Query) -> dict[str, Any]:
    """Keeps what the order is made of; the card is whole anyhow, and so is the entry for several
    stays."""
    if len(query.options) > 1:
        return {}
    return {name: 1 for name in query.order.names if not name.startswith("card.")}
