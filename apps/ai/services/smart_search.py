"""Turns a sentence into typed filters for the ordinary search."""

import datetime as dt
from dataclasses import asdict

from apps.ai.planner.choose import query_interpreted
from apps.ai.planner.port import Filters, Vocabulary
from apps.ai.replies.search import FiltersReply, SmartSearchResultReply
from apps.ai.selectors.places import places_known
from apps.common.money import to_wire
from apps.common.pagination import Page
from apps.properties.search import Criteria, listing_search
from apps.properties.selectors import amenities
from apps.properties.selectors.chosen import area_names


def sentence_search(query: str, *, page: Page, now: dt.datetime) -> SmartSearchResultReply:
    found, interpreter = query_interpreted(query, vocabulary=vocabulary_now(), today=now.date())
    listings = listing_search(Criteria(**asdict(found.filters)), page=page, now=now)
    return SmartSearchResultReply(
        filters=_filters(found.filters),
        understood=list(found.understood),
        ignored=list(found.ignored),
        interpreter=interpreter,
        results=listings.results,
        pagination=listings.pagination,
    )


def vocabulary_now() -> Vocabulary:
    places = places_known()
    regions = (name for place in places for name in (place.state, place.country) if name)
    cities = tuple(dict.fromkeys(place.city for place in places))
    return Vocabulary(
        cities=cities,
        regions=tuple(name for name in dict.fromkeys(regions) if name not in cities),
        areas=tuple(area_names()),
        amenities=tuple(amenity.name for amenity in amenities()),
    )


def _filters(filters: Filters) -> FiltersReply:
    return FiltersReply(
        location=filters.location,
        check_in=filters.check_in,
        check_out=filters.check_out,
        guests=filters.guests,
        min_price=_price(filters.min_price),
        max_price=_price(filters.max_price),
        property_type=filters.property_type,
        amenities=list(filters.amenities),
    )


def _price(hundredths: int | None) -> float | None:
    """A sentence names no currency that is looked at."""
    return None if hundredths is None else to_wire(hundredths, None)
