"""Suspends and restores listings; admin actions call it."""

import datetime as dt
from typing import Any

from bson import ObjectId

from apps.properties.rows import listings
from apps.properties.selectors import ListingUnknownError


def listing_suspend(*, listing_id: ObjectId, now: dt.datetime) -> None:
    """Removes the listing from search and stops new bookings until it is restored; suspending
    twice is the same as once."""
    _moderate(
        {"_id": listing_id, "deleted_at": None, "suspended_at": None},
        {"suspended_at": now, "active_before": "$is_active", "is_active": False},
        now=now,
    )


def listing_restore(*, listing_id: ObjectId, now: dt.datetime) -> None:
    """Puts the listing back as it was when it was suspended: what its owner had withdrawn
    stays off."""
    _moderate(
        {"_id": listing_id, "deleted_at": None, "suspended_at": {"$ne": None}},
        {"suspended_at": None, "is_active": "$active_before", "active_before": None},
        now=now,
    )


def _moderate(query: dict[str, Any], values: dict[str, Any], *, now: dt.datetime) -> None:
    """Raises `ListingUnknownError` for an unknown or deleted listing."""
    counted = {"version": {"$add": ["$version", 1]}, "updated_at": now}
    done = listings.update_one(query, [{"$set": {**values, **counted}}])
    if not done.matched_count and not listings.exists({"_id": query["_id"], "deleted_at": None}):
        raise ListingUnknownError
