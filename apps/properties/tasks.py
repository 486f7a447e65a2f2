from celery import shared_task

from apps.common.clock import utc_now
from apps.properties.services import entries_rank


@shared_task(name="properties.rank_entries")
def rank_entries() -> int:
    return entries_rank(now=utc_now())
