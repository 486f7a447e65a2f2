"""What a guest is told about a booking. Confirmations come on their own topic, all other changes
on `booking-updates`, which repeats the confirmations too."""

import datetime as dt
from collections.abc import Mapping

from apps.bookings.enums import Actor, Status
from apps.bookings.events import stay_text
from apps.events.consumer import Handler
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


def tell_of_confirmation(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    _tell(event, now=now)


def tell_of_change(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    own_doing = event.actor == Actor.GUEST or event.new_status == event.previous_status
    if event.new_status != Status.CONFIRMED and not own_doing:
        _tell(event, now=now)


def _tell(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    notify(
        event,
        user_id=event.guest_id,
        kind=f"booking_{event.new_status}",
        title=TITLES[event.new_status],
        body=f"{stay_text(event)}. {event.reason}".strip(),
        booking_id=event.booking_id,
        now=now,
    )


HANDLERS: Mapping[str, Handler] = {
    BOOKING_UPDATES: Handler(BookingStatusUpdated, tell_of_change),
    BOOKING_CONFIRMATIONS: Handler(BookingStatusUpdated, tell_of_confirmation),
}
