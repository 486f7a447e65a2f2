"""What a guest is told about a booking. Confirmations come on their own topic, all other changes
on `booking-updates`, which repeats the confirmations too."""

import datetime as dt
from collections.abc import Mapping

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.events import stay_text
from apps.events.consumer import Handlers
from apps.events.notify import notify
from apps.events.schemas import BookingStatusUpdated
from apps.events.topics import BOOKING_CONFIRMATIONS, BOOKING_UPDATES

TITLES: Mapping[str, str] = {
    Status.CONFIRMED: "Your stay is confirmed",
    Status.DECLINED: "Your request was declined",
    Status.CANCELLED: "Your booking was cancelled",
    Status.EXPIRED: "Your request was not answered in time",
    Status.COMPLETED: "We hope you had a good stay",
}

# Kind, title and what follows the stay, for what leaves the status as it is.
UPDATES: Mapping[str, tuple[str, str, str]] = {
    Action.AGREE: ("alteration_agreed", "Your stay is changed", "The host agreed."),
    Action.REFUSE: (
        "alteration_refused",
        "The host cannot change your stay",
        "It is as you booked it.",
    ),
    Action.LAPSE: (
        "alteration_lapsed",
        "Your wish for a change was not answered in time",
        "The stay is as you booked it.",
    ),
    Action.REMIND: ("stay_begins", "Your stay begins soon", "Have a good journey."),
}


def tell_of_confirmation(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    _tell(event, now=now)


def tell_of_change(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    if event.actor == Actor.GUEST:
        _tell_of_own_change(event, now=now)
    elif event.new_status == event.previous_status:
        _tell_of_update(event, now=now)
    elif event.new_status != Status.CONFIRMED:
        _tell(event, now=now)


def _tell_of_own_change(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    """Something to keep, and what their calendar follows; what they only asked for is not."""
    if event.new_status == Status.CANCELLED:
        _tell(event, title="You cancelled your booking", now=now)
    elif (event.action, event.new_status) == (Action.ALTER, Status.CONFIRMED):
        notify(
            event,
            user_id=event.guest_id,
            kind="stay_altered",
            title="Your stay is changed",
            stay=stay_text(event),
            now=now,
        )


def _tell_of_update(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    if event.action not in UPDATES:
        return
    kind, title, more = UPDATES[event.action]
    notify(
        event,
        user_id=event.guest_id,
        kind=kind,
        title=title,
        stay=stay_text(event),
        note=event.reason or more,
        now=now,
    )


def _tell(event: BookingStatusUpdated, *, now: dt.datetime, title: str = "") -> None:
    notify(
        event,
        user_id=event.guest_id,
        kind=f"booking_{event.new_status}",
        title=title or TITLES[event.new_status],
        stay=stay_text(event),
        note=event.reason,
        now=now,
    )


HANDLERS: Handlers = {
    BOOKING_UPDATES: {BookingStatusUpdated: tell_of_change},
    BOOKING_CONFIRMATIONS: {BookingStatusUpdated: tell_of_confirmation},
}
