"""Checks a change of a booking against the state table, and writes it as the next version."""

from collections.abc import Mapping
from typing import Any

from pymongo import ReturnDocument

from apps.bookings import states
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.rows import BookingRow, ChangeRow, bookings
from apps.common.errors import ConflictError


class BookingChangedError(ConflictError):
    sentence = "The booking changed just now. Load it again."


def target_of(booking: BookingRow, action: Action, actor: Actor) -> Status:
    """Raises `InvalidTransitionError` where the table does not have the change."""
    has_proposal = bool(booking.get("alteration"))
    return states.transition(Status(booking["status"]), action, actor, has_proposal=has_proposal)


def compare_and_set(before: BookingRow, values: Mapping[str, Any], change: ChangeRow) -> BookingRow:
    """Writes the next version; raises `BookingChangedError` where `before` is not the last one."""
    same = {"_id": before["_id"], "status": before["status"], "version": before["version"]}
    after = bookings.find_one_and_update(
        same,
        {"$set": values, "$inc": {"version": 1}, "$push": {"history": change}},
        return_document=ReturnDocument.AFTER,
    )
    if after is None:
        raise BookingChangedError
    return after
