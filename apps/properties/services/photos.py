"""Writes a listing's photos. Files are written before the listing names them, and deleted after it
does no longer."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from bson import ObjectId
from django.core.files.base import File

from apps.common.errors import ConflictError, InvalidInputError, NotFoundError, StaleVersionError
from apps.common.images import reencode
from apps.properties import media
from apps.properties.replies import PhotosReply
from apps.properties.rows import ListingRow, listings
from apps.properties.selectors import owned
from apps.properties.services.listings import listing_set, listing_stored

MAX_PHOTOS = 30


class TooManyImagesError(ConflictError):
    code = "TOO_MANY_IMAGES"
    sentence = f"A listing can have at most {MAX_PHOTOS} photos. Remove one first."


class PhotoOrderError(InvalidInputError):
    field: ClassVar[str] = "images"
    sentence = "List every photo of the listing exactly once, and no other."


class PhotoUnknownError(NotFoundError):
    sentence = "This listing has no such photo."


def photo_add(
    *, listing_id: ObjectId, host_id: ObjectId, upload: File, now: dt.datetime
) -> PhotosReply:
    """Raises `ListingUnknownError`, `TooManyImagesError` and what `reencode` raises."""
    if len(listing_stored(listing_id, host_id=host_id)["images"]) >= MAX_PHOTOS:
        raise TooManyImagesError
    sizes = reencode(upload, widths=media.WIDTHS, user_id=host_id)
    url = media.photo_store(listing_id, sizes)
    query = owned(host_id, _id=listing_id) | {f"images.{MAX_PHOTOS - 1}": {"$exists": False}}
    after = _changed(query, {"$push": {"images": url}}, now=now)
    if after is None:
        media.photo_delete(listing_id, url)
        listing_stored(listing_id, host_id=host_id)
        raise TooManyImagesError
    return PhotosReply.of(after)


def photos_order(
    *,
    listing_id: ObjectId,
    host_id: ObjectId,
    images: Sequence[str],
    version: int,
    now: dt.datetime,
) -> PhotosReply:
    """Raises `ListingUnknownError`, `StaleVersionError`, and `PhotoOrderError` for other photos."""
    before = listing_stored(listing_id, host_id=host_id)
    if before["version"] != version:
        raise StaleVersionError(version=before["version"])
    if sorted(images) != sorted(before["images"]):
        raise PhotoOrderError
    after = listing_set(before, {"$set": {"images": list(images)}}, now=now)
    return PhotosReply(images=list(images), version=after)


def photo_remove(
    *, listing_id: ObjectId, host_id: ObjectId, image: str, now: dt.datetime
) -> PhotosReply:
    """Raises `ListingUnknownError` and `PhotoUnknownError`."""
    query = owned(host_id, _id=listing_id, images=image)
    after = _changed(query, {"$pull": {"images": image}}, now=now)
    if after is None:
        listing_stored(listing_id, host_id=host_id)
        raise PhotoUnknownError
    media.photo_delete(listing_id, image)
    return PhotosReply.of(after)


def _changed(
    query: Mapping[str, Any], change: Mapping[str, Any], *, now: dt.datetime
) -> ListingRow | None:
    return listings.find_one_and_update(
        query,
        {**change, "$inc": {"version": 1}, "$set": {"updated_at": now}},
        projection={"images": 1, "version": 1},
        return_document=True,
    )
