"""The seed's topics: the one table of names, partitions and retention."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

DAY_MS = 24 * 60 * 60 * 1000
REPLICATION = 2

BOOKING_REQUESTS = "booking-requests"
BOOKING_UPDATES = "booking-updates"
BOOKING_CONFIRMATIONS = "booking-confirmations"
BOOKING_CANCELLATIONS = "booking-cancellations"
NOTIFICATIONS = "notifications"
BOOKING_DLQ = "booking-dlq"


@dataclass(frozen=True)
class Topic:
    partitions: int
    retention_days: int
    purpose: str
    key: str = "the booking's id"

    @property
    def retention_ms(self) -> int:
        return self.retention_days * DAY_MS


TOPICS: Mapping[str, Topic] = {
    BOOKING_REQUESTS: Topic(3, 7, "New booking creation events"),
    BOOKING_UPDATES: Topic(3, 7, "Status change events"),
    BOOKING_CONFIRMATIONS: Topic(3, 7, "Owner acceptance events"),
    BOOKING_CANCELLATIONS: Topic(3, 7, "Cancellation events"),
    NOTIFICATIONS: Topic(5, 7, "User notification events", "the person's id"),
    BOOKING_DLQ: Topic(1, 30, "Dead letter queue", "the key of the message"),
}


def wire_name(topic: str) -> str:
    """The topic's name in the cluster."""
    return f"{settings.KAFKA_PREFIX}{topic}"


def table_name(name: str) -> str:
    return name.removeprefix(settings.KAFKA_PREFIX)
