"""Writes of this app: `nights` make a night scarce; `listings`, `deletion` and `photos` are the
owners', `moderation` is staff's."""

from apps.properties.services.deletion import StaysAheadError, listing_delete
from apps.properties.services.feed_nights import FEED, nights_mirror
from apps.properties.services.hiding import locations_hide
from apps.properties.services.listings import (
    ListingSuspendedError,
    MaxNightsError,
    PriceMissingError,
    listing_create,
    listing_update,
)
from apps.properties.services.moderation import (
    listing_keep_open,
    listing_restore,
    listing_suspend,
)
from apps.properties.services.named_places import Sight, districts_renew, sights_put
from apps.properties.services.nights import (
    NightsTakenError,
    nights_block,
    nights_claim,
    nights_move,
    nights_propose,
    nights_release,
    nights_unblock,
    taken_error,
)
from apps.properties.services.photos import (
    PhotoOrderError,
    PhotoUnknownError,
    TooManyImagesError,
    photo_add,
    photo_remove,
    photos_order,
)
from apps.properties.services.ranking import entries_rank
from apps.properties.services.search_words import words_renew

__all__ = [
    "FEED",
    "ListingSuspendedError",
    "MaxNightsError",
    "NightsTakenError",
    "PhotoOrderError",
    "PhotoUnknownError",
    "PriceMissingError",
    "Sight",
    "StaysAheadError",
    "TooManyImagesError",
    "districts_renew",
    "entries_rank",
    "listing_create",
    "listing_delete",
    "listing_keep_open",
    "listing_restore",
    "listing_suspend",
    "listing_update",
    "locations_hide",
    "nights_block",
    "nights_claim",
    "nights_mirror",
    "nights_move",
    "nights_propose",
    "nights_release",
    "nights_unblock",
    "photo_add",
    "photo_remove",
    "photos_order",
    "sights_put",
    "taken_error",
    "words_renew",
]
