"""Answers a search: its page, how many there are, and where the next page begins. One command
yields the page and one counts; several stays to choose from take one more."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from bson import ObjectId

from apps.common.errors import InvalidInputError
from apps.common.money import to_wire
from apps.common.pagination import Page
from apps.common.replies import UNSET, Paged, Pagination
from apps.properties.enums import SearchOrder
from apps.properties.metrics import SEARCHES
from apps.properties.replies import FoundCardPageReply, FoundCardReply, StayTotalReply
from apps.properties.rows import search_entries
from apps.properties.search import cursors
from apps.properties.search.criteria import Criteria
from apps.properties.search.cursors import Place
from apps.properties.search.geography import region_of
from apps.properties.search.loosening import LITTLE, loosened
from apps.properties.search.meant import Decided, Meant, cheapest, stays_meant, totals_decided
from apps.properties.search.nearest import FIELDS, nearest
from apps.properties.search.orders import has_centre
from apps.properties.search.queries import LOOKED_AT, Query, query_of
from apps.properties.search.results import Results, ordered
from apps.properties.search.summaries import SUMMED, Summary, summary_of

# Counting stops here: whoever finds more than these narrows the search.
COUNTED = SUMMED
# A later page than this is asked for by the cursor: by its number, all before it would be read.
MOST_SKIPPED = 1_000


class PageTooDeepError(InvalidInputError):
    field = "page"
    sentence = (
        "At most {most} results can be skipped by page. Go on with the `next_cursor` of each page."
    )
    sample = {"most": MOST_SKIPPED}


class NoCentreError(InvalidInputError):
    field = "sort"
    sentence = "Distance needs a point: send lat and lng, or an area of less than 2,000 km."


class Found(NamedTuple):
    query: Query
    cards: list[FoundCardReply]
    total: int
    is_capped: bool
    has_next: bool
    next_cursor: str | None
    number: int
    facets: Summary | None

    def pagination(self, page: Page) -> Pagination:
        return Pagination(
            page=self.number,
            per_page=page.per_page,
            total=self.total,
            total_capped=self.is_capped,
            has_next=self.has_next,
        )


def found_by(
    criteria: Criteria,
    *,
    page: Page,
    cursor: str | None = None,
    has_facets: bool = False,
    now: dt.datetime,
) -> Found:
    """Raises `PageTooDeepError`, `NoCentreError` and `CursorError`."""
    _check(criteria, page)
    query = query_of(criteria, now=now)
    mark = cursors.mark_of(criteria, query.sort, query.rates)
    after = cursors.read(cursor, mark=mark, fields=_fields(query)) if cursor else None
    query, decided = _decided(query)
    results = _results(query, decided, page=page, after=after)
    stays = _stays(query, decided, results)
    rows = [row for row in results.rows if not query.options or row["_id"] in stays]
    facets = summary_of(query) if has_facets else None
    total, is_capped = _counted(query, decided, results, facets, page=page, after=after)
    number = after.number + 1 if after else page.number
    place = Place(number, results.last or ())
    SEARCHES.labels(str(criteria.is_dated).lower(), str(total > 0).lower()).inc()
    return Found(
        query=query,
        cards=[FoundCardReply.found(row, stay=stays.get(row["_id"], UNSET)) for row in rows],
        total=total,
        is_capped=is_capped,
        has_next=results.has_next,
        next_cursor=cursors.written(place, mark=mark) if results.has_next else None,
        number=number,
        facets=facets,
    )


def search_answered(
    criteria: Criteria, *, page: Page, cursor: str | None, has_facets: bool, now: dt.datetime
) -> FoundCardPageReply:
    """Answers a call of the API. Where little is found it says what to leave out."""
    found = found_by(criteria, page=page, cursor=cursor, has_facets=has_facets, now=now)
    is_little = found.number == 1 and found.total < LITTLE and found.query.filters
    return FoundCardPageReply(
        results=found.cards,
        pagination=found.pagination(page),
        next_cursor=found.next_cursor,
        facets=found.facets.reply if found.facets else UNSET,
        loosen=loosened(found.query, found=found.total) if is_little else UNSET,
    )


def listing_search(criteria: Criteria, *, page: Page, now: dt.datetime) -> Paged[FoundCardReply]:
    """Returns a page for other apps, which send no cursor."""
    found = found_by(criteria, page=page, now=now)
    return Paged(results=found.cards, pagination=found.pagination(page))


def _check(criteria: Criteria, page: Page) -> None:
    if page.skip > MOST_SKIPPED:
        raise PageTooDeepError(most=MOST_SKIPPED)
    if criteria.order is SearchOrder.DISTANCE and not has_centre(region_of(criteria)):
        raise NoCentreError


def _fields(query: Query) -> list[str]:
    return list(FIELDS) if query.by_distance else query.order.names


def _decided(query: Query) -> tuple[Query, Decided | None]:
    """Narrows the query to those whose total is as asked, where that depends on the stay meant."""
    if not query.is_decided_later:
        return query, None
    decided = totals_decided(query)
    among = {"decided": [{"_id": {"$in": list(decided.meant)}}]}
    return replace(query, filters={**query.filters, **among}), decided


def _results(query: Query, decided: Decided | None, *, page: Page, after: Place | None) -> Results:
    if decided and query.sort is SearchOrder.PRICE:
        return cheapest(decided, page=page, after=after)
    if region := query.by_distance:
        return nearest(query, region, page=page, after=after)
    return ordered(query, page=page, after=after)


def _stays(
    query: Query, decided: Decided | None, results: Results
) -> Mapping[ObjectId, StayTotalReply]:
    """Maps each home to its stay: with its dates where the search left them open."""
    if len(query.options) == 1:
        nights = query.options[0].nights
        return {
            row["_id"]: _total(nights, int(row["total"]), row["card"]["currency"])
            for row in results.rows
        }
    if not query.options:
        return {}
    meant = decided.meant if decided else stays_meant(query, results.rows)
    return {
        row["_id"]: _meant(meant[row["_id"]], row["card"]["currency"])
        for row in results.rows
        if row["_id"] in meant
    }


def _total(nights: int, total: int, currency: str) -> StayTotalReply:
    return StayTotalReply(nights=nights, total_price=to_wire(total, currency))


def _meant(one: Meant, currency: str) -> StayTotalReply:
    return StayTotalReply(
        nights=one.stay.nights,
        total_price=to_wire(one.total, currency),
        check_in=one.stay.check_in,
        check_out=one.stay.check_out,
    )


def _counted(
    query: Query,
    decided: Decided | None,
    results: Results,
    facets: Summary | None,
    *,
    page: Page,
    after: Place | None,
) -> tuple[int, bool]:
    if decided:
        return len(decided.meant), decided.is_capped
    if after is None and page.number == 1 and not results.has_next:
        return len(results.rows), _is_looked_at_in_part(query)
    return (facets.total, facets.is_capped) if facets else count(query)


def count(query: Query) -> tuple[int, bool]:
    """Counts up to `COUNTED`, and says whether there may be more."""
    stages: list[dict[str, Any]] = [
        *query.candidates(),
        {"$limit": COUNTED + 1},
        {"$count": "found"},
    ]
    rows = list(search_entries.aggregate(stages, hint=query.hint()))
    found = rows[0]["found"] if rows else 0
    return min(found, COUNTED), found > COUNTED or _is_looked_at_in_part(query)


def _is_looked_at_in_part(query: Query) -> bool:
    """Says whether a wide place may have more homes than are looked at."""
    return query.is_bounded and search_entries.collection.estimated_document_count() > LOOKED_AT
