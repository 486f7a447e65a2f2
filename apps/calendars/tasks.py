"""Timers. Harmless when they run late or twice: who has a feed's lease fetches it."""

from celery import shared_task

from apps.calendars import services
from apps.common.clock import utc_now


@shared_task(name="calendars.fetch_feeds")
def fetch_feeds() -> int:
    return services.feeds_fetch_due(clock=utc_now)


@shared_task(name="calendars.watch_feeds")
def watch_feeds() -> int:
    return services.feeds_watch(now=utc_now())
