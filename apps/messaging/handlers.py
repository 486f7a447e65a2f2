"""The booking topics as lines of threads. `booking-updates` has every change; the two topics that
repeat some of them are not read."""

from apps.events.consumer import Handlers
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.events.topics import BOOKING_REQUESTS, BOOKING_UPDATES
from apps.messaging.services import change_note, request_note

HANDLERS: Handlers = {
    BOOKING_REQUESTS: {BookingCreated: request_note},
    BOOKING_UPDATES: {BookingStatusUpdated: change_note},
}
