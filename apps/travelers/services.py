import datetime as dt
from typing import Any, NamedTuple

from bson import ObjectId
from pymongo.errors import DuplicateKeyError

from apps.common import mongo
from apps.common.errors import NotFoundError


class Added(NamedTuple):
    """The favorite as it is stored, and whether this call made it."""

    favorite: dict[str, Any]
    is_new: bool


def favorite_add(*, user_id: ObjectId, listing_id: ObjectId, now: dt.datetime) -> Added:
    """Adding twice, also at the same time, makes one. Raises `NotFoundError` for a listing that
    is unknown or withdrawn and not a favorite yet."""
    favorites, key = mongo.collection("favorites"), _key(user_id, listing_id)
    favorite = {"_id": key, "user_id": user_id, "listing_id": listing_id, "created_at": now}
    stored = favorites.find_one({"_id": key})
    listing = mongo.collection("listings").find_one({"_id": listing_id}, {"is_active": 1})
    if listing is None or not (stored or listing["is_active"]):
        raise NotFoundError("There is no such listing. It may have been withdrawn.")
    if stored is not None:
        return Added(stored, is_new=False)
    try:
        favorites.insert_one(favorite)
    except DuplicateKeyError:
        return Added(favorites.find_one({"_id": key}) or favorite, is_new=False)
    return Added(favorite, is_new=True)


def favorite_remove(*, user_id: ObjectId, listing_id: ObjectId) -> None:
    """Raises `NotFoundError` where it is none of the user's favorites."""
    removed = mongo.collection("favorites").delete_one({"_id": _key(user_id, listing_id)})
    if not removed.deleted_count:
        raise NotFoundError("This listing is not among your favorites.")


def _key(user_id: ObjectId, listing_id: ObjectId) -> str:
    return f"{user_id}:{listing_id}"
