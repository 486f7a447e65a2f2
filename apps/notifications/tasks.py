"""Timers. Harmless when they run late or twice: an e-mail is taken by one alone."""

from celery import shared_task

from apps.common.clock import utc_now
from apps.notifications import services


@shared_task(name="notifications.send_emails")
def send_emails() -> int:
    return services.emails_sweep(clock=utc_now)
