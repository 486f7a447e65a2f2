"""The secret address of a listing's calendar."""

import datetime as dt
import secrets
from collections.abc import Sequence
from hashlib import blake2b

from bson import ObjectId
from redis.exceptions import RedisError

from apps.calendars.ics import Busy, calendar_written
from apps.calendars.rows import CalendarExportRow, calendar_exports
from apps.calendars.selectors.busy import busy_nights
from apps.calendars.selectors.pages import ENDING
from apps.calendars.services.nights import window_at
from apps.common import rate_limits
from apps.common.errors import NotFoundError, RateLimitedError
from apps.properties.selectors import ListingUnknownError, host_listing

BYTES = 32
# Of one listing, by all sites together: the eager ones ask every few minutes.
RATE, SCOPE = "240/hour", "calendar-export"


class ExportUnknownError(NotFoundError):
    sentence = "There is no calendar at this address. Ask the host for the current one."


def export_renew(*, listing_id: ObjectId, host_id: ObjectId, now: dt.datetime) -> None:
    """Makes a new address; the old one leads nowhere from now on. Raises `ListingUnknownError`."""
    host_listing(listing_id, host_id=host_id)
    values = {
        "host_id": host_id,
        "token": secrets.token_urlsafe(BYTES),
        "digest": "",
        "changed_at": now,
        "created_at": now,
    }
    calendar_exports.update_one({"_id": str(listing_id)}, {"$set": values}, upsert=True)


def export_revoke(*, listing_id: ObjectId, host_id: ObjectId) -> None:
    """Raises `ListingUnknownError`."""
    host_listing(listing_id, host_id=host_id)
    calendar_exports.delete_one({"_id": str(listing_id)})


def export_read(address: str, *, now: dt.datetime) -> tuple[bytes, dt.datetime]:
    """Returns the calendar at the secret part of an address, and when it last changed. Raises
    `ExportUnknownError`: what is wrong is not said."""
    listing_id, _, token = address.removesuffix(ENDING).partition("-")
    row = calendar_exports.find_one({"_id": listing_id})
    if row is None or not secrets.compare_digest(row["token"].encode(), token.encode()):
        raise ExportUnknownError
    if not address.endswith(ENDING):
        raise ExportUnknownError
    _charge(listing_id)
    try:
        listing = host_listing(ObjectId(listing_id), host_id=row["host_id"])
    except ListingUnknownError as error:
        raise ExportUnknownError from error
    today = window_at(listing["time_zone"], now).first
    busy = busy_nights(listing["_id"], today=today, now=now)
    changed_at = _changed_at(row, busy, now=now)
    return calendar_written(busy, stamp=changed_at), changed_at


def _charge(listing_id: str) -> None:
    """Raises `RateLimitedError` above what sites need; open where Redis is away."""
    try:
        if rate_limits.hit(RATE, SCOPE, listing_id):
            return
        seconds = rate_limits.seconds_left(RATE, SCOPE, listing_id)
    except RedisError:
        return
    error = RateLimitedError(seconds=seconds)
    error.retry_after = seconds
    raise error


def _changed_at(row: CalendarExportRow, busy: Sequence[Busy], *, now: dt.datetime) -> dt.datetime:
    """Notes when the nights are others than at the last reading, so that the same nights are sent
    as the same bytes."""
    digest = blake2b(repr(busy).encode(), digest_size=16).hexdigest()
    if row["digest"] != digest:
        own = {"_id": row["_id"], "token": row["token"], "digest": row["digest"]}
        after = {"digest": digest, "changed_at": now.replace(microsecond=0)}
        if calendar_exports.update_one(own, {"$set": after}).modified_count:
            return now.replace(microsecond=0)
        row = calendar_exports.find_one({"_id": row["_id"]}) or row
    return row["changed_at"].replace(tzinfo=dt.UTC, microsecond=0)
