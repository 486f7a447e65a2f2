"""Reads what a stay at a listing costs and must be."""

from typing import Any, cast

from bson import ObjectId

from apps.properties.pricing import Season, Terms
from apps.properties.replies import ListingSummaryReply
from apps.properties.rows import (
    LISTING_DEFAULTS,
    EntrySeasonRow,
    ListingRow,
    LocationRow,
    SeasonRow,
    listings,
)
from apps.properties.rows import (
    TERMS as TERM_NAMES,
)
from apps.properties.selectors.listings import SUMMARY, ListingUnknownError

TERM_DEFAULTS = {name: LISTING_DEFAULTS[name] for name in TERM_NAMES if name in LISTING_DEFAULTS}
TERMS = {"capacity.max_guests" if name == "capacity" else name: 1 for name in TERM_NAMES}


class ListingTerms(Terms):
    """Terms with whose listing it is, and what a summary shows."""

    host_id: ObjectId
    title: str
    location: LocationRow
    images: list[str]


def listing_terms(listing_id: ObjectId) -> ListingTerms:
    """Reads withdrawn listings too; raises `ListingUnknownError`."""
    row = listings.find_one({"_id": listing_id}, {**SUMMARY, **TERMS, "host_id": 1})
    if row is None:
        raise ListingUnknownError
    return terms_of(row)


def terms_of(row: ListingRow) -> ListingTerms:
    """Completes a row with `TERMS`, and gives its seasons plain dates."""
    seasons = [season_terms(one) for one in row.get("seasons") or ()]
    terms: dict[str, Any] = {**TERM_DEFAULTS, **row, "seasons": seasons}
    return cast("ListingTerms", terms)


def season_terms(stored: SeasonRow | EntrySeasonRow) -> Season:
    """Gives a stored season plain dates."""
    season: dict[str, Any] = {**stored}
    return cast("Season", {**season, "start": stored["start"].date(), "end": stored["end"].date()})


def listing_summary(terms: ListingTerms) -> ListingSummaryReply:
    return ListingSummaryReply.of(terms)
