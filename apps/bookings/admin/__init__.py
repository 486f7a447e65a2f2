"""Imported for what it registers."""

from apps.bookings.admin import bookings, holds, suspensions

__all__ = ["bookings", "holds", "suspensions"]
