"""What is shown of listings: `cards` in lists, `details` of one, `public` what stands beside."""

from apps.properties.replies.cards import (
    CapacityReply,
    FoundCardReply,
    ListingCardReply,
    ListingSummaryReply,
    OwnedCardReply,
    PlaceNameReply,
    RatingReply,
    SimilarCardReply,
    StaffCardReply,
    StayTotalReply,
)
from apps.properties.replies.details import (
    AddressReply,
    HostReply,
    ListingDetailReply,
    OwnedDetailReply,
    PhotosReply,
    SeasonReply,
)
from apps.properties.replies.public import (
    AmenitiesReply,
    AmenityReply,
    CalendarNightReply,
    PlaceReply,
    PlacesReply,
    PlaceSuggestionReply,
    ReviewReply,
    TakenNightsReply,
)
from apps.properties.replies.ranks import RankReply
from apps.properties.replies.samples import CARD
from apps.properties.replies.search import FoundCardPageReply

__all__ = [
    "CARD",
    "AddressReply",
    "AmenitiesReply",
    "AmenityReply",
    "CalendarNightReply",
    "CapacityReply",
    "FoundCardPageReply",
    "FoundCardReply",
    "HostReply",
    "ListingCardReply",
    "ListingDetailReply",
    "ListingSummaryReply",
    "OwnedCardReply",
    "OwnedDetailReply",
    "PhotosReply",
    "PlaceNameReply",
    "PlaceReply",
    "PlaceSuggestionReply",
    "PlacesReply",
    "RankReply",
    "RatingReply",
    "ReviewReply",
    "SeasonReply",
    "SimilarCardReply",
    "StaffCardReply",
    "StayTotalReply",
    "TakenNightsReply",
]
