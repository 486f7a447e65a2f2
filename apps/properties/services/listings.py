"""Writes listings. A version is a compare and set: nobody changes what they have not seen."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, cast

from bson import ObjectId

from apps.accounts.services import user_keep_active
from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError, StaleVersionError
from apps.properties.models import search_keys
from apps.properties.nights import midnight
from apps.properties.public_points import places_of
from apps.properties.rows import LISTING_DEFAULTS, ListingRow, exact_of, listings
from apps.properties.selectors import ListingUnknownError, owned
from apps.properties.services.amounts import amounts_stored


class MaxNightsError(InvalidInputError):
    field = "max_nights"
    sentence = "Must be at least {min_nights}, the minimum number of nights."
    sample: ClassVar = {"min_nights": 3}


class PriceMissingError(InvalidInputError):
    field = "price_per_night"
    sentence = "This listing has no price yet. Set one before you publish it."


class ListingSuspendedError(ConflictError):
    code = "LISTING_SUSPENDED"
    sentence = "This listing is suspended. Contact support before you publish it again."


def listing_create(*, host_id: ObjectId, values: Mapping[str, Any], now: dt.datetime) -> ObjectId:
    """Stores `values`, which are those of `ListingSerializer`. Raises `MaxNightsError`,
    `AmountsError`, and `AccountSuspendedError` for a host who is suspended at the same
    moment."""
    listing_id = ObjectId()
    places = places_of(values["location"], listing_id=listing_id, host_id=host_id)
    row = {
        **LISTING_DEFAULTS,
        "time_zone": _zone_at(values["location"]["coordinates"]["coordinates"][0]),
        **_stored(amounts_stored(values)),
        **places._asdict(),
        "_id": listing_id,
        "host_id": host_id,
        "created_at": now,
        "updated_at": now,
    }
    _check_nights(row)
    stored = cast("ListingRow", {**row, **search_keys(row)})

    def transaction() -> None:
        user_keep_active(host_id)
        listings.insert_one(stored)

    mongo.run_in_transaction(transaction)
    return listing_id


def _zone_at(longitude: float) -> str:
    """Returns the nautical zone, for a listing that names none: good to the hour, and so to the
    day."""
    west = -round(longitude / 15)
    return f"Etc/GMT{west:+d}" if west else "Etc/GMT"


def listing_update(
    *,
    listing_id: ObjectId,
    host_id: ObjectId,
    version: int,
    values: Mapping[str, Any],
    now: dt.datetime,
) -> None:
    """Sets what `values` name; `location` and `capacity` are merged with what is stored. What a
    host withdraws, no import brings back.

    Raises `ListingUnknownError`, `StaleVersionError`, `MaxNightsError`, `PriceMissingError`,
    `AmountsError`, and `ListingSuspendedError`.
    """
    before = listing_stored(listing_id, host_id=host_id)
    if before["version"] != version:
        raise StaleVersionError(version=before["version"])
    if "is_active" in values and (before.get("suspended_at") or before.get("host_suspended_at")):
        raise ListingSuspendedError
    values = amounts_stored(values, before=before)
    stored: Mapping[str, Any] = before
    merged: dict[str, Any] = {}
    if "capacity" in values:
        merged["capacity"] = {**stored["capacity"], **values["capacity"]}
    if "location" in values:
        merged |= _moved_to(before, values["location"])
    after = {**stored, **values, **merged}
    _check_nights(after)
    if values.get("is_active") and not after["price_per_night"]:
        raise PriceMissingError
    change = {**_stored(values), **merged, **search_keys(after)}
    if values.get("is_active") is False:
        change["withdrawn_for"] = None
    listing_set(before, {"$set": change}, now=now)


def _moved_to(before: ListingRow, location: Mapping[str, Any]) -> dict[str, Any]:
    """Merges what the host names of the place with what is stored of it."""
    place = {**before["location"], **exact_of(before), **location}
    places = places_of(place, listing_id=before["_id"], host_id=before["host_id"], before=before)
    return places._asdict()


def listing_stored(listing_id: ObjectId, *, host_id: ObjectId) -> ListingRow:
    """Raises `ListingUnknownError`, also for another's listing."""
    row = listings.find_one(owned(host_id, _id=listing_id))
    if row is None:
        raise ListingUnknownError
    return row


def listing_set(before: ListingRow, change: Mapping[str, Any], *, now: dt.datetime) -> int:
    """Applies `change` if nobody was faster since `before` was read, and returns the version.

    Raises `StaleVersionError`, or `ListingUnknownError` when the listing was deleted meanwhile.
    """
    change = {
        **change,
        "$set": {**change.get("$set", {}), "updated_at": now},
        "$inc": {"version": 1},
    }
    query = {"_id": before["_id"], "version": before["version"], "deleted_at": None}
    if not listings.update_one(query, change).matched_count:
        raise StaleVersionError(
            version=listing_stored(before["_id"], host_id=before["host_id"])["version"]
        )
    return before["version"] + 1


def _check_nights(row: Mapping[str, Any]) -> None:
    if row["max_nights"] < row["min_nights"]:
        raise MaxNightsError(min_nights=row["min_nights"])


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turns dates into midnights: MongoDB has no plain dates."""
    if "seasons" not in values:
        return dict(values)
    seasons = [
        {**season, **{name: midnight(season[name]) for name in ("start", "end")}}
        for season in values["seasons"]
    ]
    return {**values, "seasons": seasons}
