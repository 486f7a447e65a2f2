"""Imported for what it registers."""

from apps.bookings.admin import bookings, holds, payments

__all__ = ["bookings", "holds", "payments"]
