"""Writes of bookings. Every change, its event and its nights are one transaction."""

from apps.bookings.services.alterations import alteration_preview, booking_alter
from apps.bookings.services.changes import (
    alterations_lapse,
    booking_change,
    bookings_complete,
    bookings_expire,
    stays_remind,
)
from apps.bookings.services.holds import hold_create, hold_release, holds_expire
from apps.bookings.services.requests import booking_request
from apps.bookings.services.suspensions import suspensions_follow

__all__ = [
    "alteration_preview",
    "alterations_lapse",
    "booking_alter",
    "booking_change",
    "booking_request",
    "bookings_complete",
    "bookings_expire",
    "hold_create",
    "hold_release",
    "holds_expire",
    "stays_remind",
    "suspensions_follow",
]
