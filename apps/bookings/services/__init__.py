"""Writes of bookings. Every change, its event and its nights are one transaction."""

from apps.bookings.services.alterations import (
    alteration_place,
    alteration_prepare,
    alteration_preview,
    alteration_undo,
    booking_alter,
    booking_update,
)
from apps.bookings.services.changes import (
    alterations_lapse,
    booking_change,
    bookings_complete,
    bookings_expire,
    stays_remind,
)
from apps.bookings.services.holds import hold_create, hold_release, holds_expire
from apps.bookings.services.requests import (
    Prepared,
    Requested,
    booking_request,
    request_place,
    request_prepare,
    request_undo,
)

__all__ = [
    "Prepared",
    "Requested",
    "alteration_place",
    "alteration_prepare",
    "alteration_preview",
    "alteration_undo",
    "alterations_lapse",
    "booking_alter",
    "booking_change",
    "booking_request",
    "booking_update",
    "bookings_complete",
    "bookings_expire",
    "hold_create",
    "hold_release",
    "holds_expire",
    "request_place",
    "request_prepare",
    "request_undo",
    "stays_remind",
]
