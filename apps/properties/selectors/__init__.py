"""Reads of this app: `listings` for one or a page of them, `public` for what stands beside."""

from apps.properties.selectors.listings import (
    CARD,
    TERM_DEFAULTS,
    TERMS,
    host_listing,
    host_listings,
    listing_card,
    listing_detail,
    listing_newest,
    listing_summaries,
    listing_summary,
    listing_terms,
    listing_title,
    listing_unknown,
    owned,
    owned_detail,
    owned_page,
    terms_of,
)
from apps.properties.selectors.near import stays_near
from apps.properties.selectors.public import amenities, calendar, places, review_page

__all__ = [
    "CARD",
    "TERMS",
    "TERM_DEFAULTS",
    "amenities",
    "calendar",
    "host_listing",
    "host_listings",
    "listing_card",
    "listing_detail",
    "listing_newest",
    "listing_summaries",
    "listing_summary",
    "listing_terms",
    "listing_title",
    "listing_unknown",
    "owned",
    "owned_detail",
    "owned_page",
    "places",
    "review_page",
    "stays_near",
    "terms_of",
]
