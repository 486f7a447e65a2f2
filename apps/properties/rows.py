"""What is stored of listings, claims and reviews. Dates are midnights, prices minor units."""

import datetime as dt
from typing import Any, NotRequired, TypedDict, cast

from bson import ObjectId

from apps.common.followed_rows import FollowedRows
from apps.common.rows import Rows, fields_of
from apps.properties.documents import SearchChange
from apps.properties.models import Listing, NamedPlace, NightClaim, Review, SearchEntry, SearchWord


class PointRow(TypedDict):
    """GeoJSON: [longitude, latitude]."""

    type: str
    coordinates: list[float]


class LocationRow(TypedDict):
    """Public, its point too."""

    area: str
    city: str
    state: str
    country: str
    coordinates: PointRow


class ExactPlaceRow(TypedDict):
    address: str
    coordinates: PointRow


class CapacityRow(TypedDict):
    max_guests: int
    bedrooms: int | None
    bathrooms: float | None
    beds: int | None


class RatingRow(TypedDict):
    average: float | None
    count: int


class SeasonRow(TypedDict):
    name: str
    start: dt.datetime
    end: dt.datetime
    price_per_night: int | None
    min_nights: int | None
    max_nights: int | None


class TermsRow(TypedDict):
    """What a stay costs and must be. `pricing.Terms` are these with seasons of plain dates: a
    field named here reaches quotes, searches and bookings."""

    price_per_night: int
    cleaning_fee: int
    currency: str
    capacity: CapacityRow
    min_nights: int
    max_nights: int
    check_in_time: str
    time_zone: str
    is_active: bool
    weekend_price: int | None
    weekly_discount_percent: int
    monthly_discount_percent: int
    tax_per_person_night: int
    tax_nights_cap: int | None
    lead_days: int
    window_days: int
    prep_nights: int
    check_in_days: list[int]
    check_out_days: list[int]
    instant_book: bool
    alteration_consent: bool
    cancellation_policy: str


class ListingRow(TermsRow):
    _id: ObjectId
    title: str
    description: str
    location: LocationRow
    exact: ExactPlaceRow | None
    arrival_instructions: str
    property_type: str
    amenities: list[str]
    host_id: ObjectId
    images: list[str]
    rating: RatingRow
    seasons: list[SeasonRow]
    check_in_until: str | None
    check_out_time: str
    version: int
    source: str | None
    source_id: str | None
    seen_on: NotRequired[dt.datetime | None]
    withdrawn_for: NotRequired[str | None]
    place_names: list[str]
    amenity_keys: list[str]
    suspended_at: dt.datetime | None
    host_suspended_at: NotRequired[dt.datetime | None]
    active_before: bool | None
    deleted_at: dt.datetime | None
    deals: NotRequired[int]
    created_at: dt.datetime
    updated_at: dt.datetime


class NightClaimRow(TypedDict):
    _id: str
    listing_id: ObjectId
    night: dt.datetime
    kind: str
    owner_id: str
    expires_at: dt.datetime | None


class ReviewRow(TypedDict):
    _id: ObjectId
    listing_id: ObjectId
    author: str
    date: dt.datetime
    text: str
    source_id: str | None


class NamedPlaceRow(TypedDict):
    """`center` is longitude, then latitude."""

    _id: str
    kind: str
    name: str
    city: str
    state: str
    country: str
    center: list[float]
    keys: list[str]
    typos: list[str]
    count: int
    made_at: dt.datetime


class SearchWordRow(TypedDict):
    _id: str
    typos: list[str]


class CardLocationRow(TypedDict):
    city: str
    state: str
    country: str
    coordinates: PointRow


class CardRow(TypedDict):
    """What a search shows."""

    title: str
    property_type: str
    price_per_night: int
    currency: str
    location: CardLocationRow
    capacity: CapacityRow
    image: str | None
    rating: RatingRow


class EntrySeasonRow(TypedDict):
    """As `SeasonRow`, with the year's rules where it has none of its own. Without a price its
    nights cost the base or the weekend price."""

    name: str
    start: dt.datetime
    end: dt.datetime
    price_per_night: int | None
    min_nights: int
    max_nights: int


class HeldRow(TypedDict):
    """The claims of one owner that expire."""

    owner_id: str
    until: dt.datetime
    taken: dict[str, int]
    slept: dict[str, int]


class RankingRow(TypedDict):
    """What a rank is made of beside the listing, as it was `at` the last ranking."""

    at: dt.datetime
    free_share: float
    usual_price: int | None


class SearchEntryRow(TypedDict):
    _id: ObjectId
    host_id: ObjectId
    version: int
    point: PointRow
    card: CardRow
    place_keys: list[str]
    words: list[str]
    amenities: list[str]
    amenity_keys: list[str]
    policy: str
    instant_book: bool
    rank: float
    ranking: RankingRow
    created_at: dt.datetime
    min_nights: int
    max_nights: int
    check_in_days: int
    check_out_days: int
    lead_days: int
    window_days: int
    prep_nights: int
    time_zone: str
    weekend_price: int | None
    cleaning_fee: int
    weekly_discount_percent: int
    monthly_discount_percent: int
    tax_per_person_night: int
    tax_nights_cap: int | None
    seasons: list[EntrySeasonRow]
    taken: dict[str, int]
    slept: dict[str, int]
    holds: list[HeldRow]


class SearchChangeRow(TypedDict):
    _id: ObjectId
    cell: int
    at: dt.datetime


# What search entries are made of: `services.entries` follows each write.
listings: FollowedRows[ListingRow] = FollowedRows(Listing)
night_claims: FollowedRows[NightClaimRow] = FollowedRows(NightClaim)
reviews: Rows[ReviewRow] = Rows(Review)
named_places: Rows[NamedPlaceRow] = Rows(NamedPlace)
search_words: Rows[SearchWordRow] = Rows(SearchWord)
search_entries: Rows[SearchEntryRow] = Rows(SearchEntry)
search_changes: Rows[SearchChangeRow] = Rows(SearchChange)


def exact_of(row: ListingRow) -> ExactPlaceRow:
    """Returns the exact place of a stored listing; one of before has it where the public one stands
    today."""
    location = cast("dict[str, Any]", row["location"])
    return row.get("exact") or ExactPlaceRow(
        address=location.get("address") or "", coordinates=location["coordinates"]
    )


def _defaults() -> dict[str, Any]:
    known = [field for field in Listing._meta.concrete_fields if field.has_default() or field.null]
    return {str(field.column): field.get_default() for field in known}


NO_RATING = RatingRow(average=None, count=0)
# What a new listing has of itself: the defaults of its model. Migrations give them to rows that
# are there, and reads give them to those of an older process that ran beside a migration.
LISTING_DEFAULTS = {**_defaults(), "rating": NO_RATING}
TERMS = (*fields_of(TermsRow), "seasons")
