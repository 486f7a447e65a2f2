"""The events: `events` has their classes, `base` checks them, `documents` describes them."""

from apps.events.schemas.base import Event, SchemaError, event_class, event_type_of, payload_of
from apps.events.schemas.events import (
    BookingCreated,
    BookingStatusUpdated,
    DeadLettered,
    NotificationRequested,
)

__all__ = [
    "BookingCreated",
    "BookingStatusUpdated",
    "DeadLettered",
    "Event",
    "NotificationRequested",
    "SchemaError",
    "event_class",
    "event_type_of",
    "payload_of",
]
