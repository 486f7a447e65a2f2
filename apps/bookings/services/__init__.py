"""Writes of bookings. Every change, its event and its nights are one transaction."""

from apps.bookings.services.changes import booking_change, bookings_complete, bookings_expire
from apps.bookings.services.requests import Requested, booking_request
from apps.bookings.services.updates import booking_update

__all__ = [
    "Requested",
    "booking_change",
    "booking_request",
    "booking_update",
    "bookings_complete",
    "bookings_expire",
]
