"""Deletes listings. The row stays, since bookings name it; all of its nights are closed."""

import datetime as dt
from typing import ClassVar

from bson import ObjectId
from pymongo.errors import BulkWriteError

from apps.common import mongo
from apps.common.errors import ConflictError, StaleVersionError
from apps.properties.enums import ClaimKind
from apps.properties.house_rules import today_at
from apps.properties.nights import WINDOW_DAYS, claim_row, midnight, nights_of
from apps.properties.rows import ListingRow, night_claims
from apps.properties.selectors import terms_of
from apps.properties.services.listings import listing_set, listing_stored

NIGHTS_NAMED = 5
TRIES = 5


class StaysAheadError(ConflictError):
    code = "STAYS_AHEAD"
    sentence = (
        "Guests have booked nights here, the last one on {last}. Cancel or decline their bookings "
        "first, or withdraw the listing and delete it after the last stay."
    )
    sample: ClassVar = {"last": dt.date(2026, 12, 24)}


def listing_delete(
    *, listing_id: ObjectId, host_id: ObjectId, now: dt.datetime, version: int | None = None
) -> None:
    """Removes the listing from every list for good.

    Raises `ListingUnknownError`, `StaleVersionError`, and `StaysAheadError`.
    """

    def transaction() -> None:
        before = listing_stored(listing_id, host_id=host_id)
        if version not in (None, before["version"]):
            raise StaleVersionError(version=before["version"])
        _check_no_stays(before, now=now)
        nights_close(listing_id, now=now)
        listing_set(before, {"$set": {"is_active": False, "deleted_at": now}}, now=now)

    for _ in range(TRIES - 1):
        try:
            return mongo.run_in_transaction(transaction)
        except BulkWriteError as error:
            if mongo.duplicate_index(error) is None:
                raise
    return mongo.run_in_transaction(transaction)


def _check_no_stays(listing: ListingRow, *, now: dt.datetime) -> None:
    query = {
        "listing_id": listing["_id"],
        "night": {"$gte": midnight(today_at(terms_of(listing), now))},
        "kind": ClaimKind.BOOKING.value,
    }
    rows = night_claims.find(query, {"night": 1}).sort("night", 1)
    nights = [row["night"].date() for row in rows]
    if nights:
        check_out = nights[-1] + dt.timedelta(days=1)
        raise StaysAheadError(
            last=nights[-1], details={"nights": nights[:NIGHTS_NAMED], "check_out": check_out}
        )


def nights_close(listing_id: ObjectId, *, now: dt.datetime) -> None:
    """Claims every night on which a stay may begin, in the transaction of the deletion.

    A booking at the same time has read an active listing. It claims its first night, which
    this claims too: one of the two loses on the key and starts anew (docs/decisions/0005).
    """
    first = now.date() - dt.timedelta(days=1)
    ahead = {"listing_id": listing_id, "night": {"$gte": midnight(first)}}
    night_claims.delete_many({**ahead, "kind": {"$ne": ClaimKind.BOOKING.value}})
    kept = {row["night"].date() for row in night_claims.find(ahead, {"night": 1})}
    owner_id = f"deleted:{listing_id}"
    rows = [
        claim_row(listing_id, night, kind=ClaimKind.BLOCK, owner_id=owner_id)
        for night in nights_of(first, first + dt.timedelta(days=WINDOW_DAYS + 3))
        if night not in kept
    ]
    night_claims.insert_many(rows)
