"""Guests' money, from the reservation to the refund. A booking's transaction binds a payment and
stores commands; the provider is asked before and after it, never inside."""

from apps.bookings.services.payments.authorise import (
    payment_authorise,
    payment_bind,
    payment_confirm,
)
from apps.bookings.services.payments.drop import payment_drop, payments_sweep
from apps.bookings.services.payments.follow import payments_follow, payments_missing
from apps.bookings.services.payments.notices import payment_notice
from apps.bookings.services.payments.retry import command_retry
from apps.bookings.services.payments.settle import payments_settle

__all__ = [
    "command_retry",
    "payment_authorise",
    "payment_bind",
    "payment_confirm",
    "payment_drop",
    "payment_notice",
    "payments_follow",
    "payments_missing",
    "payments_settle",
    "payments_sweep",
]
