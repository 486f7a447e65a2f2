"""A sentence to typed filters to the ordinary search."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from apps.ai.planner.choose import query_interpreted
from apps.ai.planner.port import Filters, Vocabulary
from apps.ai.selectors import places_known
from apps.common.money import to_wire
from apps.common.pagination import Page
from apps.properties.search import Criteria, listing_search
from apps.properties.selectors import amenities
from apps.properties.selectors.chosen import area_names


def sentence_search(query: str, *, page: Page, now: dt.datetime) -> dict[str, Any]:
    found, interpreter = query_interpreted(query, vocabulary=vocabulary_now(), today=now.date())
    results = listing_search(Criteria(**asdict(found.filters)), page=page, now=now)
    return {
        "filters": _to_wire(found.filters),
        "understood": [asdict(part) for part in found.understood],
        "ignored": found.ignored,
        "interpreter": interpreter,
        **results,
    }


def vocabulary_now() -> Vocabulary:
    places = places_known()
    regions = (name for place in places for name in (place.state, place.country) if name)
    cities = tuple(dict.fromkeys(place.city for place in places))
    return Vocabulary(
        cities=cities,
        regions=tuple(name for name in dict.fromkeys(regions) if name not in cities),
        areas=tuple(area_names()),
        amenities=tuple(row["name"] for row in amenities()),
    )


def _to_wire(filters: Filters) -> dict[str, Any]:
    prices = {
        name: None if minor is None else to_wire(minor)
        for name, minor in (("min_price", filters.min_price), ("max_price", filters.max_price))
    }
    return {**asdict(filters), **prices}
