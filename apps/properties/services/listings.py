"""Writes of listings. A version is a compare and set: nobody changes what they have not seen."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bson import ObjectId
from pymongo.errors import BulkWriteError

from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError, StaleVersionError
from apps.properties.enums import ClaimKind
from apps.properties.models import STANDING, search_keys
from apps.properties.nights import WINDOW_DAYS, claim_row, midnight, nights_of
from apps.properties.selectors import TERM_DEFAULTS, listing_unknown, owned

DEFAULTS: Mapping[str, Any] = {
    "description": "",
    "cleaning_fee": 0,
    "amenities": [],
    "min_nights": 1,
    "max_nights": 365,
    "check_in_time": "15:00",
    "check_out_time": "11:00",
    "is_active": True,
    **TERM_DEFAULTS,
}
PARTS = ("location", "capacity")
NIGHTS_NAMED = 5
TRIES = 5


def listing_create(*, host_id: ObjectId, values: Mapping[str, Any], now: dt.datetime) -> ObjectId:
    """`values` are those of `ListingSerializer`. Raises `InvalidInputError`."""
    row = {
        **DEFAULTS,
        "time_zone": _zone_at(values["location"]["coordinates"]["coordinates"][0]),
        **_stored(values),
    }
    _check_stays(row)
    row |= {
        "_id": ObjectId(),
        "host_id": host_id,
        "images": [],
        "rating": {"average": None, "count": 0},
        "version": 1,
        "source": None,
        "source_id": None,
        **STANDING,
        "created_at": now,
        "updated_at": now,
        **search_keys(row),
    }
    mongo.collection("listings").insert_one(row)
    return ObjectId(row["_id"])


def _zone_at(longitude: float) -> str:
    """The nautical zone, for a listing that names none: good to the hour, and so to the day."""
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
    """Sets what is given; `location` and `capacity` are merged with what is stored.

    Raises `NotFoundError`, `StaleVersionError`, `InvalidInputError`, and `ConflictError`
    LISTING_SUSPENDED where the owner switches on or off what a moderator has taken out.
    """
    before = listing_stored(listing_id, host_id=host_id)
    if before["version"] != version:
        raise StaleVersionError(version=before["version"])
    if "is_active" in values and before.get("suspended_at"):
        raise ConflictError(
            "This listing is suspended: write to us before you publish it again.",
            code="LISTING_SUSPENDED",
        )
    merged = {name: {**before[name], **values[name]} for name in PARTS if name in values}
    after = {**before, **values, **merged}
    _check_stays(after)
    change = {**_stored(values), **merged, **search_keys(after)}
    listing_set(before, {"$set": change}, now=now)


def listing_stored(listing_id: ObjectId, *, host_id: ObjectId) -> dict[str, Any]:
    """As it stands, in the running transaction; raises `NotFoundError`, also for another's."""
    row = mongo.collection("listings").find_one(
        owned(host_id, _id=listing_id), session=mongo.session()
    )
    if row is None:
        raise listing_unknown()
    return row


def listing_set(before: Mapping[str, Any], change: dict[str, Any], *, now: dt.datetime) -> int:
    """Applies `change` if nobody was faster since `before` was read, and returns the version.

    Raises `StaleVersionError`, or `NotFoundError` when the listing was deleted meanwhile.
    """
    change = {
        **change,
        "$set": {**change.get("$set", {}), "updated_at": now},
        "$inc": {"version": 1},
    }
    query = {"_id": before["_id"], "version": before["version"], "deleted_at": None}
    done = mongo.collection("listings").update_one(query, change, session=mongo.session())
    if not done.matched_count:
        raise StaleVersionError(
            version=listing_stored(before["_id"], host_id=before["host_id"])["version"]
        )
    return int(before["version"]) + 1


def _check_stays(row: Mapping[str, Any]) -> None:
    if row["max_nights"] < row["min_nights"]:
        sentence = f"Must be {row['min_nights']}, the least number of nights, or more."
        raise InvalidInputError(f"max_nights: {sentence}", fields={"max_nights": [sentence]})


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """MongoDB has no plain dates."""
    if "seasons" not in values:
        return dict(values)
    seasons = [
        {**season, **{name: midnight(season[name]) for name in ("start", "end")}}
        for season in values["seasons"]
    ]
    return {**values, "seasons": seasons}


