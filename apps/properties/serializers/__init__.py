"""What comes in: `search` for what anybody asks, `listings` for what owners write."""

from apps.properties.serializers.listings import (
    ListingChangeSerializer,
    ListingSerializer,
    OwnedListSerializer,
    PhotoOrderSerializer,
    PhotoSerializer,
    StaffListSerializer,
    VersionSerializer,
)
from apps.properties.serializers.search import (
    CalendarSerializer,
    PlaceQuerySerializer,
    SearchSerializer,
    SimilarSerializer,
    check_stay,
)

__all__ = [
    "CalendarSerializer",
    "ListingChangeSerializer",
    "ListingSerializer",
    "OwnedListSerializer",
    "PhotoOrderSerializer",
    "PhotoSerializer",
    "PlaceQuerySerializer",
    "SearchSerializer",
    "SimilarSerializer",
    "StaffListSerializer",
    "VersionSerializer",
    "check_stay",
]
