"""Reads of this app: `listings` and `details` for its own views, `public` for what stands beside a
listing, `terms`, `chosen`, `claims` and `near` for other apps too."""

from apps.properties.selectors.calendar import calendar
from apps.properties.selectors.chosen import (
    Arrival,
    HostedListing,
    StayedAt,
    host_listing,
    host_listings,
    listing_amenities,
    listing_arrival,
    listing_cards,
    listing_cards_any,
    listing_is_deleted,
    listing_stayed_at,
    listing_summaries,
    listing_title,
    listings_known,
)
from apps.properties.selectors.cities import places
from apps.properties.selectors.claims import ClaimRun, claim_runs, claims_misnamed
from apps.properties.selectors.details import listing_detail, owned_detail
from apps.properties.selectors.listings import (
    CARD,
    ListingUnknownError,
    listing_is_active,
    listing_newest,
    owned,
)
from apps.properties.selectors.lookup import Lookup, owned_page, staff_page
from apps.properties.selectors.near import stays_near
from apps.properties.selectors.place_search import (
    FoundPlace,
    place_by_id,
    place_by_name,
    places_shown,
    places_suggested,
)
from apps.properties.selectors.public import amenities, amenity_kinds, review_page
from apps.properties.selectors.ranks import ListingNotShownError, owned_rank, staff_rank
from apps.properties.selectors.similar import Wanted, listing_similar
from apps.properties.selectors.sitemap import ShownListing, listings_shown, listings_shown_count
from apps.properties.selectors.terms import (
    TERMS,
    ListingTerms,
    listing_summary,
    listing_terms,
    terms_of,
)
from apps.properties.selectors.word_search import words_match

__all__ = [
    "CARD",
    "TERMS",
    "Arrival",
    "ClaimRun",
    "FoundPlace",
    "HostedListing",
    "ListingNotShownError",
    "ListingTerms",
    "ListingUnknownError",
    "Lookup",
    "ShownListing",
    "StayedAt",
    "Wanted",
    "amenities",
    "amenity_kinds",
    "calendar",
    "claim_runs",
    "claims_misnamed",
    "host_listing",
    "host_listings",
    "listing_amenities",
    "listing_arrival",
    "listing_cards",
    "listing_cards_any",
    "listing_detail",
    "listing_is_active",
    "listing_is_deleted",
    "listing_newest",
    "listing_similar",
    "listing_stayed_at",
    "listing_summaries",
    "listing_summary",
    "listing_terms",
    "listing_title",
    "listings_known",
    "listings_shown",
    "listings_shown_count",
    "owned",
    "owned_detail",
    "owned_page",
    "owned_rank",
    "place_by_id",
    "place_by_name",
    "places",
    "places_shown",
    "places_suggested",
    "review_page",
    "staff_page",
    "staff_rank",
    "stays_near",
    "terms_of",
    "words_match",
]
