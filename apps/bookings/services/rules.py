"""What a change of a booking may be, and the row of it that the booking keeps."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bson import ObjectId
from pymongo import ReturnDocument

from apps.bookings import states
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.rows import BookingRow, ChangeRow, bookings
from apps.common.errors import ConflictError


def target_of(booking: BookingRow, action: Action, actor: Actor) -> Status:
    """Raises `ConflictError` that says what is allowed where the table does not have the change."""
    status, has_proposal = Status(booking["status"]), bool(booking.get("alteration"))
    target = states.target_of(status, action, actor, has_proposal=has_proposal)
    if target is None:
        allowed = states.actions_allowed(status, actor, has_proposal=has_proposal)
        can = f"You can: {', '.join(allowed)}." if allowed else "Nothing can be done to it."
        waits = " whose proposal waits for an answer" if has_proposal else ""
        raise ConflictError(
            f"A {status} booking{waits} cannot be changed by {action}. {can}",
            code="INVALID_TRANSITION",
            status=status,
            allowed=allowed,
        )
    return target


def change_row(
    action: Action,
    before: str,
    after: Status,
    actor: Actor,
    actor_id: ObjectId | None,
    now: dt.datetime,
    reason: str = "",
) -> ChangeRow:
    return {
        "action": action.value,
        "from_status": before,
        "to_status": after.value,
        "actor": actor.value,
        "actor_id": str(actor_id or ""),
        "at": now,
        "reason": reason,
    }


def compare_and_set(before: BookingRow, values: Mapping[str, Any], change: ChangeRow) -> BookingRow:
    """Writes the next version; raises `ConflictError` where `before` is not the last one."""
    same = {"_id": before["_id"], "status": before["status"], "version": before["version"]}
    after = bookings.find_one_and_update(
        same,
        {"$set": values, "$inc": {"version": 1}, "$push": {"history": change}},
        return_document=ReturnDocument.AFTER,
    )
    if after is None:
        raise ConflictError("The booking changed just now. Look at it again.")
    return after
