"""A change of a booking: the row of its history, and the event that is published with it, one for
each version."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from bson import ObjectId

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.metrics import CHANGES
from apps.bookings.rows import BookingRow, ChangeRow
from apps.common import mongo
from apps.common.clock import instant
from apps.common.money import to_wire
from apps.events import outbox
from apps.events.schemas import BookingCreated, BookingStatusUpdated, Event
from apps.events.topics import (
    BOOKING_CANCELLATIONS,
    BOOKING_CONFIRMATIONS,
    BOOKING_REQUESTS,
    BOOKING_UPDATES,
)

REPEATED_ON: Mapping[str, str] = {
    Status.CONFIRMED: BOOKING_CONFIRMATIONS,
    Status.CANCELLED: BOOKING_CANCELLATIONS,
}


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


def booking_created(booking: BookingRow, *, now: dt.datetime, is_instant: bool = False) -> None:
    event = BookingCreated(
        **_common(booking, now),
        total_price=to_wire(booking["total_price"], booking["currency"]),
        status=booking["status"],
        currency=booking["currency"],
        metadata={
            "guest_count": booking["guest_count"],
            "special_requests": booking["special_requests"],
            **({"instant_book": True} if is_instant else {}),
        },
    )
    _publish(event, booking, [BOOKING_REQUESTS], now)


def booking_status_updated(booking: BookingRow, change: ChangeRow, *, now: dt.datetime) -> None:
    """An update leaves the status as it is: both fields of the event have the same value."""
    moved = change["from_status"] != change["to_status"]
    event = BookingStatusUpdated(
        **_common(booking, now),
        total_price=to_wire(booking["total_price"], booking["currency"]),
        currency=booking["currency"],
        guest_count=booking["guest_count"],
        previous_status=change["from_status"],
        new_status=change["to_status"],
        updated_by=change["actor_id"] or change["actor"],
        message=change["reason"] or f"Booking {change['to_status']} by {change['actor']}",
        reason=change["reason"],
        actor=change["actor"],
        action=change["action"],
    )
    repeated = REPEATED_ON.get(booking["status"]) if moved else None
    _publish(event, booking, [BOOKING_UPDATES, *([repeated] if repeated else [])], now)


def _common(booking: BookingRow, now: dt.datetime) -> dict[str, Any]:
    return {
        "event_id": str(uuid.uuid4()),
        "timestamp": instant(now),
        "version": booking["version"],
        "booking_id": str(booking["_id"]),
        "listing_id": str(booking["listing_id"]),
        "guest_id": str(booking["guest_id"]),
        "host_id": str(booking["host_id"]),
        "check_in": booking["check_in"].date().isoformat(),
        "check_out": booking["check_out"].date().isoformat(),
    }


def _publish(event: Event, booking: BookingRow, topics: list[str], now: dt.datetime) -> None:
    booking_id = str(booking["_id"])
    outbox.add(event, aggregate_id=f"booking:{booking_id}", key=booking_id, topics=topics, now=now)
    action = booking["history"][-1]["action"]
    mongo.after_commit(lambda: CHANGES.labels(action).inc())
