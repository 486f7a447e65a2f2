"""The projection that the figures are read from. One event, one or two idempotent writes."""

import datetime as dt
from typing import Any

from bson import ObjectId
from pymongo.errors import DuplicateKeyError

from apps.owners.documents import BookingFact
from apps.properties.nights import midnight


def fact_record(
    *,
    booking_id: str,
    version: int,
    host_id: ObjectId,
    listing_id: ObjectId,
    check_in: dt.date,
    check_out: dt.date,
    status: str,
    changed_at: dt.datetime,
    currency: str,
    total: int,
) -> None:
    """Keeps the newest version, whatever comes first or again. `total` is in minor units and
    known only with a `currency`."""
    state = {
        "host_id": host_id,
        "listing_id": listing_id,
        "check_in": midnight(check_in),
        "check_out": midnight(check_out),
        "status": status,
        "changed_at": changed_at,
    }
    _set_newer(booking_id, "version", version, state)
    if currency:
        _set_newer(booking_id, "priced_version", version, {"currency": currency, "total": total})


def _set_newer(booking_id: str, guard: str, version: int, values: dict[str, Any]) -> None:
    older = {"_id": booking_id, guard: {"$not": {"$gte": version}}}
    try:
        BookingFact._get_collection().update_one(
            older, {"$set": {**values, guard: version}}, upsert=True
        )
    except DuplicateKeyError:
        """The fact is there, and this version of it or a newer one."""
