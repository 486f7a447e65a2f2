"""Suspends and restores listings, by themselves or with their host. What sells a stay calls
`listing_keep_open`, so that neither of the two is missed."""

import datetime as dt
import uuid
from typing import Any

from bson import ObjectId

from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo, parts
from apps.common.parts import LISTING, Subject, Withdrawal
from apps.events.notify import notify_person
from apps.properties.house_rules import ListingInactiveError
from apps.properties.rows import ListingRow, listings
from apps.properties.selectors import ListingUnknownError

NOT_SUSPENDED = {"suspended_at": None, "host_suspended_at": None}
IS_SUSPENDED = {"$ne": [{"$ifNull": ["$suspended_at", None]}, None]}
IS_WITH_HOST = {"$ne": [{"$ifNull": ["$host_suspended_at", None]}, None]}


def listing_keep_open(listing_id: ObjectId) -> None:
    """Belongs in the transaction that sells a stay there or holds it. It writes the listing: a
    suspension at the same time conflicts, and one of the two starts anew and sees the other.

    Raises `ListingInactiveError`.
    """
    opened = listings.update_one({"_id": listing_id, **NOT_SUSPENDED}, {"$inc": {"deals": 1}})
    if not opened.matched_count:
        raise ListingInactiveError


def listing_suspend(
    *, listing_id: ObjectId, now: dt.datetime, reason: str = "", staff_id: ObjectId | None = None
) -> None:
    """Removes the listing from search, stops new bookings, and begins what follows for those that
    are there; suspending twice is the same as once. Raises `ListingUnknownError`."""

    def transaction() -> None:
        values = {"suspended_at": now, "active_before": _kept(IS_WITH_HOST), "is_active": False}
        before = _moderate({"_id": listing_id, "suspended_at": None}, values, now=now)
        if before:
            parts.withdraw(Withdrawal(Subject(LISTING, listing_id), now, reason, staff_id))
            _note(Kind.LISTING_SUSPENDED, before, staff_id, now)

    mongo.run_in_transaction(transaction)


def listing_restore(
    *, listing_id: ObjectId, now: dt.datetime, staff_id: ObjectId | None = None
) -> None:
    """Puts the listing back as its host has it: what they had withdrawn stays off, and so does what
    is suspended with its host. Raises `ListingUnknownError`."""

    def transaction() -> None:
        values = {"suspended_at": None, **_back(IS_WITH_HOST)}
        before = _moderate({"_id": listing_id, "suspended_at": {"$ne": None}}, values, now=now)
        if before:
            parts.restore(Subject(LISTING, listing_id), now=now)
            _note(Kind.LISTING_RESTORED, before, staff_id, now)

    mongo.run_in_transaction(transaction)


def listings_withdraw(*, host_id: ObjectId, now: dt.datetime) -> int:
    """Withdraws all of a host's, in the transaction of the host's suspension. Returns how many."""
    query = {"host_id": host_id, "deleted_at": None, "host_suspended_at": None}
    values = {"host_suspended_at": now, "active_before": _kept(IS_SUSPENDED), "is_active": False}
    return listings.update_many(query, _change(values, now)).modified_count


def listings_bring_back(*, host_id: ObjectId, now: dt.datetime) -> int:
    """Undoes `listings_withdraw`; what is suspended by itself stays off. Returns how many."""
    query = {"host_id": host_id, "deleted_at": None, "host_suspended_at": {"$ne": None}}
    values = {"host_suspended_at": None, **_back(IS_SUSPENDED)}
    return listings.update_many(query, _change(values, now)).modified_count


def _kept(other: dict[str, Any]) -> dict[str, Any]:
    """What the host had chosen, where it is suspended in the `other` way already."""
    return {"$cond": [other, "$active_before", "$is_active"]}


def _back(other: dict[str, Any]) -> dict[str, Any]:
    return {
        "is_active": {"$cond": [other, False, {"$ifNull": ["$active_before", False]}]},
        "active_before": {"$cond": [other, "$active_before", None]},
    }


def _change(values: dict[str, Any], now: dt.datetime) -> list[dict[str, Any]]:
    counted = {"version": {"$add": ["$version", 1]}, "updated_at": now}
    return [{"$set": {**values, **counted}}]


def _moderate(
    query: dict[str, Any], values: dict[str, Any], *, now: dt.datetime
) -> ListingRow | None:
    """Returns the listing as it was, None where nothing was to do. Raises `ListingUnknownError` for
    an unknown or deleted listing."""
    there = {"deleted_at": None}
    before = listings.find_one_and_update({**query, **there}, _change(values, now))
    if before is None and not listings.exists({"_id": query["_id"], **there}):
        raise ListingUnknownError
    return before


def _note(kind: Kind, listing: ListingRow, staff_id: ObjectId | None, now: dt.datetime) -> None:
    """Notifies the host, and writes it into the security log."""
    host_id, details = listing["host_id"], {"listing_id": str(listing["_id"])}
    security_event(kind, user_id=host_id, actor_id=staff_id, details=details, now=now)
    source = f"{listing['_id']}:{listing['version']}:{kind}"
    notify_person(
        event_id=str(uuid.uuid5(uuid.NAMESPACE_OID, source)),
        user_id=host_id,
        kind=kind.value,
        values={"listing": listing["title"]},
        now=now,
    )
