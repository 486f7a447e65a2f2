"""What the booking topics do for a host: they are notified, and their figures are kept. The facts
are written outside the transaction, which may run again: writing them again changes nothing. They
are written last, so that an event which the handler rejects leaves none."""

import datetime as dt

from apps.events.consumer import Handlers
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.events.topics import BOOKING_CANCELLATIONS, BOOKING_REQUESTS, BOOKING_UPDATES
from apps.owners.services import (
    fact_of,
    facts_write,
    host_notify_cancellation,
    host_notify_request,
    host_notify_update,
)


def request_made(event: BookingCreated, *, now: dt.datetime) -> None:
    fact = fact_of(event)
    host_notify_request(event, now=now)
    facts_write([fact])


def booking_changed(event: BookingStatusUpdated, *, now: dt.datetime) -> None:
    fact = fact_of(event)
    host_notify_update(event, now=now)
    facts_write([fact])


HANDLERS: Handlers = {
    BOOKING_REQUESTS: {BookingCreated: request_made},
    BOOKING_UPDATES: {BookingStatusUpdated: booking_changed},
    BOOKING_CANCELLATIONS: {BookingStatusUpdated: host_notify_cancellation},
}
