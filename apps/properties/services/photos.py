"""Writes of a listing's photos. Files are written before the listing names them, and removed
after it does no longer."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from bson import ObjectId
from django.core.files.base import File

from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError, NotFoundError, StaleVersionError
from apps.common.images import reencode
from apps.properties import media
from apps.properties.selectors import owned
from apps.properties.services.listings import listing_set, listing_stored

MAX_PHOTOS = 30


def photo_add(
    *, listing_id: ObjectId, host_id: ObjectId, upload: File, now: dt.datetime
) -> dict[str, Any]:
    """{images, version}. Raises `NotFoundError`, `InvalidInputError`, and TOO_MANY_IMAGES."""
    if len(listing_stored(listing_id, host_id=host_id)["images"]) >= MAX_PHOTOS:
        raise _too_many()
    url = media.photo_store(listing_id, reencode(upload, widths=media.WIDTHS))
    query = owned(host_id, _id=listing_id) | {f"images.{MAX_PHOTOS - 1}": {"$exists": False}}
    after = _changed(query, {"$push": {"images": url}}, now=now)
    if after is None:
        media.photo_delete(listing_id, url)
        listing_stored(listing_id, host_id=host_id)
        raise _too_many()
    return photos_of(after)


def _too_many() -> ConflictError:
    return ConflictError(
        f"A listing has {MAX_PHOTOS} photos at most. Remove one first.", code="TOO_MANY_IMAGES"
    )


def photos_order(
    *,
    listing_id: ObjectId,
    host_id: ObjectId,
    images: Sequence[str],
    version: int,
    now: dt.datetime,
) -> dict[str, Any]:
    """Raises `NotFoundError`, `StaleVersionError`, `InvalidInputError` for other photos."""
    before = listing_stored(listing_id, host_id=host_id)
    if before["version"] != version:
        raise StaleVersionError(version=before["version"])
    if sorted(images) != sorted(before["images"]):
        sentence = "Name every photo of the listing once, and no other."
        raise InvalidInputError(f"images: {sentence}", fields={"images": [sentence]})
    after = listing_set(before, {"$set": {"images": list(images)}}, now=now)
    return {"images": list(images), "version": after}


def photo_remove(
    *, listing_id: ObjectId, host_id: ObjectId, image: str, now: dt.datetime
) -> dict[str, Any]:
    query = owned(host_id, _id=listing_id, images=image)
    after = _changed(query, {"$pull": {"images": image}}, now=now)
    if after is None:
        listing_stored(listing_id, host_id=host_id)
        raise NotFoundError("The listing has no such photo.")
    media.photo_delete(listing_id, image)
    return photos_of(after)


def _changed(
    query: dict[str, Any], change: dict[str, Any], *, now: dt.datetime
) -> dict[str, Any] | None:
    return mongo.collection("listings").find_one_and_update(
        query,
        {**change, "$inc": {"version": 1}, "$set": {"updated_at": now}},
        projection={"images": 1, "version": 1},
        return_document=True,
    )


def photos_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"images": row["images"], "version": row["version"]}
