"""Imported for what it registers."""

from apps.bookings.admin import bookings, holds

__all__ = ["bookings", "holds"]
