"""Guests' money, from the reservation to the refund. A booking's transaction binds a payment and
adds commands; the provider is asked before and after it, never inside."""

from apps.payments.services.authorise import payment_authorise, payment_bind
from apps.payments.services.changes import payments_keep, payments_missing, payments_return
from apps.payments.services.confirm import payment_confirm
from apps.payments.services.execute import commands_execute
from apps.payments.services.release import payment_release, payments_release_unused
from apps.payments.services.retry import command_retry
from apps.payments.services.webhooks import payment_notice

__all__ = [
    "command_retry",
    "commands_execute",
    "payment_authorise",
    "payment_bind",
    "payment_confirm",
    "payment_notice",
    "payment_release",
    "payments_keep",
    "payments_missing",
    "payments_release_unused",
    "payments_return",
]
