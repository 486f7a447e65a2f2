"""Asks for a notification: an event about an event, in the transaction of its handler."""

import datetime as dt
import uuid

from apps.common.clock import instant
from apps.events import outbox
from apps.events.schemas import Event, NotificationRequested
from apps.events.topics import NOTIFICATIONS


def notify(
    source: Event,
    *,
    user_id: str,
    kind: str,
    title: str,
    body: str,
    booking_id: str,
    now: dt.datetime,
) -> None:
    """The id follows from `source`, the person and the kind: handled twice, it is one item."""
    event_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{source.event_id}:{user_id}:{kind}"))
    event = NotificationRequested(
        event_id=event_id,
        timestamp=instant(now),
        user_id=user_id,
        kind=kind,
        title=title,
        body=body,
        booking_id=booking_id,
    )
    aggregate_id = f"notification:{event_id}"
    outbox.add(event, aggregate_id=aggregate_id, key=user_id, topics=[NOTIFICATIONS], now=now)
