"""Timers. Harmless when they run late or twice."""

from celery import shared_task

from apps.accounts import services
from apps.common.clock import utc_now


@shared_task(name="accounts.erase_accounts")
def erase_accounts() -> int:
    return services.accounts_erase(clock=utc_now)


@shared_task(name="accounts.export_data")
def export_data() -> int:
    return services.exports_make(clock=utc_now)