def listing_delete(
    *, listing_id: ObjectId, host_id: ObjectId, now: dt.datetime, version: int | None = None
) -> None:
    """Takes the listing out of every list for good. Its row stays: bookings name it.

    Raises `NotFoundError`, `StaleVersionError`, and `ConflictError` STAYS_AHEAD.
    """

    def transaction() -> None:
        before = listing_stored(listing_id, host_id=host_id)
        if version not in (None, before["version"]):
            raise StaleVersionError(version=before["version"])
        _check_no_stays(before, now=now)
        nights_close(listing_id, now=now)
        gone = {"is_active": False, "deleted_at": now}
        listing_set(before, {"$set": gone}, now=now)

    for _ in range(TRIES - 1):
        try:
            return mongo.run_in_transaction(transaction)
        except BulkWriteError as error:
            if mongo.duplicate_index(error) is None:
                raise
    return mongo.run_in_transaction(transaction)


def _check_no_stays(listing: Mapping[str, Any], *, now: dt.datetime) -> None:
    today = now.astimezone(ZoneInfo(listing["time_zone"])).date()
    query = {
        "listing_id": listing["_id"],
        "night": {"$gte": midnight(today)},
        "kind": ClaimKind.BOOKING.value,
    }
    claims = mongo.collection("night_claims")
    rows = claims.find(query, {"night": 1}, session=mongo.session()).sort("night", 1)
    nights = [row["night"].date() for row in rows]
    if nights:
        raise ConflictError(
            f"Guests have booked nights here, the last one {nights[-1]}. Cancel or decline their "
            "stays first, or take the listing off the market and delete it afterwards.",
            code="STAYS_AHEAD",
            nights=nights[:NIGHTS_NAMED],
            check_out=nights[-1] + dt.timedelta(days=1),
        )


def nights_close(listing_id: ObjectId, *, now: dt.datetime) -> None:
    """Takes every night on which a stay may begin, in the transaction of the deletion.

    A booking at the same time has read an active listing. It claims its first night, which
    this claims too: one of the two loses on the key and starts anew (docs/decisions/0005).
    """
    first = now.date() - dt.timedelta(days=1)
    claims, session = mongo.collection("night_claims"), mongo.session()
    ahead = {"listing_id": listing_id, "night": {"$gte": midnight(first)}}
    claims.delete_many({**ahead, "kind": {"$ne": ClaimKind.BOOKING.value}}, session=session)
    kept = {row["night"].date() for row in claims.find(ahead, {"night": 1}, session=session)}
    owner_id = f"deleted:{listing_id}"
    rows = [
        claim_row(listing_id, night, kind=ClaimKind.BLOCK, owner_id=owner_id)
        for night in nights_of(first, first + dt.timedelta(days=WINDOW_DAYS + 3))
        if night not in kept
    ]
    claims.insert_many(rows, session=session)


def listing_suspend(*, listing_id: ObjectId, now: dt.datetime) -> None:
    """Takes it out of search and refuses new bookings until it is restored; twice is once."""
    _moderate(
        {"_id": listing_id, "deleted_at": None, "suspended_at": None},
        {"suspended_at": now, "active_before": "$is_active", "is_active": False},
        now=now,
    )


def listing_restore(*, listing_id: ObjectId, now: dt.datetime) -> None:
    """As it was when it was suspended: what its owner had off the market stays off."""
    _moderate(
        {"_id": listing_id, "deleted_at": None, "suspended_at": {"$ne": None}},
        {"suspended_at": None, "is_active": "$active_before", "active_before": None},
        now=now,
    )


def _moderate(query: dict[str, Any], values: dict[str, Any], *, now: dt.datetime) -> None:
    """Raises `NotFoundError` for an unknown or deleted listing."""
    listings = mongo.collection("listings")
    counted = {"version": {"$add": ["$version", 1]}, "updated_at": now}
    done = listings.update_one(query, [{"$set": {**values, **counted}}], session=mongo.session())
    there = {"_id": query["_id"], "deleted_at": None}
    if not done.matched_count and not listings.find_one(there, {"_id": 1}):
        raise listing_unknown()
