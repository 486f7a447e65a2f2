"""Timers. Harmless when they run late or twice: the state machine decides."""

from celery import shared_task

from apps.bookings import services
from apps.common.clock import utc_now


@shared_task(name="bookings.expire_requests")
def expire_requests() -> int:
    return services.bookings_expire(now=utc_now())


@shared_task(name="bookings.expire_holds")
def expire_holds() -> int:
    return services.holds_expire(now=utc_now())


@shared_task(name="bookings.complete_stays")
def complete_stays() -> int:
    return services.bookings_complete(now=utc_now())


@shared_task(name="bookings.lapse_alterations")
def lapse_alterations() -> int:
    return services.alterations_lapse(now=utc_now())


@shared_task(name="bookings.remind_guests")
def remind_guests() -> int:
    return services.stays_remind(now=utc_now())


@shared_task(name="bookings.follow_suspensions")
def follow_suspensions() -> int:
    return services.suspensions_follow(clock=utc_now)
