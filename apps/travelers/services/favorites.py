import datetime as dt
from typing import NamedTuple

from bson import ObjectId
from pymongo.errors import DuplicateKeyError

from apps.common.errors import NotFoundError
from apps.properties.selectors import ListingUnknownError, listing_is_active
from apps.travelers.rows import FavoriteRow, favorites


class NotAFavoriteError(NotFoundError):
    sentence = "This listing is not among your favorites."


class Added(NamedTuple):
    """The favorite as it is stored, and whether this call made it."""

    favorite: FavoriteRow
    is_new: bool


def favorite_add(*, user_id: ObjectId, listing_id: ObjectId, now: dt.datetime) -> Added:
    """Adds one; adding twice, also at the same time, makes one. Raises `ListingUnknownError` for a
    listing that is unknown, or withdrawn and not a favorite yet."""
    key = _key(user_id, listing_id)
    favorite = FavoriteRow(_id=key, user_id=user_id, listing_id=listing_id, created_at=now)
    stored = favorites.find_one({"_id": key})
    is_active = listing_is_active(listing_id)
    if is_active is None or not (stored or is_active):
        raise ListingUnknownError
    if stored is not None:
        return Added(stored, is_new=False)
    try:
        favorites.insert_one(favorite)
    except DuplicateKeyError:
        return Added(favorites.find_one({"_id": key}) or favorite, is_new=False)
    return Added(favorite, is_new=True)


def favorite_remove(*, user_id: ObjectId, listing_id: ObjectId) -> None:
    """Raises `NotAFavoriteError`."""
    removed = favorites.delete_one({"_id": _key(user_id, listing_id)})
    if not removed.deleted_count:
        raise NotAFavoriteError


def _key(user_id: ObjectId, listing_id: ObjectId) -> str:
    return f"{user_id}:{listing_id}"
