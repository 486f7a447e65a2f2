"""Timers. Harmless when they run late or twice. Their names are those that beat and the queues
have known since payments were part of bookings."""

from celery import shared_task

from apps.common.clock import utc_now
from apps.payments.services import commands_execute, payments_release_unused


@shared_task(name="bookings.settle_payments")
def execute_commands() -> int:
    return commands_execute(now=utc_now())


@shared_task(name="bookings.sweep_payments")
def release_unused_payments() -> int:
    return payments_release_unused(now=utc_now())
