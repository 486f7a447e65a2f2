"""Timers. Harmless when they run late or twice: one sender at a time has an e-mail's lock."""

from celery import shared_task

from apps.common.clock import utc_now
from apps.notifications import services


@shared_task(name="notifications.send_emails")
def send_emails() -> int:
    return services.emails_send_due(clock=utc_now)
