"""A booking moves from one state to another: by a person, or by the clock."""

import datetime as dt
from typing import Any

from bson import ObjectId

from apps.bookings import events, states
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.selectors import booking_stored
from apps.bookings.services.rules import change_row, compare_and_set, target_of
from apps.common import mongo
from apps.common.errors import ConflictError
from apps.properties.nights import midnight
from apps.properties.services import nights_release


def booking_change(
    *,
    booking_id: ObjectId,
    action: Action,
    actor: Actor,
    now: dt.datetime,
    actor_id: ObjectId | None = None,
    reason: str = "",
) -> dict[str, Any]:
    """Every change of a booking's state, as a compare and set on its status and version;
    `booking_update` changes what was asked for.

    Raises `ConflictError` that says what is allowed where the table does not have the change.
    """

    if action is Action.UPDATE:
        raise ValueError("booking_update is for updates")

    def transaction() -> dict[str, Any]:
        before = booking_stored(booking_id)
        target = target_of(Status(before["status"]), action, actor)
        change = change_row(action, before["status"], target, actor, actor_id, now, reason)
        values = {"status": target.value, "expires_at": None, "updated_at": now}
        if target is Status.CANCELLED:
            values["cancellation_reason"] = reason or None
        after = compare_and_set(before, values, change)
        if target in states.RELEASES_NIGHTS:
            nights_release(owner_id=str(booking_id))
        events.booking_status_updated(after, change, now=now)
        return after

    return mongo.run_in_transaction(transaction)


def bookings_expire(*, now: dt.datetime) -> int:
    """Expires the requests that nobody answered in time; running it twice changes nothing."""
    due = {"status": Status.PENDING.value, "expires_at": {"$lte": now}}
    return _change_all(due, Action.EXPIRE, now)


def bookings_complete(*, now: dt.datetime) -> int:
    """Completes stays from the UTC day after check-out, when it is past in every time zone."""
    due = {"status": Status.CONFIRMED.value, "check_out": {"$lt": midnight(now.date())}}
    return _change_all(due, Action.COMPLETE, now)


def _change_all(query: dict[str, Any], action: Action, now: dt.datetime) -> int:
    changed = 0
    for row in mongo.collection("bookings").find(query, {"_id": 1}).limit(1000):
        try:
            booking_change(booking_id=row["_id"], action=action, actor=Actor.SYSTEM, now=now)
        except ConflictError:
            continue
        changed += 1
    return changed
