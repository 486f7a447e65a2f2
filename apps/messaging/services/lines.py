"""The events of bookings as lines in the thread of their guest and listing."""

import datetime as dt
from collections.abc import Mapping

from bson import ObjectId

from apps.bookings.enums import Actor, Status
from apps.events.schemas import BookingCreated, BookingStatusUpdated, SchemaError
from apps.messaging.enums import Author
from apps.messaging.rows import messages
from apps.messaging.services.entries import line_add
from apps.messaging.services.threads import thread_of

AUTHORS: Mapping[str, Author] = {
    Actor.GUEST: Author.GUEST,
    Actor.OWNER: Author.HOST,
    Actor.STAFF: Author.STAFF,
}


def request_note(event: BookingCreated, *, now: dt.datetime) -> None:
    name = "booked" if event.metadata.get("instant_book") else "requested"
    _note(event, name, by=Author.GUEST, is_confirmed=event.status == Status.CONFIRMED, now=now)


def change_note(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    """An event from before they named guest, host and listing leads to no thread."""
    if not (event.listing_id and event.guest_id and event.host_id):
        return
    moved = event.new_status != event.previous_status
    _note(
        event,
        event.new_status if moved else event.action,
        by=AUTHORS.get(event.actor, Author.SYSTEM),
        is_confirmed=event.new_status == Status.CONFIRMED,
        now=now,
    )


def _note(
    event: BookingCreated | BookingStatusUpdated,
    name: str,
    *,
    by: Author,
    is_confirmed: bool,
    now: dt.datetime,
) -> None:
    """Adds the line once; contact details are shown from the first confirmation on."""
    ids = [_id(event, name) for name in ("booking_id", "guest_id", "host_id", "listing_id")]
    booking_id, guest_id, host_id, listing_id = ids
    _check_days(event)
    if messages.exists({"_id": event.event_id}):
        return
    thread = thread_of(guest_id=guest_id, host_id=host_id, listing_id=listing_id, now=now)
    line_add(
        thread,
        message_id=event.event_id,
        by=by,
        booking_id=booking_id,
        event=name,
        check_in=event.check_in,
        check_out=event.check_out,
        confirmed_at=now if is_confirmed and not thread["confirmed_at"] else None,
        now=now,
    )


def _id(event: BookingCreated | BookingStatusUpdated, name: str) -> ObjectId:
    value = getattr(event, name)
    if not ObjectId.is_valid(value):
        raise SchemaError(f"{name} is {value!r}, not an id")
    return ObjectId(value)


def _check_days(event: BookingCreated | BookingStatusUpdated) -> None:
    try:
        dt.date.fromisoformat(event.check_in)
        dt.date.fromisoformat(event.check_out)
    except ValueError as error:
        raise SchemaError(f"not a stay: {error}") from error
