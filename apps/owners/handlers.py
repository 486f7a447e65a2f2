"""What an owner is told: a guest asks for a stay, or gives one up."""

import datetime as dt
from collections.abc import Mapping

from apps.bookings.enums import Actor
from apps.bookings.events import stay_text
from apps.events.consumer import Handler
from apps.events.notify import notify
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.events.topics import BOOKING_CANCELLATIONS, BOOKING_REQUESTS


def tell_of_request(event: BookingCreated, *, now: dt.datetime) -> None:
    notify(
        event,
        user_id=event.host_id,
        kind="booking_requested",
        title="New booking request",
        body=f"{stay_text(event)}. Answer within 24 hours.",
        booking_id=event.booking_id,
        now=now,
    )


def tell_of_cancellation(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    if event.actor == Actor.OWNER:
        return
    notify(
        event,
        user_id=event.host_id,
        kind="booking_cancelled",
        title="A booking was cancelled",
        body=f"{stay_text(event)}. The nights are free again.",
        booking_id=event.booking_id,
        now=now,
    )


HANDLERS: Mapping[str, Handler] = {
    BOOKING_REQUESTS: Handler(BookingCreated, tell_of_request),
    BOOKING_CANCELLATIONS: Handler(BookingStatusUpdated, tell_of_cancellation),
}
