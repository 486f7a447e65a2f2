"""Writes of this app: `nights` make a night scarce, `listings` and `photos` are the owners'."""

from apps.properties.services.listings import (
    listing_create,
    listing_delete,
    listing_restore,
    listing_suspend,
    listing_update,
)
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
from apps.properties.services.photos import photo_add, photo_remove, photos_order

__all__ = [
    "NightsTakenError",
    "listing_create",
    "listing_delete",
    "listing_restore",
    "listing_suspend",
    "listing_update",
    "nights_block",
    "nights_claim",
    "nights_move",
    "nights_propose",
    "nights_release",
    "nights_unblock",
    "photo_add",
    "photo_remove",
    "photos_order",
    "taken_error",
]
