"""Writes of owners: their calendars, and the facts that their figures are made of."""

from apps.owners.services.availability import (
    CalendarEndError,
    ExternalNightsError,
    NightsBookedError,
    PastNightsError,
    availability_change,
)
from apps.owners.services.facts import FACT_EVENTS, fact_of, facts_prepare, facts_write
from apps.owners.services.notices import (
    host_notify_cancellation,
    host_notify_request,
    host_notify_update,
)

__all__ = [
    "FACT_EVENTS",
    "CalendarEndError",
    "ExternalNightsError",
    "NightsBookedError",
    "PastNightsError",
    "availability_change",
    "fact_of",
    "facts_prepare",
    "facts_write",
    "host_notify_cancellation",
    "host_notify_request",
    "host_notify_update",
]
