"""Examples in the API's description, made by the replies themselves from one made-up listing: a
field that is not named here is shown with its default."""

import datetime as dt
from typing import Any, cast

import msgspec
from bson import ObjectId

from apps.common.json import dumps
from apps.common.replies import Pagination, Reply, example
from apps.properties.replies.cards import (
    FoundCardReply,
    ListingCardReply,
    OwnedCardReply,
    SimilarCardReply,
    StaffCardReply,
    StayTotalReply,
)
from apps.properties.replies.details import (
    HostReply,
    ListingDetailReply,
    OwnedDetailReply,
    PhotosReply,
)
from apps.properties.replies.search import FoundCardPageReply, LoosenReply
from apps.properties.rows import LISTING_DEFAULTS, ListingRow

HOST = HostReply(
    id=ObjectId("66f1c2a4b8e0d3f5a7c91e24"),
    first_name="Hal",
    since=dt.datetime(2026, 9, 23, 19, 40, 36, tzinfo=dt.UTC),
)
NEW_YEAR = {
    "name": "New Year",
    "start": dt.datetime(2026, 12, 28, tzinfo=dt.UTC),
    "end": dt.datetime(2027, 1, 3, tzinfo=dt.UTC),
    "price_per_night": 21_000,
    "min_nights": 3,
    "max_nights": None,
}
LISTING = cast(
    "ListingRow",
    {
        **LISTING_DEFAULTS,
        "_id": ObjectId("66f1c2a4b8e0d3f5a7c91e01"),
        "host_id": HOST.id,
        "title": "A quiet flat by the river",
        "description": "Two rooms, a balcony, ten minutes from the botanic garden.",
        "property_type": "apartment",
        "price_per_night": 12_000,
        "cleaning_fee": 3_000,
        "currency": "SGD",
        "location": {
            "area": "Robertson Quay",
            "city": "Singapore",
            "state": "Central Region",
            "country": "Singapore",
            "coordinates": {"type": "Point", "coordinates": [103.83822, 1.29113]},
        },
        "exact": {
            "address": "60 Robertson Quay",
            "coordinates": {"type": "Point", "coordinates": [103.8379, 1.2901]},
        },
        "arrival_instructions": "The key box is left of the door; the code comes by message.",
        "amenities": ["Wifi", "Kitchen", "Washer"],
        "capacity": {"max_guests": 4, "bedrooms": 2, "bathrooms": 1.5, "beds": 3},
        "images": ["https://example.com/media/listings/river-1600.webp"],
        "rating": {"average": 4.8, "count": 31},
        "min_nights": 2,
        "max_nights": 30,
        "time_zone": "Asia/Singapore",
        "version": 3,
        "weekend_price": 15_000,
        "seasons": [NEW_YEAR],
        "weekly_discount_percent": 10,
        "monthly_discount_percent": 25,
        "tax_per_person_night": 250,
        "tax_nights_cap": 7,
        "lead_days": 1,
        "window_days": 365,
        "prep_nights": 1,
    },
)


def as_json(reply: Reply) -> dict[str, Any]:
    """Returns the reply as a client reads it."""
    return cast("dict[str, Any]", msgspec.json.decode(dumps(reply)))


CARD = as_json(ListingCardReply.of(LISTING))
_STAY = StayTotalReply(nights=2, total_price=302.4)

example(CARD)(ListingCardReply)
_FOUND = FoundCardReply.of(LISTING, stay=_STAY)
_ONE = Pagination(page=1, per_page=20, total=1, total_capped=False, has_next=False)
_PAGE = FoundCardPageReply(
    results=[_FOUND],
    pagination=_ONE,
    next_cursor=None,
    loosen=[LoosenReply(filter="min_rating", found=12)],
)
example(as_json(_FOUND))(FoundCardReply)
example(as_json(_PAGE))(FoundCardPageReply)
example(as_json(SimilarCardReply.of(LISTING, stay=_STAY, distance_km=1.4)))(SimilarCardReply)
example(as_json(OwnedCardReply.of(LISTING)))(OwnedCardReply)
example(as_json(StaffCardReply.of(LISTING)))(StaffCardReply)
example(as_json(ListingDetailReply.of(LISTING, host=HOST)))(ListingDetailReply)
example(as_json(OwnedDetailReply.of(LISTING, host=HOST)))(OwnedDetailReply)
example(as_json(PhotosReply(images=LISTING["images"], version=4)))(PhotosReply)
