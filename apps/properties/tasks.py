"""Timers. Harmless when they run late or twice."""

from celery import shared_task

from apps.common.clock import utc_now
from apps.properties.services import districts_renew, entries_rank, words_renew


@shared_task(name="properties.rank_entries")
def rank_entries() -> int:
    return entries_rank(now=utc_now())


@shared_task(name="properties.renew_places")
def renew_places() -> int:
    return districts_renew(now=utc_now())


@shared_task(name="properties.renew_words")
def renew_words() -> int:
    return words_renew()
